import type { Feed } from './feed.js'

/** One exchange between Teams and the bot. */
export interface WireEntry {
  /** Number in the feed; `after` asks for later ones. */
  id: number
  /** ISO instant in business time at which it began. */
  at: string
  direction: 'to-bot' | 'from-bot'
  method: string
  path: string
  /** HTTP status; 0 where nobody answered. */
  status: number
  ms: number
  /** The activity or parameters sent. */
  body: unknown
  /** What came back. */
  answer?: unknown
}

const kept = 1_000

/** The activities that went over the wire both ways: the newest thousand, as long as the process lives. */
export class Wire {
  readonly #entries: WireEntry[] = []
  constructor(
    private readonly next: () => number,
    private readonly feed: Feed,
  ) {}

  record(entry: Omit<WireEntry, 'id'>): void {
    const numbered = { id: this.next(), ...entry }
    this.#entries.push(numbered)
    if (this.#entries.length > kept) this.#entries.shift()
    this.feed.emit({ kind: 'wire', sequence: numbered.id, entry: numbered })
  }

  after = (id: number): WireEntry[] => this.#entries.filter((entry) => entry.id > id)
}
