import { beforeEach, describe, expect, test } from '@jest/globals'
import type { CodeHost } from '../../code-host.js'
import { readWhole, type CatalogSource, type SweepPage } from '../../../skills/kit/catalog-source.js'
import { repositoryRef } from '../../../skills/kit/entity-ids.js'
import { unavailable } from '../../../skills/kit/errors.js'
import type { Claim, Entity } from '../../../skills/kit/model.js'
import { declaredSource } from './declared-source.js'
import { liveCatalog } from './testing/live-catalog.js'
import { refKey } from '../../../skills/kit/ref-key.js'

type Files = Record<string, string>
let repositories: Record<string, Files>
let closed: Set<string>
let reads: string[]
let resources: Entity[]
let source: CatalogSource

const host: CodeHost = {
  title: 'GitHub',
  repositories: async () =>
    Object.keys(repositories).map((name) => ({
      ref: repositoryRef('github', `northwind/${name}`),
      fullName: `northwind/${name}`,
      files: async () => {
        if (closed.has(name)) throw unavailable('GitHub does not answer.')
        return Object.entries(repositories[name]!).map(([path, text]) => ({ path, id: text, size: text.length }))
      },
      read: async ({ id, path }) => {
        reads.push(`${name}/${path}`)
        return id
      },
      addressOf: (path) => `https://github.com/northwind/${name}/blob/main/${path}`,
    })),
}
const signal = () => AbortSignal.timeout(5_000)
const create = () =>
  declaredSource({
    hosts: [host],
    live: liveCatalog(() => resources),
    ownKinds: () => [],
    settings: repositoryRef('github', 'northwind/settings'),
  })
const component = (name: string, owner = 'shop') =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec: { type: service, owner: ${owner} }\n`
const keys = (claims: readonly Claim[]) => claims.map(refKey)
const pages = async (): Promise<SweepPage[]> => {
  const all: SweepPage[] = []
  for await (const page of source.sweep(undefined, signal())) all.push(page)
  return all
}
const watermark = async () => (await pages()).at(-1)!.watermark!
const site: Entity = {
  ...{
    kind: 'Resource',
    id: '/subscriptions/s/resourcegroups/rg/providers/microsoft.web/sites/shop',
    tenant: 't',
    name: 'shop',
  },
  ...{
    aliases: [],
    props: { type: 'microsoft.web/sites', region: 'westeurope', minimumTls: '1.0' },
    sources: [{ source: 'azure', at: '' }],
    from: '',
  },
}

beforeEach(() => {
  repositories = {
    shop: {
      'catalog-info.yaml': component('shop'),
      'openapi.yaml': 'openapi: 3.0.0\ninfo: { title: Shop, version: "1" }\npaths: {}\n',
    },
    pay: { 'catalog-info.yaml': component('pay') },
  }
  closed = new Set()
  reads = []
  resources = [site]
  source = create()
})

describe('a sweep', () => {
  test('tells what all repositories declare, and reads a file once while it is the same', async () => {
    const claims = await readWhole(source, signal())
    expect(keys(claims)).toEqual(['Api/shop', 'Service/pay', 'Service/shop'])
    expect(claims[2]!.relations).toContainEqual({
      type: 'provides',
      to: { kind: 'Api', id: 'shop' },
      why: 'openapi.yaml',
    })
    expect(reads).toHaveLength(3)
    await readWhole(source, signal())
    expect(reads).toHaveLength(3)
  })

  test('follows Locations into files of other names, by pattern, and of other repositories', async () => {
    const location = (targets: string[], name = 'l') =>
      `---\napiVersion: v1\nkind: Location\nmetadata: { name: ${name} }\nspec: { targets: ${JSON.stringify(targets)} }\n`
    repositories['shop']!['catalog-info.yaml'] += location([
      './parts/*.yaml',
      'https://github.com/northwind/pay/blob/main/other.yaml',
      'https://elsewhere.example/x.yaml',
    ])
    repositories['shop']!['parts/a.yaml'] = component('part-a') + location(['../deep/b.yaml'], 'm')
    repositories['shop']!['deep/b.yaml'] = component('part-b')
    repositories['shop']!['loose.yaml'] = component('loose')
    repositories['pay']!['other.yaml'] = component('other')
    const all = await pages()
    expect(keys(all.flatMap(({ claims }) => claims)).filter((key) => key.startsWith('Service/'))).toEqual(
      ['other', 'part-a', 'part-b', 'pay', 'shop'].map((name) => `Service/${name}`),
    )
    expect(all.at(-1)!.gaps).toEqual([
      { reason: expect.stringContaining('https://elsewhere.example/x.yaml is in no repository') },
    ])
  })

  test('of a broken file keeps what it declared before, says so, and goes on with the others', async () => {
    await readWhole(source, signal())
    repositories['shop']!['catalog-info.yaml'] = `${component('fresh')}---\nkind: [\n`
    repositories['pay']!['catalog-info.yaml'] = component('pay', 'money')
    const all = await pages()
    const claims = all.flatMap((page) => page.claims)
    expect(keys(claims)).toEqual([
      'Api/shop',
      'Repository/github/northwind/shop',
      'Service/fresh',
      'Service/pay',
      'Service/shop',
    ])
    expect(claims[1]!.props).toEqual({
      declarationMistakes: [expect.stringMatching(/^catalog-info\.yaml, line \d+, column \d+: /)],
    })
    expect(claims[3]!.relations).toContainEqual(expect.objectContaining({ to: { kind: 'Team', id: 'money' } }))
    repositories['shop']!['catalog-info.yaml'] = component('fresh')
    expect(keys(await readWhole(source, signal()))).toEqual(['Api/shop', 'Service/fresh', 'Service/pay'])
  })

  test('that begins with a broken file lets nothing go of what the catalog has under its names', async () => {
    repositories['shop']!['catalog-info.yaml'] += '  bad: [\n'
    const { gaps } = (await pages()).at(-1)!
    expect(gaps).toContainEqual(
      expect.objectContaining({ keeps: { kinds: expect.arrayContaining(['Service']), prefix: 'shop' } }),
    )
  })

  test('of a repository that cannot be read keeps what is known, or everything where nothing is', async () => {
    closed.add('pay')
    const first = (await pages()).at(-1)!
    expect(first.gaps).toEqual([expect.objectContaining({ keeps: expect.objectContaining({ prefix: '' }) })])
    closed.clear()
    await readWhole(source, signal())
    closed.add('pay')
    const again = (await pages()).at(-1)!
    expect(keys(again.claims)).toContain('Service/pay')
    expect(again.gaps).toEqual([{ reason: 'northwind/pay could not be read: GitHub does not answer.' }])
  })

  test('reads the catalog folder of the settings, and of no other repository', async () => {
    repositories['settings'] = { 'catalog/a.yaml': component('a'), 'elsewhere/b.yaml': component('b') }
    repositories['pay']!['catalog/c.yaml'] = component('c')
    expect(keys(await readWhole(source, signal()))).toEqual(['Api/shop', 'Service/a', 'Service/pay', 'Service/shop'])
  })
})

describe('resources', () => {
  const bicep = (name: string, more = '') =>
    `resource a 'Microsoft.Web/sites@2023-12-01' = {\n  name: '${name}'\n  location: 'westeurope'\n  properties: { minTlsVersion: '1.2' ${more}}\n}\n`

  test('that differ from their declaration say how, and where they are declared', async () => {
    repositories['shop']!['infra/main.bicep'] = bicep('shop')
    const claim = (await readWhole(source, signal())).find(({ kind }) => kind === 'Resource')!
    expect(claim.props).toEqual({ drift: ['Least TLS is 1.0, declared as 1.2 in infra/main.bicep'] })
    expect(claim.relations).toEqual([
      {
        ...{ type: 'declaredBy', to: { kind: 'Repository', id: 'github/northwind/shop' } },
        why: 'infra/main.bicep, differs: Least TLS is 1.0, declared as 1.2',
      },
    ])
  })

  test('that do not stand are told by their repository; what only a file knows is no resource', async () => {
    repositories['shop']!['infra/main.bicep'] = bicep('gone')
    resources.push({
      ...site,
      id: site.id.replace('shop', 'gone'),
      name: 'gone',
      sources: [{ source: 'declared', at: '' }],
    })
    const claims = await readWhole(source, signal())
    expect(claims.find(({ kind }) => kind === 'Repository')?.props).toEqual({
      undeployed: ['microsoft.web/sites gone (infra/main.bicep)'],
    })
    expect(claims.some(({ kind }) => kind === 'Resource')).toBe(false)
  })

  test('a delta tells drift that came and went', async () => {
    repositories['shop']!['infra/main.bicep'] = bicep('shop')
    const since = await watermark()
    resources = [{ ...site, props: { minimumTls: '1.2' } }]
    const news = (await source.delta!(since, signal()))!
    expect(news.claims).toMatchObject([{ kind: 'Resource', props: {} }])
    expect(await source.delta!(news.watermark, signal())).toMatchObject({ claims: [], gone: [] })
  })
})

describe('what is new', () => {
  test('is what came, what is different, and what is gone', async () => {
    const since = await watermark()
    repositories['shop']!['catalog-info.yaml'] = component('shop', 'others')
    repositories['pay'] = { 'catalog-info.yaml': component('purse') }
    const { claims, gone } = (await source.delta!(since, signal()))!
    expect([keys(claims), gone]).toEqual([['Service/purse', 'Service/shop'], [{ kind: 'Service', id: 'pay' }]])
  })

  test('is not told against what another hub told: a sweep is due', async () => {
    const since = await watermark()
    const other = create()
    await readWhole(other, signal())
    expect(await other.delta!(since, signal())).toBeUndefined()
    expect(await create().delta!(since, signal())).toBeUndefined()
  })

  test('of a repository that an event named is read alone', async () => {
    await watermark()
    repositories['shop'] = {}
    repositories['pay']!['catalog-info.yaml'] = component('purse')
    const { claims, gone } = await source.reread!([repositoryRef('github', 'northwind/pay')], signal())
    expect([keys(claims), gone]).toEqual([['Service/purse'], [{ kind: 'Service', id: 'pay' }]])
  })
})
