import type { Message } from './model.js'
import type { WireEntry } from '../frame/wire-entry.js'

/** Something that happened and that open pages show at once; `only` names the one person it concerns. */
export type FeedEvent =
  | { kind: 'message' | 'edited' | 'deleted' | 'reaction'; sequence: number; message: Message; only?: string }
  | { kind: 'typing'; place: string; root?: string; from: string; only?: string }
  | { kind: 'wire'; sequence: number; entry: WireEntry }

/** Hands events to everybody who listens, in the order in which they happened. */
export class Feed {
  readonly #listeners = new Set<(event: FeedEvent) => void>()

  /** Listens until the returned function is called. */
  listen(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(event: FeedEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }
}
