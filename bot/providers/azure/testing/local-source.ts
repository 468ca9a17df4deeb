import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CatalogSource } from '../../../../skills/kit/catalog-source.js'
import { openAuthority } from '../../../../infra/local/authority.js'
import { azure } from '../../../../infra/local/azure/azure.js'
import type { Services } from '../../../../infra/local/frame/services.js'
import type { Vendor, VendorRequest, VendorResponse } from '../../../../infra/local/frame/router.js'
import type { Organisation } from '../../../../infra/local/organisation/model.js'
import { resourceGraph } from '../../../../infra/local/resource-graph/resource-graph.js'
import { QueryQuota } from '../../../../infra/local/resource-graph/quota.js'
import { startVendors, type Started } from '../../../../infra/local/testing/start-vendors.js'
import type { Json } from '../../../../skills/kit/model.js'
import type { CloudAnswer } from '../../../../skills/kit/ports.js'
import type { AzureOptions } from '../azure-options.js'
import { azureSource } from '../azure-source.js'
import { azureCloud } from '../cloud.js'

/** The local Azure over TLS with a clock that a test moves, and the real source on it. */
export interface LocalSource extends Started {
  /** A source as a hub that has just started has it. */
  open(): CatalogSource
  /** Where it is, and who asks. */
  options: AzureOptions
  /** Texts of the queries that arrived, the oldest first. */
  asked: string[]
  /** A change through Resource Manager; the path has its api-version. */
  change(method: 'PUT' | 'PATCH' | 'POST' | 'DELETE', path: string, body?: Json): Promise<CloudAnswer>
  /** Paths of the reads of Resource Manager that arrived, the oldest first. */
  read: string[]
  /** What Resource Manager answers instead, from now on; undefined from it leaves the request to the local Azure. */
  instead(answer: (request: VendorRequest) => VendorResponse | undefined): void
  /** Moves business time on, in seconds. */
  advance(seconds: number): void
}

/** A quota that is never used up, for tests that are not about it. */
export const endlessQuota = (): QueryQuota => {
  let seconds = 0
  return new QueryQuota(() => (seconds += 10))
}

/**
 * @param of whose Azure it is and the moment it begins at
 * @param quota Resource Graph's; endless unless told
 */
export async function startLocalSource(
  of: { org: Organisation; now: string; generatedResources?: number },
  quota = endlessQuota(),
): Promise<LocalSource> {
  const folder = mkdtempSync(join(tmpdir(), 'azure-source-'))
  const { tls, ca } = await openAuthority(folder)
  const asked: string[] = []
  const watched = (vendor: Vendor): Vendor => ({
    ...vendor,
    handle: (request) => {
      const { query } = (request.body ?? {}) as { query?: string }
      if (query !== undefined) asked.push(query)
      return vendor.handle(request)
    },
  })
  const read: string[] = []
  let instead: (request: VendorRequest) => VendorResponse | undefined = () => undefined
  const interrupted = (vendor: Vendor): Vendor => ({
    ...vendor,
    handle: (request) => {
      if (request.method === 'GET') read.push(request.path)
      return instead(request) ?? vendor.handle(request)
    },
  })
  const { generatedResources } = of
  const told = (services: Services): Services =>
    generatedResources === undefined ? services : Object.assign(services, { generatedResources })
  const started = await startVendors({
    org: structuredClone(of.org),
    tls,
    now: of.now,
    vendors: [(services) => interrupted(azure(told(services))), (services) => watched(resourceGraph(services, quota))],
  })
  const token = { token: 'app:nexus', expiresOnTimestamp: Date.now() + 3_600_000 }
  const options: AzureOptions = {
    endpoint: `${started.base}/arm`,
    scope: 'https://management.azure.com/.default',
    credential: { getToken: async () => token },
    ca,
  }
  const cloud = azureCloud({ ...options, clock: { now: () => started.clock.now().toISOString() } })
  return {
    ...started,
    ...{ asked, read, options },
    instead: (answer) => void (instead = answer),
    open: () => azureSource(options),
    change: async (method, path, body) => {
      const [at, apiVersion = ''] = path.split('?api-version=')
      return cloud.send({ method, path: at!, apiVersion, ...(body !== undefined && { body }) }, randomUUID())
    },
    advance: (seconds) => started.clock.set(new Date(started.clock.now().getTime() + seconds * 1000)),
    close: async () => {
      await started.close()
      rmSync(folder, { recursive: true })
    },
  }
}
