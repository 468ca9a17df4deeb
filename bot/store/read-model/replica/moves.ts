/** Entities of which is remembered that they moved; where more did, it is quicker to look at everything. */
const usual = 100_000

/** Which entities moved, so that what follows from them need not be worked out anew from all. */
export class Moves {
  #version = 0
  /** The numbers of what moved, the longest ago first, and beside each at which version. */
  readonly #moved: number[] = []
  readonly #at: number[] = []
  /** The last version of which it is not known any more what moved. */
  #forgotten = 0

  /** @param remembered moves that are remembered at least */
  constructor(readonly remembered = usual) {}

  /** Grows with every change. */
  get version(): number {
    return this.#version
  }

  /** Notes a change of some entities, by their numbers. */
  note(moved: Iterable<number>): void {
    const numbers = [...moved]
    if (!numbers.length) return
    this.#version++
    for (const n of numbers) {
      this.#moved.push(n)
      this.#at.push(this.#version)
    }
    if (this.#moved.length > 2 * this.remembered) this.#forget(this.#moved.length - this.remembered)
  }

  /** Notes that everything may be another. */
  noteAll(): void {
    this.#forget(this.#moved.length)
    this.#forgotten = ++this.#version
  }

  /** The entities that may have moved after a version; undefined where that is not known any more. */
  since(version: number): Set<number> | undefined {
    if (version < this.#forgotten) return undefined
    let place = this.#at.length
    while (place > 0 && this.#at[place - 1]! > version) place--
    return new Set(this.#moved.slice(place))
  }

  #forget(count: number): void {
    this.#forgotten = this.#at[count - 1] ?? this.#forgotten
    this.#moved.splice(0, count)
    this.#at.splice(0, count)
  }
}
