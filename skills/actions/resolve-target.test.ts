import { expect, test } from '@jest/globals'
import { smallNow, entity, to } from '../../bot/hub/testing/small-hub.js'
import { CatalogIndex } from '../../bot/store/read-model/catalog-index.js'
import { catalogPort } from '../../bot/store/read-model/catalog-port.js'
import type { Kind } from '../kit/model.js'
import { Question } from '../kit/question.js'
import { resolveTarget } from './resolve-target.js'

const webApp = { type: 'Microsoft.Web/sites', called: 'web app' }
const scaleSet = { type: 'Microsoft.Compute/virtualMachineScaleSets', called: 'scale set' }

const resource = (name: string, type: string, environment: string, service: string, region = 'westeurope') =>
  entity(
    'Resource',
    name,
    { type: type.toLowerCase(), environment, region },
    [to('partOf', 'Service', service)],
    'azure',
  )

const index = new CatalogIndex('contoso')
for (const record of [
  {
    ...entity('Service', 'checkout-web'),
    claims: { github: { name: 'Checkout', aliases: ['checkout'], props: {}, relations: [], at: smallNow } },
  },
  {
    ...entity('Service', 'orders-api'),
    claims: { github: { name: 'Orders', aliases: ['orders'], props: {}, relations: [], at: smallNow } },
  },
  entity('Service', 'orders-worker'),
  entity('Service', 'token-cache'),
  resource('checkout-web-dev', 'Microsoft.Web/sites', 'dev', 'checkout-web'),
  resource('checkout-web-stg', 'Microsoft.Web/sites', 'staging', 'checkout-web'),
  resource('checkout-web-prd', 'Microsoft.Web/sites', 'production', 'checkout-web'),
  resource('checkout-web-prd-ne', 'Microsoft.Web/sites', 'production', 'checkout-web', 'northeurope'),
  resource('orders-api-prd', 'Microsoft.Web/sites', 'production', 'orders-api'),
  resource('vmss-orders-prd', 'Microsoft.Compute/virtualMachineScaleSets', 'production', 'orders-worker'),
  resource('redis-tokens-prd', 'Microsoft.Cache/redis', 'production', 'token-cache'),
  ...['dev', 'staging', 'production'].map((id) => entity('Environment', id, {}, [], 'azure')),
])
  index.put(record)
const catalog = catalogPort(index, () => [], { now: () => '2026-11-21T08:00:00.000Z' })
const get = async (kind: Kind, id: string) => (await catalog.get({ kind, id }))!
const resolve = async (wanted: typeof webApp, kind: Kind, id: string, environment?: string) =>
  resolveTarget(wanted, await get(kind, id), environment ? await get('Environment', environment) : undefined, catalog)

test('a service in an environment is its one resource of the type there', async () => {
  expect((await resolve(webApp, 'Service', 'checkout-web', 'staging')).name).toBe('checkout-web-stg')
})

test('a resource is itself', async () => {
  expect((await resolve(scaleSet, 'Resource', 'vmss-orders-prd')).name).toBe('vmss-orders-prd')
})

test('a service without one stands for what is called like it', async () => {
  expect((await resolve(scaleSet, 'Service', 'orders-api')).name).toBe('vmss-orders-prd')
})

test.each([
  [undefined, ['checkout-web-dev', 'checkout-web-prd', 'checkout-web-prd-ne', 'checkout-web-stg']],
  ['production', ['checkout-web-prd', 'checkout-web-prd-ne']],
])('several in %s are asked about', async (environment, names) => {
  const asked = await resolve(webApp, 'Service', 'checkout-web', environment).catch((error: unknown) => error)
  expect(asked).toBeInstanceOf(Question)
  const { message, choices } = asked as Question
  expect(message).toBe('Which web app of Checkout do you mean?')
  expect(choices.map(({ title }) => title)).toEqual(names)
  expect(choices[1]).toMatchObject({ args: { target: { kind: 'Resource', id: names[1] } } })
})

test.each([
  [
    'none there',
    webApp,
    'Service',
    'orders-api',
    'dev',
    'Orders has no web app in dev.',
    'There is orders-api-prd (production).',
  ],
  [
    'none of the type',
    webApp,
    'Service',
    'token-cache',
    undefined,
    'token-cache has no web app; it has redis cache.',
    /^There is checkout-web-dev, /,
  ],
  [
    'another type',
    webApp,
    'Resource',
    'vmss-orders-prd',
    undefined,
    'vmss-orders-prd is no web app but a virtual machine scale set.',
    /what can I do on vmss-orders-prd/,
  ],
  [
    'another environment',
    scaleSet,
    'Resource',
    'vmss-orders-prd',
    'dev',
    'vmss-orders-prd is in production, not in dev.',
    undefined,
  ],
] as const)('%s is said, with what there is', async (_, wanted, kind, id, environment, message, wayOn) => {
  const refused = (await resolve(wanted, kind, id, environment).catch((error: unknown) => error)) as Question
  expect(refused.message).toBe(message)
  if (wayOn) expect(refused.wayOn).toMatch(wayOn)
})

test('among many resources only those that may be meant are looked at', async () => {
  const many = new CatalogIndex('contoso')
  many.apply(() => {
    for (const record of [
      entity('Service', 'orders'),
      resource('app-orders-prd', 'Microsoft.Web/sites', 'production', 'none'),
      resource('app-reorders-prd', 'Microsoft.Web/sites', 'production', 'none'),
    ])
      many.put(record)
    for (let n = 0; n < 2_000; n++) many.put(resource(`app-shop-${n}`, 'Microsoft.Web/sites', 'dev', 'none'))
  })
  const port = catalogPort(many, () => [], { now: () => smallNow })
  const looked: number[] = []
  const watched: typeof port = {
    ...port,
    all: () => Promise.reject(new Error('read whole')),
    async find(question) {
      const page = await port.find(question)
      looked.push(page.entities.length)
      return page
    },
  }
  const orders = (await port.get({ kind: 'Service', id: 'orders' }))!
  expect((await resolveTarget(webApp, orders, undefined, watched)).name).toBe('app-orders-prd')
  await expect(resolveTarget(scaleSet, orders, undefined, watched)).rejects.toThrow('orders has no scale set.')
  const cache = (await port.get({ kind: 'Service', id: 'orders' }))!
  await expect(resolveTarget(webApp, { ...cache, id: 'x', name: 'x' }, undefined, watched)).rejects.toMatchObject({
    wayOn: expect.stringMatching(/and 1,?996 more; say which one you mean/),
  })
  expect(Math.max(...looked)).toBeLessThan(20)
})
