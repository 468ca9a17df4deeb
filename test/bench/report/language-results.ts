/** Milliseconds of understanding one thing that was said. */
interface Times {
  p50: number
  p99: number
}

/** Understanding with so many names. */
export interface LanguageSize extends Times {
  size: number
  /** Milliseconds until the commands' examples are compiled, and until the names are learnt. */
  compileMs: number
  learnMs: number
  /** What both added to the heap, in bytes. */
  memory: number
  /** A bare router of regular expressions, on the same words in the same run. */
  router: Times
}

/** Figures of understanding words. */
export interface LanguageResults {
  commands: number
  sizes: LanguageSize[]
}
