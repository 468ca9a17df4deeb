import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { everything, type Filter } from '../../../skills/kit/catalog/filter.js'
import { meetsFilter } from '../../../skills/kit/catalog/meets-filter.js'
import type { Catalog } from '../../../skills/kit/catalog/catalog.js'
import type { Ref } from '../../../skills/kit/model.js'
import { CatalogIndex } from '../../store/read-model/catalog-index.js'
import { catalogPort } from '../../store/read-model/catalog-port.js'
import { filterWorld } from '../../store/read-model/filter-world.js'
import { entity, smallNow, to } from '../testing/small-hub.js'
import { trimmedCatalog } from './trimmed-catalog.js'

const clock = { now: () => smallNow }
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const service = (id: string): Ref => ({ kind: 'Service', id })

/** A catalog of a few services that depend on each other, of which some are hidden. */
const catalogs = fc.record({
  hidden: fc.subarray(ids),
  edges: fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 16 }),
})

function both({ hidden, edges }: { hidden: string[]; edges: [string, string][] }): {
  trimmed: Catalog
  without: Catalog
} {
  const [all, some] = [new CatalogIndex('contoso'), new CatalogIndex('contoso')]
  for (const id of ids) {
    const ends = edges.filter(([from]) => from === id).map(([, end]) => end)
    const record = (on: string[]) => {
      const props = { data: hidden.includes(id) ? 'secret' : 'open', summary: `the one called ${id}` }
      return entity(
        'Service',
        id,
        props,
        on.map((end) => to('dependsOn', 'Service', end)),
      )
    }
    all.put(record(ends))
    if (!hidden.includes(id)) some.put(record(ends.filter((end) => !hidden.includes(end))))
  }
  const visible: Filter = { not: { property: 'data', is: '=', value: 'secret' } }
  const world = () => filterWorld(all, smallNow)
  return {
    trimmed: trimmedCatalog(
      catalogPort(all, () => [], clock),
      { visible, world },
    ),
    without: catalogPort(some, () => [], clock),
  }
}

/** Two catalogs answer the same. */
async function agree(one: Catalog, other: Catalog, ask: (catalog: Catalog) => Promise<unknown>): Promise<void> {
  expect(await ask(one)).toEqual(await ask(other))
}

const questions: Filter[] = [
  everything,
  { kinds: ['Service'] },
  { step: { type: 'dependsOn', direction: 'out' }, of: everything },
  { step: { type: 'dependsOn', direction: 'out' }, of: { property: 'name', is: '=', value: 'b' } },
  { not: { step: { type: 'dependsOn', direction: 'in' }, of: { property: 'data', is: '=', value: 'secret' } } },
  { any: [{ property: 'data', is: '=', value: 'secret' }, { words: 'called' }] },
]

test('the trimmed catalog answers as if what is hidden were not there', async () => {
  await fc.assert(
    fc.asyncProperty(catalogs, fc.constantFrom(...ids), fc.constantFrom(...ids), async (world, from, end) => {
      const { trimmed, without } = both(world)
      const same = (ask: (catalog: Catalog) => Promise<unknown>) => agree(trimmed, without, ask)
      await same((catalog) => catalog.get(service(from)))
      await same((catalog) => catalog.all('Service'))
      await same((catalog) => catalog.search('called', { limit: 3 }))
      for (const filter of questions) {
        await same((catalog) => catalog.find({ filter, limit: 3 }))
        await same((catalog) => catalog.tally({ filter }, 'data'))
      }
      for (const direction of ['out', 'in'] as const)
        await same((catalog) => catalog.related(service(from), { type: 'dependsOn', direction }))
      for (const direction of ['up', 'down'] as const) {
        const reached = async (catalog: Catalog) =>
          (await catalog.reach(service(from), { direction }))
            .map(({ entity: { id }, depth }) => `${depth} ${id}`)
            .sort()
        await same(reached)
        await same(async (catalog) => (await catalog.reach(service(from), { direction, depth: 2 })).length)
      }
      await same(async (catalog) => (await catalog.path(service(from), service(end)))?.length)
    }),
    { numRuns: 80 },
  )
})

test('the filter is held against the whole catalog, so that what decides may itself be hidden', async () => {
  const index = new CatalogIndex('contoso')
  index.put(entity('Team', 'vault'))
  index.put(entity('Service', 'safe', {}, [to('ownedBy', 'Team', 'vault')]))
  index.put(entity('Service', 'shop'))
  const visible: Filter = {
    all: [{ kinds: ['Service'] }, { not: { step: { type: 'ownedBy', direction: 'out' }, of: { kinds: ['Team'] } } }],
  }
  const world = filterWorld(index, smallNow)
  const trimmed = trimmedCatalog(
    catalogPort(index, () => [], clock),
    { visible, world: () => world },
  )
  expect((await trimmed.all('Service')).map(({ id }) => id)).toEqual(['shop'])
  expect((await trimmed.find({ filter: everything })).entities.every((one) => meetsFilter(one, visible, world))).toBe(
    true,
  )
  expect(await trimmed.find({ filter: { kinds: ['Service'] } })).toMatchObject({ total: 1, query: 'Service' })
})
