import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { belongingDays, belongingList, happenedAt, type Belongings } from '../../../skills/kit/belongings.js'
import { meetsFilter } from '../../../skills/kit/catalog/meets-filter.js'
import type { Instant, Json, Ref } from '../../../skills/kit/model.js'
import { openSqliteStore, type SqliteStore } from '../sqlite/open.js'
import { ScratchDatabase } from '../sqlite/scratch-database.js'
import { createCatalogStore, type CatalogStore } from '../records/catalog-store.js'
import type { CatalogIndex } from './catalog-index.js'
import { type CatalogRecord } from './catalog-record.js'
import { NaiveCatalog } from './testing/naive-catalog.js'
import { eachOnce, refKey } from '../../../skills/kit/ref-key.js'

const began = Date.parse('2026-11-01T00:00:00.000Z')
const momentOf = (place: number): Instant => new Date(began + place * 60_000).toISOString()
const people: Ref[] = ['dana', 'lee'].map((id) => ({ kind: 'Person', id }))

/** The relations by which anything belongs to somebody, from the kind that has them. */
const relationsOf: Record<string, [type: string, to: string][]> = {
  Person: [['memberOf', 'Team']],
  Team: [],
  Service: [
    ['ownedBy', 'Team'],
    ['ownedBy', 'Person'],
    ['builtFrom', 'Repository'],
    ['runsIn', 'Environment'],
    ['onCallBy', 'Schedule'],
  ],
  Repository: [['ownedBy', 'Team']],
  Pipeline: [['builtFrom', 'Repository']],
  Environment: [['ownedBy', 'Person']],
  Resource: [
    ['partOf', 'Service'],
    ['ownedBy', 'Team'],
  ],
  AlertRule: [['watches', 'Resource']],
  Schedule: [['ownedBy', 'Team']],
  Incident: [
    ['causedBy', 'Deployment'],
    ['affects', 'Service'],
    ['assignedTo', 'Person'],
  ],
  PullRequest: [
    ['authoredBy', 'Person'],
    ['reviewBy', 'Person'],
    ['partOf', 'Repository'],
  ],
  WorkItem: [['assignedTo', 'Person']],
  Deployment: [
    ['deploys', 'Service'],
    ['builtFrom', 'Repository'],
    ['authoredBy', 'Person'],
  ],
}
const idsOf = (kind: string): string[] => (kind === 'Person' ? people.map(({ id }) => id) : ['a', 'b', 'c'])
const moment = fc.constantFrom('2026-10-30T08:00:00.000Z', '2026-10-31T08:00:00Z', '2026-09-01T08:00:00.000Z', 'soon')

const told = belongingList.filter(([, { inner }]) => !inner)

interface Step {
  kind: string
  id: string
  /** Undefined where nobody describes it any more. */
  said: { props: Record<string, Json>; relations: { type: never; to: Ref }[] } | undefined
}

const step: fc.Arbitrary<Step> = fc.constantFrom(...Object.keys(relationsOf)).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    id: fc.constantFrom(...idsOf(kind)),
    said: fc.option(
      fc.record({
        props: fc.record(
          {
            state: fc.constantFrom<Json>('open', 'firing', 'Draft', 'merged', 'closed', 'resolved'),
            resolved: moment,
            merged: moment,
            started: moment,
          },
          { requiredKeys: [] },
        ),
        relations: fc.uniqueArray(
          fc
            .constantFrom(...(relationsOf[kind]!.length ? relationsOf[kind]! : ([['dependsOn', 'Service']] as const)))
            .chain(([type, to]) =>
              fc.constantFrom(...idsOf(to)).map((id) => ({ type: type as never, to: { kind: to, id } })),
            ),
          { maxLength: 4, selector: ({ type, to }) => `${String(type)} ${refKey(to)}` },
        ),
      }),
      { freq: 5, nil: undefined },
    ),
  }),
)

/** How it begins, so that things hang together. */
const prelude: Step[] = [
  { kind: 'Person', id: 'dana', to: [['memberOf', 'Team']] },
  { kind: 'Team', id: 'a', to: [] },
  {
    kind: 'Service',
    id: 'a',
    to: [
      ['ownedBy', 'Team'],
      ['builtFrom', 'Repository'],
    ],
  },
  { kind: 'Repository', id: 'a', to: [] },
].map(({ to, ...one }) => ({
  ...one,
  said: { props: {}, relations: to.map(([type, kind]) => ({ type: type as never, to: { kind: kind!, id: 'a' } })) },
}))

const recordOf = ({ kind, id, said }: Step, at: Instant): CatalogRecord => ({
  kind,
  id,
  claims: said ? { github: { name: id, aliases: [], ...said, at } } : {},
})

/** What belongs to somebody, as plainly as the declaration says it: `part kind/id` and what stands beside it. */
function naively(steps: readonly Step[], person: Ref, now: Instant): string[] {
  const last = new Map(steps.filter(({ said }) => said).map((one) => [refKey(one), recordOf(one, momentOf(0))]))
  const present = new Set(
    eachOnce(steps)
      .filter(({ said }) => said)
      .map(refKey),
  )
  const isNow = new NaiveCatalog([...last.values()].filter((record) => present.has(refKey(record))))
  const everWas = new NaiveCatalog([...last.values()])
  const since = new Date(Date.parse(now) - belongingDays * 86_400_000).toISOString()
  const parts = new Map<string, string[]>([['me', [refKey(person)]]])
  for (const [name, part] of belongingList) {
    const world = part.past ? everWas : isNow
    const ways = part.by.flatMap(({ from, step: { type, direction } }) =>
      world.edges
        .filter((edge) => edge.type === type && parts.get(from)!.includes(direction === 'in' ? edge.to : edge.from))
        .map((edge) => (direction === 'in' ? edge.from : edge.to)),
    )
    const fits = [...new Set(ways)].filter((key) => {
      const entity = world.entities.get(key)
      if (entity?.kind !== part.kind) return false
      return !part.where || meetsFilter(entity, part.where, { now, neighbours: () => [], kindOf: () => undefined })
    })
    parts.set(name, fits)
  }
  return told.flatMap(([name, part]) =>
    parts.get(name)!.flatMap((key) => {
      const at = happenedAt(part, everWas.entities.get(key)!)
      if (part.at && (at === undefined || at <= since || at > now)) return []
      const [beside] = everWas.edges
        .filter(({ type, from }) => type === part.beside && from === key)
        .map(({ to }) => to)
        .sort()
      return [`${name} ${key}${beside ? ` of ${beside}` : ''}`]
    }),
  )
}

const kept = (index: CatalogIndex, person: Ref, now: Instant, anew = false): string[] => {
  const found = index.belongings(person, { now }, anew)
  return told
    .flatMap(([name]) =>
      found[name as keyof Belongings].map(
        (one) => `${name} ${refKey(one)}${one.beside ? ` of ${refKey(one.beside)}` : ''}`,
      ),
    )
    .sort()
}

let folder: string
let engine: SqliteStore
let tenants = 0
let some = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-belongings-'))
  let ids = 0
  engine = await openSqliteStore({ folder, clock: { now: () => began }, id: () => `id-${ids++}` })
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

async function write(steps: readonly Step[], from: number, catalog: CatalogStore): Promise<void> {
  for (const [place, one] of steps.entries()) {
    await catalog.catchUp()
    const record = recordOf(one, momentOf(from + place))
    const held = catalog.held([record])
    if (one.said) await catalog.write({ put: [record], drop: [] }, held, momentOf(from + place))
    else if (held.size) await catalog.write({ put: [], drop: [record] }, held, momentOf(from + place))
  }
  await catalog.catchUp()
}

test('what is kept for a person as things move is what the declaration says, on every hub, after a crash too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 40 }).map((steps) => [...prelude, ...steps]),
      fc.nat({ max: 30 }),
      fc.nat({ max: 30 }),
      async (steps, asked, restarted) => {
        const store = engine.forTenant(`tenant-${tenants++}`)
        const file = join(folder, `replica-${tenants}.db`)
        const now = momentOf(99)
        const writer = createCatalogStore(store)
        let follower = createCatalogStore(store, new ScratchDatabase(file))
        for (const [place, one] of steps.entries()) {
          await write([one], place, writer)
          // Whoever asks between two moves is answered from the record as it was read before, as far as nothing of it moved.
          if (place >= asked)
            for (const person of people)
              expect(kept(writer.index, person, now)).toEqual(naively(steps.slice(0, place + 1), person, now).sort())
          if (place % 3 === 0) await follower.catchUp()
          if (place === Math.min(asked, 5)) kept(follower.index, people[0]!, now)
          if (place === restarted) {
            // A hub that was stopped in the middle goes on with what its file has.
            follower.index.close()
            follower = createCatalogStore(store, new ScratchDatabase(file))
          }
        }
        await follower.catchUp()
        const fresh = createCatalogStore(store)
        await fresh.catchUp()
        for (const person of people) {
          const expected = naively(steps, person, now).sort()
          some += expected.length
          for (const { index } of [writer, follower, fresh]) expect(kept(index, person, now)).toEqual(expected)
          expect(kept(follower.index, person, now, true)).toEqual(expected)
        }
        for (const { index } of [writer, follower, fresh]) index.close()
      },
    ),
    { numRuns: 25 },
  )
  // The histories are such that something belongs to people at all.
  expect(some).toBeGreaterThan(100)
}, 120_000)
