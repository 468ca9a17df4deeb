import { serviceRef } from '../../../../skills/kit/entity-ids.js'
import type { Ref } from '../../../../skills/kit/model.js'
import { fieldsOf } from '../../../fields.js'
import { armId } from '../resource-graph/arm-ids.js'
import type { Graph } from '../resource-graph/graph.js'
import { namedBy, tagsOf } from '../resource-graph/tags.js'

/** What Azure runs behind a host name. */
export interface Host {
  /** ARM id in lower case. */
  id: string
  name: string
  /** Whose it is by its tag. */
  service?: Ref
}

/** Web apps, their slots and container apps, with the names by which they are called. */
const hostsQuery =
  "Resources | where type in~ ('microsoft.web/sites', 'microsoft.web/sites/slots', 'microsoft.app/containerapps') | extend key=tolower(id) | order by key asc | project id, name, tags, main=tostring(properties.defaultHostName), names=properties.hostNames, ingress=tostring(properties.configuration.ingress.fqdn)"

/** What answers to which host name, and what is behind an ARM id, both in lower case. */
export interface Hosts {
  named: ReadonlyMap<string, Host>
  byId: ReadonlyMap<string, Host>
}

/** What in Azure may stand behind a gateway. */
export async function readHosts(graph: Graph, signal: AbortSignal): Promise<Hosts> {
  const named = new Map<string, Host>()
  const byId = new Map<string, Host>()
  for await (const { rows, raw } of graph.pages({ text: hostsQuery }, signal))
    for (const [index, row] of rows.entries()) {
      const id = armId(row.text('id', 2_049))
      if (id === undefined) continue
      const service = namedBy(tagsOf((raw[index] as { tags?: unknown }).tags), 'service')
      const host = { id, name: row.text('name') ?? id, ...(service && { service: serviceRef(service) }) }
      byId.set(id, host)
      for (const name of [...row.texts('names'), row.text('main'), row.text('ingress')])
        if (name && !named.has(name.toLowerCase())) named.set(name.toLowerCase(), host)
    }
  return { named, byId }
}

/** A backend that a service keeps by name, for its policies. */
export interface Backend {
  name: string
  url?: string
  /** ARM id in lower case of what it is, where it is told. */
  resource?: string
}

/** Reads a row of "Backend - List By Service"; undefined for what is none. Its credentials are not looked at. */
export function readBackend(raw: unknown): Backend | undefined {
  const row = fieldsOf(raw)
  const [name, properties] = [row.text('name'), row.object('properties')]
  if (!name) return undefined
  const url = properties.text('url', 2_000)
  // `https://management.azure.com/subscriptions/…`: the address of Resource Manager, and the id.
  const resource = armId(properties.text('resourceId', 2_200)?.replace(/^https:\/\/[^/]+/i, ''))
  return { name, ...(url && { url }), ...(resource && { resource }) }
}

/** Where a policy sends calls: the name of a backend, or an address; undefined where it does not, or works it out for each call. */
export function backendInPolicy(xml: string): { backend?: string; url?: string } | undefined {
  const [, attributes] = /<set-backend-service\b([^>]*)>/i.exec(xml.replace(/<!--[^]*?-->/g, '')) ?? []
  if (attributes === undefined) return undefined
  const attribute = (name: string) => new RegExp(`\\b${name}\\s*=\\s*"([^"@]+)"`, 'i').exec(attributes)?.[1]
  const [backend, url] = [attribute('backend-id'), attribute('base-url')]
  return backend ? { backend } : url ? { url } : undefined
}

/** What stands behind an address: what answers to its host, else what a backend of that address is said to be. */
export function hostBehind(url: string, hosts: Hosts, backends: readonly Backend[]): Host | undefined {
  const host = hostOf(url)
  const said = backends.find((one) => one.resource && one.url && hostOf(one.url) === host)
  return (host === undefined ? undefined : hosts.named.get(host)) ?? (said && hosts.byId.get(said.resource!))
}

const hostOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).hostname.toLowerCase() || undefined : undefined
