import { SignJWT } from 'jose'
import { ok, Router, type Vendor } from '../frame/router.js'
import type { SigningKey } from '../keys.js'
import { keySet } from './metadata.js'

/** Issuer of the tokens that the channel service sends to bots. */
const channelTokenIssuer = 'https://api.botframework.com'

/** Signs a token as the Bot Framework's channel service does; issuer, times and key id are added to the claims. */
export type SignChannelToken = (claims: { aud: string; serviceurl: string }) => Promise<string>

/** Seconds. */
const lifetime = 3600

/**
 * The signer of channel tokens. A token is used again until half of its time is over, as the channel service does.
 * @param now the machine's time, ms.
 */
export function channelTokenSigner(key: SigningKey, now: () => number = Date.now): SignChannelToken {
  const kept = new Map<string, { token: Promise<string>; until: number }>()
  return ({ aud, serviceurl }) => {
    const name = `${aud} ${serviceurl}`
    const earlier = kept.get(name)
    if (earlier && earlier.until > now()) return earlier.token
    const issued = Math.floor(now() / 1000)
    const token = new SignJWT({
      serviceurl,
      aud,
      iss: channelTokenIssuer,
      iat: issued,
      nbf: issued,
      exp: issued + lifetime,
    })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.kid, x5t: key.kid })
      .sign(key.privateKey)
    kept.set(name, { token, until: now() + (lifetime / 2) * 1000 })
    return token
  }
}

/**
 * The Bot Framework's OpenID metadata and keys. Its keys say which channels they may sign for (`endorsements`), which bots
 * must check (learn.microsoft.com, "Authenticate requests with the Bot Connector API").
 */
export function botFramework(base: string, key: SigningKey): Vendor {
  const router = new Router({ ignoreCase: true })
    .get('/v1/.well-known/openidconfiguration', () =>
      ok({
        issuer: channelTokenIssuer,
        authorization_endpoint: 'https://invalid.botframework.com',
        jwks_uri: `${base}/botframework/v1/.well-known/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
      }),
    )
    .get('/v1/.well-known/keys', () => keySet(key, { endorsements: ['msteams'] }))
  return { name: 'botframework', prefixes: ['/botframework'], handle: router.handle }
}
