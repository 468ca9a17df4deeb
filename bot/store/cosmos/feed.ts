import type { RecordDocument } from './documents.js'
import type { Kept } from './connection.js'
import type { Engine } from './engine.js'

/** A part of the effective partition keys, and the number of the last write in it that was read. */
export interface ReadUpTo {
  min: string
  max: string
  lsn: number
}

/** A record or tombstone as the feed gives it. */
export type Written = RecordDocument & Kept & { _lsn: number }

/** One answer of the change feed. */
export interface FeedPage {
  /** Only records and tombstones; all of one range, in the order of their writes. */
  written: Written[]
  /** Where to go on. */
  token: string
  /** The range that they are of. */
  range: Pick<ReadUpTo, 'min' | 'max'>
  /** There was nothing more. */
  end: boolean
}

/** What a continuation of the SDK has in it (`CompositeContinuationToken` in @azure/cosmos). */
interface Composite {
  Continuation: { minInclusive: string; maxExclusive: string; continuationToken?: string }[]
}

/** How far a token has read, range by range; ranges of which nothing was read are left out. */
export function readUpTo(token: string): ReadUpTo[] {
  return (JSON.parse(token) as Composite).Continuation.flatMap(
    ({ minInclusive: min, maxExclusive: max, continuationToken }) => {
      const lsn = Number(/\d+/.exec(continuationToken ?? '')?.[0] ?? 0)
      return lsn > 0 ? [{ min, max, lsn }] : []
    },
  )
}

/** Reads an answer of the change feed. @returns undefined where the token is of a container that is no more */
export async function readFeed(
  engine: Engine,
  tenant: string,
  token: string | undefined,
  limit: number,
): Promise<FeedPage | undefined> {
  const page = await engine.connection.feed(tenant, token, limit)
  if (!page) return undefined
  const last = (JSON.parse(page.continuationToken) as Composite).Continuation.at(-1)! // the range just read went to the end
  const written = ((page.result ?? []) as unknown as Written[])
    .filter(({ type, tenant: whose }) => whose === tenant && (type === 'record' || type === 'tombstone'))
    .sort((a, b) => a._lsn - b._lsn || a.step - b.step)
  return {
    written,
    token: page.continuationToken,
    range: { min: last.minInclusive, max: last.maxExclusive },
    end: page.statusCode === 304,
  }
}
