import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { everything } from '../../../skills/kit/catalog/filter.js'
import { openScratch } from '../sqlite/scratch-database.js'
import { CatalogIndex } from './catalog-index.js'
import { catalogPort } from './catalog-port.js'
import { storedClaim, type CatalogRecord } from './catalog-record.js'
import { testNow } from './testing/arbitrary-catalog.js'

const port = (index: CatalogIndex) => catalogPort(index, () => [], { now: () => testNow })
const record = (id: string, props: CatalogRecord['claims'][string]['props'] = {}): CatalogRecord => ({
  kind: 'Service',
  id,
  claims: { github: storedClaim({ kind: 'Service', id, name: id, props }, '2026-11-01T00:00:00.000Z') },
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-read-model-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a moment that is none, is to come, or is longer ago than 30 days is refused, and the refusal says from when to when', async () => {
  const index = new CatalogIndex('contoso')
  index.put(record('web'))
  const catalog = port(index)
  const window = { wayOn: 'What was is kept for 30 days: from 2026-10-22T08:00:00.000Z to 2026-11-21T08:00:00.000Z.' }
  const web = { kind: 'Service', id: 'web' }
  await expect(catalog.get(web, '2026-10-22T07:59:59.999Z')).rejects.toMatchObject({ code: 'BadInput', ...window })
  await expect(catalog.find({ filter: everything, at: '2026-11-21T08:00:00.001Z' })).rejects.toMatchObject(window)
  await expect(catalog.reach(web, { direction: 'up', at: 'yesterday' })).rejects.toMatchObject({ code: 'BadInput' })
  await expect(catalog.changed({ filter: everything, from: testNow, to: '2026-11-20T00:00:00.000Z' })).rejects.toThrow(
    'begins before it ends',
  )
  expect(await catalog.get(web, '2026-10-22T08:00:00.000Z')).toBeUndefined()
  expect(await catalog.get(web, '2026-11-20T09:00:00+01:00')).toMatchObject({ name: 'web' })
  for (const limit of [0, 1001, 1.5, NaN])
    await expect(catalog.find({ filter: everything, limit })).rejects.toThrow('A page has 1 to 1000 entities')
  await expect(catalog.find({ filter: everything, after: 'elsewhere' })).rejects.toThrow('no page of a list')
})

test('a NUL, half a surrogate pair and control characters come in as signs that can be shown, and are found', async () => {
  const index = new CatalogIndex('contoso')
  index.put(record('a\0b\n\u0007c', { note: 'x\0y', list: ['\ud800'], 'k\0': 1 }))
  // What an older record holds is read too.
  const raw = { name: 'r\0w', aliases: [], props: { note: 'p\0q' }, relations: [], at: testNow }
  index.put({ kind: 'Service', id: 'raw', claims: { github: raw } })
  const catalog = port(index)
  const found = async (filter: Parameters<typeof catalog.find>[0]['filter']) =>
    (await catalog.find({ filter })).entities.map(({ name }) => name)
  expect(await found({ property: 'note', is: '=', value: 'x\0y' })).toEqual(['a b c'])
  expect(await found({ property: 'note', is: '=', value: 'x' })).toEqual([])
  expect(await found({ property: 'list', is: '=', value: '\ud800' })).toEqual(['a b c'])
  expect(await found({ property: 'note', contains: '\0q' })).toEqual(['r\0w'])
  expect(await catalog.search('raw')).toHaveLength(1)
  expect(await catalog.get({ kind: 'Service', id: 'a\0b\n\u0007c' })).toMatchObject({ name: 'a b c' })
})

test('counts go by value without case, and lists and what is missing are counted', async () => {
  const index = new CatalogIndex('contoso')
  const values = ['Prod', 'prod', 'dev', true, 1, ['dev', 'Dev']]
  values.forEach((tier, place) => index.put(record(`s${place}`, { tier })))
  index.put(record('none'))
  const counts = await port(index).tally({ filter: everything }, 'tier')
  expect(counts).toEqual(
    expect.arrayContaining([
      { value: 'Prod', count: 2 },
      { value: 'dev', count: 2 },
      { value: true, count: 1 },
      { value: 1, count: 1 },
      { value: undefined, count: 1 },
    ]),
  )
  expect(counts).toHaveLength(5)
})

test('two hubs on one folder have a file each, take theirs again as it was left, and an encrypted one tells nothing', () => {
  const open = (key?: string) => new CatalogIndex('contoso', openScratch(folder, 'catalog', key))
  const [first, second] = [open('secret'), open('secret')]
  first.put(record('web', { note: 'confidential' }))
  expect(second.all('Service')).toEqual([])
  first.close()
  expect(readdirSync(folder).filter((file) => file.endsWith('.db'))).toEqual(['catalog-0.db', 'catalog-1.db'])
  expect(statSync(join(folder, 'catalog-0.db')).mode & 0o777).toBe(0o600)
  const again = open('secret')
  expect(again.all('Service').map(({ id }) => id)).toEqual(['web'])
  again.close()
  second.close()
})

test('a file that is damaged, of another key, of another tenant or of another schema is made anew', () => {
  const file = join(folder, 'catalog-0.db')
  const open = (tenant = 'contoso', key?: string) => new CatalogIndex(tenant, openScratch(folder, 'catalog', key))
  const left = (): void => {
    const index = open()
    for (let n = 0; n < 200; n++) index.put(record(`s${n}`))
    index.close()
  }
  const spoilt: (() => CatalogIndex)[] = [
    () => (writeFileSync(file, 'no database'), open()),
    () => (writeFileSync(file, Buffer.alloc(8192, 7), { flag: 'r+' }), open()),
    () => (leftOpen(file), damage(file), open()),
    () => open('contoso', 'another key'),
    () => open('tailspin'),
    () => {
      const database = openScratch(folder, 'catalog')
      database.exec('PRAGMA user_version = 1')
      database.close()
      return open()
    },
  ]
  for (const spoil of spoilt) {
    left()
    const index = spoil()
    expect(index.all('Service')).toEqual([])
    index.put(record('web'))
    expect(index.all('Service')).toHaveLength(1)
    index.close()
    rmSync(file)
  }
})

/** Makes a closed file one whose owner ended without closing it: SQLite keeps the mark at byte 68. */
function leftOpen(file: string): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.from([0, 0, 0, 1]), 0, 4, 68)
  closeSync(handle)
}

/** Writes over pages in the middle of a file. */
function damage(file: string): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(20 * 4096, 7), 0, 20 * 4096, 10 * 4096)
  closeSync(handle)
}
