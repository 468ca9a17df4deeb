import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { versionKind } from '../../bot/store/records/catalog-versions.js'
import { syncRecords } from '../../bot/store/records/sync-records.js'
import { type CatalogRecord } from '../../bot/store/read-model/catalog-record.js'
import { SampleVendor, service } from '../../bot/workers/sync/testing/sample-vendor.js'
import { checkUnfinished, claimsOver } from './kill-in-turn.js'
import { serveVendor } from './served-vendor.js'
import { startHub, type Stage, type StagedHub, type StageEngine } from './start-hubs.js'
import { refKey } from '../../skills/kit/ref-key.js'

const count = 60

/** Steps at which the hub that has the source dies, and what it is doing there: each leaves at least ten entities that are not as the vendor is. */
const killings: ['everything' | 'news' | 'events', string][] = [
  ['everything', 'sync.page-read'],
  ['everything', 'sync.put:2'],
  ['everything', 'sync.written'],
  ['everything', 'sync.page-kept:2'],
  ['everything', 'sync.ended'],
  ['news', 'sync.delta-read'],
  ['events', 'sync.reread-read'],
  ['events', 'sync.reread-kept'],
]
/** On Cosmos DB every call goes over the network, so that `npm test` has a slice of the steps; `NEXUS_SOAK_KILLS` asks for all. */
const slice = ['sync.ended', 'sync.reread-read']

/** Kills the hub that syncs a source, at every step, while another is there that takes over. */
export function killedSyncs(engine: StageEngine): void {
  const patience = engine === 'cosmos' ? 240_000 : 90_000
  const vendor = new SampleVendor({ page: 20, deltaPage: 100 })
  let served: Awaited<ReturnType<typeof serveVendor>>
  let stage: Stage
  let round = 0
  const changes = new Map<string, number>()
  const names = (of: number) => Array.from({ length: count }, (_, n) => `sample-${of}-${n}`)

  beforeAll(async () => {
    for (const id of names(0)) vendor.set(id, 0)
    served = await serveVendor(vendor.source())
    stage = await startHub(engine, { NEXUS_TEST_VENDOR: served.address })
    await stage.addHub()
  }, patience)
  afterAll(async () => {
    await stage?.stop()
    await served?.stop()
  })

  const records = <T>(use: (records: ReturnType<typeof syncRecords>) => Promise<T>) =>
    stage.withStore((store) => use(syncRecords(store, 'sample')))

  /** Ids that are not in the store as the vendor says. */
  async function astray(): Promise<string[]> {
    const said = vendor.versions()
    const ids = new Set([...Object.keys(said), ...changes.keys()])
    return stage.withStore(async (store) => {
      const kept = await Promise.all(
        [...ids].map(async (id) => {
          const key = refKey(service(id))
          const record = await store.get({ partition: key, kind: 'catalog-entity', id: key })
          const claim = (record?.data as unknown as CatalogRecord | undefined)?.claims['sample']
          return { id, version: claim?.props['version'] }
        }),
      )
      return kept.filter(({ id, version }) => version !== said[id]).map(({ id }) => id)
    })
  }

  /** How often the record of each was written anew, by the versions that are over. */
  const writtenTimes = () =>
    stage.withStore(async (store) =>
      Promise.all(
        [...changes.keys()].map(async (id) => {
          const { records: versions } = await store.query({
            kind: versionKind,
            partition: refKey(service(id)),
            limit: 100,
          })
          return [id, versions.length] as const
        }),
      ),
    )

  function change(id: string): void {
    if (vendor.has(id)) changes.set(id, (changes.get(id) ?? 0) + 1)
    else changes.set(id, changes.get(id) ?? 0)
    vendor.set(id, round)
  }

  /** Changes the vendor, so that there is work for a step. */
  async function pileUp(what: (typeof killings)[number][0]): Promise<void> {
    round++
    const there = Object.keys(vendor.versions())
    if (what === 'everything') {
      // Twenty go, twenty come, all others change; and nobody can tell it but the vendor's whole list.
      for (const id of there.slice(0, 20)) {
        vendor.remove(id)
        changes.set(id, (changes.get(id) ?? 0) + 1)
      }
      for (const id of there.slice(20)) change(id)
      for (const id of names(round).slice(0, 20)) change(id)
      vendor.forget()
      await records((one) => one.wish('sweep'))
    } else {
      const some = there.slice(0, 30)
      for (const id of some) change(id)
      if (what === 'events') {
        vendor.forget()
        await records(async (one) => one.want(some.map(service), new Date(await stage.now()).toISOString()))
      }
    }
  }

  const all = engine === 'sqlite' || process.env['NEXUS_SOAK_KILLS'] !== undefined
  const rows = killings.filter(([, step]) => all || slice.includes(step))
  describe('of two hubs the one that syncs is killed: the other goes on, nothing is lost and nothing written twice', () => {
    test.each(rows)(
      '%s, %s',
      async (what, step) => {
        const hubs = stage.hubs as [StagedHub, StagedHub]
        const [name, passing = '1'] = step.split(':')
        await stage.until('the source is as it was', async () => (await astray()).length === 0)
        for (const hub of hubs) await hub.stopAt(`${name}@sample:${passing}`)
        await pileUp(what)
        const dead = await Promise.race([
          ...hubs.map((hub) => hub.ended.then(() => hub)),
          stage.later(62_000).then(() => new Promise<never>(() => undefined)),
        ])
        for (const hub of hubs) if (hub !== dead) await hub.stopAt(undefined)
        const unfinished = step === 'sync.reread-kept' ? await records(async (one) => one.wanted(100)) : await astray()
        checkUnfinished(`${engine}, the syncing one of two hubs killed at ${step}`, 'entities', unfinished.length)
        await stage.later(claimsOver)
        await stage.until('the other hub has done it', async () => {
          const left = await records(async (one) => ({ wanted: await one.wanted(1), state: await one.look() }))
          return (await astray()).length === 0 && left.wanted.length === 0 && left.state.sweep === undefined
        })
        const times = await writtenTimes()
        process.stdout.write(
          `${engine}, ${step}: ${times.length} entities, each written once for each of its changes\n`,
        )
        expect(Object.fromEntries(times)).toEqual(Object.fromEntries(changes))
        await dead.restart()
      },
      patience,
    )
  })
}
