import { SignJWT } from 'jose'
import { ok, Router, type Vendor } from '../frame/router.js'
import type { SigningKey } from '../keys.js'
import { keySet } from './metadata.js'
import { workload } from './registrations.js'

/** Seconds; Kubernetes' default for service account tokens. */
const lifetime = 3600

/** A token of the hub's service account, as a cluster projects it into the file that `AZURE_FEDERATED_TOKEN_FILE` names. */
export function signWorkloadToken(key: SigningKey, base: string, now = Date.now()): Promise<string> {
  const issued = Math.floor(now / 1000)
  const claims = { iss: workload.issuer(base), sub: workload.subject, aud: [workload.audience] }
  return new SignJWT({ ...claims, iat: issued, nbf: issued, exp: issued + lifetime })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.kid })
    .sign(key.privateKey)
}

/**
 * The issuer of a cluster whose service account the hub's registration trusts: its metadata and keys, and Kubernetes'
 * TokenRequest for that one account.
 */
export function workloadIssuer(base: string, key: SigningKey): Vendor {
  const [, , namespace, account] = workload.subject.split(':')
  const router = new Router()
    .get('/.well-known/openid-configuration', () =>
      ok({
        issuer: workload.issuer(base),
        jwks_uri: `${workload.issuer(base)}/openid/v1/jwks`,
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }),
    )
    .get('/openid/v1/jwks', () => keySet(key))
    .post(`/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`, async () => ({
      status: 201,
      body: {
        kind: 'TokenRequest',
        apiVersion: 'authentication.k8s.io/v1',
        status: {
          token: await signWorkloadToken(key, base),
          expirationTimestamp: new Date(Date.now() + lifetime * 1000).toISOString(),
        },
      },
    }))
  return { name: 'workload', prefixes: ['/workload'], handle: router.handle }
}
