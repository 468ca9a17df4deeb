import type { AzureStore } from '../../azure/store.js'
import { uuidOf } from '../../frame/ids.js'
import { placeOf, type TableRow } from './row.js'

type Properties = Record<string, unknown>

/** Hardening that Defender counts, by type: what it is called, and whether a resource has it. */
const controls: Record<string, { title: string; met(properties: Properties): boolean }> = {
  'Microsoft.Web/sites': {
    title: 'App Service apps should only be accessible over HTTPS',
    met: (properties) => properties['httpsOnly'] === true,
  },
  'Microsoft.Storage/storageAccounts': {
    title: 'Storage account should not allow anonymous access or old TLS',
    met: (properties) => properties['allowBlobPublicAccess'] !== true && properties['minimumTlsVersion'] !== 'TLS1_0',
  },
  'Microsoft.KeyVault/vaults': {
    title: 'Key vaults should have purge protection or no public access',
    met: (properties) =>
      properties['publicNetworkAccess'] === 'Disabled' || properties['enablePurgeProtection'] === true,
  },
  'Microsoft.Sql/servers': {
    title: 'SQL servers should take TLS 1.2 at least',
    met: (properties) => ['1.2', '1.3'].includes(String(properties['minimalTlsVersion'] ?? '1.2')),
  },
  'Microsoft.Cache/redis': {
    title: 'Redis should only take encrypted connections',
    met: (properties) => properties['enableNonSslPort'] !== true,
  },
}

/** A control of a resource, judged. */
interface Judged {
  id: string
  title: string
  met: boolean
}

const judge = (store: AzureStore, scope?: string): Judged[] =>
  (scope === undefined ? store.all() : store.below(scope)).flatMap(({ resource }) => {
    const control = controls[resource.type]
    return control ? [{ id: resource.id, title: control.title, met: control.met(resource.properties) }] : []
  })

function assessment({ id, title, met }: Judged): TableRow {
  const name = uuidOf(title)
  return {
    id: `${id}/providers/Microsoft.Security/assessments/${name}`,
    name,
    type: 'microsoft.security/assessments',
    ...placeOf(id),
    properties: {
      displayName: title,
      resourceDetails: { Source: 'Azure', Id: id },
      status: { code: met ? 'Healthy' : 'Unhealthy' },
    },
  }
}

function secureScore(store: AzureStore, subscriptionId: string): TableRow {
  const judged = judge(store, `/subscriptions/${subscriptionId}`)
  const current = judged.filter(({ met }) => met).length
  const max = judged.length
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/secureScores/ascScore`,
    name: 'ascScore',
    type: 'microsoft.security/securescores',
    subscriptionId,
    properties: {
      displayName: 'ASC score',
      environment: 'Azure',
      score: { current, max, percentage: max ? current / max : 1 },
      weight: max,
    },
  }
}

/** SecurityResources: assessments, a secure score for each subscription from them, and Defender's plans. */
export function security(store: AzureStore): TableRow[] {
  const plans = store.all().filter(({ resource }) => resource.type === 'Microsoft.Security/pricings')
  return [
    ...store.services.org.subscriptions.map(({ id }) => secureScore(store, id)),
    ...plans.map(({ resource }) => ({ ...resource, ...placeOf(resource.id) })),
    ...judge(store).map(assessment),
  ]
}
