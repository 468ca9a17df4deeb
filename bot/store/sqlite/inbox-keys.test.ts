import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Connection } from './connection.js'
import { findArrival, indexArrivals, keyOf, nextArrival } from './inbox-keys.js'
import { migrate } from './migrate.js'
import { first } from './migrations/0001-first.js'
import { type SqliteStore, openSqliteStore } from './open.js'

let folder = ''
let now = 1_000
const opened: { close(): unknown }[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexus-inbox-'))
  now = 1_000
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  await rm(folder, { recursive: true })
})

async function inbox() {
  const store: SqliteStore = await openSqliteStore({ folder, clock: { now: () => now }, id: randomUUID })
  opened.push(store)
  return { store, tenant: store.forTenant('t'), ...store.forTenant('t').inbox }
}
/** Looks at the tables beside the store. */
const look = <Row>(sql: string): Row => {
  const connection = new Connection(join(folder, 'store.db'))
  try {
    return connection.get<Row>(sql)!
  } finally {
    connection.close()
  }
}
const items = (...ids: (string | number)[]) => ids.map((id) => ({ source: 's', id: String(id), data: 'x' }))
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)

test('what two processes bring in turns is known to both, before and after it is indexed', async () => {
  const [one, two] = [await inbox(), await inbox()]
  expect(await one.append(items('a'))).toEqual(['new'])
  expect(await two.append(items('a', 'b', 'b'))).toEqual(['known', 'new', 'known'])
  expect(await one.append(items('b', 'c'))).toEqual(['known', 'new'])
  await one.tenant.prune(0) // indexes all
  expect(look('SELECT count(*) AS keys FROM inbox_key')).toMatchObject({ keys: 3 })
  expect(await two.append(items('c', 'a', 'd'))).toEqual(['known', 'known', 'new'])
  expect(await one.append(items('d', 'c'))).toEqual(['known', 'known'])
  expect(await (await inbox()).append(items('a', 'd', 'e'))).toEqual(['known', 'known', 'new'])
})

test('thousands are indexed as they come; each stays known', async () => {
  const { append, get, count } = await inbox()
  for (let from = 0; from < 17_500; from += 500) await append(items(...numbers(from, 500)))
  const { keys, indexed } = look<{ keys: number; indexed: number }>(
    'SELECT count(*) AS keys, (SELECT seq FROM inbox_indexed) AS indexed FROM inbox_key',
  )
  expect(keys).toBe(indexed)
  expect(keys).toBeGreaterThanOrEqual(16_384)
  expect(keys).toBeLessThan(17_500)
  expect(new Set(await append(items(0, 16_383, keys - 1, keys, 17_499)))).toEqual(new Set(['known']))
  expect(await append(items(...numbers(17_001, 500)))).toEqual([...Array<string>(499).fill('known'), 'new'])
  expect([(await get('s', '3'))?.id, (await get('s', '17500'))?.id, await get('s', '17501')]).toEqual([
    '3',
    '17500',
    undefined,
  ])
  expect(await count('queued')).toBe(17_501)
})

test('a number of what was forgotten is not given again: what another process remembers stays true', async () => {
  const [one, two] = [await inbox(), await inbox()]
  await two.append(items('a'))
  await one.append(items('b'))
  for (const item of await one.claim({ limit: 2, leaseMs: 1_000, worker: 'w' })) await one.done(item)
  now += 10
  expect(await one.tenant.prune(now)).toBe(2)
  expect(look('SELECT count(*) AS keys FROM inbox_key')).toMatchObject({ keys: 0 })
  expect(await one.append(items('a', 'c'))).toEqual(['new', 'new'])
  expect(await two.append(items('a', 'b', 'c'))).toEqual(['known', 'new', 'known'])
})

test('what was taken back with its transaction is not known', async () => {
  const { tenant, append } = await inbox()
  const put = (etag: string) =>
    tenant.commit('p', [{ op: 'put', kind: 'thing', id: '1', data: 1, ifMatch: etag }]).catch(() => 'refused')
  const [taken, refused, again] = await Promise.all([append(items('a')), put('999'), append(items('a', 'b'))])
  expect([taken, refused, again]).toEqual([['new'], 'refused', ['known', 'new']])
  expect(await append(items('b', 'a'))).toEqual(['known', 'known'])
})

test('two names with one key are two', async () => {
  await inbox()
  const connection = new Connection(join(folder, 'store.db'))
  opened.push(connection)
  const row = (seq: number, id: string) =>
    connection.run(
      `INSERT INTO inbox (seq, key, tenant, source, id, at, state, ready_at, data) VALUES (?, ?, 't', 's', ?, 1, 'queued', 1, '1')`,
      ...[seq, keyOf('t', 's', 'a'), id],
    )
  connection.transact(() => {
    row(1, 'b')
    row(2, 'a')
  })
  expect(findArrival(connection, 't', 's', 'a')).toBe(2)
  connection.transact(() => indexArrivals(connection))
  expect([findArrival(connection, 't', 's', 'a'), findArrival(connection, 'u', 's', 'a')]).toEqual([2, undefined])
  expect(await (await inbox()).append(items('a', 'c'))).toEqual(['known', 'new'])
})

test('a store of before keeps what it has: held, dead and done items, and every id', async () => {
  const old = new Connection(join(folder, 'store.db'))
  migrate(old, [first], 1)
  const insert = `INSERT INTO inbox (tenant, source, id, at, state, ready_at, attempts, claim, reason, data) VALUES (?, 's', ?, 5, ?, 6, 3, ?, ?, '"x"')`
  old.transact(() => {
    for (const n of numbers(0, 2_500)) old.run(insert, n % 2 ? 't' : 'u', `i${n}`, 'done', null, null)
    old.run(insert, 't', 'dead', 'dead', null, 'unreadable')
    old.run(insert, 't', 'held', 'queued', 'a claim of before', null)
  })
  old.close()
  const { append, get, revive, done, claim } = await inbox()
  expect(await append(items('i1', 'i2', 'i2499', 'dead', 'held'))).toEqual(['known', 'new', 'known', 'known', 'known'])
  expect(await get('s', 'dead')).toMatchObject({ state: 'dead', at: 5, attempts: 3, reason: 'unreadable', data: 'x' })
  expect(await revive('s', 'dead')).toBe(true)
  const held = { ...items('held')[0]!, at: 5, attempts: 3, claim: 'a claim of before' }
  await expect(done(held)).rejects.toThrow(/not in the hands/)
  const claimed = await claim({ limit: 10, leaseMs: 1_000, worker: 'w' })
  expect(claimed.map(({ id }) => id).sort()).toEqual(['dead', 'held', 'i2'])
})

test('what is indexed leaves the memory', () => {
  const connection = new Connection(join(folder, 'bare.db'))
  opened.push(connection)
  connection.exec(`
    CREATE TABLE inbox (seq INTEGER PRIMARY KEY, key INTEGER NOT NULL);
    CREATE TABLE inbox_key (key INTEGER, seq INTEGER, PRIMARY KEY (key, seq)) WITHOUT ROWID;
    CREATE TABLE inbox_indexed (seq INTEGER); INSERT INTO inbox_indexed VALUES (0);
    CREATE TEMP TABLE recent (seq INTEGER PRIMARY KEY, key INTEGER NOT NULL);
    INSERT INTO inbox VALUES (1, 7), (2, 5), (3, 6);
  `)
  const remembered = () => connection.all<{ seq: number }>('SELECT seq FROM recent').map(({ seq }) => seq)
  connection.transact(() => {
    expect(nextArrival(connection)).toBe(4)
    expect(remembered()).toEqual([1, 2, 3])
    indexArrivals(connection)
    connection.run('INSERT INTO inbox VALUES (4, 9)')
    expect(nextArrival(connection)).toBe(5)
    expect(remembered()).toEqual([4])
  })
})
