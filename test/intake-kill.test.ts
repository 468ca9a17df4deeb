import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createClock } from '../bot/clock.js'
import type { TenantStore } from '../bot/store/contract.js'
import { openSqliteStore } from '../bot/store/sqlite/open.js'
import { builtProgram } from './contracts/built-program.js'
import { killedProgram } from './contracts/store/killed-program.js'
import { inboxOver } from './kill/inbox-over.js'

const kills = 8
/** A kill that interrupted less than this proves little, so it is done again. */
const leastUnfinished = 10

let folder = ''
let intaker = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexus-intake-kill-'))
  intaker = builtProgram('test/kill/intaker.ts')
})
afterAll(() => rm(folder, { recursive: true }))

async function heardIn(tenant: TenantStore): Promise<string[]> {
  const heard: string[] = []
  for (let after: string | undefined, more = true; more;) {
    const page = await tenant.query({ kind: 'heard', limit: 1000, ...(after && { after }) })
    heard.push(...page.records.map(({ data }) => String(data)))
    after = page.continuation
    more = after !== undefined
  }
  return heard
}

test('kill -9 while webhooks come in: what was accepted is heard, and nothing has its effect twice', async () => {
  const unfinished: number[] = []
  for (let run = 0; unfinished.length < kills && run < kills * 2; run += 1) {
    const data = join(folder, String(run))
    const { lines } = await killedProgram(intaker, [data], (said) => said.split('\n= ').length > 40)
    const idsOf = (sign: string) => lines.flatMap((line) => (line.startsWith(`${sign} `) ? [line.slice(2)] : []))
    const [begun, accepted] = [idsOf('+'), idsOf('=')]

    // Another hub takes over when the ownership and the claims of the one that is gone have run out.
    const clock = createClock()
    const store = await openSqliteStore({ folder: data, clock: { now: () => Date.parse(clock.now()) }, id: randomUUID })
    const tenant = store.forTenant('kill')
    const before = (await heardIn(tenant)).length
    clock.set(new Date(Date.parse(clock.now()) + 120_000).toISOString())
    const failures: unknown[] = []
    const worker = inboxOver(store, (error) => failures.push(error), clock)
    await worker.drained()
    const heard = await heardIn(tenant)
    expect([failures, await tenant.inbox.count('queued'), await tenant.inbox.count('dead')]).toEqual([[], 0, 0])
    await worker.stop()
    await store.close()

    expect(new Set(heard).size).toBe(heard.length)
    expect(accepted.filter((id) => !heard.includes(id))).toEqual([])
    expect(heard.filter((id) => !begun.includes(id))).toEqual([])
    const interrupted = begun.length - accepted.length + heard.length - before
    if (interrupted >= leastUnfinished) unfinished.push(interrupted)
  }
  process.stdout.write(
    `intake: ${unfinished.length} kills, ${unfinished.join(', ')} unfinished each time, none lost, none twice\n`,
  )
  expect(unfinished).toHaveLength(kills)
}, 120_000)
