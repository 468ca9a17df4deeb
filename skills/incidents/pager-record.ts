import type { Instant } from '../kit/model.js'
import type { Page } from '../kit/paging.js'
import type { SystemTurn } from '../kit/ports.js'

/** What is known of an incident in the pager; a record beside the incident. */
export interface PagerRecord {
  page?: Page
  /** Why nobody is paged. */
  none?: string
  /** Set while the pager does not answer: since when, and why. */
  trouble?: { since: Instant; reason: string }
  /** What the pager refused last, in words. */
  refused?: string
}

export const pagerKind = 'pager'

/** What is known of an incident in the pager, where it was ever to be told. */
export const readPager = async (
  id: string,
  { records }: Pick<SystemTurn<'records'>, 'records'>,
): Promise<PagerRecord | undefined> =>
  (await records.get<PagerRecord>({ partition: id, kind: pagerKind, id: 'pager' }))?.data
