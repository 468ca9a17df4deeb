import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { backendInPolicy, hostBehind, readBackend } from './backends.js'
import { readGatewayService } from './gateway-service.js'
import { readPublishedApi } from './published-api.js'
import { readTagged, tagsAsPairs } from './tags-of-apis.js'
import { touchedBy } from './touched-id.js'
import { apisOf } from './which-apis.js'

const group = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers'
const id = `${group}/Microsoft.ApiManagement/service/apim`.toLowerCase()
const service = { id, name: 'apim', address: 'https://api.example' }
const read = (name: string, properties: object = {}) =>
  readPublishedApi({ name, properties: { path: 'p', displayName: 'Orders', ...properties } }, service, () => true)

test.each([
  ['orders-api', {}, 'orders-api'],
  ['orders-api-v2', { apiVersion: 'v2' }, 'orders-api'],
  ['orders-2026-01-01', { apiVersion: '2026-01-01' }, 'orders'],
  ['orders-v1-0', { apiVersion: 'v1.0' }, 'orders'],
  ['orders-v2', {}, 'orders-v2'],
  ['v2', { apiVersion: 'v2' }, 'v2'],
  ['5a73933b8f27f7cc82a2d533', {}, 'orders'],
  ['5a73933b8f27f7cc82a2d533', { displayName: '注文' }, '5a73933b8f27f7cc82a2d533'],
])('%s with %j is the API %s', (name, properties, expected) => {
  expect(read(name, properties)?.ref).toEqual({ kind: 'Api', id: expected })
})

test.each([
  ['orders;rev=3', { isCurrent: false }],
  ['orders', { isCurrent: false }],
  ['', {}],
])('%j with %j is none that callers reach', (name, properties) => {
  expect(read(name, properties)).toBeUndefined()
})

test('an address has the version only where callers write it there', () => {
  const row = { name: 'o', properties: { path: 'orders', apiVersion: 'v2', apiVersionSetId: `${id}/apiVersionSets/S` } }
  const set = `${id}/apiversionsets/s`
  expect(readPublishedApi(row, service, (one) => one === set)?.address).toBe('https://api.example/orders/v2')
  expect(readPublishedApi(row, service, () => false)?.address).toBe('https://api.example/orders')
  expect(read('root', { path: '' })?.address).toBe('https://api.example')
})

test('the address of a service is the one that its owner chose', () => {
  const row = (hosts: object[]) =>
    readGatewayService({ id, name: 'apim', gatewayUrl: 'https://apim.azure-api.net', hosts })
  const built = { type: 'Proxy', hostName: 'apim.azure-api.net', defaultSslBinding: true }
  expect(row([built])?.address).toBe('https://apim.azure-api.net')
  expect(row([built, { type: 'Proxy', hostName: 'b.example' }])?.address).toBe('https://b.example')
  const chosen = { type: 'Proxy', hostName: 'a.example', defaultSslBinding: true }
  expect(
    row([{ type: 'Proxy', hostName: 'b.example' }, chosen, { type: 'Portal', hostName: 'c.example' }])?.address,
  ).toBe('https://a.example')
})

test.each([
  ['<policies><inbound><set-backend-service backend-id="auth" /></inbound></policies>', { backend: 'auth' }],
  ['<set-backend-service id="x" base-url = "https://a.example/api" />', { url: 'https://a.example/api' }],
  ['<set-backend-service base-url="@(context.Variables[&quot;to&quot;])" />', undefined],
  ['<!-- <set-backend-service backend-id="auth" /> --><policies />', undefined],
  ['<policies><inbound><base /></inbound></policies>', undefined],
])('%s sends calls to %j', (xml, expected) => {
  expect(backendInPolicy(xml)).toEqual(expected)
})

test('what stands behind an address is told by its host, else by a backend of that address', () => {
  const host = { id: '/a', name: 'a' }
  const hosts = { named: new Map([['a.example', host]]), byId: new Map([['/a', host]]) }
  expect(hostBehind('https://A.example:8443/v1', hosts, [])).toBe(host)
  expect(hostBehind('https://b.example', hosts, [])).toBeUndefined()
  expect(hostBehind('https://b.example/x', hosts, [{ name: 'b', url: 'https://b.example/', resource: '/a' }])).toBe(
    host,
  )
  expect(hostBehind('no address', hosts, [])).toBeUndefined()
})

test('tags are pairs where people write them so', () => {
  expect(tagsAsPairs(['team:atlas', 'owner = payments ', 'pci', 'a:', ':b'])).toEqual({
    team: 'atlas',
    owner: 'payments',
  })
})

test.each([
  [`${group}/Microsoft.ApiManagement/service/Apim/apis/Orders;Rev=3`, '/apis/orders'],
  [`${group}/Microsoft.ApiManagement/service/apim/apis/orders/operations/list`, '/apis/orders'],
  [`${group}/Microsoft.ApiManagement/service/apim/products/partners/apis/orders`, '/apis/orders'],
  [`${group.replace('/providers', '')}/Microsoft.ApiManagement/service/apim/products/partners`, ''],
  [`${group}/Microsoft.ApiManagement/service/apim`, ''],
])('a write of %s is about %j', (written, expected) => {
  expect(touchedBy(written)).toBe(`${id}${expected}`)
})

test('ids of nothing in API Management are about nothing', () => {
  expect(touchedBy(`${group}/Microsoft.Web/sites/a`)).toBeUndefined()
  expect(touchedBy(`${group}/Microsoft.ApiManagement/service/${'a'.repeat(3_000)}`)).toBeUndefined()
})

test('whatever a row is, it is read or left out, and an id is never empty', () => {
  fc.assert(
    fc.property(
      fc.anything(),
      fc.string(),
      fc.record({ displayName: fc.anything(), path: fc.anything(), apiVersion: fc.anything(), type: fc.anything() }),
      (anything, name, properties) => {
        readGatewayService(anything)
        readBackend(anything)
        readTagged(anything)
        touchedBy(name)
        backendInPolicy(name)
        readPublishedApi(anything, service, () => true)
        const api = readPublishedApi({ name, properties }, service, () => true)
        expect(api === undefined || (api.ref.id.length > 0 && api.arm.startsWith(id))).toBe(true)
      },
    ),
  )
})

test('what is meant by ids is what is published there or was, and nothing else', () => {
  const arms = fc.integer({ min: 0, max: 5 }).map((n) => `${id}${n % 2}/apis/a${n}`)
  const groups = fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.array(arms, { minLength: 1, maxLength: 3 }))
  fc.assert(
    fc.property(
      groups,
      groups,
      fc.array(fc.oneof(arms, fc.constantFrom(`${id}0`, `${id}1`))),
      (now, before, touched) => {
        const apis = new Map(Object.entries(now).map(([key, some]) => [key, some.map((arm) => ({ arm }))]))
        const entity = ([key, some]: [string, string[]]) => ({
          ...{
            kind: 'Api',
            id: key,
            tenant: 't',
            name: key,
            aliases: [],
            sources: [],
            from: '2026-01-01T00:00:00.000Z',
          },
          props: { publications: some.map((api) => ({ api })) },
        })
        const live = { all: () => Object.entries(before).map(entity) }
        const naive = ['x', 'y', 'z'].filter((key) =>
          [...(now[key] ?? []), ...(before[key] ?? [])].some((arm) =>
            touched.some((one) => one === arm || arm.startsWith(`${one}/`)),
          ),
        )
        expect(apisOf(touched, apis, live)).toEqual(naive)
      },
    ),
  )
})
