import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { readFilter } from '../../../skills/kit/catalog/read-filter.js'
import type { Claim } from '../../../skills/kit/model.js'
import type { Catalog } from '../../../skills/kit/ports.js'
import { readPush } from '../../channels/http/read-push.js'
import { readFilterWords } from '../../language/read-filter-words.js'
import { createNames, namesFor } from '../../language/names.js'
import { claimOfResource } from '../../providers/azure/resource-graph/claim-resource.js'
import type { Findings } from '../../providers/azure/resource-graph/findings.js'
import { propertyOf } from '../../settings/blueprint-schema.js'
import { catalogPort } from '../../store/read-model/catalog-port.js'
import type { CatalogStore } from '../../store/records/catalog-store.js'
import { createPushDesk } from './push-desk.js'
import { SyncBench } from './testing/sync-bench.js'

const rack: KindDeclaration = {
  kind: 'Rack',
  title: 'Rack',
  plural: 'Racks',
  summary: 'Where machines stand.',
  says: ['rack'],
  properties: { environment: propertyOf('environment', { type: 'string', 'x-ordered': false, 'x-personal': false }) },
  relations: { runsIn: ['Environment'] },
  ...{ facts: [], sections: [], next: [] },
}
const kinds = [...builtInKinds, rack]
const written = ['production', 'prd', 'Prod', 'LIVE']
const type = 'microsoft.dbforpostgresql/flexibleservers'
const armId = (name: string) => `/subscriptions/1/resourcegroups/rg/providers/${type}/${name}`

const nothingFound: Findings = {
  ...{ health: new Map(), policies: new Map(), advice: new Map(), weaknesses: new Map(), alerts: new Map() },
  ...{ rules: new Map(), backups: new Map(), changes: new Map(), scores: new Map() },
}

/** As Azure's source says it from tags, and as another source may, which knows no usual names. */
const swept: Claim[] = [
  ...written.map((env) =>
    claimOfResource(armId(`azure-${env.toLowerCase()}`), { name: `azure-${env}`, type, tags: { env } }, nothingFound),
  ),
  ...written.map((environment) => ({
    ...{ kind: 'Resource', id: armId(`other-${environment.toLowerCase()}`), name: `other-${environment}` },
    props: { type, environment },
    relations: [{ type: 'runsIn' as const, to: { kind: 'Environment', id: environment } }],
  })),
  { kind: 'Rack', id: 'rack-1', name: 'rack-1', props: { environment: 'PRD' } },
  { kind: 'Resource', id: armId('elsewhere'), name: 'elsewhere', props: { type, environment: 'Drill Hall' } },
  { kind: 'Resource', id: armId('stage'), name: 'stage', props: { type, environment: 'stg' } },
  { kind: 'Environment', id: 'production', name: 'production', props: {} },
  {
    kind: 'Repository',
    id: 'github/contoso/shop',
    name: 'shop',
    props: { environments: ['prd', 'stg', 'Production'] },
  },
]
const pushed = {
  entities: written.map((environment) => ({
    ...{ kind: 'Resource', id: armId(`pushed-${environment.toLowerCase()}`), name: `pushed-${environment}` },
    props: { type, environment },
    relations: [{ type: 'runsIn', to: { kind: 'Environment', name: environment } }],
  })),
}
const everywhere = ['azure', 'other', 'pushed'].flatMap((by) => written.map((name) => `${by}-${name}`)).sort()

let bench: SyncBench
let store: CatalogStore
let catalog: Catalog
beforeAll(async () => {
  bench = await SyncBench.open()
  const source = {
    ...{ name: 'sample', title: 'Sample' },
    async *sweep() {
      yield { claims: swept, cursor: 1 }
    },
  }
  const { vendor } = await bench.sample([])
  const hub = await bench.hub({ ...vendor.source(), ...source }, kinds)
  await hub.take()
  await hub.drain()
  const connected = await bench.connect()
  store = connected.catalog
  const desk = createPushDesk({
    store: connected.own,
    lease: (name, ttlMs) => connected.store.lease(name, ttlMs),
    catalog: store,
    clock: bench.clock,
  })
  const read = readPush(pushed, kinds, false)
  if (!('push' in read)) throw new Error(JSON.stringify(read))
  await desk.take('own-cloud', read.push, false)
  catalog = catalogPort(
    store.index,
    () => [],
    { now: () => bench.clock.now() },
    () => kinds,
  )
})
afterAll(() => bench?.close())

const found = async (filter: string) => {
  const { entities } = await catalog.find({ filter: readFilter(filter, kinds) })
  return entities.map(({ name }) => name).sort()
}

test.each([
  'Resource where environment = production',
  'Resource where environment = prd',
  'Resource where environment in (PROD, test)',
  'Resource where runsIn (Environment where id = production)',
])('%s meets what anybody tags, claims or pushes by any of its names', async (filter) => {
  expect(await found(filter)).toEqual(everywhere)
})

test('so does an organisation’s own kind, and a list', async () => {
  expect(await found('Rack where environment = live')).toEqual(['rack-1'])
  expect(await found('Repository where environments = production')).toEqual(['shop'])
  expect((await catalog.get({ kind: 'Repository', id: 'github/contoso/shop' }))?.props['environments']).toEqual([
    'production',
    'staging',
  ])
})

test.each(['production databases', 'prd databases', 'live databases', 'databases in prod'])('“%s”', async (words) => {
  const names = namesFor(createNames(store.index)(), () => true)
  const filter = readFilterWords(words, { kinds, names })!
  const { entities } = await catalog.find({ filter })
  expect(entities.map(({ name }) => name).sort()).toEqual(everywhere)
})

test('one that is not among the usual has its own name, in plain form', async () => {
  expect(await found('Resource where environment = "drill hall"')).toEqual(['elsewhere'])
  expect(await found('Resource where environment != production')).toEqual(['elsewhere', 'stage'])
})

test('an environment that is pushed under another of its names is refused with its usual one', () => {
  const read = readPush({ entities: [{ kind: 'Environment', id: 'prd', name: 'prd' }] }, kinds, false)
  expect(read).toMatchObject({
    mistakes: [{ path: 'entities[0].id', message: 'is "prd"; the catalog has it as "production"' }],
  })
})
