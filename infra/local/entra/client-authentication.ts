import { decodeJwt, jwtVerify, errors } from 'jose'
import { timingSafeEqual } from 'node:crypto'
import type { SigningKey } from '../keys.js'
import { checkSignedAssertion } from './client-certificate.js'
import { EntraError, missing } from './errors.js'
import type { Application } from './registrations.js'
import type { Grant } from './tokens.js'

export type Fields = Record<string, string | undefined>

/** An application that is known, and how it proved to be it. */
export interface Client {
  application: Application
  proof: Grant['proof']
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Finds the application of a request and checks its secret, or the assertion that its certificate or a workload signed.
 * @param workload the key of the local workload issuer, the only one that applications trust here.
 * @param audiences whom an assertion signed with a certificate may be meant for.
 * @throws EntraError where it is unknown, or what it shows is wrong.
 */
export async function authenticate(
  fields: Fields,
  applications: Map<string, Application>,
  workload: SigningKey,
  audiences: string[],
): Promise<Client> {
  if (!fields.client_id) throw missing('client_id')
  const application = applications.get(fields.client_id.toLowerCase())
  if (!application)
    throw new EntraError(
      'unauthorized_client',
      700016,
      `Application with identifier '${fields.client_id}' was not found in the directory.`,
    )
  if (fields.client_assertion !== undefined) {
    await checkAssertion(fields, application, workload, audiences)
    return { application, proof: '2' }
  }
  if (fields.client_secret === undefined) return { application, proof: '0' }
  if (application.secret === undefined)
    throw new EntraError(
      'invalid_client',
      700025,
      'The client is public, so neither a client_secret nor a client_assertion may be presented.',
    )
  if (!same(fields.client_secret, application.secret))
    throw new EntraError('invalid_client', 7000215, `Invalid client secret provided for the app '${application.id}'.`)
  return { application, proof: '1' }
}

/** Refuses an application that has a secret and did not show it. */
export function requireProof({ application, proof }: Client): void {
  if (proof !== '0') return
  if (application.secret === undefined)
    throw new EntraError(
      'unauthorized_client',
      700016,
      `The application '${application.id}' is a public client and may not ask for a token for itself.`,
    )
  throw new EntraError(
    'invalid_client',
    7000218,
    "The request body must contain the parameter 'client_assertion' or 'client_secret'.",
  )
}

async function checkAssertion(
  fields: Fields,
  application: Application,
  workload: SigningKey,
  audiences: string[],
): Promise<void> {
  if (fields.client_assertion_type !== assertionType)
    throw new EntraError('invalid_request', 900144, `The parameter 'client_assertion_type' must be '${assertionType}'.`)
  const token = fields.client_assertion!
  const { iss, sub, aud } = claimsOf(token)
  if (iss === application.id) return checkSignedAssertion(token, application, audiences)
  const [mismatch] = [
    [700211, 'issuer', iss, application.federated.some(({ issuer }) => issuer === iss)],
    [700213, 'subject', sub, application.federated.some(({ subject }) => subject === sub)],
    [700212, 'audience', aud, application.federated.some(({ audience }) => [aud].flat().includes(audience))],
  ].filter(([, , , matches]) => !matches)
  if (mismatch)
    throw new EntraError(
      'invalid_client',
      mismatch[0] as number,
      `No matching federated identity record found for presented assertion ${String(mismatch[1])} '${String(mismatch[2])}'.`,
    )
  await jwtVerify(token, workload.publicKey, { algorithms: ['RS256'], requiredClaims: ['exp'] }).catch(
    (error: unknown) => {
      if (
        error instanceof errors.JWTExpired ||
        (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf')
      )
        throw new EntraError('invalid_client', 700024, 'Client assertion is not within its valid time range.')
      throw new EntraError('invalid_client', 700027, 'Client assertion failed signature validation.')
    },
  )
}

function claimsOf(token: string): ReturnType<typeof decodeJwt> {
  try {
    return decodeJwt(token)
  } catch {
    throw new EntraError('invalid_client', 50027, 'The client assertion is malformed: it is no JWT.')
  }
}

const same = (given: string, secret: string): boolean =>
  given.length === secret.length && timingSafeEqual(Buffer.from(given), Buffer.from(secret))
