import { armId } from './arm-ids.js'

/** Properties by which a resource names another that it needs, in lower case; their types are in their names. */
const direct = new Set([
  'serverfarmid',
  'virtualnetworksubnetid',
  'managedenvironmentid',
  'environmentid',
  'workspaceresourceid',
  'loganalyticsworkspaceresourceid',
  'sourceserverresourceid',
  'sourceresourceid',
  'privatelinkserviceid',
  'vnetsubnetid',
  'delegatedsubnetresourceid',
  'privatednszonearmresourceid',
  'targetresourceuri',
  'elasticpoolid',
  'diskencryptionsetid',
])
/** Objects whose `id` is such a name. */
const holders = new Set([
  'manageddisk',
  'networkinterfaces',
  'subnet',
  'publicipaddress',
  'networksecuritygroup',
  'availabilityset',
  'virtualmachinescaleset',
  'routetable',
  'natgateway',
  'hostpool',
])
/** What is looked at of one resource: levels below `properties`, and values in all. */
const most = { depth: 8, values: 5_000, found: 100 }

/**
 * The ids of resources that a resource needs, by what its properties say, each once. A part of a resource that is in no table of its own,
 * such as a subnet, counts as the resource.
 * @param properties as the resource's provider writes them, of any form
 * @param own its own id, in lower case
 */
export function referencesIn(properties: unknown, identity: unknown, own: string): string[] {
  const found = new Set<string>()
  let seen = 0
  const add = (value: unknown) => {
    const id = typeof value === 'string' ? armId(value) : undefined
    const target = id && /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\//.test(id) ? topOf(id) : undefined
    if (target && target !== own && found.size < most.found) found.add(target)
  }
  const walk = (value: unknown, key: string, depth: number): void => {
    if (++seen > most.values || depth > most.depth || typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) return value.forEach((item) => walk(item, key, depth + 1))
    for (const [name, inner] of Object.entries(value)) {
      const lower = name.toLowerCase()
      if (direct.has(lower) || (lower === 'id' && holders.has(key))) add(inner)
      else walk(inner, lower, depth + 1)
    }
  }
  walk(properties, '', 0)
  const assigned = (identity as { userAssignedIdentities?: unknown } | null | undefined)?.userAssignedIdentities
  if (typeof assigned === 'object' && assigned !== null) Object.keys(assigned).forEach(add)
  return [...found]
}

/** Parts that Resource Graph lists with their resource and not by themselves. */
const parts = /\/(subnets|frontendipconfigurations|ipconfigurations|virtualmachines\/\d+)\/.*$/

const topOf = (id: string): string => (parts.test(id) ? id.replace(parts, '') : id)
