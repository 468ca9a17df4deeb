import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { TenantStore } from '../contract.js'
import { StoreUnavailable } from '../errors.js'
import { openSqliteStore, type SqliteStore } from '../sqlite/open.js'
import { turnRecords, type TurnRecords } from './turn-records.js'

const folder = mkdtempSync(join(tmpdir(), 'nexus-turns-'))
let now = 0
let store: SqliteStore
let tenant: TenantStore
let id: string
let count = 0
beforeAll(async () => {
  store = await openSqliteStore({ folder, clock: { now: () => now }, id: () => `id-${count++}` })
  tenant = store.forTenant('contoso')
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  now = Date.parse('2026-11-21T08:00:00Z')
  id = `activity-${count++}`
})

const hub = (name: string, over: TenantStore = tenant): TurnRecords => turnRecords(over, name, () => now)
const begun = async (...begins: ReturnType<TurnRecords['begin']>[]) =>
  (await Promise.all(begins)).filter((turn) => turn !== undefined)

test('the same activity four times at once, and again later, is answered once', async () => {
  const turns = hub('one')
  const [turn, ...more] = await begun(...Array.from({ length: 4 }, () => turns.begin(id)))
  expect(more).toEqual([])
  expect(await turns.begin(id)).toBeUndefined()
  await turn!.end(true)
  now += 60_000
  expect(await begun(turns.begin(id), turns.begin(id), hub('restarted').begin(id))).toEqual([])
})

test('of two hubs that hear it at once one answers', async () => {
  const hubs = ['one', 'two', 'three'].map((name) => hub(name))
  expect(await begun(...hubs.map((turns) => turns.begin(id)))).toHaveLength(1)
})

test('a turn that failed may be answered when it comes again', async () => {
  const turns = hub('one')
  await (await turns.begin(id))!.end(false)
  const again = await begun(turns.begin(id), turns.begin(id))
  expect(again).toHaveLength(1)
  await again[0]!.end(true)
  expect(await turns.begin(id)).toBeUndefined()
})

test('a turn that its hub left behind is taken over after 25 s by one other, and its late end changes nothing', async () => {
  const lost = (await hub('lost').begin(id))!
  const two = hub('two')
  now += 24_999
  expect(await two.begin(id)).toBeUndefined()
  now += 1
  const taken = await begun(two.begin(id), hub('three').begin(id))
  expect(taken).toHaveLength(1)
  await lost.end(false)
  expect(await hub('four').begin(id)).toBeUndefined()
  await taken[0]!.end(true)
  await lost.end(true)
  now += 60_000
  expect(await hub('four').begin(id)).toBeUndefined()
})

test('a hub does not take its own turn over, however long it takes', async () => {
  const turns = hub('one')
  const turn = (await turns.begin(id))!
  now += 3_600_000
  expect(await turns.begin(id)).toBeUndefined()
  await turn.end(true)
})

test('a hub that starts anew under its name may take its own lost turn at once', async () => {
  await hub('one').begin(id)
  expect(await hub('one').begin(id)).toBeDefined()
})

test('where the store fails, a turn is not begun, and one that was answered is not answered again', async () => {
  let broken = true
  const flaky: TenantStore = {
    ...tenant,
    get: (key) => tenant.get(key),
    commit: (...call) => (broken ? Promise.reject(new StoreUnavailable('the disk is gone')) : tenant.commit(...call)),
  }
  const turns = hub('one', flaky)
  await expect(turns.begin(id)).rejects.toThrow('the disk is gone')
  broken = false
  const turn = (await turns.begin(id))!
  broken = true
  await expect(turn.end(true)).rejects.toThrow('the disk is gone')
  broken = false
  expect(await turns.begin(id)).toBeUndefined()
})

test('tenants do not share turns, and old ones are forgotten', async () => {
  const turns = hub('one')
  await (await turns.begin(id))!.end(true)
  expect(await turnRecords(store.forTenant('fabrikam'), 'one', () => now).begin(id)).toBeDefined()
  expect(await turns.forget(now + 1)).toBeGreaterThanOrEqual(1)
  expect(await turns.forget(now + 1)).toBe(0)
  expect(await turns.begin(id)).toBeDefined()
})

test('the mark of an answered turn is written with the next turn, or when all is settled', async () => {
  const commits: string[] = []
  const watched: TenantStore = {
    ...tenant,
    commit: (partition, writes, fence) => {
      commits.push(partition)
      return tenant.commit(partition, writes, fence)
    },
  }
  const turns = hub('one', watched)
  const [first, second] = [`${id}-1`, `${id}-2`]
  const answered = (await turns.begin(first))!.end(true)
  expect(commits).toEqual([first])
  const next = (await turns.begin(second))!
  await answered
  expect(commits.toSorted()).toEqual([first, first, second])
  void next.end(true)
  await turns.settle()
  expect(commits.filter((partition) => partition === second)).toHaveLength(2)
  expect(await begun(hub('restarted').begin(first), hub('restarted').begin(second))).toEqual([])
})
