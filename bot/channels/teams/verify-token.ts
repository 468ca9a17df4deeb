import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'

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
 * issuer, audience, lifetime (5 minutes of skew) and the `serviceurl` claim, which must be there and equal the activity's. The SDK's own
 * check lets a token without `serviceurl` pass and fails on forged ones with a server error, so it is not used.
 * @param fetch how the metadata and keys are fetched
 * @throws TokenRefused
 */
export function createTokenVerifier(rules: TokenRules, fetch: typeof globalThis.fetch): VerifyToken {
  const keys = createKeySource(rules.openIdMetadata, fetch)
  return async (authorization, bound) => {
    const [, token] = /^Bearer ([\w.-]{1,8192})$/i.exec(authorization ?? '') ?? []
    if (!token) throw new TokenRefused('no bearer token')
    if (!isAllowed(bound.serviceUrl, rules.serviceHosts)) throw new TokenRefused('serviceUrl is not on the allow-list')
    const payload = await verify(token, await keys(), rules)
    if (typeof payload.serviceurl !== 'string') throw new TokenRefused('the token is bound to no serviceUrl')
    if (withoutSlash(payload.serviceurl) !== withoutSlash(bound.serviceUrl))
      throw new TokenRefused('the token is bound to another serviceUrl')
    return payload
  }
}

async function verify(token: string, keys: JWTVerifyGetKey, { issuer, appId }: TokenRules): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: appId,
      algorithms: ['RS256'],
      clockTolerance: 300,
      requiredClaims: ['exp', 'iss', 'aud'],
    })
    return payload
  } catch (error) {
    if (isPassing(error)) throw new TokenRefused('the issuer does not give its keys', 503, { cause: error })
    throw new TokenRefused(error instanceof Error ? error.message : 'not a token', 401, { cause: error })
  }
}

/** Faults of the key server, not of the token: jose's own time-out, or an error that is none of jose's. */
const isPassing = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) || isBadAnswer(error)
const isBadAnswer = (error: Error): boolean => error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC'

/** Reads the metadata once; the key set refreshes itself, at most once in 30 s for unknown key ids. */
function createKeySource(openIdMetadata: string, fetch: typeof globalThis.fetch): () => Promise<JWTVerifyGetKey> {
  let kept: Promise<JWTVerifyGetKey> | undefined
  const read = async (): Promise<JWTVerifyGetKey> => {
    const answer = await fetch(openIdMetadata, { signal: AbortSignal.timeout(5000) })
    if (!answer.ok) throw new Error(`OpenID metadata answered ${answer.status}`)
    const { jwks_uri } = (await answer.json()) as { jwks_uri: string }
    return createRemoteJWKSet(new URL(jwks_uri), { [customFetch]: fetch })
  }
  return async () => {
    kept ??= read()
    try {
      return await kept
    } catch (cause) {
      kept = undefined
      throw new TokenRefused('the issuer does not give its metadata', 503, { cause })
    }
  }
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '').toLowerCase()

function isAllowed(serviceUrl: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(serviceUrl)) return false
  const { protocol, host, username, password } = new URL(serviceUrl)
  return protocol === 'https:' && !username && !password && hosts.includes(host.toLowerCase())
}
