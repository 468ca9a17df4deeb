import { randomUUID } from 'node:crypto'
import type { VendorResponse } from '../frame/router.js'

/** OAuth's own names of errors (RFC 6749, RFC 8628) that the token endpoint uses. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'invalid_resource'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'authorization_pending'
  | 'authorization_declined'
  | 'bad_verification_code'
  | 'expired_token'

/** A refusal of Entra: OAuth's error and the AADSTS number that says which (learn.microsoft.com, "Microsoft Entra error codes"). */
export class EntraError extends Error {
  override readonly name = 'EntraError'

  constructor(
    readonly error: OAuthError,
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

/** The parameter is compulsory. */
export const missing = (parameter: string): EntraError =>
  new EntraError('invalid_request', 900144, `The request body must contain the parameter '${parameter}'.`)

/**
 * An error as the token endpoint answers it. A client that cannot prove itself gets 401, everything else is 400.
 * @param correlation the client's `client-request-id`, where it sent one.
 */
export function refusal(error: EntraError, correlation = randomUUID() as string): VendorResponse {
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`
  const trace = randomUUID()
  return {
    status: error.error === 'invalid_client' ? 401 : 400,
    headers: { 'cache-control': 'no-store', 'x-ms-request-id': trace, 'client-request-id': correlation },
    body: {
      error: error.error,
      error_description: `AADSTS${error.code}: ${error.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [error.code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
    },
  }
}
