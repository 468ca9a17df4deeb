import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Moved, ReadDelivery } from '../../../skills/kit/delivery.js'
import { unavailable } from '../../../skills/kit/errors.js'
import type { Event } from '../../../skills/kit/event.js'
import { createClock, type MovableClock } from '../../clock.js'
import { keepDeliveries } from '../../store/records/delivery-records.js'
import { openSqliteStore, type SqliteStore } from '../../store/sqlite/open.js'
import type { LeasedLoop } from '../leased-loop.js'
import { startInbox, type Worked } from './inbox-worker.js'
import { createOwnership } from './ownership.js'

let folder: string
let clock: MovableClock
let stores: SqliteStore[]
let workers: LeasedLoop[]
let heard: Event[]
let worked: Worked[]
let failures: unknown[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-inbox-'))
  clock = createClock()
  clock.set('2026-11-21T08:00:00.000Z')
  ;[stores, workers, heard, worked, failures] = [[], [], [], [], []]
})
afterEach(async () => {
  for (const worker of workers) await worker.stop()
  for (const store of stores) await store.close()
  rmSync(folder, { recursive: true })
})

let ids = 0

/** Reads bodies such as `alert a`, `alert a b`, `ignore`, `bad`, `bug`. */
const read: ReadDelivery = ({ body }) => {
  const [verb, ...threads] = body.split(' ')
  if (verb === 'ignore') return { state: 'ignored', reason: 'It is of no use.' }
  if (verb === 'bad') return { state: 'unreadable', reason: 'It is in no schema.' }
  if (verb === 'bug') throw new Error('a mistake of ours')
  const at = '2026-11-21T07:00:00.000Z'
  return {
    state: 'read',
    drafts: threads.map((thread) => ({
      type: 'alert.fired' as const,
      at,
      data: body,
      about: [{ names: [thread] }],
      thread,
    })),
  }
}

interface Ways {
  want?(moved: Moved): Promise<void>
  notice?(event: Event): Promise<void>
  reached?(step: string): Promise<void> | void
}

/** A hub's store and its inbox. */
async function hub({ want, notice, reached }: Ways = {}) {
  const store = await openSqliteStore({
    folder,
    clock: { now: () => Date.parse(clock.now()) },
    id: () => `id-${ids++}`,
  })
  stores.push(store)
  const own = store.forTenant('contoso')
  const worker = startInbox({
    store: own,
    clock,
    worker: `hub-${stores.length}`,
    ownership: createOwnership(store, 'inbox/contoso', clock),
    read,
    findSubjects: async ([about]) => (about?.names ?? []).map((id) => ({ kind: 'Service', id })),
    notice: notice ?? (async (event) => void heard.push(event)),
    readMoved: ({ body }) => ({ source: 'test', reread: [{ kind: 'Service', id: body }] }),
    ...(want && { want }),
    report: (one) => worked.push(one),
    failed: (error) => failures.push(error),
    ...(reached && { reached }),
  })
  workers.push(worker)
  const bring = (...bodies: (string | Buffer)[]) =>
    keepDeliveries(
      own.inbox,
      bodies.map((body) => ({ source: 'test', id: typeof body === 'string' ? body : 'bytes', headers: {}, body })),
    )
  const inState = async (state: 'queued' | 'dead' | 'done') => (await own.inbox.list({ state })).items
  return { worker, inbox: own.inbox, bring, inState }
}

const pass = (ms: number) => clock.set(new Date(Date.parse(clock.now()) + ms).toISOString())

test('what came is heard with its subjects, when it arrived and an id of its own, and is done', async () => {
  const { worker, bring, inState } = await hub()
  await bring('alert a', 'alert b c')
  await worker.drained()
  expect(heard.map(({ id, subjects, data, at }) => [id, subjects.map(({ id: name }) => name), data, at])).toEqual([
    ['test/alert a', ['a'], 'alert a', '2026-11-21T07:00:00.000Z'],
    ['test/alert b c#0', ['b'], 'alert b c', '2026-11-21T07:00:00.000Z'],
    ['test/alert b c#1', ['c'], 'alert b c', '2026-11-21T07:00:00.000Z'],
  ])
  expect(heard[0]!.arrived).toMatch(/^2026-11-21T08:00:0/)
  expect([(await inState('done')).length, (await inState('queued')).length]).toEqual([2, 0])
})

test('what is brought twice is heard once, in one batch, later, and from another hub', async () => {
  const [one, two] = [await hub(), await hub()]
  await one.bring('alert a', 'alert a')
  await one.worker.drained()
  await two.bring('alert a')
  await Promise.all([one.worker.drained(), two.worker.drained()])
  expect(heard).toHaveLength(1)
})

test('of one thread what came first is heard first, however slow it is; other threads do not wait', async () => {
  let open = () => {}
  const door = new Promise<void>((resolve) => (open = resolve))
  const order: string[] = []
  const { worker, bring } = await hub({
    notice: async ({ id }) => {
      if (id.startsWith('test/alert slow 1')) await door
      order.push(id)
      if (id === 'test/alert quick') open()
    },
  })
  await bring('alert slow 1', 'alert slow 2', 'alert other', 'alert slow 3', 'alert quick')
  await worker.drained()
  const slow = order.filter((id) => id.endsWith('#0'))
  expect(slow).toEqual(['test/alert slow 1#0', 'test/alert slow 2#0', 'test/alert slow 3#0'])
  expect(order.indexOf('test/alert other')).toBeLessThan(order.indexOf('test/alert slow 1#0'))
})

test('what cannot be read is dead at once with its reason and its body, and can be revived', async () => {
  const { worker, bring, inbox, inState } = await hub()
  const bytes = Buffer.from([0xff, 0x00, 0x7b])
  await bring('bad', 'bug', 'ignore', bytes)
  await worker.drained()
  expect((await inState('dead')).map(({ id, reason }) => [id, reason])).toEqual([
    ['bug', 'Nexus failed to read it: a mistake of ours'],
    ['bad', 'It is in no schema.'],
  ])
  expect(worked).toContainEqual({ source: 'test', id: 'ignore', outcome: 'ignored', reason: 'It is of no use.' })
  expect((await inbox.get('test', 'bad'))!.data).toEqual({ headers: {}, body: 'bad' })
  expect((await inbox.get('test', 'bytes'))!.data).toEqual({
    headers: {},
    body: bytes.toString('base64'),
    base64: true,
  })
  expect(heard).toEqual([])
  expect(await inbox.revive('test', 'bad')).toBe(true)
  await worker.drained()
  expect(await inbox.get('test', 'bad')).toMatchObject({ state: 'dead', attempts: 2 })
})

test('what of the catalog it moved is noted before it is done, also of what nobody hears of, and tried again where that fails', async () => {
  const wanted: string[] = []
  let broken = true
  const { worker, bring, inState } = await hub({
    want: async ({ reread }) => {
      if (broken) throw new Error('the store is not there')
      wanted.push(...reread.map(({ id }) => id))
    },
  })
  await bring('alert a', 'ignore', 'bad')
  await worker.drained()
  expect([(await inState('queued')).length, (await inState('dead')).length, heard.length]).toEqual([2, 1, 0])
  broken = false
  pass(2_000)
  await worker.drained()
  expect(wanted.sort()).toEqual(['alert a', 'ignore'])
  expect([(await inState('done')).length, heard.length]).toEqual([2, 1])
})

test('what fails is tried again, later each time, and given up with its reason after the twelfth', async () => {
  const attempts: string[] = []
  const { worker, bring, inbox, inState } = await hub({
    notice: async () => {
      attempts.push(clock.now().slice(11, 19))
      throw unavailable('The catalog is not there.')
    },
  })
  await bring('alert a')
  await worker.drained()
  await worker.drained()
  expect(attempts).toHaveLength(1)
  expect(await inbox.get('test', 'alert a')).toMatchObject({ state: 'queued', reason: 'The catalog is not there.' })
  for (let n = 0; n < 14; n++) {
    pass(601_000)
    await worker.drained()
  }
  expect(attempts).toHaveLength(12)
  expect(await inState('dead')).toMatchObject([{ reason: 'Tried 12 times. The catalog is not there.' }])
})

test('what is heard again after a failure has the same id', async () => {
  let broken = true
  const { worker, bring } = await hub({
    notice: async (event) => {
      heard.push(event)
      if (broken && event.id.endsWith('#1')) throw new Error('once')
    },
  })
  await bring('alert a b')
  await worker.drained()
  broken = false
  pass(2_000)
  await worker.drained()
  expect(heard.map(({ id }) => id.slice(-2))).toEqual(['#0', '#1', '#0', '#1'])
})

test.each(['inbox.claimed', 'inbox.noticed'])(
  'a hub that is gone at %s: another takes up all of it, and a hearer by id does it once',
  async (step) => {
    const effects = new Map<string, number>()
    const notice = async ({ id }: Event) => void effects.set(id, (effects.get(id) ?? 0) + 1)
    const standing: (() => void)[] = []
    const gone = await hub({
      notice,
      reached: (at) => (at === step ? new Promise<void>((goOn) => standing.push(goOn)) : undefined),
    })
    await gone.bring(...Array.from({ length: 40 }, (_, n) => `alert ${n}`))
    gone.worker.nudge()
    while (standing.length < 16) await new Promise((resolve) => setTimeout(resolve, 5))
    const heir = await hub({ notice })
    await heir.worker.drained()
    expect(effects.size).toBe(step === 'inbox.noticed' ? 16 : 0) // its ownership and its claims still run
    for (let n = 0; n < 3; n++) {
      pass(61_000)
      await heir.worker.drained()
    }
    expect([effects.size, (await heir.inState('queued')).length]).toEqual([40, 0])
    expect([...effects.values()].filter((count) => count > 1)).toHaveLength(step === 'inbox.noticed' ? 16 : 0)
    // It was only paused: what it does now, it does with claims that are another's.
    for (const goOn of standing) goOn()
    await gone.worker.stop()
    expect((await heir.inState('done')).length).toBe(40)
  },
)

test('a hub that stops lets the other take over at once', async () => {
  const [one, two] = [await hub(), await hub()]
  await one.bring('alert a')
  await one.worker.drained()
  await one.worker.stop()
  await one.bring('alert b')
  await two.worker.drained()
  expect(heard.map(({ id }) => id)).toEqual(['test/alert a', 'test/alert b'])
  expect(failures).toEqual([])
})

test('an item whose work ends the hub each time does not end it for ever', async () => {
  const { worker, inbox, bring } = await hub()
  await worker.stop()
  await bring('alert a')
  for (let n = 0; n < 12; n++) {
    await inbox.claim({ limit: 1, leaseMs: 1_000, worker: 'one that dies' })
    pass(1_001)
  }
  await (await hub()).worker.drained()
  expect(await inbox.get('test', 'alert a')).toMatchObject({
    state: 'dead',
    reason: expect.stringContaining('the hub ended'),
  })
})
