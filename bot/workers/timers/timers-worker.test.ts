import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Event } from '../../../skills/kit/event.js'
import type { RecordWrite, WokenBy } from '../../../skills/kit/records.js'
import { createClock, type MovableClock } from '../../clock.js'
import type { TenantStore } from '../../store/contract.js'
import { openSqliteStore, type SqliteStore } from '../../store/sqlite/open.js'
import { readPublished } from '../../store/records/published-claims.js'
import { skillRecords, storeWrites, type SkillWriting } from '../../store/records/skill-records.js'
import type { LeasedLoop } from '../leased-loop.js'
import { enqueueWrite } from '../outbox/enqueue.js'
import { startTimers } from './timers-worker.js'

const writingOf = (store: TenantStore): SkillWriting => ({
  destinationOf: async (to) => ({ chat: JSON.stringify(to) }),
  enqueue: enqueueWrite,
  published: readPublished(store),
})
let folder: string
let clock: MovableClock
let stores: SqliteStore[]
let workers: LeasedLoop[]
let woken: WokenBy[]
let heard: string[]
let failures: unknown[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-timers-'))
  clock = createClock()
  clock.set('2026-11-21T08:00:00.000Z')
  stores = []
  workers = []
  woken = []
  heard = []
  failures = []
})
afterEach(async () => {
  for (const worker of workers) await worker.stop()
  for (const store of stores) await store.close()
  rmSync(folder, { recursive: true })
})

const now = () => clock.now()
let ids = 0

/** A hub's store and its timers; `wake` is what the skill does. */
async function hub(wake: (timer: WokenBy) => Promise<RecordWrite[]>) {
  const store = await openSqliteStore({ folder, clock: { now: () => Date.parse(now()) }, id: () => `id-${ids++}` })
  stores.push(store)
  const tenant = store.forTenant('contoso')
  const writing = writingOf(tenant)
  const worker = startTimers({
    store: tenant,
    clock,
    worker: `hub-${stores.length}`,
    wake: (_skill, _name, timer) => {
      woken.push(timer)
      return wake(timer)
    },
    writesOf: (skill, partition, writes) => storeWrites(skill, partition, writes, writing, now),
    notice: async ({ id }) => void heard.push(id),
    own: {},
    failed: (error) => failures.push(error),
  })
  workers.push(worker)
  return { worker, tenant, records: skillRecords('digest', tenant, writing, now) }
}

const daily = async ({ id, due }: WokenBy): Promise<RecordWrite[]> => [
  { op: 'put', kind: 'sent', id: due, data: id, ifAbsent: true },
  { op: 'set-timer', name: 'morning', id, due: new Date(Date.parse(due) + 86_400_000).toISOString(), data: null },
]
const first: RecordWrite = { op: 'set-timer', name: 'morning', id: 'dana', due: '2026-11-22T07:00:00.000Z', data: null }

test('of two hubs one acts, once for each moment, and the next moment is set in the same commit', async () => {
  const hubs = [await hub(daily), await hub(daily)]
  await hubs[0]!.records.commit('dana', [first])
  for (const day of ['22', '23', '24']) {
    clock.set(`2026-11-${day}T07:00:00.000Z`)
    await Promise.all(hubs.map(({ worker }) => worker.drained()))
  }
  const sent = await hubs[1]!.records.find<string>({ kind: 'sent', partition: 'dana' })
  expect(sent.map(({ id, data }) => [id, data]).sort()).toEqual(
    ['22', '23', '24'].map((day) => [`2026-11-${day}T07:00:00.000Z`, 'dana']),
  )
  expect(woken.map(({ partition, id, due }) => [partition, id, due])).toEqual(
    ['22', '23', '24'].map((day) => ['dana', 'dana', `2026-11-${day}T07:00:00.000Z`]),
  )
  expect(failures).toEqual([])
})

test('a skill that fails is woken again when the claim runs out, and nothing is half done', async () => {
  let broken = true
  const { worker, records } = await hub(async (timer) => {
    if (broken) throw new Error('no catalog')
    return daily(timer)
  })
  await records.commit('dana', [first])
  clock.set('2026-11-22T07:00:00.000Z')
  await worker.drained()
  expect(await records.find({ kind: 'sent' })).toEqual([])
  expect(failures).toMatchObject([{ message: 'no catalog' }])
  broken = false
  clock.set('2026-11-22T07:02:00.000Z')
  await worker.drained()
  expect((await records.find({ kind: 'sent' })).map(({ id }) => id)).toEqual(['2026-11-22T07:00:00.000Z'])
})

test('an event that is told is heard, and a commit that fails tells nothing', async () => {
  const { worker, records } = await hub(daily)
  const event: Event = { id: 'e1', type: 'run.ended', at: now(), arrived: now(), subjects: [], data: null }
  const put: RecordWrite = { op: 'put', kind: 'run', id: 'r', data: 1, ifAbsent: true }
  await records.commit('p', [put, { op: 'tell', event }])
  await expect(records.commit('p', [put, { op: 'tell', event: { ...event, id: 'e2' } }])).rejects.toMatchObject({
    code: 'Conflict',
  })
  await worker.drained()
  expect(heard).toEqual(['e1'])
})
