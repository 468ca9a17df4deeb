import { randomUUID } from 'node:crypto'
import { mkdtemp, open, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { TenantStore, Write } from '../contract.js'
import { StoreBadInput, StoreFull, StoreUnavailable } from '../errors.js'
import { Connection } from './connection.js'
import { migrate, versionOf } from './migrate.js'
import { first } from './migrations/0001-first.js'
import { type SqliteStore, type SqliteStoreOptions, openSqliteStore } from './open.js'

let folder = ''
const opened: SqliteStore[] = []
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'nexus-open-')), 'data')
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  await rm(join(folder, '..'), { recursive: true })
})

const file = () => join(folder, 'store.db')
async function start(options: Partial<SqliteStoreOptions> = {}): Promise<SqliteStore> {
  const store = await openSqliteStore({ folder, clock: { now: () => new Date(1000) }, id: randomUUID, ...options })
  opened.push(store)
  return store
}
const put = (id: string, data: string): Write => ({ op: 'put', kind: 'thing', id, data })
const read = async (tenant: TenantStore, id: string) => (await tenant.get({ partition: 'p', kind: 'thing', id }))?.data

describe('opening', () => {
  test('only its owner can read the files; every commit is synced', async () => {
    const store = await start()
    await store.forTenant('t').commit('p', [put('1', 'x')])
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    const names = await readdir(folder)
    expect(names.sort()).toEqual(['store.db', 'store.db-shm', 'store.db-wal'])
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    const connection = new Connection(file())
    expect(connection.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' })
    expect(connection.get('PRAGMA synchronous')).toMatchObject({ synchronous: 2 })
    connection.close()
  })

  test('a folder that cannot be made, or not written to, is named', async () => {
    await writeFile(join(folder, '..', 'a-file'), '')
    await expect(start({ folder: join(folder, '..', 'a-file', 'data') })).rejects.toThrow(
      /a-file.*ENOTDIR.*check the folder/,
    )
  })

  test('a file that is no database, and one whose header is damaged, are refused and left as they are', async () => {
    await (await start()).close()
    const good = await readFile(file())
    for (const bytes of [
      Buffer.from('not a database at all '.repeat(100)),
      Buffer.concat([Buffer.alloc(40, 7), good.subarray(40)]),
    ]) {
      await writeFile(file(), bytes)
      await expect(start()).rejects.toThrow(StoreUnavailable)
      expect(await readFile(file())).toEqual(bytes)
    }
  })

  test('pages damaged in the middle are found when they are read, and said', async () => {
    const store = await start()
    for (let i = 0; i < 50; i += 1) await store.forTenant('t').commit('p', [put(String(i), 'x'.repeat(2000))])
    await store.close()
    const handle = await open(file(), 'r+')
    const { size } = await handle.stat()
    await handle.write(Buffer.alloc(size - 8192, 0xff), 0, size - 8192, 8192)
    await handle.close()
    const damaged = async () => read((await start()).forTenant('t'), '7')
    await expect(damaged()).rejects.toThrow(/damaged.*restore the last backup/)
  })

  test('a database of another program, and one of a newer Nexus, are refused', async () => {
    const newer = new Connection(file())
    migrate(newer, [first, { version: 6, name: 'future', sql: 'CREATE TABLE future (x) ' }], 1)
    newer.close()
    await expect(start()).rejects.toThrow(/newer Nexus.*version is 6.*knows 5/)
    await rm(file())
    const foreign = new Connection(file())
    foreign.exec('CREATE TABLE theirs (x)')
    foreign.close()
    await expect(start()).rejects.toThrow(/another program/)
  })

  test('a store of the first version keeps what it has, and logs from then on', async () => {
    const old = new Connection(file())
    migrate(old, [first], 1)
    old.run(
      `INSERT INTO record (tenant, kind, partition, id, at, bytes, fields, data) VALUES ('t', 'thing', 'p', '1', 1, 3, '{}', '"x"')`,
    )
    old.run(
      `INSERT INTO inbox (tenant, source, id, at, state, ready_at, data) VALUES ('t', 's', '1', 1, 'queued', 1, '"y"')`,
    )
    old.close()
    const tenant = (await start()).forTenant('t')
    expect(await read(tenant, '1')).toBe('x')
    expect(await tenant.inbox.append(['1', '2'].map((id) => ({ source: 's', id, data: 'z' })))).toEqual([
      'known',
      'new',
    ])
    expect(await tenant.inbox.claim({ limit: 10, leaseMs: 1, worker: 'w' })).toMatchObject([
      { data: 'y' },
      { data: 'z' },
    ])
    await tenant.commit('p', [{ op: 'audit', stream: 'audit', data: 'entry' }])
    expect(await tenant.log.read('audit')).toMatchObject([{ seq: 1, data: 'entry' }])
  })

  test('a step that fails leaves the version before it', () => {
    const connection = new Connection(file())
    const broken = { version: 2, name: 'broken', sql: 'CREATE TABLE half (x); CREATE TABLE half (x);' }
    expect(() => migrate(connection, [first, broken], 1)).toThrow(/half/)
    expect(versionOf(connection)).toBe(1)
    expect(connection.get(`SELECT 1 AS there FROM sqlite_schema WHERE name = 'half'`)).toBeUndefined()
    migrate(connection, [first, { ...broken, sql: 'CREATE TABLE half (x)' }], 1)
    expect(versionOf(connection)).toBe(2)
    connection.close()
  })
})

describe('a full disk', () => {
  test('is said loudly; nothing is half written; reading, deleting and writing small things go on', async () => {
    const tenant = (await start({ maxPages: 150 })).forTenant('t')
    const acknowledged: string[] = []
    const fill = async (): Promise<unknown> => {
      for (let i = 0; i < 1000; i += 1) {
        const id = String(i)
        const failed = await tenant.commit('p', [put(id, id.repeat(2000)), put(`${id}-twin`, id)]).then(
          () => undefined,
          (error: unknown) => error,
        )
        if (failed) return failed
        acknowledged.push(id)
      }
      return undefined
    }
    const failure = await fill()
    expect(failure).toBeInstanceOf(StoreFull)
    expect(String(failure)).toMatch(/is full.*nothing was written.*free disk space/)
    expect(acknowledged.length).toBeGreaterThan(20)
    const { records } = await tenant.query({ kind: 'thing', limit: 1000 })
    expect(records).toHaveLength(acknowledged.length * 2)
    for (const id of acknowledged.slice(0, 5)) await tenant.commit('p', [{ op: 'delete', kind: 'thing', id }])
    await tenant.commit('p', [put('new', 'fits again')])
    expect(await read(tenant, 'new')).toBe('fits again')
  })

  test('a write that does not fit takes nothing of its group with it', async () => {
    const tenant = (await start({ maxPages: 150 })).forTenant('t')
    const sizes = [10, 1_500_000, 20, 1_900_000, 30]
    const outcomes = await Promise.allSettled(
      sizes.map((size, i) => tenant.commit('p', [put(String(i), 'x'.repeat(size))])),
    )
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    const ids = (await tenant.query({ kind: 'thing' })).records.map(({ id }) => id)
    expect(ids).toEqual(['0', '2', '4'])
  })
})

describe('at rest', () => {
  const secret = 'the quick brown secret'

  test('with a key nothing readable is in the file, its journal or its backup, and only the key opens them', async () => {
    const store = await start({ encryptionKey: 'correct horse' })
    const backup = join(folder, 'backup', 'store.db')
    for (let i = 0; i < 50; i += 1) await store.forTenant('t').commit('p', [put(String(i), secret)])
    const journal = await readFile(`${file()}-wal`)
    await store.backup(backup)
    await store.close()
    for (const bytes of [journal, await readFile(file()), await readFile(backup)]) {
      expect(bytes.length).toBeGreaterThan(1000)
      expect(bytes.includes(secret)).toBe(false)
    }
    await expect(start()).rejects.toThrow(/encryption key/)
    await expect(start({ encryptionKey: 'wrong' })).rejects.toThrow(/encryption key/)
    const restored = await start({ encryptionKey: 'correct horse', folder: join(folder, 'backup') })
    expect(await read(restored.forTenant('t'), '49')).toBe(secret)
  })

  test('a backup is the store as it was, readable by its owner only, and never written over a file', async () => {
    const store = await start()
    await store.forTenant('t').commit('p', [put('1', 'before')])
    const backup = join(folder, 'backup', 'store.db')
    await store.backup(backup)
    await store.forTenant('t').commit('p', [put('1', 'after')])
    await expect(store.backup(backup)).rejects.toThrow(StoreBadInput)
    expect((await stat(backup)).mode & 0o777).toBe(0o600)
    expect(await read((await start({ folder: join(folder, 'backup') })).forTenant('t'), '1')).toBe('before')
  })

  test('a replica that read past a restored backup starts its read model anew', async () => {
    const store = await start()
    const backup = join(folder, 'backup', 'store.db')
    await store.backup(backup)
    await store.forTenant('t').commit('p', [put('1', 'lost')])
    const { continuation } = await store.forTenant('t').changes()
    const restored = (await start({ folder: join(folder, 'backup') })).forTenant('t')
    expect(await restored.changes(continuation)).toMatchObject({ changes: [], reset: true })
  })
})

describe('the log', () => {
  test('its rows cannot be changed, removed or skipped in the database either', async () => {
    await (await start()).forTenant('t').log.append('audit', ['kept'])
    const connection = new Connection(file())
    for (const sql of [`UPDATE log SET data = '"edited"'`, 'DELETE FROM log', `REPLACE INTO log SELECT * FROM log`])
      expect(() => connection.exec(sql)).toThrow(/a log entry (cannot be|has the next number)/)
    const skipping = `INSERT INTO log (tenant, stream, seq, at, previous, hash, data) VALUES ('t', 'audit', 3, 0, '', '', '0')`
    expect(() => connection.exec(skipping)).toThrow(/next number/)
    connection.close()
  })
})
