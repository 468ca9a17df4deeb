import { resourceRef } from '../../../skills/kit/entity-ids.js'
import type { LinkReader } from '../../../skills/kit/link.js'

/** Hosts of Azure's portal by the host of its Resource Manager, as Microsoft lists both for its clouds. */
const portals: Readonly<Record<string, string>> = {
  'management.usgovcloudapi.net': 'portal.azure.us',
  'management.chinacloudapi.cn': 'portal.azure.cn',
}

/**
 * Reads addresses of Azure's portal, whose fragment names a resource by its id and then the page of it: `#@contoso.com/resource/subscriptions/…/
 * sites/auth-api-prd/configuration`. Some pages have the id as one encoded part.
 * @param arm address of the cloud's Resource Manager
 */
export const azureLinks = (arm: string | undefined): LinkReader => ({
  domains: [portals[new URL(arm ?? 'https://management.azure.com').hostname] ?? 'portal.azure.com'],
  read: ({ hash }) => candidatesOf(armPathIn(hash)).map((id) => resourceRef(id)),
})

function armPathIn(hash: string): string | undefined {
  const encoded = /%2Fsubscriptions%2F[^/]*/i.exec(hash)?.[0]
  const path = encoded ?? /\/subscriptions\/[^?]*/i.exec(hash)?.[0]
  try {
    return path && decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** The ids that a path may begin with, the longest first: what follows a resource is a part of it, or only a page. */
function candidatesOf(path: string | undefined): string[] {
  const [, group, provider, rest] =
    /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+)\/providers\/([^/]+)\/(.+)$/i.exec(path ?? '') ?? []
  if (!group || !provider || !rest) return []
  const parts = rest.split('/').filter(Boolean)
  const longest = Math.min(parts.length - (parts.length % 2), 8)
  const lengths = Array.from({ length: longest / 2 }, (_, n) => longest - 2 * n)
  return lengths.map((length) => [group, 'providers', provider, ...parts.slice(0, length)].join('/'))
}
