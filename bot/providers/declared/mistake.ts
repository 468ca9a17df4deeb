import type { Ref } from '../../../skills/kit/model.js'

/** Something wrong in a file, and where. */
export interface Mistake {
  /** From the repository's root on. */
  file: string
  /** Both from 1; absent where it is about the file as a whole. */
  line?: number
  column?: number
  /** What is wrong, in a sentence without a stop. */
  message: string
}

/** A mistake in a file of a repository. */
export interface PlacedMistake extends Mistake {
  repository: Ref
}

/** A mistake as people read it: `catalog-info.yaml, line 3, column 5: metadata.name: is missing`. */
export const sayMistake = ({ file, line, column, message }: Mistake): string =>
  line === undefined ? `${file}: ${message}` : `${file}, line ${line}, column ${column ?? 1}: ${message}`
