import type { Claim } from '../../../../skills/kit/model.js'
import { fieldsOf } from '../../../fields.js'
import { ArmRefused } from './arm-reader.js'
import { backendInPolicy, hostBehind, type Host } from './backends.js'
import { claimOfApi, type Publication } from './claim-api.js'
import { insideVersion, type Inventory, type Readers } from './inventory.js'
import type { PublishedApi } from './published-api.js'

/** Paths that are kept: the others are counted, as of files that declare APIs. */
const mostPaths = 200

/**
 * The claim of an API of the inventory, with its operations, and with what stands behind it where only a policy says that. What was taken
 * away meanwhile, or is closed to Nexus, is left out: the next reading knows better.
 * @param publications the most important first; one at least
 */
export async function describeApi(
  publications: readonly PublishedApi[],
  inventory: Inventory,
  { arm }: Readers,
  signal: AbortSignal,
): Promise<Claim> {
  const query = { 'api-version': insideVersion }
  /** What is read of one API; undefined where there is no such thing, or Nexus may not see it. */
  const ifThere = async <T>(read: () => Promise<T>): Promise<T | undefined> =>
    read().catch((error: unknown) => {
      if (error instanceof ArmRefused) return undefined
      throw error
    })

  async function operationsOf({ arm: id }: PublishedApi): Promise<{ count: number; paths: string[] }> {
    const paths = new Set<string>()
    let count = 0
    for await (const rows of arm.pages(`${id}/operations`, query, signal)) {
      count += rows.length
      for (const row of rows) paths.add(fieldsOf(row).object('properties').text('urlTemplate', 600) ?? '/')
    }
    return { count, paths: [...paths].sort().slice(0, mostPaths) }
  }

  async function backendOf(api: PublishedApi): Promise<Host | undefined> {
    const backends = inventory.backends.get(api.service.id) ?? []
    const { hosts } = inventory
    if (api.backendUrl !== undefined) return hostBehind(api.backendUrl, hosts, backends)
    const policy = await ifThere(() => arm.one(`${api.arm}/policies/policy`, { ...query, format: 'rawxml' }, signal))
    const { value } = fieldsOf(policy).has('properties')
      ? (policy as { properties: { value?: unknown } }).properties
      : {}
    const target = typeof value === 'string' ? backendInPolicy(value) : undefined
    const named = backends.find(({ name }) => name.toLowerCase() === target?.backend?.toLowerCase())
    const url = target?.url ?? named?.url
    const told = named?.resource === undefined ? undefined : hosts.byId.get(named.resource)
    return told ?? (url === undefined ? undefined : hostBehind(url, hosts, backends))
  }

  const [first] = publications as readonly [PublishedApi]
  const operations = await ifThere(() => operationsOf(first))
  const described: Publication[] = []
  for (const one of publications) {
    const backend = await backendOf(one)
    const [products, tags] = [inventory.products.get(one.arm) ?? [], inventory.tags.get(one.arm) ?? []]
    described.push({ ...one, products, tags, ...(backend && { backend }) })
  }
  return claimOfApi({ publications: described, ...(operations && { operations }) })
}
