import { armId } from '../resource-graph/arm-ids.js'
import { placedBy } from '../resource-graph/placed-by.js'
import { tagsOf } from '../resource-graph/tags.js'
import { fieldsOf } from '../../../fields.js'

/** An API Management service. */
export interface GatewayService {
  /** ARM id in lower case. */
  id: string
  name: string
  /** `https://api.contoso.com`: the address that its owner chose, else the one that Azure gave it. */
  address: string
  /** In the name that policies use, where its tags say it. */
  environment?: string
}

/** The services, with where they are reached; the table Resources has them as Resource Manager does. */
export const servicesQuery =
  "Resources | where type =~ 'microsoft.apimanagement/service' | extend key=tolower(id) | order by key asc | project id, name, tags, gatewayUrl=tostring(properties.gatewayUrl), hosts=properties.hostnameConfigurations, asked=now()"

/** Reads a row of `servicesQuery`; undefined for what is none. */
export function readGatewayService(raw: unknown): GatewayService | undefined {
  const row = fieldsOf(raw)
  const id = armId(row.text('id', 2_049))
  if (id === undefined) return undefined
  const name = row.text('name') ?? id.split('/').at(-1)!
  const { environment } = placedBy(tagsOf((raw as { tags?: unknown }).tags))
  const own = row
    .objects('hosts')
    .filter((host) => host.text('type')?.toLowerCase() === 'proxy')
    .toSorted((a, b) => rank(a.text('defaultSslBinding')) - rank(b.text('defaultSslBinding')))
    .map((host) => host.text('hostName'))
    .find((host) => host !== undefined && !host.endsWith('.azure-api.net'))
  const address = own ? `https://${own}` : (row.text('gatewayUrl') ?? `https://${name}.azure-api.net`)
  return { id, name, address: address.replace(/\/+$/, ''), ...(environment && { environment }) }
}

/** The host that clients without SNI are answered by is the first that is named. */
const rank = (isDefault: string | undefined): number => (isDefault === 'true' ? 0 : 1)
