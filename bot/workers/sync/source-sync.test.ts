import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { unavailable } from '../../../skills/kit/errors.js'
import { SampleVendor, service } from './testing/sample-vendor.js'
import { SyncBench } from './testing/sync-bench.js'
import { reportOf } from './await-sweep.js'

let bench: SyncBench
beforeEach(async () => {
  bench = await SyncBench.open()
})
afterEach(() => bench.close())

const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const hour = 3_600_000

describe('a sweep', () => {
  test('takes in page after page and ends; the next writes nothing', async () => {
    const { vendor, hub } = await bench.sample(seven)
    expect(await hub.drain()).toEqual(['page', 'page', 'page', 'page', 'close', 'delta'])
    expect(await hub.versions()).toEqual(vendor.versions())
    expect(await hub.shown()).toMatchObject({ source: 'sample', swept: { read: 7 } })
    const wish = await hub.records.wish('sweep')
    await hub.drain()
    const report = reportOf(hub.source, await hub.records.look(), wish, bench.clock.now())
    expect(report).toEqual({ source: 'sample', title: 'Sample', read: 7, written: 0, dropped: 0 })
  })

  test('says how far it is while it is under way', async () => {
    const { hub } = await bench.sample(seven)
    await hub.step()
    expect(await hub.shown()).toMatchObject({ reading: { read: 3, progress: { done: 3, what: 'services' } } })
    expect((await hub.shown()).asOf).toBeUndefined()
  })

  test('closes what no page named, and keeps what others say of it', async () => {
    const { vendor, hub } = await bench.sample(seven)
    const other = new SampleVendor({ name: 'other' })
    other.set('b', 9)
    const second = await bench.hub(other.source())
    await second.take()
    await Promise.all([hub.drain(), second.drain()])
    vendor.remove('a')
    vendor.remove('b')
    vendor.forget()
    bench.pass(7 * hour)
    await hub.drain()
    expect(Object.keys(await hub.versions())).toEqual(['c', 'd', 'e', 'f', 'g'])
    expect(await second.versions()).toEqual({ b: '9' })
  })

  test('that fails half way closes nothing, and goes on after its last page, also in another hub', async () => {
    let broken = false
    const asked = (): void => {
      if (broken) throw unavailable('Sample answers with 500.')
    }
    const { vendor, hub } = await bench.sample(seven, { asked })
    await hub.drain()
    vendor.remove('a')
    vendor.remove('g')
    vendor.forget()
    await hub.records.wish('sweep')
    expect(await hub.step()).toBe('page')
    broken = true
    expect(await hub.step()).toBe('page')
    expect(await hub.step()).toBeUndefined()
    expect(Object.keys(await hub.versions())).toContain('g')
    expect(await hub.shown()).toMatchObject({ down: { reason: 'Sample answers with 500.' } })
    broken = false
    hub.kill()
    const heir = await bench.hub(vendor.source())
    await heir.take()
    const before = vendor.asked.page
    expect(await heir.drain()).toEqual(expect.arrayContaining(['page', 'close']))
    // Of seven on three pages one was taken in, and five were left: two pages, of which the last is the end.
    expect(vendor.asked.page - before).toBeLessThanOrEqual(2)
    expect(await heir.versions()).toEqual(vendor.versions())
    expect((await heir.shown()).down).toBeUndefined()
  })

  test('of a hub that was paused beyond its lease writes nothing any more', async () => {
    const { vendor, hub } = await bench.sample(seven)
    hub.at = async (step) => {
      if (step !== 'sync.page-read') return
      hub.at = undefined
      for (const id of seven) vendor.set(id, 2)
      const heir = await bench.hub(vendor.source())
      await heir.take()
      await heir.drain()
      vendor.remove('a') // of which neither has heard
    }
    await expect(hub.step()).rejects.toMatchObject({ name: 'StoreConflict', reason: 'fence' })
    expect(await hub.versions()).toEqual({ ...vendor.versions(), a: '2' })
    expect((await hub.records.look()).sweep).toBeUndefined()
  })

  test('keeps what is behind a gap, and says the gap', async () => {
    const { vendor, hub } = await bench.sample(seven)
    await hub.drain()
    const source = {
      ...hub.source,
      async *sweep() {
        const reason = 'Services from d to f are closed to Nexus: give it the role Reader there.'
        yield { claims: [], cursor: 1, gaps: [{ reason, keeps: { kinds: ['Service'], prefix: 'd' } }] }
        yield { claims: [], cursor: 2, gaps: [{ reason }] }
      },
    }
    const heir = await bench.hub(source)
    await heir.take()
    await heir.records.wish('sweep')
    await heir.drain()
    expect(await heir.versions()).toEqual({ d: '1' })
    expect((await heir.shown()).gaps).toEqual([
      'Services from d to f are closed to Nexus: give it the role Reader there.',
    ])
    expect(vendor.has('a')).toBe(true)
  })
})

describe('what is new', () => {
  test('comes by deltas, page by page, with what is gone', async () => {
    const { vendor, hub } = await bench.sample(seven)
    await hub.drain()
    for (const id of ['a', 'b', 'c', 'd']) vendor.set(id, 2)
    vendor.remove('g')
    vendor.set('new', 1)
    bench.pass(61_000)
    expect(await hub.step()).toBe('delta')
    bench.pass(1_000)
    expect(await hub.drain()).toEqual(['delta'])
    expect(await hub.versions()).toEqual(vendor.versions())
    expect((await hub.shown()).asOf! > (await hub.shown()).swept!.at).toBe(true)
  })

  test('a vendor that keeps nothing that far back is read whole', async () => {
    const { vendor, hub } = await bench.sample(seven)
    await hub.drain()
    vendor.set('a', 2)
    vendor.remove('b')
    vendor.forget()
    bench.pass(10 * 60_000)
    expect(await hub.drain()).toEqual(['delta', 'page', 'page', 'page', 'close'])
    expect(await hub.versions()).toEqual(vendor.versions())
  })

  test('that comes between two pages is not closed at the end of the sweep', async () => {
    const { vendor, hub } = await bench.sample(seven)
    await hub.drain()
    await hub.records.wish('sweep')
    await hub.step()
    await hub.step()
    vendor.set('aa', 1) // its page is past
    bench.pass(61_000)
    expect(await hub.step()).toBe('delta')
    await hub.drain()
    expect(await hub.versions()).toEqual(vendor.versions())
    expect(Object.keys(await hub.versions())).toContain('aa')
  })

  test('what events named is read anew, once for many of them, also where it was named while it was read', async () => {
    const { vendor, hub } = await bench.sample(seven)
    await hub.drain()
    vendor.set('a', 2)
    for (let n = 0; n < 20; n++) await hub.records.want([service('a'), service('b')], bench.clock.now())
    bench.pass(1_000)
    hub.at = async (step) => {
      if (step !== 'sync.reread-read') return
      hub.at = undefined
      vendor.set('a', 3)
      await hub.records.want([service('a')], bench.clock.now())
    }
    expect(await hub.step()).toBe('reread')
    expect(vendor.asked.reread).toBe(1)
    expect((await hub.records.wanted(10)).map(({ ref }) => ref.id)).toEqual(['a'])
    bench.pass(1_000)
    expect(await hub.step()).toBe('reread')
    expect(await hub.versions()).toEqual(vendor.versions())
    expect(await hub.records.wanted(10)).toEqual([])
  })

  test('one entity that cannot be reread keeps no other waiting for ever', async () => {
    const vendor = new SampleVendor()
    for (const id of seven) vendor.set(id, 1)
    const source = vendor.source()
    const reread: typeof source.reread = (refs, signal) => {
      if (refs.some(({ id }) => id === 'poison')) throw new TypeError('a mistake of the provider')
      return source.reread(refs, signal)
    }
    const hub = await bench.hub({ ...source, reread })
    await hub.take()
    await hub.drain()
    await hub.records.want([service('poison')], bench.clock.now())
    bench.pass(1)
    for (const id of seven) {
      vendor.set(id, 2)
      await hub.records.want([service(id)], bench.clock.now())
    }
    vendor.forget()
    for (let n = 0; n < 12; n++) {
      bench.pass(400_000)
      await hub.drain()
    }
    expect(await hub.records.wanted(10)).toEqual([])
    expect(await hub.versions()).toEqual(vendor.versions())
  })
})

describe('a vendor that wants to be left alone', () => {
  test('is asked again then and not before, whoever wishes it', async () => {
    let busy = true
    const asked = (): void => {
      if (busy) throw unavailable("Sample's quota is used up.", undefined, undefined, 600_000)
    }
    const { vendor, hub } = await bench.sample(seven, { asked })
    expect(await hub.drain()).toEqual(['page'])
    const wish = await hub.records.wish('sweep')
    bench.pass(590_000)
    expect(await hub.drain()).toEqual([])
    expect(vendor.asked.page).toBe(1)
    const report = reportOf(hub.source, await hub.records.look(), wish, bench.clock.now())
    expect(report).toMatchObject({ down: "Sample's quota is used up.", retryAt: expect.any(String) })
    busy = false
    bench.pass(10_000)
    await hub.drain()
    expect(await hub.versions()).toEqual(vendor.versions())
  })

  test('one that only fails is asked again later each time, and at once when somebody wishes it', async () => {
    let broken = true
    const asked = (): void => {
      if (broken) throw new Error('socket hang up')
    }
    const { vendor, hub } = await bench.sample(seven, { asked })
    for (const [pass, times] of [
      [0, 1],
      [4_000, 1],
      [1_000, 2],
      [9_000, 2],
      [1_000, 3],
    ] as const) {
      bench.pass(pass)
      await hub.drain()
      expect(vendor.asked.page).toBe(times)
    }
    broken = false
    await hub.records.wish('sweep')
    await hub.drain()
    expect(await hub.versions()).toEqual(vendor.versions())
  })
})
