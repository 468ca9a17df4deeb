import type { Organisation } from '../organisation/model.js'
import type { TenantClock } from './clock.js'
import type { Fault } from './faults.js'
import type { OpenState } from './state.js'

/** What every vendor's stand-in is built from. */
export interface Services {
  org: Organisation
  clock: TenantClock
  open: OpenState
  /** Base of the tenant's own address, without a trailing slash: `https://localhost:8443`. */
  base: string
  /** Checks a bearer token that the local Entra issued; undefined where it is absent, foreign or expired. */
  verifyToken(authorization: string | undefined, audience: string): Promise<TokenClaims | undefined>
  /** Waits for a moment in business time; background work (a rollout, a workflow run) is driven by it. */
  after(ms: number, work: () => void): void
  /** How many Azure resources there are beside the organisation's own, to see how Nexus does with many; none unless told. */
  generatedResources?: number
  /** Faults in force, for those that only the vendor itself can play; the server sees to status and delay. */
  faults?: { strikeNamed(place: string): Partial<Pick<Fault, 'status' | 'delayMs' | 'retryAfter'>> | undefined }
}

/** The claims of a token of the local Entra that the stand-ins look at. */
export interface TokenClaims {
  /** Tenant. */
  tid: string
  /** Object id of the person or service principal. */
  oid: string
  /** Application that asked. */
  appid: string
  /** `user` for a person, `app` for an application. */
  idtyp: 'user' | 'app'
  /** Application permissions that were granted on the resource; absent where its stand-in asks for none. */
  roles?: string[]
}
