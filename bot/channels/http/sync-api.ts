import { z } from 'zod/v4'
import { badInput } from '../../../skills/kit/errors.js'
import type { SyncReport } from '../../sync-report.js'
import type { HttpAnswer, HttpRequest, JsonRoute } from './http-server.js'
import type { TokenPerson } from './verify-user-token.js'

/** What the reading of sources is asked through. */
export interface SyncDesk {
  names: readonly string[]
  /** Wishes that one source, or all, be read whole. @returns the wish, by source; undefined where there is no such source */
  wish(source?: string): Promise<Readonly<Record<string, number>> | undefined>
  /** What came of a wish: when all of it is done, or after a time with how far it is. */
  reports(wish: Readonly<Record<string, number>>, waitMs: number): Promise<SyncReport[]>
}

/** A new wish, or one whose end is waited for. */
const Sync = z.strictObject({
  source: z.string().max(100).optional(),
  wish: z.record(z.string().max(100), z.int().min(0)).optional(),
})

/** How long a request waits, in milliseconds: short enough for whoever asks to be told how far it is. */
const longestWait = 5_000

/**
 * `POST /api/sync`: has the sources read, by whichever hub has them. The answer's `wish`, sent again, waits on for the same reading; a report
 * with `reading` is not at its end.
 */
export function syncApi(
  desk: SyncDesk,
  asPerson: (
    handle: (request: HttpRequest, person: TokenPerson) => Promise<HttpAnswer>,
  ) => (request: HttpRequest) => Promise<HttpAnswer>,
): JsonRoute[] {
  const sync = async ({ body }: HttpRequest): Promise<HttpAnswer> => {
    const asked = Sync.parse(body ?? {})
    const wish = asked.wish ?? (await desk.wish(asked.source))
    if (!wish)
      throw badInput(`There is no source ${JSON.stringify(asked.source)}.`, `Sources are ${desk.names.join(', ')}.`)
    return { status: 200, body: { wish, reports: await desk.reports(wish, longestWait) } }
  }
  return [{ method: 'POST', path: '/api/sync', handle: asPerson(sync) }]
}
