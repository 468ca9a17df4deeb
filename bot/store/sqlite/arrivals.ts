import type { ArrivalRow } from '../check-arrival.js'
import type { Connection } from './connection.js'
import type { Engine } from './engine.js'
import type { Shared } from './group-commit.js'

/** Rows of one statement at most. A call of libsql costs about as much as a row: 16 rows share it, and there are 16 statements to keep. */
const most = 16

/** What became of one arrival. */
type Outcome = 'new' | 'known'

/** Writes the arrivals of one append, or of several that came together. @returns for each of each, in order, whether it was new */
export const arrivalsOf = (engine: Engine, tenant: string): Shared<readonly ArrivalRow[], Outcome[]> => ({
  run(appends) {
    const outcomes = insertArrivals(engine, tenant, appends.flat())
    let start = 0
    return appends.map(({ length }) => outcomes.slice(start, (start += length)))
  },
})

function insertArrivals(engine: Engine, tenant: string, rows: readonly ArrivalRow[]): Outcome[] {
  const { connection } = engine
  const now = engine.now()
  if (rows.length === 1) return [insertRows(connection, tenant, now, rows) === 1 ? 'new' : 'known']
  const before = connection.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM inbox')?.seq ?? 0
  let inserted = 0
  for (let start = 0; start < rows.length; start += most)
    inserted += insertRows(connection, tenant, now, rows.slice(start, start + most))
  if (inserted === rows.length) return rows.map(() => 'new')
  const fresh = new Set(
    connection.all<ArrivalRow>('SELECT source, id FROM inbox WHERE seq > ?', before).map((row) => nameOf(row)),
  )
  return rows.map((row) => (fresh.delete(nameOf(row)) ? 'new' : 'known'))
}

const nameOf = ({ source, id }: ArrivalRow): string => JSON.stringify([source, id])

/** @returns how many were not known */
function insertRows(connection: Connection, tenant: string, now: number, rows: readonly ArrivalRow[]): number {
  const values = rows.flatMap(({ source, id, text }) => [source, id, text])
  return connection.run(statements[rows.length - 1]!, tenant, now, ...values).changes
}

/** The statements for 1, 2, 3 … rows. */
const statements = Array.from({ length: most }, (_, last) => {
  const row = (i: number) => `(?1, ?${3 * i + 3}, ?${3 * i + 4}, ?2, 'queued', ?2, ?${3 * i + 5})`
  const rows = Array.from({ length: last + 1 }, (_, i) => row(i))
  return `INSERT INTO inbox (tenant, source, id, at, state, ready_at, data) VALUES ${rows.join(', ')}
    ON CONFLICT (tenant, source, id) DO NOTHING`
})
