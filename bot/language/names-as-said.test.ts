import { describe, expect, test } from '@jest/globals'
import { createNameIndex } from './name-index.js'
import type { NamedEntity } from './understanding.js'

const service = (id: string, name: string, ...aliases: string[]): NamedEntity => ({
  kind: 'Service',
  id,
  name,
  aliases,
})
const resource = (
  name: string,
  type: string,
  environment: string,
  region: string,
  tags: Record<string, string> = {},
) => ({
  kind: 'Resource',
  id: `/subscriptions/7c0e/resourcegroups/rg/providers/${type}/${name}`,
  name,
  aliases: [],
  props: { type, environment, region, tags },
})
const person = (name: string, mail: string): NamedEntity => ({
  kind: 'Person',
  id: mail,
  name,
  aliases: [mail.split('@')[0]!],
})

const names = createNameIndex([
  service('auth-api', 'Auth', 'auth', 'sign-in', 'sso'),
  service('checkout-web', 'Checkout', 'basket', 'cart'),
  service('payments-api', 'Payments', 'pay'),
  service('payments-db', 'Payments database'),
  service('edge-gateway', 'Edge gateway', 'afd'),
  service('notifications-worker', 'Notifications worker'),
  service('OrdersApi', 'OrdersApi'),
  { kind: 'Team', id: 'atlas', name: 'Atlas', aliases: [] },
  { kind: 'Team', id: 'payments', name: 'Payments', aliases: [] },
  { kind: 'Team', id: 'site-reliability', name: 'Site Reliability', aliases: ['sre'] },
  resource('psql-payments-prd', 'microsoft.dbforpostgresql/flexibleservers', 'production', 'westeurope'),
  resource('psql-payments-stg', 'microsoft.dbforpostgresql/flexibleservers', 'staging', 'westeurope'),
  resource('psql-ledger-prd', 'microsoft.dbforpostgresql/flexibleservers', 'production', 'westeurope'),
  resource('aks-search-prd', 'microsoft.containerservice/managedclusters', 'production', 'westeurope'),
  resource('aks-search-prd-neu', 'microsoft.containerservice/managedclusters', 'production', 'northeurope'),
  resource('aks-lab-dev', 'microsoft.containerservice/managedclusters', 'dev', 'westeurope'),
  resource('vm-erp-bridge-prd', 'microsoft.compute/virtualmachines', 'production', 'westeurope'),
  resource('vm-jumpbox-dev', 'microsoft.compute/virtualmachines', 'dev', 'eastus2'),
  resource('stcontoso0817', 'microsoft.storage/storageaccounts', 'production', 'westeurope', { purpose: 'invoices' }),
  resource('kv-identity-prd', 'microsoft.keyvault/vaults', 'production', 'westeurope'),
  { kind: 'Environment', id: 'production', name: 'production', aliases: ['prod', 'prd', 'live'] },
  { kind: 'Environment', id: 'staging', name: 'staging', aliases: ['stage', 'stg'] },
  person('Dana Ortiz', 'dana@contoso.example'),
  person('Tomasz Wójcik', 'tomasz@contoso.example'),
  person('Lee Chen', 'lee@contoso.example'),
  person('Lee Park', 'lee.park@contoso.example'),
  { kind: 'Incident', id: 'inc-118', name: 'INC-118', aliases: [] },
  { kind: 'Incident', id: 'inc-11', name: 'INC-11', aliases: [] },
  { kind: 'Proposal', id: 'PR-7', name: 'PR-7', aliases: [] },
  { kind: 'WorkItem', id: 'contoso/412', name: 'Retry the ledger', aliases: ['#412', '412'] },
  { kind: 'Repository', id: 'github/contoso/auth-api', name: 'contoso/auth-api', aliases: ['auth-api'] },
  { kind: 'Pipeline', id: 'azure-devops/orders/nightly', name: 'orders nightly build', aliases: [] },
])
const things = [
  'Service',
  'Resource',
  'Team',
  'Environment',
  'Repository',
  'Pipeline',
  'Incident',
  'WorkItem',
  'Person',
]

/** What words mean for sure; where several are as likely all of them. */
function meant(words: string, kinds: readonly string[] = things): string[] {
  const [best, ...others] = names.find(words, kinds)
  if (!best || best.certainty < 0.65) return []
  return [best, ...others.filter((one) => one.certainty > best.certainty - 0.04 && one.ref.kind === best.ref.kind)].map(
    ({ name }) => name,
  )
}

describe('what is meant by', () => {
  test.each<[words: string, name: string]>([
    ['auth', 'Auth'],
    ['the auth api', 'Auth'],
    ['api auth', 'Auth'],
    ['auth svc', 'Auth'],
    ['AUTH', 'Auth'],
    ['auht', 'Auth'],
    ['ａｕｔｈ', 'Auth'],
    ['аuth', 'Auth'],
    ['au\u200bth', 'Auth'],
    ['\u200fauth\u200e', 'Auth'],
    ['au\u00adth', 'Auth'],
    ['sso', 'Auth'],
    ['sign in', 'Auth'],
    ['chekout', 'Checkout'],
    ['checkout web', 'Checkout'],
    ['web checkout', 'Checkout'],
    ['payments db', 'Payments database'],
    ['db of payments', 'Payments database'],
    ['the payments database', 'Payments database'],
    ['edge', 'Edge gateway'],
    ['notifications', 'Notifications worker'],
    ['bridge', 'vm-erp-bridge-prd'],
    ['edge gw', 'Edge gateway'],
    ['notifs worker', 'Notifications worker'],
    ['orders api', 'OrdersApi'],
    ['team atlas', 'Atlas'],
    ['atlas crew', 'Atlas'],
    ['sre', 'Site Reliability'],
    ['reliability team', 'Site Reliability'],
    ['prod payments db', 'psql-payments-prd'],
    ['payments prod db', 'psql-payments-prd'],
    ['payments pg prod', 'psql-payments-prd'],
    ['production postgres of payments', 'psql-payments-prd'],
    ['paymnts prod db', 'psql-payments-prd'],
    ['payments staging database', 'psql-payments-stg'],
    ['ledger pg', 'psql-ledger-prd'],
    ['k8s dev cluster', 'aks-lab-dev'],
    ['search cluster in north europe', 'aks-search-prd-neu'],
    ['search aks neu', 'aks-search-prd-neu'],
    ['erp bridge', 'vm-erp-bridge-prd'],
    ['the erp bridge vm', 'vm-erp-bridge-prd'],
    ['jumpbox server', 'vm-jumpbox-dev'],
    ['jumpbox east us 2', 'vm-jumpbox-dev'],
    ['identity key vault', 'kv-identity-prd'],
    ['prod', 'production'],
    ['prodcution', 'production'],
    ['stg', 'staging'],
    ['dana', 'Dana Ortiz'],
    ['dana o', 'Dana Ortiz'],
    ['Dana O.', 'Dana Ortiz'],
    ['ortiz', 'Dana Ortiz'],
    ['Ortiz, Dana', 'Dana Ortiz'],
    ['Wojcik', 'Tomasz Wójcik'],
    ['tomasz', 'Tomasz Wójcik'],
    ['lee p', 'Lee Park'],
    ['INC-118', 'INC-118'],
    ['inc 118', 'INC-118'],
    ['inc118', 'INC-118'],
    ['#118', 'INC-118'],
    ['incident 118', 'INC-118'],
    ['118', 'INC-118'],
    ['#412', 'Retry the ledger'],
    ['contoso auth-api repo', 'contoso/auth-api'],
    ['nightly build of orders', 'orders nightly build'],
  ])('%s: %s', (words, name) => expect(meant(words)).toEqual([name]))

  test.each<[words: string, several: string[]]>([
    ['lee', ['Lee Chen', 'Lee Park']],
    ['search cluster', ['aks-search-prd', 'aks-search-prd-neu']],
    ['payments pg', ['psql-payments-prd', 'psql-payments-stg']],
  ])('%s, several are as likely', (words, several) => expect(meant(words)).toEqual(several))

  test.each([
    'zebra',
    'prod zebra db',
    'restarting auth did not help',
    'payments in tokyo',
    'database',
    'INC-119',
    'inc 1 1 8',
    'the',
    'of the',
    '',
    '🔥',
    '<b></b>',
    '${env}',
    "'; drop table services; --",
    'привет',
    'prod',
  ])('%s: nothing', (words) =>
    expect(
      meant(
        words,
        things.filter((kind) => kind !== 'Environment'),
      ),
    ).toEqual([]),
  )
})

test('words that leave none over say so, and those of which something was guessed do not', () => {
  const [one] = names.find('prod payments db', things)
  expect(one).toMatchObject({ name: 'psql-payments-prd', wordForWord: true })
  expect(names.find('bridge', things)[0]).toMatchObject({ name: 'vm-erp-bridge-prd', wordForWord: false })
  expect(names.find('paymnts prod db', things)[0]).toMatchObject({ wordForWord: false })
})

test('two names that only look alike are both offered, and none is taken', () => {
  const twins = createNameIndex([service('auth-api', 'auth-api'), service('twin', 'аuth-аpi')])
  expect(twins.find('auth-api', ['Service']).map(({ certainty }) => certainty)).toEqual([1, 1])
})

test('what is said of a thing follows it: its environment, its tags', () => {
  const moved = createNameIndex([
    resource('web-a', 'microsoft.web/sites', 'staging', 'westeurope', { app: 'kiosk' }),
    resource('web-b', 'microsoft.web/sites', 'production', 'westeurope', { app: 'kiosk' }),
  ])
  expect(moved.find('prod kiosk web app', ['Resource'])[0]?.name).toBe('web-b')
})
