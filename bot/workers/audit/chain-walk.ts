import { canonicalText } from '../../store/json.js'
import { emptyHead, hashEntry } from '../../store/hash-chain.js'
import type { LogEntry, LogHead } from '../../store/streams.js'
import type { SignedHead } from './signed-head.js'
import type { Finding } from '../../audit-verdict.js'

/** Faulty entries that are compared with each other, and that are named one by one. */
const mostCompared = 100

/** Follows a log from its first entry to its last, and says what is not as it was written. It goes on after a fault from what stands there. */
export class ChainWalk {
  entries = 0
  /** Edited entries beyond those that are named. */
  more = 0
  head: LogHead = emptyHead
  readonly #findings: Finding[] = []
  /** Entries whose content is not what was hashed, and what would be said of each. */
  readonly #edited: LogEntry[] = []
  readonly #signed: Map<number, SignedHead[]>
  #lastAgreed = 0
  #disagreed: SignedHead | undefined

  /** @param heads signed heads, oldest first, that the log has to agree with */
  constructor(
    readonly tenant: string,
    readonly stream: string,
    readonly heads: readonly SignedHead[],
  ) {
    this.#signed = new Map()
    for (const head of heads) this.#signed.set(head.seq, [...(this.#signed.get(head.seq) ?? []), head])
  }

  take(entry: LogEntry): void {
    const { seq, hash } = this.head
    const isNext = entry.seq === seq + 1
    const isWhole = this.#hashAt(entry, entry.seq, entry.data) === entry.hash
    if (!isNext) this.#missing(seq + 1, entry.seq - 1)
    if (!isWhole) this.#keep(entry)
    else if (isNext && entry.previous !== hash) this.#unlinked(entry.seq)
    for (const signed of this.#signed.get(entry.seq) ?? []) this.#compare(signed, entry.hash)
    this.entries += 1
    this.head = { seq: entry.seq, hash: entry.hash }
  }

  /** Says what was found, in the order of the log. */
  end(): Finding[] {
    const edited = this.#edited.map((entry) => this.#displaced(entry) ?? edit(entry))
    const found = [...this.#findings, ...edited].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
    return [...found, ...this.#recomputed(), ...this.#cut()]
  }

  #hashAt({ previous, at }: LogEntry, seq: number, data: LogEntry['data']): string {
    return hashEntry({ previous, tenant: this.tenant, stream: this.stream, seq, at }, canonicalText(data))
  }

  #keep(entry: LogEntry): void {
    if (this.#edited.length < mostCompared) this.#edited.push(entry)
    else this.more += 1
  }

  #missing(from: number, to: number): void {
    const said = from === to ? `Entry ${from} is missing.` : `Entries ${from} to ${to} are missing.`
    this.#findings.push({ what: 'missing', seq: from, said })
  }

  #unlinked(seq: number): void {
    const said =
      seq === 1
        ? 'Entry 1 names an entry before it: the beginning of the log was taken away.'
        : `Entry ${seq} does not follow entry ${seq - 1} as it stands: one of them was written anew later.`
    this.#findings.push({ what: 'edited', seq, said })
  }

  /** An entry whose content or number is that of another one that is faulty too. */
  #displaced(entry: LogEntry): Finding | undefined {
    const other = this.#edited.find(
      (one) =>
        one !== entry &&
        (this.#hashAt(entry, one.seq, entry.data) === entry.hash ||
          this.#hashAt({ ...entry, at: one.at }, entry.seq, one.data) === entry.hash),
    )
    if (!other) return undefined
    const said = `Entry ${entry.seq} is out of order: it and entry ${other.seq} were put in each other's place.`
    return { what: 'out-of-order', seq: entry.seq, said }
  }

  #compare(signed: SignedHead, hash: string): void {
    if (signed.hash !== hash) this.#disagreed ??= signed
    else if (!this.#disagreed) this.#lastAgreed = signed.seq
  }

  #recomputed(): Finding[] {
    if (!this.#disagreed) return []
    const { seq, at } = this.#disagreed
    const since = this.#lastAgreed ? `somewhere after entry ${this.#lastAgreed}` : 'from the beginning or nearly so'
    const said = `Entry ${seq} is not the one whose hash was signed and anchored at ${at}: the chain was computed anew, ${since}.`
    return [{ what: 'recomputed', seq, said }]
  }

  #cut(): Finding[] {
    const last = this.heads.reduce<SignedHead | undefined>((a, b) => (a && a.seq >= b.seq ? a : b), undefined)
    if (!last || last.seq <= this.head.seq) return []
    const { seq } = this.head
    const said = `The log ends with entry ${seq}, and entry ${last.seq} was signed at ${last.at}: at least ${last.seq - seq} at its end were cut off.`
    return [{ what: 'cut', seq: seq + 1, said }]
  }
}

const edit = ({ seq }: LogEntry): Finding => ({
  what: 'edited',
  seq,
  said: `Entry ${seq} was edited: its content is not what was hashed when it was written.`,
})
