import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthority } from '../../../../infra/local/authority.js'
import { azure } from '../../../../infra/local/azure/azure.js'
import type { Vendor } from '../../../../infra/local/frame/router.js'
import type { Organisation } from '../../../../infra/local/organisation/model.js'
import { organisation, production } from '../../../../infra/local/testing/azure-tenant.js'
import { startVendors, type Started } from '../../../../infra/local/testing/start-vendors.js'
import type { Cloud, CloudAnswer } from '../../../../skills/kit/ports.js'
import { azureCloud } from '../cloud.js'

/** The local Azure over TLS with a clock that a test moves, and the real port on it. */
export interface LocalCloud extends Started {
  cloud: Cloud
  /** Changes that arrived at Azure, as `POST /subscriptions/…`. */
  sent: string[]
  /** Business time as the hub has it. */
  now(): string
  /** Moves business time on, in seconds. */
  advance(seconds: number): void
  /** Asks about an operation, moving time on as it says, until it is no longer under way. */
  follow(answer: CloudAnswer, most?: number): Promise<CloudAnswer>
}

export const shop = `/subscriptions/${production}/resourceGroups/rg-shop/providers`

/**
 * @param patience milliseconds a request may take
 * @param of whose Azure it is and the moment it begins at; a small shop's unless told
 */
export async function startLocalCloud(
  patience = { read: 5_000, change: 5_000 },
  of: { org: Organisation; now: string } = { org: organisation, now: '2026-11-20T10:00:00.000Z' },
): Promise<LocalCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'cloud-'))
  const { tls, ca } = await openAuthority(folder)
  const sent: string[] = []
  const watched = (vendor: Vendor): Vendor => ({
    ...vendor,
    handle: (request) => {
      if (request.method !== 'GET') sent.push(`${request.method} ${request.path}`)
      return vendor.handle(request)
    },
  })
  const started = await startVendors({
    org: structuredClone(of.org),
    tls,
    now: of.now,
    vendors: [(services) => watched(azure(services))],
  })
  const now = () => started.clock.now().toISOString()
  const advance = (seconds: number) => started.clock.set(new Date(started.clock.now().getTime() + seconds * 1000))
  const cloud = azureCloud({
    endpoint: `${started.base}/arm`,
    scope: 'https://management.azure.com/.default',
    credential: { getToken: async () => ({ token: 'app:nexus', expiresOnTimestamp: Date.now() + 3_600_000 }) },
    clock: { now },
    patience,
    ca,
  })
  const follow: LocalCloud['follow'] = async (answer, most = 20) => {
    let last = answer
    for (let asked = 0; last.state === 'working' && asked < most; asked++) {
      advance(Math.max(1, (Date.parse(last.askAgain) - Date.parse(now())) / 1000))
      last = await cloud.poll(last.operation)
    }
    return last
  }
  const close = async () => {
    await started.close()
    rmSync(folder, { recursive: true })
  }
  return { ...started, close, cloud, sent, now, advance, follow }
}
