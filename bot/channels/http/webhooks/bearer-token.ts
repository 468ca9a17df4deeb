import { sameSecret } from './same-secret.js'
import type { Proof } from './webhook-source.js'

/** Whether an Authorization header carries a token that the organisation chose (RFC 6750). */
export function proveBearer(authorization: string | undefined, token: string): Proof {
  const [, given] = /^Bearer (\S{1,2000})$/i.exec(authorization ?? '') ?? []
  return sameSecret(given, token) ? 'good' : 'wrong'
}
