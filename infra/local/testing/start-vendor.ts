import { tenantClock, type TenantClock } from '../frame/clock.js'
import { Faults } from '../frame/faults.js'
import type { Vendor } from '../frame/router.js'
import type { Services, TokenClaims } from '../frame/services.js'
import { memoryState } from '../frame/state.js'
import type { Organisation } from '../organisation/model.js'
import { listen } from '../server.js'

export interface StartOptions {
  org: Organisation
  vendors: ((services: Services) => Vendor)[]
  /** PEM key and certificate; absent, plain HTTP. */
  tls?: { key: string; cert: string }
  clock?: TenantClock
  /** Absent, `plainToken` is used. */
  verifyToken?: Services['verifyToken']
}

export interface Started {
  /** Address without a trailing slash. */
  base: string
  services: Services & { faults: Faults }
  close(): Promise<void>
}

/** Serves vendors on a free port for a test: state in memory, faults to play, background work on real timers. */
export async function startVendors(options: StartOptions): Promise<Started> {
  const faults = new Faults()
  const timers: NodeJS.Timeout[] = []
  const services: Started['services'] = {
    org: options.org,
    clock: options.clock ?? tenantClock(),
    open: (_name, seed) => memoryState(seed()),
    base: '',
    verifyToken: options.verifyToken ?? ((authorization) => Promise.resolve(plainToken(authorization, options.org))),
    after: (ms, work) => void timers.push(setTimeout(work, ms).unref()),
    faults,
  }
  const listening = await listen({
    port: 0,
    faults,
    ...(options.tls && { tls: options.tls }),
    vendors: (url) => {
      services.base = url
      return options.vendors.map((create) => create(services))
    },
  })
  const close = () => {
    timers.forEach(clearTimeout)
    return listening.close()
  }
  return { base: services.base, services, close }
}

/**
 * The claims of a token for tests of one vendor, where Entra is not there: `Bearer user:<oid>` and `Bearer app:<appid>`,
 * good for every audience. Any other token is refused.
 */
export function plainToken(
  authorization: string | undefined,
  org: Pick<Organisation, 'tenant'>,
): TokenClaims | undefined {
  const [, idtyp, id] = /^Bearer (user|app):(.+)$/.exec(authorization ?? '') ?? []
  if (!id) return undefined
  return { tid: org.tenant, oid: id, appid: id, idtyp: idtyp as TokenClaims['idtyp'] }
}
