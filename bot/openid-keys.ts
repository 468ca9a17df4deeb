import { createRemoteJWKSet, customFetch, errors } from 'jose'

/** An issuer's key set: what jose's `jwtVerify` takes, and the keys as the issuer lists them. */
export type IssuerKeys = ReturnType<typeof createRemoteJWKSet>

/** The issuer's metadata or keys cannot be read at the moment; the token may be good. */
export class KeysUnavailable extends Error {}

/**
 * The signing keys of an OpenID issuer. Its metadata is read once; the key set refreshes itself, at most once in 30 s for unknown key ids.
 * @returns keys for jose's `jwtVerify`; rejects with KeysUnavailable
 */
export function createKeySource(openIdMetadata: string, fetch: typeof globalThis.fetch): () => Promise<IssuerKeys> {
  let kept: Promise<IssuerKeys> | undefined
  const read = async (): Promise<IssuerKeys> => {
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
      throw new KeysUnavailable(`${openIdMetadata} does not answer`, { cause })
    }
  }
}

/** Whether a verification failed for want of keys and not because of the token: jose gives its own errors for all that a token does. */
export const isPassing = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  (error.code === 'ERR_JOSE_GENERIC' && /JSON Web Key Set|HTTP/.test(error.message))
