import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../contract.js'
import { openSqliteStore } from '../sqlite/open.js'
import { paceRecords } from './pace-records.js'

const folder = mkdtempSync(join(tmpdir(), 'pace-'))
let store: Store
beforeEach(async () => {
  let ids = 0
  store = await openSqliteStore({ folder, clock: { now: () => 1_000_000 }, id: () => `id-${ids++}` })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

test('what was forgotten before it was published is not published, and the rest is', async () => {
  const own = store.forTenant('t')
  const first = paceRecords(own, 'first', 1_000)
  first.add({ key: 'old', at: 100 })
  first.add({ key: 'new', at: 900 })
  await first.forget(500)
  await first.publish()
  expect(await paceRecords(own, 'second', 1_000).news(1_000)).toEqual([{ key: 'new', at: 900 }])
})

test('what is forgotten while it is being published breaks nothing', async () => {
  const own = store.forTenant('t')
  const first = paceRecords(own, 'first', 1_000_000)
  for (let n = 0; n < 120; n++) first.add({ key: `thread ${n}`, at: 100 })
  const publishing = first.publish()
  await first.forget(500)
  await publishing
  await first.forget(500)
  expect(await paceRecords(own, 'second', 1_000_000).news(1_000)).toEqual([])
})
