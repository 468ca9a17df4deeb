import { setImmediate as breathe } from 'node:timers/promises'
import type { Instant, Json, Ref } from '../../../skills/kit/model.js'
import type { AuditQuery } from '../../../skills/kit/audit.js'
import { emptyHead, findBreak, type ChainBreak } from '../hash-chain.js'
import { auditRecordOf, auditStream } from '../records/audit-stream.js'
import type { Log, LogEntry, LogHead } from '../streams.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** Entries read at a time: some milliseconds of work, after which others have their turn. */
const page = 200

/**
 * Who did something, to what and when, by entry number: a read model in memory that follows the log, as the catalog's index follows
 * the records. It costs about 40 bytes an entry, and at a hub's start some 4 s for 100,000 entries, in pieces; nothing has to be
 * written for it, so it cannot disagree with the log. On its way it checks the chain.
 */
export class AuditIndex {
  #head: LogHead = emptyHead
  #broken: ChainBreak | undefined
  /** Milliseconds since 1970 of entry 1, 2, 3 …, each at least that of the one before: two hubs' clocks may differ a little. */
  readonly #at: number[] = []
  readonly #byPerson = new Map<string, number[]>()
  readonly #byTarget = new Map<string, number[]>()
  readonly #byProposal = new Map<string, number[]>()
  #following: Promise<void> = Promise.resolve()

  constructor(
    readonly tenant: string,
    readonly log: Pick<Log, 'read'>,
  ) {}

  /** The last entry that was followed. */
  get head(): LogHead {
    return this.#head
  }

  /** The first entry that does not follow from the one before. */
  get broken(): ChainBreak | undefined {
    return this.#broken
  }

  /** Reads to the end of the log, whoever wrote it; calls wait for each other. */
  catchUp(): Promise<void> {
    const following = this.#following.then(() => this.#follow())
    this.#following = following.catch(() => {}) // whoever waits for it hears of it; the next call begins anew
    return following
  }

  /** The numbers of the entries that fit, newest first, at most `limit` of them; one more says that there are older ones. */
  find({ by, targets, from, to, limit }: AuditQuery): number[] {
    const first = from === undefined ? 1 : this.#firstAt(from)
    const end = to === undefined ? this.#at.length + 1 : this.#firstAt(to)
    const lists = [
      ...(by === undefined ? [] : [this.#byPerson.get(by) ?? []]),
      ...(targets === undefined ? [] : [union(targets.map((target) => this.#byTarget.get(refKey(target)) ?? []))]),
    ].sort((one, other) => one.length - other.length)
    const [narrowest, other] = lists
    const found: number[] = []
    if (!narrowest) for (let seq = end - 1; seq >= first && found.length < limit; seq--) found.push(seq)
    else
      for (let i = lowerBound(narrowest, end) - 1; i >= 0 && found.length < limit; i--) {
        const seq = narrowest[i]!
        if (seq < first) break
        if (!other || other[lowerBound(other, seq)] === seq) found.push(seq)
      }
    return found
  }

  /** The numbers of all entries of a change, oldest first. */
  ofProposal(id: string): readonly number[] {
    return this.#byProposal.get(id) ?? []
  }

  async #follow(): Promise<void> {
    for (;;) {
      const entries = await this.log.read(auditStream, { from: this.#head.seq + 1, limit: page })
      this.#broken ??= findBreak(this.tenant, auditStream, entries, this.#head)
      for (const entry of entries) this.#add(entry)
      if (entries.length < page) return
      await breathe()
    }
  }

  #add(entry: LogEntry): void {
    const { by, target, detail } = auditRecordOf(entry)
    this.#at[entry.seq - 1] = Math.max(entry.at, this.#at.at(-1) ?? 0)
    if (by) put(this.#byPerson, by.id, entry.seq)
    const about = [...(target ? [target] : []), ...refsAmong(detail['args'])]
    for (const name of new Set(about.map(refKey))) put(this.#byTarget, name, entry.seq)
    if (typeof detail['proposal'] === 'string') put(this.#byProposal, detail['proposal'], entry.seq)
    this.#head = { seq: entry.seq, hash: entry.hash }
  }

  /** The number of the first entry at or after a moment. */
  #firstAt(at: Instant): number {
    return lowerBound(this.#at, Date.parse(at)) + 1
  }
}

/** What a command was asked about, as its asker named it: a service, say, whose resource was the target and may be gone since. */
function refsAmong(args: Json | undefined): Ref[] {
  if (args === null || typeof args !== 'object' || Array.isArray(args)) return []
  return Object.values(args).flatMap((arg) => {
    if (arg === null || typeof arg !== 'object' || Array.isArray(arg)) return []
    const { kind, id } = arg
    return typeof kind === 'string' && typeof id === 'string' ? [{ kind, id } as Ref] : []
  })
}

function put(lists: Map<string, number[]>, key: string, seq: number): void {
  const list = lists.get(key)
  if (list) list.push(seq)
  else lists.set(key, [seq])
}

/** All numbers of several rising lists, rising. */
function union(lists: readonly number[][]): number[] {
  if (lists.length === 1) return lists[0]!
  return [...new Set(lists.flat())].sort((one, other) => one - other)
}

/** The first place in a rising list whose number is not below the one told. */
function lowerBound(list: readonly number[], least: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}
