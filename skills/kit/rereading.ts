import type { Entity } from './model.js'

/**
 * What came of reading some things anew at one source: `read` is done, `reading` was not within the patience and goes on, `whole` is of a source
 * that is only ever read whole, `down` of one that does not answer.
 */
export interface RereadReport {
  source: string
  /** As people call it: "GitHub". */
  title: string
  came: 'read' | 'reading' | 'whole' | 'down'
}

/** Reads things anew at their sources, for somebody who does not want to wait until their turn comes. */
export interface Rereading {
  /**
   * Has every source that tells of some things read them anew, and waits for it. What is asked for is on disk first, so that it is done
   * even where the wait is over, or the hub dies.
   * @param things those that matter most first; of each source the first 50 are read
   * @param patience milliseconds to wait at most
   * @returns a report a source that the hub reads; what is pushed, and what Nexus itself says, has no other place to be read from
   */
  anew(things: readonly Pick<Entity, 'kind' | 'id' | 'sources'>[], patience: number): Promise<RereadReport[]>
}
