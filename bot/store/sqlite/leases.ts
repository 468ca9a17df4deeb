import { StoreConflict } from '../errors.js'
import { checkName, wholeNumber } from '../limits.js'
import type { Fence, Lease } from '../lease.js'
import type { Connection } from './connection.js'
import type { Engine } from './engine.js'

interface LeaseRow {
  fence: number
  until: number
}

const rowOf = (connection: Connection, name: string): LeaseRow | undefined =>
  connection.get<LeaseRow>('SELECT fence, until FROM lease WHERE name = ?', name)

/** Does `Store.lease`. */
export async function takeLease(engine: Engine, name: string, ttlMs: number): Promise<Lease | undefined> {
  checkName('the lease name', name)
  wholeNumber('the time of a lease', ttlMs, [1, 86_400_000])
  const { connection } = engine
  const held = () => (rowOf(connection, name)?.until ?? 0) > engine.now()
  if (await engine.read(held)) return undefined // asking for a lease that is held writes nothing
  const holder = engine.id()
  const granted = await engine.write(() => {
    if (held()) return undefined
    const fence = (rowOf(connection, name)?.fence ?? 0) + 1
    const until = engine.now() + ttlMs
    connection.run('REPLACE INTO lease (name, fence, holder, until) VALUES (?, ?, ?, ?)', name, fence, holder, until)
    return { fence, until }
  })
  if (!granted) return undefined
  /** Moves the end of the lease while it is still this grant. @returns whether it was */
  const end = (until: number) =>
    engine.write(() => {
      const sql = 'UPDATE lease SET until = ? WHERE name = ? AND fence = ? AND holder = ?'
      return connection.run(sql, until, name, granted.fence, holder).changes === 1
    })
  const lease: Lease = {
    name,
    ...granted,
    async renew() {
      const until = engine.now() + ttlMs
      if (!(await end(until)))
        throw new StoreConflict('fence', `lease ${name}`, 'was taken by another holder: stop working under it')
      lease.until = until
    },
    async release() {
      await end(0)
    },
  }
  return lease
}

/** @throws StoreConflict where a fence is not of the newest grant of its lease */
export function checkFence(connection: Connection, { name, fence }: Fence): void {
  const newest = rowOf(connection, name)?.fence ?? 0
  if (fence !== newest)
    throw new StoreConflict(
      'fence',
      `lease ${name}`,
      `has a newer holder (fence ${newest}, not ${fence}): stop working under it`,
    )
}
