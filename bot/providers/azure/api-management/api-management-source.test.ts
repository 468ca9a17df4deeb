import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { closeSubscription } from '../../../../infra/local/azure/record-outage.js'
import { loadOrganisation } from '../../../../infra/local/organisation/load-organisation.js'
import { builtInKinds } from '../../../../skills/kit/catalog/built-in-kinds.js'
import { checkClaim } from '../../../../skills/kit/catalog/check-claim.js'
import type { SweepPage } from '../../../../skills/kit/catalog-source.js'
import type { Claim, Entity, Json } from '../../../../skills/kit/model.js'
import { movedByDelivered, readDelivered } from '../../../deliveries.js'
import { startLocalSource, type LocalSource } from '../testing/local-source.js'
import { apiManagementSource } from './api-management-source.js'
import { openArm } from './arm-reader.js'

const now = '2026-11-20T10:00:00.000Z'
const contoso = await loadOrganisation('infra/local/contoso', new Date(now))
const { signal } = new AbortController()
const idOf = (name: string) => contoso.resources.find((each) => each.name === name)!.id
const ref = (kind: string, id: string) => ({ kind, id: id.toLowerCase() })
const production = idOf('apim-contoso-prd')
const version = '?api-version=2024-05-01'

let local: LocalSource
beforeAll(async () => {
  local = await startLocalSource({ org: contoso, now })
})
afterAll(() => local?.close())
beforeEach(() => {
  local.instead(() => undefined)
  waits.length = 0
})

/** A catalog that has what a sweep said, and nothing else. */
const liveOf = (claims: readonly Claim[]) => ({
  all: (kind: string): Iterable<Entity> =>
    claims
      .filter((claim) => claim.kind === kind)
      .map(({ id, name, props }) => ({ kind, id, name, props, tenant: 't', aliases: [], sources: [], from: now })),
})
/** Waits that were asked for, in milliseconds; nobody waits. */
const waits: number[] = []
const open = (claims: readonly Claim[] = []) =>
  apiManagementSource(
    { ...local.options, live: liveOf(claims) },
    openArm(local.options, async (ms) => void waits.push(ms)),
  )

async function pagesOf(source = open(), from?: Json): Promise<SweepPage[]> {
  const pages: SweepPage[] = []
  for await (const page of source.sweep(from, signal)) pages.push(page)
  return pages
}
const claimsOf = (pages: readonly SweepPage[]): Claim[] => pages.flatMap(({ claims }) => claims)
const watermarkOf = (pages: readonly SweepPage[]): Json => pages.findLast(({ watermark }) => watermark)!.watermark!
const one = (claims: readonly Claim[], id: string): Claim => claims.find((claim) => claim.id === id)!

describe("a sweep of Contoso's API Management", () => {
  let claims: Claim[]
  beforeAll(async () => {
    claims = claimsOf(await pagesOf())
  })

  test('has each API once, over its versions and stages, and says only what its kind declares', () => {
    expect(claims.map(({ id }) => id)).toEqual([
      'customer-accounts',
      'gift-card-balances',
      'orders-api',
      'payments-api',
      'product-search',
    ])
    expect(claims.flatMap((claim) => checkClaim(claim, builtInKinds))).toEqual([])
  })

  test('says where an API is published, production and the newest version first, and never a draft', () => {
    expect(one(claims, 'orders-api').props).toMatchObject({
      address: 'https://api.contoso.com/orders/v2',
      gateway: 'apim-contoso-prd',
      ...{ version: 'v2', revision: '3', operations: 6 },
      products: ['Apps', 'Partners'],
      subscriptionRequired: true,
      publications: [
        { address: 'https://api.contoso.com/orders/v2', revision: '3', environment: 'production' },
        { address: 'https://api.contoso.com/orders', revision: '11', products: ['Partners'] },
        { address: 'https://apim-contoso-dev.azure-api.net/orders/v2', revision: '5', environment: 'dev' },
      ],
    })
  })

  test.each([
    ['payments-api', 'payments-api', 'backend payments-api-prd', 'payments-api-prd', 'payments'],
    ['customer-accounts', 'auth-api', 'backend auth-api-prd', 'auth-api-prd', 'identity'],
    ['product-search', 'search-api', 'tag service', undefined, 'data'],
  ])('knows what stands behind %s, and whose it is', (id, service, why, site, team) => {
    const { relations } = one(claims, id)
    expect(relations).toContainEqual({ type: 'partOf', to: ref('Service', service), why })
    expect(relations).toContainEqual({ type: 'ownedBy', to: ref('Team', team), why: 'tag team' })
    expect(relations).toContainEqual({ type: 'dependsOn', to: ref('Resource', production), why: 'its gateway' })
    if (site)
      expect(relations).toContainEqual({ type: 'dependsOn', to: ref('Resource', idOf(site)), why: 'its backend' })
  })

  test('leaves what nobody tagged without an owner', () => {
    const types = one(claims, 'gift-card-balances').relations!.map(({ type }) => type)
    expect(types).toEqual(['dependsOn', 'dependsOn'])
  })

  test('asks no host but its own for more', async () => {
    const elsewhere = 'https://elsewhere.example/apis?$skip=100'
    local.instead(({ path }) =>
      path.toLowerCase() === `${production}/apis`.toLowerCase()
        ? { status: 200, body: { value: [], nextLink: elsewhere } }
        : undefined,
    )
    expect(claimsOf(await pagesOf()).map(({ id }) => id)).toEqual(['orders-api', 'payments-api'])
  })
})

describe('a service that answers badly', () => {
  test('half a list and then 500 takes nothing away: the sweep ends as not answered', async () => {
    let asked = 0
    local.instead(({ path, url }) => {
      if (path.toLowerCase() !== `${production}/apis`.toLowerCase()) return undefined
      if (asked++ > 0) return { status: 500, body: { error: { code: 'InternalServerError', message: 'It broke.' } } }
      const next = new URL(url)
      next.searchParams.set('$skip', '2')
      const value = [{ name: 'half', properties: { path: 'half', displayName: 'Half' } }]
      return { status: 200, body: { value, count: 9, nextLink: next.href } }
    })
    await expect(pagesOf()).rejects.toMatchObject({
      ...{ code: 'Unavailable', message: 'Azure Resource Manager does not answer.' },
    })
    expect(asked).toBe(5)
    expect(waits).toEqual([1_000, 2_000, 4_000])
  })

  test('goes on after the APIs that were read, by the cursor of the last page', async () => {
    const [first] = await pagesOf()
    const cursor = { ...(first!.cursor as { at: string }), after: 'orders-api' }
    local.read.length = 0
    const rest = await pagesOf(open(), cursor)
    expect(claimsOf(rest).map(({ id }) => id)).toEqual(['payments-api', 'product-search'])
    expect(local.read.filter((path) => path.endsWith('/operations'))).toHaveLength(2)
    expect(watermarkOf(rest)).toMatchObject({ at: (first!.cursor as { at: string }).at })
    expect(rest.at(-1)!.progress).toEqual({ done: 5, of: 5, what: 'published APIs' })
  })

  test('is left alone as long as it says, and asked again later where that is long', async () => {
    local.instead(({ path }) =>
      path.endsWith('/backends')
        ? { status: 429, headers: { 'retry-after': '3600' }, body: { error: { code: 'TooManyRequests' } } }
        : undefined,
    )
    await expect(pagesOf()).rejects.toMatchObject({ code: 'Unavailable', retryAfterMs: 3_600_000 })
    expect(waits).toEqual([])
    let refused = 0
    local.instead(({ path }) =>
      path.endsWith('/backends') && refused++ === 0
        ? { status: 429, headers: { 'retry-after': '1' }, body: { error: { code: 'TooManyRequests' } } }
        : undefined,
    )
    expect(claimsOf(await pagesOf())).toHaveLength(5)
    expect(refused).toBeGreaterThan(1)
    expect(waits).toEqual([1_000])
  })

  test('is asked more slowly where few reads of the subscription are left, and says how many', async () => {
    const source = open()
    let left = 27
    local.instead(({ path, url }) => {
      if (!path.endsWith('/apiVersionSets')) return undefined
      const headers = { 'x-ms-ratelimit-remaining-subscription-reads': String((left -= 2)) }
      return { status: 200, headers, body: { value: [], nextLink: left > 21 ? `${url.href}&$skip=${left}` : '' } }
    })
    await pagesOf(source)
    // 25 left is enough; after 23 and 21 it waits, before the next page and before the list that follows; the same for the second service.
    expect(waits.length).toBeGreaterThanOrEqual(2)
    expect(new Set(waits)).toEqual(new Set([1_000]))
    expect(source.quota!()!.left).toBeGreaterThan(100)
  })

  test('that is closed keeps its APIs, and says what to do', async () => {
    const before = claimsOf(await pagesOf())
    local.instead(({ path }) =>
      path.toLowerCase().startsWith(`${production}/`.toLowerCase())
        ? { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } }
        : undefined,
    )
    const last = (await pagesOf(open(before))).at(-1)!
    expect(last.gaps).toEqual([
      {
        reason: expect.stringMatching(
          /^API Management apim-contoso-prd is closed to Nexus.*API Management Service Reader/,
        ),
        keeps: { kinds: ['Api'], prefix: '' },
      },
    ])
    const source = open(before)
    expect(await source.reread!([ref('Api', `${production}/apis/product-search`)], signal)).toEqual({
      ...{ claims: [], gone: [] },
    })
  })
})

describe('what becomes different', () => {
  let before: SweepPage[]
  let known: Claim[]
  beforeEach(async () => {
    before = await pagesOf()
    known = claimsOf(before)
    local.advance(30)
  })

  test('nothing costs one look at the log of each subscription', async () => {
    local.advance(1_800)
    local.read.length = 0
    const watermark = watermarkOf(before) as { at: string }
    const later = { ...watermark, at: new Date(Date.parse(watermark.at) + 1_800_000).toISOString() }
    expect(await open(known).delta!(later, signal)).toMatchObject({ claims: [], gone: [] })
    expect(local.read.every((path) => path.endsWith('/eventtypes/management/values'))).toBe(true)
    expect(local.read).toHaveLength(2)
  })

  test('is read anew by what the activity log names: one made, one changed, one taken away', async () => {
    const api = {
      properties: { displayName: 'Stock', path: 'stock', serviceUrl: 'https://orders-api-prd.azurewebsites.net' },
    }
    await local.change('PUT', `${production}/apis/stock${version}`, api)
    const operation = { properties: { displayName: 'Read', method: 'GET', urlTemplate: '/stock/{sku}' } }
    await local.change('PUT', `${production}/apis/stock/operations/read${version}`, operation)
    await local.change('DELETE', `${production}/apis/product-search${version}`)
    local.advance(5)
    const delta = (await open(known).delta!(watermarkOf(before), signal))!
    expect(delta.claims.map(({ id }) => id)).toEqual(['stock'])
    expect(delta.claims[0]).toMatchObject({
      name: 'Stock',
      props: { operations: 1, paths: ['/stock/{sku}'], revision: '1' },
      relations: expect.arrayContaining([expect.objectContaining({ to: ref('Service', 'orders-api') })]),
    })
    expect(delta.gone).toEqual([ref('Api', 'product-search')])
    const next = await open(known).delta!(delta.watermark, signal)
    expect(next?.watermark).toMatchObject({ services: expect.arrayContaining([production.toLowerCase()]) })
  })

  test('a version that is taken away leaves the API where it is published otherwise', async () => {
    await local.change('DELETE', `${production}/apis/orders-api-v2${version}`)
    const source = open(known)
    const { claims, gone } = await source.reread!([ref('Api', `${production}/apis/orders-api-v2`)], signal)
    expect(gone).toEqual([])
    expect(one(claims, 'orders-api').props).toMatchObject({ address: 'https://api.contoso.com/orders', revision: '11' })
  })

  test('is everything, where a service is new, the watermark is old, or is none of ours', async () => {
    const source = open(known)
    const { at } = watermarkOf(before) as { at: string }
    expect(await source.delta!({ at, services: [] }, signal)).toBeUndefined()
    expect(
      await source.delta!({ ...(watermarkOf(before) as object), at: '2026-11-01T00:00:00Z' }, signal),
    ).toBeUndefined()
    expect(await source.delta!('nonsense', signal)).toBeUndefined()
  })
})

test('a subscription that is closed to Nexus takes no API away, and one that is deleted does', async () => {
  const own = await startLocalSource({ org: contoso, now })
  try {
    const source = (live: Claim[]) => apiManagementSource({ ...own.options, live: liveOf(live) })
    const known = claimsOf(await pagesOf(source([])))
    const subscription = production.split('/')[2]!
    closeSubscription(own.services, subscription, 'forbidden')
    expect((await pagesOf(source(known))).at(-1)!.gaps).toMatchObject([{ keeps: { kinds: ['Api'], prefix: '' } }])
    closeSubscription(own.services, subscription, 'deleted')
    expect((await pagesOf(source(known))).at(-1)!.gaps).toBeUndefined()
  } finally {
    await own.close()
  }
})

test("Event Grid's events name what to read anew, and are no news of their own", () => {
  const event = (type: string, resourceUri: string) => ({
    ...{ source: 'event-grid', id: '1', arrived: now, headers: {} },
    body: JSON.stringify({ id: '1', specversion: '1.0', source: production, type, time: now, data: { resourceUri } }),
  })
  const updated = event('Microsoft.ApiManagement.APIUpdated', `${production}/apis/Orders-API-v2;Rev=3`)
  expect(movedByDelivered(updated)).toEqual({
    source: 'api-management',
    reread: [ref('Api', `${production}/apis/orders-api-v2`)],
  })
  expect(readDelivered(updated)).toMatchObject({ state: 'ignored' })
  expect(movedByDelivered(event('Microsoft.ApiManagement.ProductUpdated', `${production}/products/apps`))).toEqual({
    source: 'api-management',
    reread: [ref('Api', production)],
  })
  expect(movedByDelivered(event('Microsoft.ApiManagement.UserCreated', `${production}/users/1`))).toBeUndefined()
})
