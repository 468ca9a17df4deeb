/** Entities of which is remembered that they moved; where more did, it is quicker to look at everything. */
const remembered = 10_000

/** Which entities moved, so that what follows from them need not be worked out anew from all. */
export class Moves {
  #version = 0
  /** At which version entities moved last, the longest ago first. */
  readonly #last = new Map<number, number>()
  /** The last version of which it is not known any more what moved. */
  #forgotten = 0

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
      this.#last.delete(n)
      this.#last.set(n, this.#version)
    }
    for (const [n, at] of this.#last) {
      if (this.#last.size <= remembered) break
      this.#last.delete(n)
      this.#forgotten = at
    }
  }

  /** Notes that everything may be another. */
  noteAll(): void {
    this.#last.clear()
    this.#forgotten = ++this.#version
  }

  /** The entities that may have moved after a version; undefined where that is not known any more. */
  since(version: number): number[] | undefined {
    if (version < this.#forgotten) return undefined
    return [...this.#last].flatMap(([n, at]) => (at > version ? [n] : []))
  }
}
