import { moment, wholeNumber } from '../limits.js'
import type { ChangePage } from '../contract.js'
import { seal, unseal } from '../continuation.js'
import type { Engine } from './engine.js'
import { indexArrivals } from './inbox-keys.js'
import { fitPage, rowsOf, toChange } from './record-rows.js'

/** Answers `TenantStore.changes`. `record.seq` grows in the order of the commits, also across processes. */
export function readChanges(engine: Engine, tenant: string, after: string | undefined, limit?: number): ChangePage {
  const { connection } = engine
  const most = wholeNumber('limit', limit, [1, 1000], 500)
  const scope = [tenant, 'changes']
  const [given = 0] = after === undefined ? [] : unseal(scope, after, 1)
  return connection.snapshot(() => {
    const reset = after !== undefined && isLost(engine, tenant, Number(given))
    const since = reset ? 0 : Number(given)
    const found = connection.all<{ seq: number; bytes: number }>(
      'SELECT seq, bytes FROM record WHERE tenant = ? AND seq > ? ORDER BY seq LIMIT ?',
      ...[tenant, since, most + 1],
    )
    const page = fitPage(found, most)
    const seqs = page.map(({ seq }) => seq)
    const changes = rowsOf(connection, seqs).map(toChange)
    return { changes, continuation: seal(scope, [seqs.at(-1) ?? since]), more: page.length < found.length, reset }
  })
}

/** Whether a reader may have missed a tombstone, or read a store that was later restored from a backup. */
function isLost({ connection }: Engine, tenant: string, seq: number): boolean {
  const forgotten = connection.get<{ seq: number }>('SELECT seq FROM forgotten WHERE tenant = ?', tenant)?.seq ?? 0
  const newest = connection.get<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'record'`)?.seq ?? 0
  return seq > newest || (seq < forgotten && seq > 0)
}

const chunk = 500

/** Does `TenantStore.prune`, a few hundred rows a transaction so that nobody waits long for it. */
export async function prune(engine: Engine, tenant: string, before: number): Promise<number> {
  moment('before', before)
  const { connection } = engine
  const steps = [
    () => pruneTombstones(engine, tenant, before),
    () => pruneInbox(engine, tenant, before),
    () => {
      const old = `SELECT seq FROM outbox WHERE tenant = ? AND settled_at < ? LIMIT ${chunk}`
      return connection.run(`DELETE FROM outbox WHERE seq IN (${old})`, tenant, before).changes
    },
  ]
  await engine.write(() => indexArrivals(connection))
  let total = 0
  for (const step of steps) {
    let removed: number
    do total += removed = await engine.write(step)
    while (removed === chunk)
  }
  return total
}

function pruneTombstones({ connection }: Engine, tenant: string, before: number): number {
  const old = connection.all<{ seq: number }>(
    `SELECT seq FROM record WHERE tenant = ? AND data IS NULL AND at < ? ORDER BY at LIMIT ${chunk}`,
    ...[tenant, before],
  )
  const seqs = old.map(({ seq }) => seq)
  if (seqs.length === 0) return 0
  connection.run('DELETE FROM record WHERE seq IN (SELECT value FROM json_each(?))', JSON.stringify(seqs))
  connection.run(
    'INSERT INTO forgotten (tenant, seq) VALUES (?, ?) ON CONFLICT (tenant) DO UPDATE SET seq = max(seq, excluded.seq)',
    ...[tenant, Math.max(...seqs)],
  )
  return seqs.length
}

/** Forgets what was indexed: a row that is not is in the memory of every process, by its number. */
function pruneInbox({ connection }: Engine, tenant: string, before: number): number {
  const old = (columns: string) =>
    `SELECT ${columns} FROM inbox WHERE tenant = ? AND state = 'done' AND ready_at < ? AND seq <= (SELECT seq FROM inbox_indexed)
      ORDER BY ready_at, seq LIMIT ${chunk}`
  connection.run(`DELETE FROM inbox_key WHERE (key, seq) IN (${old('key, seq')})`, tenant, before)
  return connection.run(`DELETE FROM inbox WHERE seq IN (${old('seq')})`, tenant, before).changes
}
