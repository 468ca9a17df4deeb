import { jwtVerify } from 'jose'
import { createKeySource, isPassing } from '../../openid-keys.js'

/** What a person's token for the hub's own API is checked against. */
export interface UserTokenRules {
  /** Entra's authority host: `https://login.microsoftonline.com`. */
  authority: string
  tenant: string
  /** The hub's application id URI, or its id. */
  audience: string | string[]
}

/** Who a token speaks for. */
export interface TokenPerson {
  tenantId: string
  objectId: string
  name?: string
}

/** Thrown for a request that carries no token that holds; `status` is 401, or 503 where Entra's keys cannot be had. */
export class Unauthorized extends Error {
  constructor(
    message: string,
    readonly status: 401 | 503,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * Checks a person's Entra token (v2.0): signature, issuer of this tenant, audience, lifetime; application tokens are refused, because a
 * command is asked by somebody.
 */
export function createUserTokenVerifier(
  { authority, tenant, audience }: UserTokenRules,
  fetch: typeof globalThis.fetch,
) {
  const base = `${authority.replace(/\/$/, '')}/${tenant}/v2.0`
  const keys = createKeySource(`${base}/.well-known/openid-configuration`, fetch)
  return async (authorization: string | undefined): Promise<TokenPerson> => {
    const [, token] = /^Bearer ([\w.-]{1,8192})$/i.exec(authorization ?? '') ?? []
    if (!token) throw new Unauthorized('no bearer token', 401)
    try {
      const { payload } = await jwtVerify(token, await keys(), {
        issuer: base,
        audience,
        algorithms: ['RS256'],
        clockTolerance: 300,
        requiredClaims: ['exp', 'oid', 'tid'],
      })
      if (payload.idtyp === 'app' || payload.tid !== tenant || typeof payload.oid !== 'string')
        throw new Unauthorized('the token is not a person of this tenant', 401)
      return {
        tenantId: tenant,
        objectId: payload.oid,
        ...(typeof payload.name === 'string' && { name: payload.name }),
      }
    } catch (cause) {
      if (cause instanceof Unauthorized) throw cause
      if (isPassing(cause)) throw new Unauthorized("Entra's keys cannot be had", 503, { cause })
      throw new Unauthorized(cause instanceof Error ? cause.message : 'not a token', 401, { cause })
    }
  }
}
