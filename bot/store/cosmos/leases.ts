import { StoreConflict } from '../errors.js'
import { checkName, wholeNumber } from '../limits.js'
import type { Fence, Lease } from '../lease.js'
import type { Engine } from './engine.js'
import { untilAlone } from './until-alone.js'

interface LeaseDocument {
  fence: number
  holder: string
  until: number
}

const id = 'lease'

/** Does `Store.lease`. The document stays when a lease ends, so that fences only grow. */
export async function takeLease(engine: Engine, name: string, ttlMs: number): Promise<Lease | undefined> {
  checkName('the lease name', name)
  wholeNumber('the time of a lease', ttlMs, [1, 86_400_000])
  const { connection } = engine
  const read = () => connection.read<LeaseDocument>('leases', [name], id)
  const kept = await read()
  if (kept && kept.until > engine.now()) return undefined
  const holder = engine.id()
  const granted: LeaseDocument = { fence: (kept?.fence ?? 0) + 1, holder, until: engine.now() + ttlMs }
  const resourceBody = { id, name, type: 'lease', ...granted }
  const outcome = await connection.batch(
    'leases',
    [name],
    [
      kept
        ? { operationType: 'Replace', id, resourceBody, ifMatch: kept._etag }
        : { operationType: 'Create', resourceBody },
    ],
  )
  if ('failed' in outcome) return undefined // somebody else was first

  /** Moves the end of the lease while it is still this grant. @returns whether it was */
  const end = (until: number) =>
    untilAlone(`lease ${name}`, async () => {
      const now = await read()
      if (!now || now.holder !== holder) return false
      const moved = { id, name, type: 'lease', fence: granted.fence, holder, until }
      const result = await connection.batch(
        'leases',
        [name],
        [{ operationType: 'Replace', id, resourceBody: moved, ifMatch: now._etag }],
      )
      return 'failed' in result ? undefined : true
    })
  const lease: Lease = {
    name,
    fence: granted.fence,
    until: granted.until,
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

/** @throws StoreConflict where a newer holder of the lease has written here */
export function checkFence(head: { fences: Record<string, number> } | undefined, { name, fence }: Fence): void {
  const newest = head && Object.hasOwn(head.fences, name) ? head.fences[name]! : 0
  if (fence < newest)
    throw new StoreConflict(
      'fence',
      `lease ${name}`,
      `has a newer holder (fence ${newest}, not ${fence}): stop working under it`,
    )
}
