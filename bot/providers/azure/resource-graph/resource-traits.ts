import type { Json } from '../../../../skills/kit/model.js'
import type { Fields } from '../../../fields.js'

/** What each provider writes in its own way, in the words of the catalog. Each is undefined where the provider does not say it. */

/** Size, and how many there are: of the SKU, a machine's size or a cluster's pools. */
export function sizeOf(row: Fields): Record<string, Json> {
  const properties = row.object('properties')
  const sku = row.object('sku').has('name') ? row.object('sku') : properties.object('sku')
  const name = sku.text('name') ?? properties.object('hardwareProfile').text('vmSize')
  const pools = properties.objects('agentPoolProfiles').map((pool) => Number(pool.text('count')))
  const capacity = pools.length ? pools.reduce((sum, count) => sum + count, 0) : Number(sku.text('capacity'))
  const counts = Number.isInteger(capacity) && capacity >= 0 && sku.text('capacity') !== undefined
  const written = [name, counts && capacity > 0 && `× ${capacity}`].filter(Boolean).join(' ')
  return {
    ...(name !== undefined && { sku: written }),
    ...((counts || (pools.length > 0 && Number.isInteger(capacity))) && { capacity }),
  }
}

const powers = ['running', 'starting', 'stopping', 'stopped', 'deallocating', 'deallocated', 'unknown']

/** Whether it runs: a machine's power state, a cluster's, or an app's state. */
export function powerOf(type: string, properties: Fields): string | undefined {
  const machine = properties.object('extended').object('instanceView').object('powerState').text('code')
  const app = /^microsoft\.web\/sites(\/slots)?$/i.test(type) ? properties.text('state') : undefined
  const said = (machine ?? properties.object('powerState').text('code') ?? app)
    ?.replace(/^PowerState\//i, '')
    .toLowerCase()
  return said !== undefined && powers.includes(said) ? said : undefined
}

/** Whether it can be reached from the internet, as far as one property says it. */
export function isPublic(type: string, properties: Fields): boolean | undefined {
  if (/^microsoft\.network\/publicipaddresses$/i.test(type)) return true
  const access = (
    properties.text('publicNetworkAccess') ?? properties.object('network').text('publicNetworkAccess')
  )?.toLowerCase()
  if (access === undefined) return undefined
  const closed = properties.object('networkAcls').text('defaultAction')?.toLowerCase() === 'deny'
  return access === 'enabled' && !closed
}

/** The least version of TLS it takes, as `1.2`. */
export function leastTls(properties: Fields): string | undefined {
  const said =
    properties.text('minimumTlsVersion') ??
    properties.text('minimalTlsVersion') ??
    properties.text('minTlsVersion') ??
    properties.object('siteConfig').text('minTlsVersion')
  const [, major, minor] = /^(?:TLS)?(1)[._]([0-3])$/i.exec(said ?? '') ?? []
  return major === undefined ? undefined : `${major}.${minor}`
}

/** How many days back it can be restored, by its own backup policy: PostgreSQL, MySQL and Cosmos DB say it in Resource Graph. */
export function retentionIn(properties: Fields): number | undefined {
  const days = Number(properties.object('backup').text('backupRetentionDays'))
  if (Number.isInteger(days) && days > 0) return days
  const policy = properties.object('backupPolicy')
  const tier = /^Continuous(\d+)Days$/i.exec(policy.object('continuousModeProperties').text('tier') ?? '')?.[1]
  if (tier !== undefined) return Number(tier)
  const hours = Number(policy.object('periodicModeProperties').text('backupRetentionIntervalInHours'))
  return Number.isFinite(hours) && hours > 0 ? Math.floor(hours / 2.4) / 10 : undefined
}
