import type { Feed } from './feed.js'
import type { WireEntry } from '../frame/wire-entry.js'

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
