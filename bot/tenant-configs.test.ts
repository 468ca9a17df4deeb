import { expect, test } from '@jest/globals'
import { ConfigError } from './config.js'
import { readTenantConfigs } from './tenant-configs.js'

const [a, b, c] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0d4b-4a54-9c1f-0f5f6f7a8b9c`) as [
  string,
  string,
  string,
]
const first = { AZURE_TENANT_ID: a, AZURE_CLIENT_ID: a, NEXUS_BOT_APP_ID: a, NEXUS_PAGERDUTY_TOKEN: 'of the first' }
const second = { FABRIKAM__AZURE_TENANT_ID: b, FABRIKAM__AZURE_CLIENT_ID: b, FABRIKAM__NEXUS_BOT_APP_ID: b }
const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readTenantConfigs(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('one organisation is described as ever', () =>
  expect(readTenantConfigs(first)).toMatchObject([{ AZURE_TENANT_ID: a, NEXUS_PAGERDUTY_TOKEN: 'of the first' }]))

test('another has what is said of it, and what all share; what is the first’s alone it has not', () => {
  const environment = {
    ...first,
    ...{ NEXUS_SETTINGS_REPOSITORY: 'settings', NEXUS_GITHUB_ORGANISATION: 'contoso' },
    ...{ NEXUS_GITHUB_APP_ID: '7', NEXUS_GITHUB_PRIVATE_KEY: 'key', NEXUS_GITHUB_WEBHOOK_SECRET: 'x'.repeat(20) },
    ...{ NEXUS_SYNC_MINUTES: '7', NEXUS_ARM_ENDPOINT: 'https://arm.example', NEXUS_TENANTS: 'fabrikam' },
    ...{ ...second, FABRIKAM__NEXUS_OPSGENIE_KEY: 'of the second' },
  }
  const [one, other] = readTenantConfigs(environment)
  expect(one).toMatchObject({ AZURE_TENANT_ID: a, NEXUS_SETTINGS_REPOSITORY: 'settings' })
  expect(one.NEXUS_OPSGENIE_KEY).toBeUndefined()
  expect(other).toMatchObject({ AZURE_TENANT_ID: b, NEXUS_SYNC_MINUTES: 7, NEXUS_ARM_ENDPOINT: 'https://arm.example' })
  const theirs = Object.keys(other!).filter((name) =>
    /GITHUB_(?!ENDPOINT)|SETTINGS_REP|PAGERDUTY_TOKEN|WEBHOOK/.test(name),
  )
  expect(theirs).toEqual([])
})

test.each<[what: string, environment: Record<string, string>, problem: RegExp]>([
  [
    'an id is missing',
    { ...first, NEXUS_TENANTS: 'fabrikam', FABRIKAM__AZURE_TENANT_ID: b },
    /FABRIKAM__AZURE_CLIENT_ID is missing/,
  ],
  [
    'the same tenant twice',
    { ...first, ...second, NEXUS_TENANTS: 'fabrikam', FABRIKAM__AZURE_TENANT_ID: a.toUpperCase() },
    /same AZURE_TENANT_ID/,
  ],
  ['the same name twice', { ...first, ...second, NEXUS_TENANTS: 'fabrikam,Fabrikam' }, /names an organisation twice/],
  ['a name that is none', { ...first, NEXUS_TENANTS: 'fabri-kam' }, /FABRI-KAM must be letters and digits/],
  [
    'a port of its own',
    { ...first, ...second, NEXUS_TENANTS: 'fabrikam', FABRIKAM__NEXUS_PORT: '1' },
    /FABRIKAM__NEXUS_PORT is the hub's/,
  ],
  [
    'a store of its own',
    { ...first, ...second, NEXUS_TENANTS: 'fabrikam', FABRIKAM__NEXUS_DATA: 'x' },
    /FABRIKAM__NEXUS_DATA is the hub's/,
  ],
])('%s', (_what, environment, problem) => expect(problemsOf(environment).join('\n')).toMatch(problem))

test('mistakes of all organisations are named at once', () =>
  expect(problemsOf({ NEXUS_TENANTS: 'fabrikam', AZURE_TENANT_ID: c })).toHaveLength(5))
