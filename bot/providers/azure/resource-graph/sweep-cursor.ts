import type { Json } from '../../../../skills/kit/model.js'
import { fieldsOf } from '../../../fields.js'

/** Where a sweep is. Subscriptions are read in the order of their ids. */
export interface Cursor {
  /** When it began, by Azure's time. */
  at: string
  /** The last subscription of the batches that are read. */
  after: string
  /** The last subscription of the batch that is being read. */
  upTo?: string
  /** The next page of its resources. */
  token?: string
  /** The last id of the page before. */
  last?: string
  /** Resources read so far. */
  done: number
}

/** A cursor as the sync keeps it; undefined for anything else, and then a sweep begins anew. */
export function cursorIn(value: Json | undefined): Cursor | undefined {
  const fields = fieldsOf(value)
  const { after, upTo, token, last } = (value ?? {}) as Record<string, unknown>
  const [at, done] = [fields.instant('at'), Number(fields.text('done'))]
  if (!at || typeof after !== 'string' || !Number.isInteger(done)) return undefined
  return {
    ...{ at, after, done },
    ...(typeof upTo === 'string' && { upTo }),
    ...(typeof last === 'string' && { last }),
    ...(typeof token === 'string' && typeof upTo === 'string' && { token }),
  }
}
