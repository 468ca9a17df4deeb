import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { builtInKinds } from '../../../../skills/kit/catalog/built-in-kinds.js'
import { checkClaim } from '../../../../skills/kit/catalog/check-claim.js'
import { readWhole } from '../../../../skills/kit/catalog-source.js'
import { azureSource } from '../azure-source.js'
import { startScriptedAzure, type Scripted, type ScriptedAzure } from '../testing/scripted-azure.js'
import { openGraph, type GraphPage } from './graph.js'

/** What Resource Graph says in one way or another, over TLS and through Microsoft's client. */
let azure: ScriptedAzure
beforeAll(async () => {
  azure = await startScriptedAzure()
})
afterAll(() => azure?.close())
beforeEach(() => azure.forget())

const { signal } = new AbortController()
const waited: number[] = []
const open = () => {
  waited.length = 0
  return openGraph(azure.options, async (ms) => void waited.push(ms))
}
async function all(graph = open()): Promise<GraphPage[]> {
  const pages: GraphPage[] = []
  for await (const page of graph.pages({ text: 'Resources' }, signal)) pages.push(page)
  return pages
}
const rows = (...ids: string[]): Scripted => ({
  status: 200,
  body: { data: ids.map((id) => ({ id })), count: ids.length },
})
const page = (token: string, ...ids: string[]): Scripted => ({
  status: 200,
  body: { data: ids.map((id) => ({ id })), count: ids.length, $skipToken: token },
})
const refused = (code: string, status = 400): Scripted => ({
  status,
  body: { error: { code: 'BadRequest', message: 'No.', details: [{ code, message: 'No.' }] } },
})
const quota = (left: number, resets: string) => ({
  'x-ms-user-quota-remaining': String(left),
  'x-ms-user-quota-resets-after': resets,
})

test('pages are asked one after the other by their tokens', async () => {
  azure.answer(page('two', 'a', 'b'), rows('c'))
  expect((await all()).map((one) => one.rows.map((row) => row.text('id')))).toEqual([['a', 'b'], ['c']])
  expect(azure.asked.map(({ options }) => options)).toEqual([
    { $top: 1000, resultFormat: 'objectArray' },
    { $top: 1000, resultFormat: 'objectArray', $skipToken: 'two' },
  ])
})

test('a quota that is used up is waited for before the next query, as long as Azure says', async () => {
  azure.answer({ ...page('two', 'a'), headers: quota(0, '00:00:04') }, { ...rows('b'), headers: quota(14, '00:00:05') })
  const graph = open()
  await all(graph)
  expect(waited).toEqual([4000])
  expect(graph.quota()).toEqual({ left: 14, of: 15 })
})

test('a 429 is tried again after its Retry-After, without one by the quota', async () => {
  azure.answer(
    { status: 429, headers: { 'retry-after': '3' }, body: {} },
    { status: 429, headers: quota(0, '00:00:02'), body: {} },
    rows('a'),
  )
  expect(await all()).toHaveLength(1)
  expect(waited.slice(0, 2)).toEqual([3000, 2000])
})

test('who wants to be left alone for long is; how long is said', async () => {
  azure.answer({ status: 429, headers: { 'retry-after': '3600' }, body: {} })
  await expect(all()).rejects.toMatchObject({ code: 'Unavailable', retryAfterMs: 3_600_000 })
  expect(azure.asked).toHaveLength(1)
})

test.each<[string, Scripted]>([
  ['a fault of the service', { status: 503, body: {} }],
  ['half an answer', { status: 200, text: '{"data": [{"id": "a' }],
  ['a page that is no JSON', { status: 200, text: '<html>' }],
])('%s is tried again, and then the source is down', async (_, odd) => {
  azure.answer(odd, odd, rows('a'))
  expect((await all()).flatMap(({ raw }) => raw)).toEqual([{ id: 'a' }])
  azure.answer(odd, odd, odd, odd)
  await expect(all()).rejects.toMatchObject({ code: 'Unavailable' })
  expect(waited).toEqual([1000, 2000, 4000])
})

test('a credential that is refused is not tried again', async () => {
  azure.answer({ status: 401, body: { error: { code: 'ExpiredAuthenticationToken', message: 'No.' } } })
  await expect(all()).rejects.toMatchObject({ code: 'Unavailable', message: expect.stringContaining('credential') })
  expect(azure.asked).toHaveLength(1)
})

test('an answer that is too large is asked for in smaller pages, and then in larger ones again', async () => {
  const large = refused('ResponsePayloadTooLarge')
  azure.answer(large, large, page('two', 'a'), rows('b'))
  expect((await all()).flatMap(({ raw }) => raw)).toEqual([{ id: 'a' }, { id: 'b' }])
  expect(azure.asked.map(({ options }) => options?.['$top'])).toEqual([1000, 500, 250, 500])
  // One row that is larger than an answer may be ends the splitting.
  azure.answer(...Array.from({ length: 12 }, () => large))
  await expect(all()).rejects.toMatchObject({ name: 'QueryRefused', tooLarge: true })
})

test('a query that is refused is not tried again', async () => {
  azure.answer(refused('InvalidQuery'))
  await expect(all()).rejects.toMatchObject({ name: 'QueryRefused', codes: ['BadRequest', 'InvalidQuery'] })
  expect(waited).toEqual([])
})

test('a token that comes again and again ends the pages', async () => {
  azure.answer(page('same', 'a'), page('same', 'b'), page('same', 'c'))
  expect(await all()).toHaveLength(2)
})

const subscription = '11111111-2222-4333-8444-555555555555'
const group = `/subscriptions/${subscription}/resourceGroups/rg/providers`
const listed = {
  id: `/subscriptions/${subscription}`,
  name: 'One',
  subscriptionId: subscription,
  asked: '2026-11-20T10:00:00Z',
}
/** Answers the subscriptions and the resources of a sweep, and nothing of all else. */
const answerResources = (resources: unknown) =>
  azure.answerBy(({ query }) => {
    if (query.startsWith("ResourceContainers | where type =~ 'microsoft.resources/subscriptions' |"))
      return { status: 200, body: { data: [listed] } }
    return { status: 200, body: { data: /^Resources \| extend key/.test(query) ? resources : [] } }
  })

test('two resources that differ only in case are one; a huge tag with markup is kept as it is', async () => {
  const markup = `<script>alert(1)</script>**${'x'.repeat(10_000)}`
  answerResources([
    {
      id: `${group}/Microsoft.Web/sites/Shop`,
      name: 'Shop',
      type: 'microsoft.web/sites',
      tags: { team: 'a', note: markup },
    },
    { id: `${group}/microsoft.web/SITES/shop`, name: 'shop', type: 'microsoft.web/sites', tags: { team: 'b' } },
    {
      id: `${group}/Microsoft.Web/sites/wide`,
      name: 'wide',
      type: 'microsoft.web/sites',
      tags: { service: markup, env: markup, team: '§§§' },
    },
  ])
  const claims = await readWhole(azureSource(azure.options), signal)
  const sites = claims.filter(({ props }) => props['type'] === 'microsoft.web/sites')
  expect(sites.map(({ name }) => name)).toEqual(['Shop', 'wide'])
  expect(sites[0]!.props['tags']).toEqual({ team: 'a', note: markup })
  // What is longer than a name, or has no letter, names nothing.
  expect(sites[1]).toMatchObject({ props: { tags: { service: markup } } })
  expect(sites[1]!.relations!.map(({ type, to }) => [type, to.kind])).toEqual([['partOf', 'Resource']])
  expect(sites[1]!.props).not.toHaveProperty('environment')
  expect(sites.flatMap((claim) => checkClaim(claim, builtInKinds))).toEqual([])
})

test('a table that is refused leaves a gap, and the rest is read', async () => {
  azure.answerBy(({ query }) => {
    if (query.startsWith('PolicyResources')) return refused('DisallowedLogicalTableName')
    if (query.startsWith("ResourceContainers | where type =~ 'microsoft.resources/subscriptions' |"))
      return { status: 200, body: { data: [listed] } }
    return { status: 200, body: { data: [] } }
  })
  const gaps = []
  for await (const one of azureSource(azure.options).sweep(undefined, signal)) gaps.push(...(one.gaps ?? []))
  expect(gaps).toEqual([{ reason: expect.stringMatching(/policy states.*Reader/) }])
})

test('whatever stands in rows, every claim is one its kind takes', async () => {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(
      `${group}/a/b/c`,
      group.toUpperCase(),
      `${group}/microsoft.web/sites/r1`.toLowerCase(),
      '2026-11-20T10:00:00Z',
      "it's",
      -1,
      1e300,
      '\u0000',
    ),
  )
  const names = [
    'name',
    'type',
    'kind',
    'location',
    'resourceGroup',
    'subscriptionId',
    'sku',
    'identity',
    'managedBy',
    'zones',
    'tags',
    'systemData',
    'properties',
    'target',
    'state',
    'since',
    't',
    'what',
    'changes',
    'names',
    'judged',
    'violations',
    'asked',
  ]
  const deep = [
    'hardwareProfile',
    'agentPoolProfiles',
    'backup',
    'backupPolicy',
    'siteConfig',
    'criteria',
    'scopes',
    'severity',
    'publicNetworkAccess',
    'serverFarmId',
    'minimumTlsVersion',
    'powerState',
    'managementGroupAncestorsChain',
  ]
  const row = fc
    .tuple(
      fc.dictionary(fc.constantFrom(...names), odd),
      fc.dictionary(fc.constantFrom(...deep), odd),
      fc.nat(6),
      fc.constantFrom('microsoft.web/sites', 'Microsoft.Insights/metricAlerts', 'x'),
    )
    .map(([own, properties, number, type]) => ({ type, properties, ...own, id: `${group}/${type}/r${number}` }))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(row, odd), { maxLength: 8 }), async (data) => {
      azure.answerBy(({ query }) => ({
        status: 200,
        body: {
          data: query.startsWith("ResourceContainers | where type =~ 'microsoft.resources/subscriptions' |")
            ? [listed, ...data]
            : data,
        },
      }))
      const pages = []
      for await (const one of azureSource(azure.options).sweep(undefined, signal)) pages.push(...one.claims)
      for (const claim of pages) {
        const mistakes = checkClaim(claim, builtInKinds)
        expect(mistakes).toEqual([])
        expect(JSON.parse(JSON.stringify(claim))).toEqual(claim)
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)
