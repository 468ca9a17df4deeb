import type { ResourceGraphClient } from '@azure/arm-resourcegraph'
import type { TokenCredential } from '@azure/identity'
import { sweepOfAll, type CatalogSource } from '../../../skills/kit/catalog-source.js'
import { resourceRef, serviceRef, teamRef } from '../../../skills/kit/entity-ids.js'
import { environmentAliases, environmentRef } from '../../../skills/kit/environment-names.js'
import { unavailable } from '../../../skills/kit/errors.js'
import type { Claim, Json } from '../../../skills/kit/model.js'

/** Where Azure Resource Manager is, and who asks. */
export interface AzureOptions {
  /** `https://management.azure.com` in the public cloud. */
  endpoint: string
  /** Scope of its tokens: `https://management.azure.com/.default`. */
  scope: string
  credential: TokenCredential
}

/** One row of the resources query. */
interface ResourceRow {
  id: string
  name: string
  type: string
  kind: string | null
  location: string
  resourceGroup: string
  subscriptionId: string
  sku: { name?: string; tier?: string; capacity?: number } | null
  tags: Record<string, string> | null
  version: string
}

interface HealthRow {
  id: string
  target: string
  state: string
}

/** Ordered by id and with the id in the projection, so that `$skipToken` pages are stable (Resource Graph, "Working with large data sets"). */
const resourcesQuery =
  'Resources | project id, name, type, kind, location, resourceGroup, subscriptionId, sku, tags, version=tostring(properties.version) | order by id asc'
const healthQuery =
  "HealthResources | where type =~ 'microsoft.resourcehealth/availabilitystatuses' | project id, target=tolower(tostring(properties.targetResourceId)), state=tostring(properties.availabilityState) | order by id asc"

/** Most rows Resource Graph gives a page. */
const pageSize = 1000

/** Azure's resources with their tags and health, from Resource Graph. */
export function azureSource(options: AzureOptions): CatalogSource {
  let connected: Promise<ResourceGraphClient> | undefined
  return {
    name: 'azure',
    title: 'Azure',
    sweep: sweepOfAll(async (signal) => {
      const client = await (connected ??= connect(options))
      const resources = await queryAll<ResourceRow>(client, resourcesQuery, signal)
      const health = new Map(
        (await queryAll<HealthRow>(client, healthQuery, signal)).map(({ target, state }) => [target, state]),
      )
      const claims = resources.map((row) => claimOf(row, health.get(row.id.toLowerCase())))
      return [...claims, ...environmentsOf(claims)]
    }),
  }
}

/** Loads the SDK with the first sync, so that the hub does not start later for it. */
async function connect({ endpoint, scope, credential }: AzureOptions): Promise<ResourceGraphClient> {
  const { ResourceGraphClient } = await import('@azure/arm-resourcegraph')
  return new ResourceGraphClient(credential, '', { endpoint, credentials: { scopes: [scope] } })
}

async function queryAll<Row>(client: ResourceGraphClient, query: string, signal: AbortSignal): Promise<Row[]> {
  const rows: Row[] = []
  let skipToken: string | undefined
  do {
    try {
      const page = await client.resources(
        { query, options: { top: pageSize, resultFormat: 'objectArray', ...(skipToken && { skipToken }) } },
        { abortSignal: signal },
      )
      rows.push(...(page.data as Row[]))
      skipToken = page.skipToken
    } catch (error) {
      throw unavailable(`Azure Resource Graph ${said(error)}.`, undefined, error)
    }
  } while (skipToken)
  return rows
}

/** The vendor's status in plain words; its message stays in the log. */
function said(error: unknown): string {
  const status = (error as { statusCode?: number | string }).statusCode
  if (Number(status) === 429) return 'asks to wait: its quota is used up'
  return Number(status) === 401 || Number(status) === 403 ? "refuses Nexus's credential" : 'does not answer'
}

function claimOf(row: ResourceRow, health: string | undefined): Claim {
  const tags = row.tags ?? {}
  const environment = tag(tags, 'env', 'environment')
  const service = tag(tags, 'service')
  const team = tag(tags, 'team', 'owner')
  const props: Record<string, Json> = {
    type: row.type,
    region: row.location,
    resourceGroup: row.resourceGroup,
    subscription: row.subscriptionId,
    tags,
    ...(row.sku?.name && {
      sku: [row.sku.name, row.sku.capacity && `× ${row.sku.capacity}`].filter(Boolean).join(' '),
    }),
    ...(row.kind && { variant: row.kind }),
    ...(environment && { environment }),
    ...(row.version && { version: row.version }),
    ...(health && { state: health }),
  }
  return {
    ...resourceRef(row.id),
    name: row.name,
    props,
    relations: [
      ...(service ? [{ type: 'partOf' as const, to: serviceRef(service), why: 'tag service' }] : []),
      ...(team ? [{ type: 'ownedBy' as const, to: teamRef(team), why: 'tag team' }] : []),
      ...(environment ? [{ type: 'runsIn' as const, to: environmentRef(environment), why: 'tag env' }] : []),
    ],
  }
}

/** Tag names have no case in Azure; the first of the names that is set counts. */
function tag(tags: Record<string, string>, ...names: string[]): string | undefined {
  for (const name of names) {
    const found = Object.entries(tags).find(([key, value]) => key.toLowerCase() === name && value.trim() !== '')
    if (found) return found[1]
  }
  return undefined
}

/** The environments that resources name, each once, by the name that most of them use. */
function environmentsOf(claims: readonly Claim[]): Claim[] {
  const counts = new Map<string, number>()
  for (const { props } of claims)
    if (typeof props.environment === 'string') counts.set(props.environment, (counts.get(props.environment) ?? 0) + 1)
  const found = new Map<string, Claim & { props: { resources: number } }>()
  for (const [name, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    const ref = environmentRef(name)
    const known = found.get(ref.id)
    if (known) known.props.resources += count
    else found.set(ref.id, { ...ref, name, aliases: environmentAliases(name), props: { resources: count } })
  }
  return [...found.values()]
}
