import { tenantClock, type TenantClock } from '../frame/clock.js'
import { Faults } from '../frame/faults.js'
import type { Vendor } from '../frame/router.js'
import type { Services, TokenClaims } from '../frame/services.js'
import { memoryState, type OpenState } from '../frame/state.js'
import type { Organisation } from '../organisation/model.js'
import { listen } from '../server.js'

export interface StartOptions {
  org: Organisation
  vendors: ((services: Services) => Vendor)[]
  /** PEM key and certificate; absent, plain HTTP. */
  tls?: { key: string; cert: string }
  /** Business time at the start, which stands still until the test moves it; absent, real time. */
  now?: string
  /** Absent, state is kept in memory. */
  open?: OpenState
  /** Absent, `plainToken` is used. */
  verifyToken?: Services['verifyToken']
}

export interface Started {
  /** Address without a trailing slash. */
  base: string
  clock: TenantClock
  services: Services & { faults: Faults }
  close(): Promise<void>
}

/** Serves vendors on a free port for a test, with faults to play and background work on real timers. */
export async function startVendors(options: StartOptions): Promise<Started> {
  const faults = new Faults()
  const timers: NodeJS.Timeout[] = []
  const clock = options.now === undefined ? tenantClock() : stillClock(new Date(options.now))
  const services: Started['services'] = {
    org: options.org,
    clock,
    open: options.open ?? ((_name, seed) => memoryState(seed())),
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
  return { base: services.base, clock, services, close }
}

function stillClock(now: Date): TenantClock {
  const clock = tenantClock(() => 0)
  clock.set(now)
  return clock
}

/** Checks bearer tokens against a table instead of a signature: the claims of each, by audience and token. */
export const tokenTable =
  (tokens: Record<string, Record<string, TokenClaims>>): Services['verifyToken'] =>
  (authorization, audience) =>
    Promise.resolve(tokens[audience]?.[/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? ''])

/**
 * The claims of a token for tests of one vendor, where Entra is not there: `Bearer user:<oid>` and `Bearer app:<appid>`,
 * good for every audience. Any other token is refused.
 */
function plainToken(authorization: string | undefined, org: Pick<Organisation, 'tenant'>): TokenClaims | undefined {
  const [, idtyp, id] = /^Bearer (user|app):(.+)$/.exec(authorization ?? '') ?? []
  if (!id) return undefined
  return { tid: org.tenant, oid: id, appid: id, idtyp: idtyp as TokenClaims['idtyp'] }
}
