import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { EntityChange } from '../../../skills/kit/catalog/catalog.js'
import { everything } from '../../../skills/kit/catalog/filter.js'
import type { Claim, Entity, Instant } from '../../../skills/kit/model.js'
import type { TenantStore } from '../contract.js'
import { createCatalogStore, type CatalogStore } from '../records/catalog-store.js'
import { forgetVersions } from '../records/catalog-versions.js'
import { ownSource, publishWrites, readPublished } from '../records/published-claims.js'
import { openSqliteStore, type SqliteStore } from '../sqlite/open.js'
import { storedClaim, type CatalogRecord, type SourceClaim } from './catalog-record.js'
import { changedBetween } from './replica/changed.js'
import { arbitraryFilter, testKinds } from './testing/arbitrary-catalog.js'
import { NaiveCatalog } from './testing/naive-catalog.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** What happens at one moment: sources say something of an entity, or nothing any more; a skill publishes something, or nothing. */
type Step =
  | { id: string; claims: Record<string, Omit<SourceClaim, 'at'>> }
  | { record: string; publishes: Pick<Claim, 'id' | 'name' | 'props'> | null }

const id = fc.constantFrom('a', 'b', 'c', 'd')
const props = fc.record({ tier: fc.constantFrom('low', 'critical'), size: fc.constantFrom(0, 1) }, { requiredKeys: [] })
const relations: fc.Arbitrary<SourceClaim['relations']> = fc.uniqueArray(
  id.map((to) => ({ type: 'dependsOn' as const, to: { kind: 'Service', id: to } })),
  { maxLength: 2, selector: ({ to }) => to.id },
)
const said = fc.record({ name: fc.constantFrom('x', 'y'), aliases: fc.constant<string[]>([]), props, relations })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ id, claims: fc.dictionary(fc.constantFrom('github', 'azure'), said, { maxKeys: 2 }) }),
  ...[
    ['r1', 'd', 'e'],
    ['r2', 'f'],
  ].map(([record, ...ids]) =>
    fc.record({
      record: fc.constant(record!),
      publishes: fc.option(fc.record({ id: fc.constantFrom(...ids), name: fc.constantFrom('x', 'y'), props })),
    }),
  ),
)
const began = Date.parse('2026-11-01T00:00:00.000Z')
const momentOf = (place: number): Instant => new Date(began + place * 60_000).toISOString()

/** What is so after each step, worked out by going through them. */
function snapshotsOf(steps: readonly Step[]): CatalogRecord[][] {
  const sources = new Map<string, CatalogRecord>()
  const published = new Map<string, CatalogRecord>()
  return steps.map((one, place) => {
    const at = momentOf(place)
    if ('claims' in one) sources.set(one.id, claimed(one.id, one.claims, at))
    else if (!one.publishes) published.delete(one.record)
    else {
      const { id, ...rest } = one.publishes
      const claims = { [ownSource]: storedClaim({ kind: 'Service', id, ...rest }, at) }
      published.set(one.record, { kind: 'Service', id, claims })
    }
    const now = new Map<string, CatalogRecord>()
    for (const record of [...published.values(), ...sources.values()])
      if (Object.keys(record.claims).length)
        now.set(record.id, { ...record, claims: { ...now.get(record.id)?.claims, ...record.claims } })
    return [...now.values()]
  })
}

const claimed = (id: string, claims: Record<string, Omit<SourceClaim, 'at'>>, at: Instant): CatalogRecord => ({
  kind: 'Service',
  id,
  claims: Object.fromEntries(Object.entries(claims).map(([source, claim]) => [source, { ...claim, at }])),
})

async function take(one: Step, at: Instant, store: TenantStore, catalog: CatalogStore): Promise<void> {
  if ('record' in one) {
    const claim = one.publishes && { kind: 'Service', ...one.publishes }
    const writes = await publishWrites('skill/p', one.record, claim, at, readPublished(store))
    if (writes.length) await store.commit('skill/p', writes)
    return
  }
  await catalog.catchUp()
  const record = claimed(one.id, one.claims, at)
  const held = catalog.held([record])
  const there = Object.keys(record.claims).length > 0
  if (there || held.size)
    await catalog.write(there ? { put: [record], drop: [] } : { put: [], drop: [record] }, held, at)
}

/** What is shown of an entity, without since when. */
const shown = ({ kind, id, name, aliases, props }: Entity) => ({ kind, id, name, aliases, props: { ...props } })
const byKey = (a: Entity, b: Entity) => (refKey(a) < refKey(b) ? -1 : 1)

let folder: string
let engine: SqliteStore
let tenants = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-history-'))
  let ids = 0
  engine = await openSqliteStore({ folder, clock: { now: () => began }, id: () => `id-${ids++}` })
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

/** Plays a history, and has one replica follow it with pauses and another read the feed at the end. */
async function played(steps: readonly Step[], pauses: readonly boolean[], forgotten?: Instant) {
  const store = engine.forTenant(`tenant-${tenants++}`)
  const [writer, follower, reader] = [store, store, store].map((one) => createCatalogStore(one)) as [
    CatalogStore,
    CatalogStore,
    CatalogStore,
  ]
  for (const [place, one] of steps.entries()) {
    await take(one, momentOf(place), store, writer)
    if (!pauses[place]) await follower.catchUp()
  }
  if (forgotten) await forgetVersions(store, Date.parse(forgotten))
  for (const catalog of [follower, reader]) await catalog.catchUp()
  writer.index.close()
  return [follower, reader].map(({ index }) => index)
}

const histories = [fc.array(step, { minLength: 4, maxLength: 14 }), fc.array(fc.boolean(), { minLength: 14 })] as const

test('what was at any moment is answered alike by a replica that followed and one that reads the feed anew, as it was', async () => {
  await fc.assert(
    fc.asyncProperty(...histories, arbitraryFilter, fc.nat({ max: 13 }), async (steps, pauses, filter, cut) => {
      const first = Math.min(cut, steps.length - 1)
      const [followed, anew] = await played(steps, pauses, momentOf(first))
      const snapshots = snapshotsOf(steps)
      for (let place = first; place < steps.length; place++) {
        // Between two steps, and at the very moment of one.
        for (const at of [momentOf(place), new Date(Date.parse(momentOf(place)) + 1).toISOString()]) {
          const naive = new NaiveCatalog(snapshots[place]!)
          const view = { now: momentOf(99), at, kinds: testKinds }
          const found = followed!.find({ filter: everything }, view).entities.sort(byKey)
          expect(found.map(shown)).toEqual([...naive.entities.values()].sort(byKey).map(shown))
          expect(anew!.find({ filter: everything }, view).entities.sort(byKey)).toEqual(found)
          const met = followed!.find({ filter }, view).entities.map(refKey).sort()
          expect(met).toEqual(naive.find(filter, at).map(refKey).sort())
          for (const entity of found)
            for (const direction of ['in', 'out'] as const) {
              const near = followed!.related(entity, { type: 'dependsOn', direction }, view)
              const expected = naive.neighbours(entity, { type: 'dependsOn', direction })
              expect([...new Set(near.map((one) => refKey(one.entity)))].sort()).toEqual([...new Set(expected)].sort())
            }
          const [start] = found
          if (!start) continue
          const depths = naive.reach(start)
          for (const to of found) {
            const way = followed!.path(start, to, view)
            expect(way && way.length - 1).toBe(depths.get(refKey(to)))
          }
          depths.delete(refKey(start))
          const reached = followed!.reach(start, { direction: 'down' }, view)
          expect(new Map(reached.map(({ entity, depth }) => [refKey(entity), depth]))).toEqual(depths)
        }
      }
      for (const index of [followed!, anew!]) index.close()
    }),
    { numRuns: 30 },
  )
}, 120_000)

/** What differs between two snapshots, without the source. */
function differences(before: CatalogRecord[], after: CatalogRecord[]): string[] {
  const [was, is] = [new NaiveCatalog(before), new NaiveCatalog(after)]
  return [...new Set([...was.entities.keys(), ...is.entities.keys()])].flatMap((key) => {
    const [old, now] = [was.entities.get(key), is.entities.get(key)]
    if (!old || !now) return [`${key} ${now ? 'created' : 'deleted'}`]
    const properties = [...new Set([...Object.keys(old.props), ...Object.keys(now.props)])]
    const edges = (of: NaiveCatalog) => new Set(of.edges.filter(({ from }) => from === key).map(({ to }) => to))
    const [had, has] = [edges(was), edges(is)]
    return [
      ...properties
        .filter((name) => old.props[name] !== now.props[name])
        .map((name) => `${key} ${name} ${String(now.props[name])}`),
      ...(old.name === now.name ? [] : [`${key} name ${now.name}`]),
      ...(old.aliases.join() === now.aliases.join() ? [] : [`${key} aliases ${now.aliases.join()}`]),
      ...[...has].filter((to) => !had.has(to)).map((to) => `${key} added ${to}`),
      ...[...had].filter((to) => !has.has(to)).map((to) => `${key} removed ${to}`),
    ]
  })
}

function written({ ref, what }: EntityChange): string {
  const key = refKey(ref)
  if ('created' in what) return `${key} created`
  if ('deleted' in what) return `${key} deleted`
  if ('relation' in what) return `${key} ${what.now} ${refKey(what.to)}`
  const none = what.property === 'aliases' ? '' : 'undefined'
  return `${key} ${what.property} ${what.after === undefined ? none : String(what.after)}`
}

test('what changed in a stretch is what differs from one snapshot to the next, the newest first', async () => {
  await fc.assert(
    fc.asyncProperty(...histories, arbitraryFilter, fc.nat({ max: 12 }), fc.nat({ max: 12 }), async (...given) => {
      const [steps, pauses, filter, one, other] = given
      const [followed, anew] = await played(steps, pauses)
      const snapshots = snapshotsOf(steps)
      const [from, to] = [Math.min(one, other), Math.max(one, other)].map((place) =>
        Math.min(place, steps.length - 1),
      ) as [number, number]
      const question = { filter: everything, from: momentOf(from), to: momentOf(to) }
      const changes = followed!.changed({ ...question, limit: 1000 })
      expect(anew!.changed({ ...question, limit: 1000 })).toEqual(changes)
      // Of what was there at neither end nothing is told.
      const there = new Set([snapshots[from]!, snapshots[to]!].flat().map(refKey))
      const expected = new Map<Instant, string[]>()
      for (let place = from + 1; place <= to; place++) {
        const differ = differences(snapshots[place - 1]!, snapshots[place]!).filter((text) =>
          there.has(text.split(' ')[0]!),
        )
        if (differ.length) expected.set(momentOf(place), differ.sort())
      }
      const told = new Map<Instant, EntityChange[]>()
      for (const change of changes) told.set(change.at, [...(told.get(change.at) ?? []), change])
      expect(new Map([...told].map(([at, some]) => [at, some.map(written).sort()]))).toEqual(expected)
      expect([...told.keys()]).toEqual([...told.keys()].sort().reverse())
      for (const { source } of changes) expect(['github', 'azure', ownSource]).toContain(source)
      expect(followed!.changed({ ...question, limit: 2 })).toEqual(changes.slice(0, 2))
      // However much counts as few, and whichever is asked first: what moved, or what is meant.
      const met = new Set(
        [from, to].flatMap((place) => new NaiveCatalog(snapshots[place]!).find(filter, momentOf(place)).map(refKey)),
      )
      const meant = changes.filter(({ ref }) => met.has(refKey(ref)))
      for (const few of [1, 3, 2000]) {
        const scope = { kinds: testKinds, limits: { few, counted: few + 2, followed: few, whole: few } }
        expect(changedBetween(followed!.replica, { ...question, filter, limit: 1000 }, scope)).toEqual(meant)
      }
      for (const index of [followed!, anew!]) index.close()
    }),
    { numRuns: 30 },
  )
}, 120_000)
