import { beforeEach, describe, expect, test } from '@jest/globals'
import { loadOrganisation } from '../../organisation/load-organisation.js'
import { azureTenant, type AzureTenant } from '../../testing/azure-tenant.js'
import { notifyOfResources } from '../notify.js'

const now = '2026-11-20T10:00:00Z'
const contoso = await loadOrganisation('infra/local/contoso', new Date(now))
const idOf = (name: string) => contoso.resources.find((each) => each.name === name)!.id
const service = idOf('apim-contoso-prd')
const version = 'api-version=2024-05-01'

interface Listed {
  value: { name: string; type: string; properties: Record<string, unknown> }[]
  count: number
  nextLink: string
}

let tenant: AzureTenant
beforeEach(() => void (tenant = azureTenant({ org: contoso, now })))
const get = async (path: string, more = '') => tenant.call('GET', `${service}/${path}?${version}${more}`)
const list = async (path: string, more = '') => (await get(path, more)).body as Listed
const put = async (path: string, properties: object) =>
  tenant.call('PUT', `${service}/${path}?${version}`, { properties })

describe('what API Management publishes', () => {
  test('comes as a list with every revision, none of it in Resource Graph', async () => {
    const apis = await list('apis')
    expect(apis).toMatchObject({ count: 7, nextLink: '' })
    expect(
      apis.value.map(({ name, properties }) => [name, properties['apiRevision'], properties['isCurrent']]),
    ).toEqual([
      ['customer-accounts', '2', true],
      ['gift-card-balances', '1', true],
      ['orders-api', '11', true],
      ['orders-api-v2', '3', true],
      ['orders-api-v2;rev=4', '4', false],
      ['payments-api', '4', true],
      ['product-search', '7', true],
    ])
    expect(apis.value[0]!.properties).not.toHaveProperty('provisioningState')
    const rows = await tenant.rows(
      `Resources | where type startswith 'microsoft.apimanagement' | project name, type | order by name asc`,
    )
    expect(rows).toEqual([
      { name: 'apim-contoso-dev', type: 'microsoft.apimanagement/service' },
      { name: 'apim-contoso-prd', type: 'microsoft.apimanagement/service' },
    ])
  })

  test('comes in pages whose next link is the same question further on', async () => {
    const first = await list('apis', '&$top=3')
    expect(first.value).toHaveLength(3)
    const names = first.value.map(({ name }) => name)
    for (let link = first.nextLink; link;) {
      const url = new URL(link)
      expect(url.searchParams.get('api-version')).toBe('2024-05-01')
      const page = (await tenant.call('GET', `${url.pathname.replace(/^\/arm/, '')}${url.search}`)).body as Listed
      names.push(...page.value.map(({ name }) => name))
      link = page.nextLink
    }
    expect(names).toHaveLength(7)
    expect(new Set(names).size).toBe(7)
  })

  test('has operations, products, tags and policies, each in its own form', async () => {
    expect((await list('apis/payments-api/operations')).value.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({ method: 'POST', urlTemplate: '/payments/{id}/captures' }),
      expect.objectContaining({ method: 'POST', urlTemplate: '/payments' }),
      expect.objectContaining({ method: 'POST', urlTemplate: '/payments/{id}/refunds' }),
    ])
    expect((await list('products/partners/apis')).value.map(({ name, type }) => [name, type])).toEqual([
      ['orders-api', 'Microsoft.ApiManagement/service/products/apis'],
      ['orders-api-v2', 'Microsoft.ApiManagement/service/products/apis'],
      ['payments-api', 'Microsoft.ApiManagement/service/products/apis'],
    ])
    expect((await list('apis/orders-api-v2/products')).value.map(({ name }) => name)).toEqual(['apps', 'partners'])
    expect((await list('apis/orders-api-v2/revisions')).value).toEqual([
      expect.objectContaining({ apiId: '/apis/orders-api-v2;rev=3', isCurrent: true }),
      expect.objectContaining({ apiId: '/apis/orders-api-v2;rev=4', isCurrent: false }),
    ])
    expect((await list('apisByTags')).value).toContainEqual({
      tag: { id: '/tags/service-search-api', name: 'service:search-api' },
      api: expect.objectContaining({ id: '/apis/product-search', path: 'search', isCurrent: true }),
    })
    expect((await get('apis/customer-accounts/policies/policy')).body).toMatchObject({
      properties: { format: 'rawxml', value: expect.stringContaining('backend-id="auth"') },
    })
    expect((await list('backends')).value[0]!.properties).toMatchObject({
      resourceId: `https://management.azure.com${idOf('auth-api-prd')}`,
    })
  })

  test.each([
    ['apis/nothing', 404, 'ResourceNotFound', 'Api not found.'],
    ['apis/nothing/operations', 404, 'ResourceNotFound', 'Api not found.'],
    ['apis/payments-api/policies/policy', 404, 'ResourceNotFound', 'Policy not found.'],
    ['products/nothing/apis', 404, 'ResourceNotFound', 'Product not found.'],
    ['apis/payments-api;rev=99', 404, 'ResourceNotFound', 'Api not found.'],
  ])('has no %s, and says so as the service does', async (path, status, code, message) => {
    expect(await get(path)).toMatchObject({ status, body: { error: { code, message, details: null } } })
  })

  test('refuses a version it has not, a service that is not there, and a filter it does not understand', async () => {
    expect(await tenant.call('GET', `${service}/apis?api-version=2015-01-01`)).toMatchObject({
      status: 400,
      body: { error: { code: 'NoRegisteredProviderFound' } },
    })
    expect(await tenant.call('GET', `${service}-gone/apis?${version}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'ResourceNotFound', message: expect.stringContaining('apim-contoso-prd-gone') } },
    })
    expect(await get('apis', "&$filter=name eq 'a'")).toMatchObject({ body: { error: { code: 'ValidationError' } } })
    expect(await get('apis', '&$top=0')).toMatchObject({ status: 400 })
  })
})

describe('what is changed in API Management', () => {
  test('an API needs a path of its own, and is one with defaults when it is made', async () => {
    expect(await put('apis/new', { displayName: 'New' })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'ValidationError',
          details: [{ code: 'ValidationError', target: 'path', message: 'Path is required.' }],
        },
      },
    })
    expect(await put('apis/new', { displayName: 'New', path: 'search' })).toMatchObject({
      body: { error: { details: [{ target: 'path' }] } },
    })
    expect(await put('apis/new', { displayName: 'New', path: 'new' })).toMatchObject({ status: 201 })
    expect((await get('apis/new')).body).toMatchObject({
      properties: { path: 'new', apiRevision: '1', isCurrent: true, subscriptionRequired: true },
    })
    expect(await put('products/apps/apis/nothing', {})).toMatchObject({ status: 404 })
  })

  test('a release makes a revision current, with its operations; what was current stays as a revision', async () => {
    await put('apis/orders-api-v2;rev=4/operations/split', {
      ...{ displayName: 'Split', method: 'POST', urlTemplate: '/orders/{number}/split' },
    })
    const apiId = `${service}/apis/orders-api-v2;rev=4`
    expect(await put('apis/orders-api-v2/releases/winter', { apiId })).toMatchObject({ status: 201 })
    expect((await get('apis/orders-api-v2')).body).toMatchObject({ properties: { apiRevision: '4', isCurrent: true } })
    expect((await get('apis/orders-api-v2;rev=4')).body).toMatchObject({ name: 'orders-api-v2' })
    expect((await get('apis/orders-api-v2;rev=3')).body).toMatchObject({ properties: { isCurrent: false } })
    expect(await list('apis/orders-api-v2/operations')).toMatchObject({ count: 7 })
    expect(await list('apis/orders-api-v2;rev=3/operations')).toMatchObject({ count: 6 })
  })

  test('is told by events of API Management, and by no others', async () => {
    const events: Record<string, unknown>[] = []
    notifyOfResources(tenant.services, async (event) => {
      events.push(event as Record<string, unknown>)
      return 200
    })
    await put('apis/new', { displayName: 'New', path: 'new' })
    await put('apis/product-search', { displayName: 'Search', path: 'search' })
    await tenant.call('DELETE', `${service}/apis/payments-api?${version}`)
    await put('tags/fresh', { displayName: 'fresh' })
    tenant.advance(3)
    expect(new Set(events.map(({ type, subject }) => `${String(type)} ${String(subject)}`))).toEqual(
      new Set([
        'Microsoft.ApiManagement.APICreated /apis/new;Rev=1',
        'Microsoft.ApiManagement.APIUpdated /apis/product-search;Rev=7',
        'Microsoft.ApiManagement.APIDeleted /apis/payments-api;Rev=1',
      ]),
    )
    expect(events[0]).toMatchObject({ source: service, data: { resourceUri: `${service}/apis/new;Rev=1` } })
  })
})
