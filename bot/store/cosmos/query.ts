import { checkQuery } from '../check-query.js'
import { seal, unseal } from '../continuation.js'
import { wholeNumber } from '../limits.js'
import type { Query, RecordPage, StoreRecord } from '../contract.js'
import type { Kept, Where } from './connection.js'
import type { RecordDocument } from './documents.js'
import type { Engine } from './engine.js'
import { rangeOf } from './order.js'

/** Bytes of JSON after which a page ends, whatever its limit. */
const pageBytes = 4_000_000

/** Answers `TenantStore.query`. A page goes on from the text it was ordered by, which no two records share. */
export async function queryRecords(engine: Engine, tenant: string, query: Query): Promise<RecordPage> {
  checkQuery(query)
  const limit = wholeNumber('limit', query.limit, [1, 1000], 100)
  const { kind, partition, where = [], order } = query
  const scope = [tenant, kind, partition ?? null, where, order ?? null]
  const [after] = query.after === undefined ? [] : unseal(scope, query.after, 1)
  const path = order ? ['index', order.by] : ['order']
  const conditions: Where[] = [
    [['type'], '=', 'record'],
    [['kind'], '=', kind],
    ...where.flatMap((condition): Where[] => {
      const { from, below } = rangeOf(condition)
      const field = ['index', condition.field]
      return [
        [field, '>=', from],
        [field, '<', below],
      ]
    }),
    ...(after === undefined ? [] : [[path, order?.descending ? '<' : '>', String(after)] satisfies Where]),
  ]
  const { found, more } = await engine.connection.findPage<RecordDocument>('records', {
    tenant,
    ...(partition !== undefined && { within: partition }),
    where: conditions,
    order: path,
    descending: order?.descending ?? false,
    limit,
    bytes: pageBytes,
  })
  const page = fitPage(found)
  const last = page.at(-1)
  if (!last || (!more && page.length === found.length)) return { records: page.map(toRecord) }
  return { records: page.map(toRecord), continuation: seal(scope, [order ? last.index[order.by]! : last.order]) }
}

const sizeOf = ({ data }: RecordDocument): number => Buffer.byteLength(JSON.stringify(data ?? null))

/** As many from the front as fit a page, but always one. */
function fitPage<T extends RecordDocument>(found: T[]): T[] {
  let bytes = 0
  const end = found.findIndex((document, n) => (bytes += sizeOf(document)) > pageBytes && n > 0)
  return end < 0 ? found : found.slice(0, end)
}

/** The record in a document. */
export function toRecord({
  tenant,
  partition,
  kind,
  name: id,
  at,
  data = null,
  _etag: etag,
}: RecordDocument & Kept): StoreRecord {
  return { tenant, partition, kind, id, etag, at, data }
}
