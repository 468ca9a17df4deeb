import { expect, test } from '@jest/globals'
import { loadOrganisation } from '../organisation/load-organisation.js'

const start = new Date('2026-11-19T02:20:00Z')
const { resources, services, teams } = await loadOrganisation('infra/local/contoso', start)
const day = 24 * 60 * 60_000
const names = (some: typeof resources) => some.map(({ name }) => name).sort()
const count = (key: (each: (typeof resources)[number]) => string) =>
  resources.reduce<Record<string, number>>((sum, each) => ({ ...sum, [key(each)]: (sum[key(each)] ?? 0) + 1 }), {})

test('the estate is spread as in a company of this size', () => {
  expect(count(({ environment }) => environment)).toEqual({ dev: 37, staging: 37, production: 101 })
  const inRegion = count(({ location }) => location)
  expect(Object.keys(inRegion).sort()).toEqual(['eastus2', 'global', 'northeurope', 'westeurope'])
  expect(inRegion['westeurope']).toBeGreaterThan(inRegion['northeurope']!)
  expect(Object.keys(count(({ type }) => type)).length).toBeGreaterThanOrEqual(30)
  for (const { id } of services) expect([id, resources.some(({ service }) => service === id)]).toEqual([id, true])
})

test('names are ones that Azure would take, and everything in braces is filled in', () => {
  // Source: learn.microsoft.com, "Naming rules and restrictions for Azure resources".
  const rules: Record<string, RegExp> = {
    'Microsoft.Storage/storageAccounts': /^[a-z0-9]{3,24}$/,
    'Microsoft.KeyVault/vaults': /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/,
    'Microsoft.ContainerRegistry/registries': /^[a-z0-9]{5,50}$/,
    'Microsoft.DocumentDB/databaseAccounts': /^[a-z0-9-]{3,44}$/,
    'Microsoft.ServiceBus/namespaces': /^[a-z][a-z0-9-]{4,48}[a-z0-9]$/,
    'Microsoft.App/containerApps': /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
  }
  for (const { name, type } of resources) expect(name).toMatch(rules[type] ?? /^[a-z0-9-]{2,60}$/)
  expect(JSON.stringify(resources)).not.toMatch(/\{(env|region|subscription|[+-]\d)/)
})

test('what refers to another resource finds it', () => {
  const ids = new Set(resources.map(({ id }) => id.toLowerCase()))
  const referred = JSON.stringify(resources.map(({ properties }) => properties)).matchAll(/"(\/subscriptions\/[^"]+)"/g)
  const lost = [...referred].map(([, id]) => id!.toLowerCase()).filter((id) => !ids.has(id))
  expect(lost).toEqual([])
})

test('the examples of the first day have one target each', () => {
  const sites = resources.filter(({ type }) => type === 'Microsoft.Web/sites')
  const checkout = sites.filter(({ service, environment }) => service === 'checkout-web' && environment === 'staging')
  expect(names(checkout)).toEqual(['checkout-web-stg'])
  expect(checkout[0]).toMatchObject({ location: 'westeurope', properties: { state: 'Running' } })
  const [plan] = resources.filter(({ name }) => name === 'plan-shop-stg')
  expect(plan?.sku).toMatchObject({ name: 'P1v3', capacity: 3 })

  const scaleSets = resources.filter(({ type }) => type === 'Microsoft.Compute/virtualMachineScaleSets')
  const orders = scaleSets.filter(({ name }) => name.includes('orders'))
  expect(names(orders)).toEqual(['vmss-orders-prd'])
  expect(orders[0]?.sku).toMatchObject({ capacity: 4 })
  const scaled = resources.filter(({ type }) => type === 'Microsoft.Insights/autoscaleSettings')
  expect(JSON.stringify(scaled)).not.toContain('vmss-orders') // autoscale would undo what a person scales
  expect(names(resources).filter((name) => name === 'st123' || name === 'kv-auth-prd')).toHaveLength(2)
})

test('versions in tags are those of the services, but for one that stayed behind', () => {
  const behind = resources.filter(
    ({ type, tags, environment, service }) =>
      tags.version !== undefined &&
      !type.endsWith('/slots') &&
      tags.version !== services.find(({ id }) => id === service)?.versions[environment],
  )
  expect(names(behind)).toEqual(['mobile-bff-prd-eus2'])
})

test('tags have the mistakes that resources.yaml tells of, and no others', () => {
  const known = new Set(teams.map(({ id }) => id))
  const wrong = (test: (tags: Record<string, string>) => boolean) => names(resources.filter(({ tags }) => test(tags)))
  expect(wrong(({ team }) => !team)).toEqual([
    'disk-orders-migration',
    'nsg-loadtest-dev',
    'psql-playground',
    'redis-pages-prd',
    'snap-orders-migration',
    'st123',
    'vm-loadgen-dev',
  ])
  expect(wrong(({ team }) => team !== undefined && !known.has(team))).toEqual([
    'gift-cards-api-dev',
    'gift-cards-api-prd',
    'plan-gift-cards-dev',
    'plan-gift-cards-prd',
    'stcontosoexports',
  ])
  const short: Record<string, string> = { dev: 'dev', staging: 'stg', production: 'prd' }
  expect(names(resources.filter(({ tags, environment }) => tags.env && tags.env !== short[environment]))).toEqual([
    'aks-search-prd-neu',
    'vm-erp-bridge-prd',
  ])
  const owners = services.filter(({ team }) => team).map(({ id, team }) => [id, team])
  const disputed = resources.filter(
    ({ service, tags }) =>
      tags.service && tags.team && !owners.some(([id, team]) => id === service && team === tags.team),
  )
  expect(names(disputed)).toEqual(['func-notifications-dev', 'func-notifications-prd', 'func-notifications-stg'])
})

test('there is something to find for whoever looks after safety', () => {
  const property = (key: string) => (each: (typeof resources)[number]) => each.properties[key] as string
  const open = resources.filter(({ properties }) => properties['allowBlobPublicAccess'] === true)
  expect(names(open)).toEqual(['stcontosoexports'])

  const age = (moment: string) => (start.getTime() - Date.parse(moment)) / day
  const saved = ({ tags, backup }: (typeof resources)[number]) => backup?.last ?? tags['last-backup']
  const unsaved = resources.filter((each) => saved(each) && age(saved(each)!) > 7)
  expect(unsaved.map(({ name, environment }) => [name, environment])).toEqual([['psql-users-prd', 'production']])

  const certificates = resources.filter(({ type }) => type === 'Microsoft.Web/certificates')
  const ending = certificates.filter((each) => -age(property('expirationDate')(each)) < 30)
  expect(names(ending)).toEqual(['cert-pay-contoso-com'])

  const orphans = resources.filter((each) => property('diskState')(each) === 'Unattached')
  expect(names(orphans)).toEqual(['disk-orders-migration'])
  expect(names(resources.filter(({ health }) => health !== 'Available'))).toEqual([
    'psql-payments-prd',
    'srch-products-prd',
  ])
})
