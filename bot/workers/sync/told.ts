import type { Ref } from '../../../skills/kit/model.js'
import { digestOf } from '../../store/records/ref-digest.js'

/** What was told of since a sweep began: what is not among it when the sweep ends is gone. A million entities take some ten bytes each. */
export class Told {
  readonly #all = new Set<string>()
  /** Told by the pages that were read in one go: another claim of one of these is a repetition. */
  #inOneGo = new Set<string>()

  /** Takes in what was kept of it. */
  add(digests: Iterable<string>): void {
    for (const digest of digests) this.#all.add(digest)
  }

  /** The pages are read anew from some cursor on; what they tell again is newer. */
  beginReading(): void {
    this.#inOneGo = new Set()
  }

  /** Takes in what a page told, its digests as they are to be kept. */
  addPage(digests: readonly string[]): void {
    this.add(digests)
    for (const digest of digests) this.#inOneGo.add(digest)
  }

  has(ref: Ref): boolean {
    return this.#all.has(digestOf(ref))
  }

  isInOneGo(ref: Ref): boolean {
    return this.#inOneGo.has(digestOf(ref))
  }
}
