import { checkQuery } from '../check-query.js'
import { wholeNumber } from '../limits.js'
import type { Condition, Query, RecordPage } from '../contract.js'
import type { Bound } from './connection.js'
import { type Position, seal, unseal } from '../continuation.js'
import type { Engine } from './engine.js'
import { fitPage, rowsOf, toRecord } from './record-rows.js'

/** A piece of SQL and what is bound in it. */
interface Clause {
  sql: string
  values: Bound[]
}

interface Found {
  seq: number
  bytes: number
  value: string | number
  partition: string
  id: string
}

/** Answers `TenantStore.query`: first the keys of a page in order, then their data, both of one snapshot. */
export function queryRecords(engine: Engine, tenant: string, query: Query): RecordPage {
  checkQuery(query)
  const limit = wholeNumber('limit', query.limit, [1, 1000], 100)
  const scope = [tenant, query.kind, query.partition ?? null, query.where ?? [], query.order ?? null]
  const after = query.after === undefined ? undefined : unseal(scope, query.after, 3)
  const { sql, values } = keysOf(tenant, query, after)
  return engine.connection.snapshot(() => {
    const found = engine.connection.all<Found>(`${sql} LIMIT ?`, ...values, limit + 1)
    const page = fitPage(found, limit)
    const records = rowsOf(
      engine.connection,
      page.map(({ seq }) => seq),
    ).map(toRecord)
    const last = page.at(-1)
    if (!last || page.length === found.length) return { records }
    return { records, continuation: seal(scope, [last.value, last.partition, last.id]) }
  })
}

/**
 * The keys of the answer. One field drives: the one to order by, else the one with the most selective condition; its index
 * gives them in order. The other conditions are tried on the record's own fields.
 */
function keysOf(tenant: string, query: Query, after: Position | undefined): Clause {
  const where = query.where ?? []
  const driver =
    query.order?.by ?? (where.find((c) => 'equals' in c) ?? where.find((c) => 'prefix' in c) ?? where[0])?.field
  return driver === undefined ? keysByKind(tenant, query, after) : keysByField(driver, tenant, query, after)
}

function keysByKind(tenant: string, query: Query, after: Position | undefined): Clause {
  return joined(
    `SELECT seq, bytes, 0 AS value, partition, id FROM record`,
    [
      { sql: 'tenant = ? AND kind = ? AND data IS NOT NULL', values: [tenant, query.kind] },
      ...(query.partition === undefined ? [] : [{ sql: 'partition = ?', values: [query.partition] }]),
      ...(after ? [{ sql: '(partition, id) > (?, ?)', values: after.slice(1) }] : []),
    ],
    'ORDER BY partition, id',
  )
}

function keysByField(driver: string, tenant: string, query: Query, after: Position | undefined): Clause {
  const down = query.order?.descending ?? false
  const conditions = (query.where ?? []).map((condition) =>
    compare(condition.field === driver ? 'f.value' : `json_extract(r.fields, '$."${condition.field}"')`, condition),
  )
  const direction = down ? 'DESC' : 'ASC'
  return joined(
    `SELECT r.seq, r.bytes, f.value, f.partition, f.id FROM field f CROSS JOIN record r
      ON r.tenant = f.tenant AND r.kind = f.kind AND r.partition = f.partition AND r.id = f.id`,
    [
      { sql: 'f.tenant = ? AND f.kind = ? AND f.name = ?', values: [tenant, query.kind, driver] },
      ...(query.partition === undefined ? [] : [{ sql: 'f.partition = ?', values: [query.partition] }]),
      ...(after ? [{ sql: `(f.value, f.partition, f.id) ${down ? '<' : '>'} (?, ?, ?)`, values: after }] : []),
      ...conditions,
    ],
    `ORDER BY f.value ${direction}, f.partition ${direction}, f.id ${direction}`,
  )
}

function joined(select: string, clauses: Clause[], order: string): Clause {
  return {
    sql: `${select} WHERE ${clauses.map(({ sql }) => sql).join(' AND ')} ${order}`,
    values: clauses.flatMap(({ values }) => values),
  }
}

function compare(column: string, condition: Condition): Clause {
  if ('equals' in condition) return { sql: `${column} = ?`, values: [condition.equals] }
  const { from, below } =
    'prefix' in condition ? { from: condition.prefix, below: afterPrefix(condition.prefix) } : condition
  const clauses: Clause[] = []
  if (from !== undefined) clauses.push({ sql: `${column} >= ?`, values: [from] })
  else if (typeof below === 'string') clauses.push({ sql: `${column} >= ''`, values: [] }) // SQLite puts numbers before text
  if (below !== undefined) clauses.push({ sql: `${column} < ?`, values: [below] })
  else if (typeof from === 'number') clauses.push({ sql: `${column} < ''`, values: [] })
  return { sql: clauses.map(({ sql }) => sql).join(' AND '), values: clauses.flatMap(({ values }) => values) }
}

/** The least text that is after every text with a prefix, in code point order; undefined where there is none. */
function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!)
  while (points.at(-1) === 0x10ffff) points.pop()
  const last = points.pop()
  if (last === undefined) return undefined
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1) // the surrogates between are no characters
}
