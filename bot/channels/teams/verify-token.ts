import { jwtVerify, type JWTPayload } from 'jose'
import { z } from 'zod/v4'
import { createKeySource, isPassing } from '../../openid-keys.js'

/** What a channel token is checked against. */
export interface TokenRules {
  /** The bot's application id: the only audience. */
  appId: string
  /** `https://api.botframework.com` in the public cloud. */
  issuer: string
  /** OpenID metadata of the issuer, which names its keys. */
  openIdMetadata: string
  /** Hosts that may be a `serviceUrl`, such as `smba.trafficmanager.net`; everything else is refused, whatever the token says. */
  serviceHosts: readonly string[]
}

/** A refusal of a token; `status` is 401, or 503 where the issuer's keys cannot be had at the moment. */
export class TokenRefused extends Error {
  constructor(
    message: string,
    readonly status: 401 | 503 = 401,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** The part of an activity that its token is bound to. */
export interface Bound {
  serviceUrl: string
  channelId: string
}

/** Checks the Authorization header of an activity and answers the token's claims. */
export type VerifyToken = (authorization: string | undefined, bound: Bound) => Promise<JWTPayload>

/**
 * The check that Microsoft's "Authentication with the Bot Connector API" asks for: RS256 signature by a current key of the issuer,
 * issuer, audience, lifetime (5 minutes of skew), the key's `endorsements`, which must name the activity's channel, and the `serviceurl`
 * claim, which must be there and equal the activity's. The SDK's own check lets a token without `serviceurl` pass and fails on forged ones
 * with a server error, so it is not used.
 *
 * The channel sends one token with many activities, so a token that held is kept for a minute: what it is bound to is compared every time,
 * its signature is not.
 * @param fetch how the metadata and keys are fetched
 * @param now real time in milliseconds since 1970, whatever business time says
 * @throws TokenRefused
 */
export function createTokenVerifier(
  rules: TokenRules,
  fetch: typeof globalThis.fetch,
  now: () => number = () => performance.timeOrigin + performance.now(),
): VerifyToken {
  const { issuer, appId } = rules
  const keys = createKeySource(rules.openIdMetadata, fetch)
  const held = createHeldTokens(now)
  const verify = async (token: string): Promise<Verified> => {
    try {
      const set = await keys()
      const { payload, protectedHeader } = await jwtVerify(token, set, {
        issuer,
        audience: appId,
        algorithms: ['RS256'],
        clockTolerance: skew,
        currentDate: new Date(now()),
        requiredClaims: ['exp', 'iss', 'aud'],
      })
      const key = set.jwks()?.keys.find(({ kid }) => kid !== undefined && kid === protectedHeader.kid)
      return { payload, endorsements: Endorsed.safeParse(key).data?.endorsements ?? [] }
    } catch (cause) {
      if (isPassing(cause)) throw new TokenRefused("the issuer's keys cannot be had", 503, { cause })
      throw new TokenRefused(cause instanceof Error ? cause.message : 'not a token', 401, { cause })
    }
  }
  return async (authorization, bound) => {
    const [, token] = /^Bearer ([\w.-]{1,8192})$/i.exec(authorization ?? '') ?? []
    if (!token) throw new TokenRefused('it brings no token')
    if (!isAllowed(bound.serviceUrl, rules.serviceHosts)) throw new TokenRefused('serviceUrl is not on the allow-list')
    const { payload, endorsements } = held.find(token) ?? held.keep(token, await verify(token))
    // jose takes a list that holds the audience; the issuer names one, so a list is not its work.
    if (payload.aud !== appId) throw new TokenRefused('the token is for several audiences')
    if (!endorsements.includes(bound.channelId))
      throw new TokenRefused("the token's key is not endorsed for the channel")
    if (typeof payload.serviceurl !== 'string') throw new TokenRefused('the token is bound to no serviceUrl')
    if (withoutSlash(payload.serviceurl) !== withoutSlash(bound.serviceUrl))
      throw new TokenRefused('the token is bound to another serviceUrl')
    return payload
  }
}

/** A token that holds, and the channels that its key may sign for. */
interface Verified {
  payload: JWTPayload
  endorsements: readonly string[]
}

/** Seconds that the issuer's clock and this one may be apart. */
const skew = 300
/** How long a token that held is believed, in milliseconds; the issuer's keys themselves are kept for ten minutes. */
const believed = 60_000
/** Tokens that are kept; the channel uses one for each service URL, and only what it signed comes here. */
const mostHeld = 1000

/** Tokens that held a moment ago. */
function createHeldTokens(now: () => number) {
  const held = new Map<string, { verified: Verified; until: number }>()
  return {
    find(token: string): Verified | undefined {
      const known = held.get(token)
      if (known && now() < known.until) return known.verified
      held.delete(token)
      return undefined
    },
    keep(token: string, verified: Verified): Verified {
      if (held.size >= mostHeld) held.clear()
      const end = ((verified.payload.exp ?? 0) + skew) * 1000
      held.set(token, { verified, until: Math.min(now() + believed, end) })
      return verified
    },
  }
}

const Endorsed = z.object({ endorsements: z.array(z.string()) })

const withoutSlash = (url: string) => url.replace(/\/+$/, '').toLowerCase()

function isAllowed(serviceUrl: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(serviceUrl)) return false
  const { protocol, host, username, password } = new URL(serviceUrl)
  return protocol === 'https:' && !username && !password && hosts.includes(host.toLowerCase())
}
