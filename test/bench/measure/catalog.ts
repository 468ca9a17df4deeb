import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CatalogIndex } from '../../../bot/store/read-model/catalog-index.js'
import { catalogPort } from '../../../bot/store/read-model/catalog-port.js'
import { ScratchDatabase } from '../../../bot/store/sqlite/scratch-database.js'
import type { Filter } from '../../../skills/kit/catalog/filter.js'
import { scopeFilter } from '../../../skills/kit/catalog/scope-filter.js'
import type { CatalogLine, CatalogResults, CatalogSize } from '../report/catalog-results.js'
import { askState } from './ask-state.js'
import { CatalogFloor } from './catalog-floor.js'
import { askedAt, idOf, movedAt, nameOf, readAt, recordOf, refOf, scattered, teamOf } from './catalog-world.js'
import { people, peopleRecords, personOf } from './people-world.js'
import { percentile } from './statistics.js'

/** Changes that a delta brings, and records that one step of loading does. */
const [delta, page] = [100, 1000]
/** Before anything moved. */
const before = new Date(Date.parse(movedAt) - 1).toISOString()

interface Question {
  name: string
  ask(n: number): Promise<unknown>
  floor?(n: number): unknown
  rounds: number
}

/**
 * Measures the catalog's read model at several sizes, each question beside the least that the same database needs for it (`CatalogFloor`).
 * Questions and floor take turns, each time about another entity. Loading and deltas take records as the store's feed brings them.
 */
export async function measureCatalog(
  folder: string,
  sizes: readonly number[],
  names?: readonly string[],
): Promise<CatalogResults> {
  const measured: CatalogSize[] = []
  for (const size of sizes) measured.push(await measureSize(join(folder, String(size)), size, names))
  return { sizes: measured }
}

async function measureSize(folder: string, size: number, names: readonly string[] | undefined): Promise<CatalogSize> {
  mkdirSync(folder, { recursive: true })
  const memoryBefore = process.memoryUsage().rss
  const index = new CatalogIndex('bench', new ScratchDatabase(join(folder, 'catalog.db')))
  const loading = performance.now()
  for (let from = 0; from < size; from += page)
    index.apply(() => {
      for (let n = from; n < Math.min(size, from + page); n++) index.put(recordOf(n))
    })
  const loadMs = performance.now() - loading
  const memory = process.memoryUsage().rss - memoryBefore
  const floor = new CatalogFloor(join(folder, 'floor.db'))
  floor.load(size)
  const world = peopleRecords(size)
  index.apply(() => world.forEach((record) => index.put(record)))
  // Whoever asked once is kept a record of; what the first question costs is a line of its own.
  for (let n = 0; n < people; n++) index.belongings(personOf(n), { now: askedAt })
  const lines: CatalogLine[] = []
  for (const question of questionsOf(index, floor, size))
    if (!names || names.includes(question.name)) lines.push(await measureQuestion(question, size))
  index.close()
  const bytes = bytesOf(folder, 'catalog')
  const opening = performance.now()
  new CatalogIndex('bench', new ScratchDatabase(join(folder, 'catalog.db'))).close()
  const openMs = performance.now() - opening
  floor.database.close()
  return { size, perSecond: size / (loadMs / 1000), memory, bytes, floorBytes: bytesOf(folder, 'floor'), openMs, lines }
}

function questionsOf(index: CatalogIndex, floor: CatalogFloor, size: number): Question[] {
  const catalog = catalogPort(index, () => [], { now: () => askedAt })
  const ofTeam = (n: number): Filter => ({
    all: [{ kinds: ['Resource'] }, { property: 'team', is: '=', value: teamOf(n) }],
  })
  const production: Filter = { property: 'environment', is: '=', value: 'production' }
  const cost = (n: number): string => String(4000 + Math.floor(n / 100))
  let version = 2
  const deltaOf = (n: number): number[] => Array.from({ length: delta }, (_, place) => scattered(n + place * 7) % size)
  const moments = Date.parse(movedAt)
  return [
    { name: 'get', rounds: 2000, ask: (n) => catalog.get(refOf(n)), floor: (n) => floor.get(n) },
    {
      name: 'filter by property',
      rounds: 500,
      ask: (n) => catalog.find({ filter: ofTeam(n) }),
      floor: (n) => floor.ofTeam(n),
    },
    {
      name: 'filter by tag in JSON',
      rounds: 500,
      ask: (n) => catalog.find({ filter: { property: 'tags.costCenter', is: '=', value: cost(n) } }),
      floor: (n) => floor.ofCostCenter(cost(n)),
    },
    {
      name: 'filter, a quarter of all',
      rounds: 60,
      ask: () => catalog.find({ filter: production }),
      floor: () => floor.ofEnvironment('production'),
    },
    {
      name: 'tally of a quarter of all',
      rounds: 20,
      ask: () => catalog.tally({ filter: production }, 'region'),
    },
    { name: 'search', rounds: 300, ask: (n) => catalog.search(nameOf(n)), floor: (n) => floor.search(n) },
    {
      name: 'search, common words',
      rounds: 60,
      ask: (n) => catalog.search(nameOf(n).split('-').slice(0, 2).join(' ')),
    },
    {
      name: 'impact at depth 4',
      rounds: 500,
      ask: (n) => catalog.reach(refOf(n), { direction: 'up', depth: 4 }),
      floor: (n) => floor.impact(n),
    },
    {
      name: 'my state',
      rounds: 300,
      ask: (n) => askState(catalog, index, n),
      floor: (n) => floor.belonging(index, personOf(n)),
    },
    { name: 'my state, worked out anew', rounds: 40, ask: (n) => catalog.belongings(personOf(n), true) },
    {
      name: 'delta of 100 changes',
      rounds: 20,
      ask: async (n) => {
        const at = new Date(moments + version++ * 1000).toISOString()
        index.apply(() => deltaOf(n).forEach((one) => index.put(recordOf(one, version, at))))
      },
      floor: (n) => floor.change(deltaOf(n), version),
    },
    {
      name: 'filter as of yesterday',
      rounds: 500,
      ask: (n) => catalog.find({ filter: ofTeam(n), at: before }),
      floor: (n) => catalog.find({ filter: ofTeam(n) }),
    },
    ...Object.entries(shapes).map(([shape, filterOf]): Question => ({
      name: `filter ${shape} as of yesterday`,
      rounds: 100,
      ask: (n) => catalog.find({ filter: filterOf(n), at: before }),
      floor: (n) => catalog.find({ filter: filterOf(n) }),
    })),
    {
      name: 'get as of yesterday',
      rounds: 1000,
      ask: (n) => catalog.get(refOf(n), before),
      floor: (n) => floor.get(n),
    },
    {
      name: 'what changed, 100 of them',
      rounds: 20,
      ask: () => catalog.changed({ filter: { all: [] }, from: readAt, to: askedAt }),
    },
    {
      name: 'what changed of one service',
      rounds: 20,
      ask: (n) => catalog.changed({ filter: scopeFilter({ kind: 'Service', id: idOf(n) }), from: readAt, to: askedAt }),
    },
  ]
}

/** Filters of further shapes, each asked as of a moment beside the same asked for now. */
const shapes: Record<string, (n: number) => Filter> = {
  'by one of two teams': (n) => ({ property: 'team', in: [teamOf(n), teamOf(n + 100)] }),
  'by a step': (n) => ({
    step: { type: 'dependsOn', direction: 'out' },
    of: { property: 'team', is: '=', value: teamOf(n) },
  }),
  'of what belongs to a team': (n) => scopeFilter({ kind: 'Team', id: teamOf(n % (people * 100)) }),
  'of a quarter of all': () => ({ property: 'environment', is: '=', value: 'production' }),
}

async function measureQuestion({ name, rounds, ask, floor }: Question, size: number): Promise<CatalogLine> {
  const [ours, theirs]: number[][] = [[], []]
  for (let round = -Math.ceil(rounds / 10); round < rounds; round++) {
    const n = scattered(round * 31 + 17) % size
    for (const [times, work] of [
      [ours, ask],
      [theirs, floor],
    ] as const) {
      const began = performance.now()
      await work?.(n)
      if (round >= 0) times!.push(performance.now() - began)
    }
  }
  const of = (times: number[]) => ({ p50: percentile(times, 0.5), p95: percentile(times, 0.95) })
  return { name, ...of(ours!), ...(floor && { floor: of(theirs!) }) }
}

const bytesOf = (folder: string, name: string): number =>
  readdirSync(folder)
    .filter((file) => file.startsWith(`${name}.db`))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
