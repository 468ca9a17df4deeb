import type { ArrivalRow } from '../check-arrival.js'
import type { Connection } from './connection.js'
import type { Engine } from './engine.js'
import type { Shared } from './group-commit.js'
import { keyOf, nextArrival } from './inbox-keys.js'

/** An arrival, and the key it is found by: see `inbox-keys.ts`. */
export interface KeyedArrival extends ArrivalRow {
  key: number
}

/** Gives an arrival its key. */
export const keyed = (tenant: string, row: ArrivalRow): KeyedArrival => ({
  ...row,
  key: keyOf(tenant, row.source, row.id),
})

/** Rows of one statement at most. A call of libsql costs about as much as a row: 16 rows share it, and there are 16 statements to keep. */
const most = 16

/** What became of one arrival. */
type Outcome = 'new' | 'known'

/** Writes the arrivals of one append, or of several that came together. @returns for each of each, in order, whether it was new */
export const arrivalsOf = (engine: Engine, tenant: string): Shared<readonly KeyedArrival[], Outcome[]> => ({
  run(appends) {
    const outcomes = insertArrivals(engine, tenant, appends.flat())
    let start = 0
    return appends.map(({ length }) => outcomes.slice(start, (start += length)))
  },
})

function insertArrivals(engine: Engine, tenant: string, rows: readonly KeyedArrival[]): Outcome[] {
  const { connection } = engine
  const now = engine.now()
  const outcomes: Outcome[] = []
  let next = nextArrival(connection)
  for (let start = 0; start < rows.length; start += most) {
    const some = rows.slice(start, start + most)
    const known = knownOf(connection, tenant, some)
    const fresh = some.filter((row) => {
      const name = nameOf(row)
      const isNew = !known.has(name)
      outcomes.push(isNew ? 'new' : 'known')
      known.add(name)
      return isNew
    })
    insertRows(connection, fresh, { tenant, next, now })
    next += fresh.length
  }
  return outcomes
}

/** Names have no line breaks. */
const nameOf = ({ source, id }: Pick<ArrivalRow, 'source' | 'id'>): string => `${source}\n${id}`

/** The names among those of some rows that the inbox has already. */
function knownOf(connection: Connection, tenant: string, rows: readonly KeyedArrival[]): Set<string> {
  const keys = rows.map(({ key }) => key)
  const found = connection.all<ArrivalRow>(statements[rows.length - 1]!.find, tenant, ...keys)
  return new Set(found.map((row) => nameOf(row)))
}

function insertRows(
  connection: Connection,
  rows: readonly KeyedArrival[],
  { tenant, next, now }: { tenant: string; next: number; now: number },
): void {
  const statement = statements[rows.length - 1]
  if (!statement) return // all were known
  const values = rows.flatMap(({ key, source, id, text }) => [key, source, id, text])
  connection.run(statement.insert, tenant, now, next, ...values)
  connection.run(statement.remember, next, ...rows.map(({ key }) => key))
}

/** The statements for 1, 2, 3 … rows. */
const statements = Array.from({ length: most }, (_, last) => {
  const forEach = (write: (i: number) => string) => Array.from({ length: last + 1 }, (_, i) => write(i)).join(', ')
  const keys = forEach((i) => `?${i + 2}`)
  const row = (i: number) =>
    `(?3 + ${i}, ?${4 * i + 4}, ?1, ?${4 * i + 5}, ?${4 * i + 6}, ?2, 'queued', ?2, ?${4 * i + 7})`
  return {
    // CROSS JOIN keeps SQLite from reading the tenant's rows first.
    find: `SELECT source, id
      FROM (SELECT seq FROM recent WHERE key IN (${keys}) UNION ALL SELECT seq FROM inbox_key WHERE key IN (${keys})) AS place
      CROSS JOIN inbox ON inbox.seq = place.seq WHERE tenant = ?1`,
    insert: `INSERT INTO inbox (seq, key, tenant, source, id, at, state, ready_at, data) VALUES ${forEach(row)}`,
    remember: `INSERT INTO recent (seq, key) VALUES ${forEach((i) => `(?1 + ${i}, ?${i + 2})`)}`,
  }
})
