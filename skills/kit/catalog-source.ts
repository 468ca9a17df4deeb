import type { Claim, Instant, Json, Ref } from './model.js'

/**
 * A vendor that the catalog is read from; a provider makes one. It reads everything (`sweep`), what is new since it last looked (`delta`),
 * and what a webhook names (`reread`). A source only says what is so: comparing and writing are the sync's.
 */
export interface CatalogSource {
  /** Stable name that claims carry: `github`. */
  name: string
  /** As people call it: "GitHub". */
  title: string
  /**
   * Everything the vendor says now, page by page, so that memory holds a page and not a vendor. When it ends without an error, what no
   * page named is gone.
   * @param from the cursor of the last page that was taken in, of a sweep that did not get to its end; undefined to begin
   * @throws Fault Unavailable with a plain reason where the vendor does not answer; the sweep goes on later from the last cursor, and
   * not before its `retryAfterMs` where it has one
   */
  sweep(from: Json | undefined, signal: AbortSignal): AsyncIterable<SweepPage>
  /**
   * What became different since a watermark; absent where the vendor has no such thing.
   * @param since the watermark of the delta before, or of the sweep
   * @returns undefined where the vendor keeps nothing that far back: a sweep is due
   */
  delta?(since: Json, signal: AbortSignal): Promise<Delta | undefined>
  /** Reads some entities anew, because an event named them; what is not there any more is in `gone`. */
  reread?(refs: readonly Ref[], signal: AbortSignal): Promise<Pick<Delta, 'claims' | 'gone'>>
  /** How often it is asked where it should not be as often as others, in milliseconds from one end to the next beginning. */
  pace?: { delta?: number; sweep?: number }
  /** How much may still be asked of the vendor, as its last answer said; undefined where it has said nothing. */
  quota?(): Quota | undefined
}

/** What a vendor still lets Nexus ask. */
export interface Quota {
  /** Requests, or what else the vendor counts. */
  left: number
  of?: number
  /** When it counts anew. */
  renews?: Instant
}

/** A part of a sweep. An entity may be on one page only. */
export interface SweepPage {
  claims: Claim[]
  /** Where to go on after this page. */
  cursor: Json
  /** From where deltas count; the last page that has one decides. */
  watermark?: Json
  /** What could not be read and was passed over, for people: "4 repositories are closed to Nexus's app". Its entities stay as they are. */
  gaps?: Gap[]
  /** How far it is, for the first sync's progress. */
  progress?: { done: number; of?: number; what: string }
}

/** A part of a source that could not be read. */
export interface Gap {
  /** What is missing, in a sentence, and what to do about it. */
  reason: string
  /** Entities that are behind it, where they are known: they are not gone, only unread. */
  keeps?: { kinds: readonly string[]; prefix: string }
}

/** What became different. */
export interface Delta {
  claims: Claim[]
  gone: Ref[]
  watermark: Json
  /** Whether to ask again at once. */
  more?: boolean
}

/** A sweep of one page, for a vendor that is read in one go. */
export function sweepOfAll(read: (signal: AbortSignal) => Promise<Claim[]>): CatalogSource['sweep'] {
  return async function* (_from, signal) {
    yield { claims: await read(signal), cursor: null }
  }
}

/** Everything that a source says, read to its end. */
export async function readWhole(source: Pick<CatalogSource, 'sweep'>, signal: AbortSignal): Promise<Claim[]> {
  const claims: Claim[] = []
  for await (const page of source.sweep(undefined, signal)) claims.push(...page.claims)
  return claims
}
