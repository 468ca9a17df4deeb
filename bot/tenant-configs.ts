import { ConfigError, readConfig, type Config } from './config.js'

/** What is one organisation's alone: who it is, what it proves itself with, and what others prove themselves to it with. */
const own =
  /^(AZURE_|NEXUS_APP_AUDIENCE|NEXUS_BOT_(APP|TENANT)_|NEXUS_ROLE_GROUPS|NEXUS_CHANNELS|NEXUS_SETTINGS_|NEXUS_AZURE_|NEXUS_(GITHUB|PAGERDUTY|OPSGENIE|EVENT_GRID|ALERTMANAGER)_)/
/** Addresses of vendors' clouds, which organisations have in common unless told. */
const common = /^AZURE_AUTHORITY_HOST$|_ENDPOINT$/
/** What is the hub's: its process, its port, its store, its clock and its audit keys. */
const hub = /^NEXUS_(PORT|HOST|STORE|DATA|CLOCK|TENANTS)|^NEXUS_COSMOS_|^NEXUS_STORE_|^NEXUS_AUDIT_/

/**
 * Reads the environment of a hub that serves several organisations. The first is described by the plain variables; `NEXUS_TENANTS` names the
 * others, such as `fabrikam, adventure`, each described by variables with its name before them: `FABRIKAM__AZURE_TENANT_ID`. What is an
 * organisation's alone is never taken from the first; the rest, such as how often sources are read, is the same unless told.
 * @throws ConfigError naming everything that is missing or wrong, of all of them
 */
export function readTenantConfigs(environment: Record<string, string | undefined>): [Config, ...Config[]] {
  const names = (environment.NEXUS_TENANTS ?? '')
    .split(',')
    .map((name) => name.trim().toUpperCase())
    .filter(Boolean)
  const problems = names
    .filter((name) => !/^[A-Z][A-Z0-9]{0,39}$/.test(name))
    .map((name) => `NEXUS_TENANTS: ${name} must be letters and digits`)
  if (new Set(names).size < names.length) problems.push('NEXUS_TENANTS names an organisation twice')
  const plain = Object.entries(environment).filter(([name]) => !name.includes('__'))
  const shared = plain.filter(([name]) => common.test(name) || !own.test(name))
  const attempt = (variables: [string, string | undefined][], prefix: string): Config[] => {
    try {
      return [readConfig(Object.fromEntries(variables))]
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      problems.push(...error.problems.map((problem) => prefix + problem))
      return []
    }
  }
  const [first] = attempt(plain, '')
  const others = names.flatMap((name) => {
    const prefix = `${name}__`
    const given = Object.entries(environment)
      .filter(([variable]) => variable.startsWith(prefix))
      .map(([variable, value]): [string, string | undefined] => [variable.slice(prefix.length), value])
    const foreign = given.filter(([variable]) => hub.test(variable))
    problems.push(...foreign.map(([variable]) => `${prefix}${variable} is the hub's, the same for every organisation`))
    return attempt([...shared, ...given.filter((one) => !foreign.includes(one))], prefix)
  })
  const tenants = [...(first ? [first] : []), ...others].map(({ AZURE_TENANT_ID: tenant }) => tenant.toLowerCase())
  if (new Set(tenants).size < tenants.length)
    problems.push('Two organisations have the same AZURE_TENANT_ID: one Entra tenant is one organisation')
  if (!first || problems.length) throw new ConfigError(problems)
  return [first, ...others]
}
