import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import { unavailable } from '../../../skills/kit/errors.js'
import { startSync, type SyncWorker } from './sync-worker.js'
import { SampleVendor } from './testing/sample-vendor.js'
import { SyncBench, usualPace } from './testing/sync-bench.js'

let bench: SyncBench
let workers: SyncWorker[]
let failures: unknown[]
beforeEach(async () => {
  bench = await SyncBench.open()
  ;[workers, failures] = [[], []]
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  await bench.close()
})

/** A hub of its own with a worker for these sources. */
async function start(...sources: CatalogSource[]) {
  const { store, own, catalog } = await bench.connect()
  const worker = startSync({
    sources,
    store: own,
    lease: (name, ttlMs) => store.lease(name, ttlMs),
    catalog,
    kinds: () => builtInKinds,
    clock: bench.clock,
    pace: usualPace,
    patience: 5_000,
    report: (report) => bench.reports.push(report),
    failed: (_source, error) => failures.push(error),
  })
  workers.push(worker)
  return { worker, catalog }
}

const vendorOf = (name: string, count: number, asked?: () => void): SampleVendor => {
  const vendor = new SampleVendor({ name, page: 20, ...(asked && { asked }) })
  for (let n = 0; n < count; n++) vendor.set(`${name}-${n}`, 1)
  return vendor
}
const read = async (worker: SyncWorker, source?: string) => worker.reports((await worker.wish(source))!, 20_000)

test('two hubs: each source is one hub’s, either may wish, and both know what was read', async () => {
  const [one, two] = [vendorOf('one', 50), vendorOf('two', 30)]
  const hubs = [await start(one.source(), two.source()), await start(one.source(), two.source())]
  for (const { worker, catalog } of hubs) {
    expect(await read(worker)).toEqual([
      expect.objectContaining({ source: 'one', read: 50 }),
      expect.objectContaining({ source: 'two', read: 30 }),
    ])
    expect([...catalog.held().keys()]).toHaveLength(80)
  }
  one.set('one-0', 2)
  one.remove('one-1')
  expect(await read(hubs[1]!.worker, 'one')).toEqual([
    expect.objectContaining({ source: 'one', read: 49, written: 1, dropped: 1 }),
  ])
  expect(await read(hubs[0]!.worker, 'one')).toEqual([
    expect.objectContaining({ source: 'one', read: 49, written: 0, dropped: 0 }),
  ])
  expect(failures).toEqual([])
})

test('a hub that stops hands its sources over at once', async () => {
  const vendor = vendorOf('one', 50)
  const first = await start(vendor.source())
  await read(first.worker)
  const second = await start(vendor.source())
  await first.worker.stop()
  vendor.set('one-3', 2)
  expect(await read(second.worker)).toEqual([expect.objectContaining({ read: 50, written: 1 })])
})

test('a source that fails, or asks to be left alone, is said at once and delays no other', async () => {
  const quiet = vendorOf('quiet', 10, () => {
    throw unavailable('Quiet wants an hour of peace.', undefined, undefined, 3_600_000)
  })
  const broken = vendorOf('broken', 10, () => {
    throw new Error('socket hang up')
  })
  const { worker } = await start(quiet.source(), broken.source(), vendorOf('fine', 10).source())
  const first = await read(worker)
  expect(first.map(({ source, read, down }) => [source, read, down])).toEqual([
    ['quiet', undefined, 'Quiet wants an hour of peace.'],
    ['broken', undefined, 'Broken answered in a way Nexus does not understand.'],
    ['fine', 10, undefined],
  ])
  const again = await read(worker, 'quiet')
  expect(again).toEqual([
    expect.objectContaining({ down: 'Quiet wants an hour of peace.', retryAt: first[0]!.retryAt }),
  ])
  expect(quiet.asked.page).toBe(1)
})

test('what an event names is read anew, or asked for, as the source can', async () => {
  const vendor = vendorOf('one', 10)
  const poor = vendorOf('poor', 10)
  const { delta: _delta, reread: _reread, ...onlySweeps } = poor.source()
  const { worker, catalog } = await start(vendor.source(), onlySweeps)
  await read(worker)
  vendor.set('one-new', 1)
  vendor.remove('one-1')
  poor.remove('poor-1')
  const refs = ['one-new', 'one-1'].map((id) => ({ kind: 'Service', id }))
  await worker.want({ source: 'one', reread: refs })
  await worker.want({ source: 'poor', reread: [{ kind: 'Service', id: 'poor-1' }] })
  await worker.want({ source: 'absent', reread: refs })
  bench.pass(31_000)
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((done) => setTimeout(done, 20))) {
    await catalog.catchUp()
    const gone = ['Service/one-1', 'Service/poor-1'].every((key) => !catalog.held().has(key))
    if (poor.asked.page > 1 && (await catalog.sources()).length === 2 && gone) break
  }
  const known = [...catalog.held().keys()]
  expect(known).toContain('Service/one-new')
  expect(known).not.toContain('Service/one-1')
  expect(known).not.toContain('Service/poor-1')
  expect(vendor.asked.reread).toBe(1)
})

test('there is no source of a name that nobody has', async () => {
  const { worker } = await start(vendorOf('one', 1).source())
  expect(await worker.wish('nobody')).toBeUndefined()
  expect(worker.names).toEqual(['one'])
})

test('whoever will not wait has things read anew, whichever hub has their source, and is told what came of it', async () => {
  const [quick, slow, whole] = [vendorOf('quick', 50), vendorOf('slow', 5), vendorOf('whole', 5)]
  let isSlow = false
  slow.ways.asked = async (what) => {
    if (isSlow && what === 'reread') await new Promise((resolve) => setTimeout(resolve, 4_000))
  }
  const { reread: _none, ...readWhole } = whole.source()
  const sources = [quick.source(), slow.source(), readWhole]
  const [one, two] = [await start(...sources), await start(...sources)]
  await read(one.worker)
  await two.catalog.catchUp()
  isSlow = true
  quick.set('quick-3', 2)
  const thing = (source: string, id: string) => ({ kind: 'Service', id, sources: [{ source, at: bench.clock.now() }] })
  const all = [thing('quick', 'quick-3'), thing('slow', 'slow-1'), thing('whole', 'whole-1'), thing('push/own', 'x')]
  const [deltas, pages] = [quick.asked.delta, quick.asked.page]
  expect(await two.worker.rereading.anew(all, 2_500)).toEqual([
    { source: 'quick', title: 'Quick', came: 'read' },
    { source: 'slow', title: 'Slow', came: 'reading' },
    { source: 'whole', title: 'Whole', came: 'whole' },
  ])
  expect(two.catalog.index.get({ kind: 'Service', id: 'quick-3' })?.props['version']).toBe('2')
  // Only what was named was asked for.
  expect([quick.asked.delta, quick.asked.page]).toEqual([deltas, pages])
})

test('where a source does not answer, nobody waits for it', async () => {
  const vendor = vendorOf('sample', 5)
  const { worker } = await start(vendor.source())
  await read(worker)
  vendor.ways.asked = () => {
    throw unavailable('Sample does not answer.')
  }
  const thing = { kind: 'Service', id: 'sample-1', sources: [{ source: 'sample', at: bench.clock.now() }] }
  expect(await worker.rereading.anew([thing], 5_000)).toEqual([{ source: 'sample', title: 'Sample', came: 'down' }])
})
