/** Milliseconds of a question. */
interface Times {
  p50: number
  p95: number
}

/** One question, and the least that its database needs to answer it. */
export interface CatalogLine extends Times {
  name: string
  floor?: Times
}

/** The catalog with so many entities. */
export interface CatalogSize {
  size: number
  /** Entities loaded a second. */
  perSecond: number
  /** What loading added to the process, in bytes. */
  memory: number
  /** The read model's file, and the floor's. */
  bytes: number
  floorBytes: number
  /** Milliseconds to open what was left, its check included. */
  openMs: number
  lines: CatalogLine[]
}

/** Figures of the catalog's questions. */
export interface CatalogResults {
  sizes: CatalogSize[]
}
