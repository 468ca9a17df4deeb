import { jwtVerify } from 'jose'
import { createKeySource, isPassing } from '../../../openid-keys.js'
import type { Proof } from './webhook-source.js'

/** What an application's token is checked against. */
export interface EntraCallerRules {
  /** Entra's authority host: `https://login.microsoftonline.com`. */
  authority: string
  tenant: string
  /** The hub's application id URI, or its id. */
  audience: string | string[]
  /** The application that may call. */
  app: string
}

/**
 * Checks the token of an application of this tenant: signature, issuer, audience, lifetime, and that it is the application that was named. A
 * secure webhook's token is of the version that the hub's registration asks for (learn.microsoft.com/entra, "Access tokens"), so both
 * issuers of the tenant are taken.
 */
export function createEntraCaller(rules: EntraCallerRules, fetch: typeof globalThis.fetch) {
  const { tenant, audience, app } = rules
  const base = `${rules.authority.replace(/\/$/, '')}/${tenant}/v2.0`
  const keys = createKeySource(`${base}/.well-known/openid-configuration`, fetch)
  return async (authorization: string | undefined): Promise<Proof> => {
    const [, token] = /^Bearer ([\w.-]{1,8192})$/i.exec(authorization ?? '') ?? []
    if (!token) return 'wrong'
    try {
      const { payload } = await jwtVerify(token, await keys(), {
        issuer: [base, `https://sts.windows.net/${tenant}/`],
        audience,
        algorithms: ['RS256'],
        clockTolerance: 300,
        requiredClaims: ['exp', 'tid'],
      })
      // Version 1 names the caller `appid`, version 2 `azp`; a person's token of the same application has `scp`.
      const caller = payload.azp ?? payload.appid
      return payload.tid === tenant && caller === app && payload.scp === undefined ? 'good' : 'wrong'
    } catch (cause) {
      return isPassing(cause) ? 'unknown' : 'wrong'
    }
  }
}
