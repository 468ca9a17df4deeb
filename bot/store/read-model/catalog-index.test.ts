import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { RelationType } from '../../../skills/kit/model.js'
import { CatalogIndex } from './catalog-index.js'
import { type CatalogRecord, type SourceClaim } from './catalog-record.js'
import { Moves } from './replica/moves.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const claim = (over: Partial<SourceClaim> = {}): SourceClaim => ({
  name: 'x',
  aliases: [],
  props: {},
  relations: [],
  at: '2026-01-01T00:00:00.000Z',
  ...over,
})
const dependsOn = (id: string) => ({ type: 'dependsOn' as RelationType, to: { kind: 'Service' as const, id } })
const service = (id: string, below: string[] = []): CatalogRecord => ({
  kind: 'Service',
  id,
  claims: { github: claim({ name: id, relations: below.map(dependsOn) }) },
})
const index = (...records: CatalogRecord[]) => {
  const built = new CatalogIndex('contoso')
  records.forEach((record) => built.put(record))
  return built
}
const ids = (found: { entity: { id: string } }[]) => found.map(({ entity }) => entity.id).sort()

test('the most believed source names an entity, and the others fill in what it does not say', () => {
  const catalog = index({
    kind: 'Service',
    id: 'auth-api',
    claims: {
      azure: claim({ name: 'auth', props: { version: '4.7.1', tier: 'low' } }),
      github: claim({ name: 'auth-api', aliases: ['sign-in'], props: { tier: 'critical', runbook: null } }),
    },
  })
  expect(catalog.get({ kind: 'Service', id: 'auth-api' })).toMatchObject({
    name: 'auth-api',
    aliases: ['sign-in', 'auth'],
    props: { version: '4.7.1', tier: 'critical' },
    sources: [{ source: 'github' }, { source: 'azure' }],
  })
})

test('a relation taken back is gone both ways, and a deleted entity is reached by nothing', () => {
  const catalog = index(service('web', ['auth']), service('auth', ['db']), service('db'))
  expect(ids(catalog.reach({ kind: 'Service', id: 'db' }, { direction: 'up' }))).toEqual(['auth', 'web'])
  catalog.put(service('web', []))
  expect(ids(catalog.reach({ kind: 'Service', id: 'db' }, { direction: 'up' }))).toEqual(['auth'])
  catalog.delete({ kind: 'Service', id: 'auth' })
  expect(catalog.reach({ kind: 'Service', id: 'db' }, { direction: 'up' })).toEqual([])
  expect(catalog.all('Service').map(({ id }) => id)).toEqual(['db', 'web'])
})

test('reach equals the closure of the edges, at the least depth, and a path is a shortest one, in any graph, cycles included', () => {
  const node = fc.integer({ min: 0, max: 9 })
  fc.assert(
    fc.property(fc.array(fc.tuple(node, node), { maxLength: 25 }), node, (edges, start) => {
      const below = (n: number) => edges.filter(([from]) => from === n).map(([, to]) => `s${to}`)
      const catalog = index(...Array.from({ length: 10 }, (_, n) => service(`s${n}`, below(n))))
      // Brute force: relax every edge until nothing moves.
      const depth = new Map([[start, 0]])
      for (let moved = true; moved;) {
        moved = false
        for (const [from, to] of edges) {
          const through = depth.get(from)
          if (through === undefined || through + 1 >= (depth.get(to) ?? Infinity)) continue
          depth.set(to, through + 1)
          moved = true
        }
      }
      const catalogPath = (to: number) =>
        catalog.path({ kind: 'Service', id: `s${start}` }, { kind: 'Service', id: `s${to}` })
      for (let to = 0; to < 10; to++) {
        const path = catalogPath(to)?.map(({ id }) => Number(id.slice(1)))
        const steps = depth.get(to)
        expect(path?.length).toBe(steps === undefined ? undefined : steps + 1)
        // Each step of it is an edge, from one end to the other.
        expect([path?.[0] ?? start, path?.at(-1) ?? to]).toEqual([start, to])
        path?.slice(1).forEach((to, place) => expect(edges).toContainEqual([path[place], to]))
      }
      depth.delete(start)
      const reached = catalog.reach({ kind: 'Service', id: `s${start}` }, { direction: 'down' })
      expect(new Map(reached.map((one) => [refKey(one.entity), one.depth]))).toEqual(
        new Map([...depth].map(([n, d]) => [`Service/s${n}`, d])),
      )
    }),
  )
})

test('what moved since a version is told once, also what is gone, until all may be another', () => {
  const catalog = index(service('web', ['db']), service('db'))
  const moved = (version: number) =>
    [...(catalog.movedSince(version) ?? [])].map(({ ref, entity }) => [ref.id, entity?.name])
  const [first] = [catalog.version]
  expect(moved(first)).toEqual([])
  catalog.put(service('web'))
  catalog.delete({ kind: 'Service', id: 'db' })
  expect(moved(first)).toEqual([
    ['web', 'web'],
    ['db', undefined],
  ])
  expect(moved(first + 1)).toEqual([['db', undefined]])
  catalog.clear()
  expect(catalog.movedSince(first + 2)).toBeUndefined()
})

test('of so many moves that looking at everything is quicker, the last ones are known', () => {
  const moves = new Moves(10)
  moves.note([0])
  moves.note([1, 2, 3])
  moves.note([3, 7])
  expect([0, 1, 2, 3].map((version) => [...moves.since(version)!])).toEqual([[0, 1, 2, 3, 7], [1, 2, 3, 7], [3, 7], []])
  moves.note(Array.from({ length: 30 }, (_, n) => n + 100))
  moves.note([7])
  expect([0, 2, 3].map((version) => moves.since(version))).toEqual([undefined, undefined, undefined])
  expect([...moves.since(4)!]).toEqual([7])
  moves.noteAll()
  expect(moves.since(5)).toBeUndefined()
  expect([...moves.since(6)!]).toEqual([])
})
