import { decodeJwt } from 'jose'
import type { SigningKey } from '../keys.js'
import type { Organisation } from '../organisation/model.js'
import { localPassword, personObjectId, upnOf } from '../organisation/object-ids.js'
import { authenticate, requireProof, type Client, type Fields } from './client-authentication.js'
import type { DeviceCodes } from './device-codes.js'
import { EntraError, missing } from './errors.js'
import type { Application, Resource } from './registrations.js'
import { readApplicationScope, readScope, type Asked } from './scopes.js'
import type { Grant, Tokens } from './tokens.js'

/** What the grants are decided with. */
export interface Grantor {
  org: Organisation
  tokens: Tokens
  applications: Map<string, Application>
  resources: Resource[]
  codes: DeviceCodes
  workload: SigningKey
  /** Addresses of the token endpoint and the issuer, for which a client's own assertions are meant. */
  audiences: string[]
}

/** What is to be issued. */
export interface Granted extends Grant {
  asked: Asked
}

type GrantType = (by: Grantor, client: Client, fields: Fields, tenant: string) => Promise<Granted> | Granted

/** Grants by the name that `grant_type` gives them. */
const grants: Record<string, GrantType> = {
  client_credentials: (by, client, fields, tenant) => {
    requireProof(client)
    return granted(client, readApplicationScope(fields.scope, by.resources), tenant)
  },

  'urn:ietf:params:oauth:grant-type:jwt-bearer': async (by, client, fields, tenant) => {
    requireProof(client)
    if (fields.requested_token_use !== 'on_behalf_of') throw missing('requested_token_use')
    const person = await personOfAssertion(by, client.application, fields.assertion)
    return granted(client, readScope(fields.scope, by.resources), tenant, person)
  },

  password: (by, client, fields, tenant) => {
    if (client.application.secret !== undefined) requireProof(client)
    if (!fields.username) throw missing('username')
    if (fields.password === undefined) throw missing('password')
    const person = personNamed(by.org, fields.username)
    if (!person)
      throw new EntraError(
        'invalid_grant',
        50034,
        `The user account ${fields.username} does not exist in the directory.`,
      )
    if (fields.password !== localPassword)
      throw new EntraError(
        'invalid_grant',
        50126,
        'Error validating credentials: the username or the password is wrong.',
      )
    return granted(client, readScope(fields.scope, by.resources), tenant, person)
  },

  'urn:ietf:params:oauth:grant-type:device_code': (by, client, fields, tenant) => {
    const code = fields.device_code ?? fields.code
    if (!code) throw missing('device_code')
    const asked = by.codes.ask(code, client.application.id)
    if (!asked)
      throw new EntraError(
        'bad_verification_code',
        70000,
        'The device code is not one that was issued to this application, or was used.',
      )
    if (asked === 'expired') throw new EntraError('expired_token', 70020, 'The device code has expired; begin anew.')
    if (!asked.answer) throw new EntraError('authorization_pending', 70016, 'The person has not signed in yet.')
    if (asked.answer === 'declined')
      throw new EntraError('authorization_declined', 70018, 'The person declined to sign in.')
    const { person: id } = asked.answer
    const person = by.org.people.find((each) => each.id === id)
    return granted(client, readScope(asked.scope, by.resources), tenant, person)
  },

  refresh_token: async (by, client, fields, tenant) => {
    if (client.application.secret !== undefined) requireProof(client)
    if (!fields.refresh_token) throw missing('refresh_token')
    const read = await by.tokens.readRefresh(fields.refresh_token, client.application)
    if (read === 'expired') throw new EntraError('invalid_grant', 700082, 'The refresh token has expired.')
    const person = read && by.org.people.find(({ id }) => id === read.person)
    if (!person)
      throw new EntraError('invalid_grant', 9002313, 'The refresh token is malformed, or another application’s.')
    return granted(client, readScope(fields.scope, by.resources), tenant, person)
  },
}
grants.device_code = grants['urn:ietf:params:oauth:grant-type:device_code']!

/**
 * Decides a request to the token endpoint.
 * @param tenant id of the tenant whose endpoint was asked.
 * @throws EntraError where it is refused.
 */
export async function decideGrant(by: Grantor, fields: Fields, tenant: string): Promise<Granted> {
  if (!fields.grant_type) throw missing('grant_type')
  const grant = Object.hasOwn(grants, fields.grant_type) ? grants[fields.grant_type] : undefined
  if (!grant)
    throw new EntraError(
      'unsupported_grant_type',
      70003,
      `The app asked for a grant type '${fields.grant_type}' that is not supported.`,
    )
  return grant(by, await authenticate(fields, by.applications, by.workload, by.audiences), fields, tenant)
}

const granted = (client: Client, asked: Asked, tenant: string, person?: Grant['person']): Granted => ({
  ...client,
  asked,
  resource: asked.resource,
  permissions: asked.permissions,
  tenant,
  ...(person && { person }),
})

/** A user principal name; a short name without a domain is taken as one of the tenant's own. */
const personNamed = (org: Organisation, username: string) =>
  org.people.find(({ id }) => [id, upnOf(org, id)].includes(username.toLowerCase()))

/** The person whose token an application passes on: the token must be for that application. */
async function personOfAssertion(by: Grantor, application: Application, assertion: string | undefined) {
  if (!assertion) throw missing('assertion')
  const claims = await by.tokens.check(assertion, application.id)
  if (claims === 'expired')
    throw new EntraError(
      'invalid_grant',
      500133,
      'Assertion is not within its valid time range: the token has expired.',
    )
  if (!claims)
    throw new EntraError('invalid_grant', 50013, `Assertion failed validation: ${why(assertion, application)}.`)
  const person = claims.idtyp === 'user' && by.org.people.find(({ id }) => personObjectId(by.org, id) === claims.oid)
  if (!person)
    throw new EntraError(
      'invalid_grant',
      7000114,
      'An application’s own token may not be passed on: it acts for nobody.',
    )
  return person
}

function why(assertion: string, application: Application): string {
  try {
    const { aud } = decodeJwt(assertion)
    return aud === application.id
      ? 'its signature is not valid'
      : `its audience ${String(aud)} is not ${application.id}`
  } catch {
    return 'it is no JWT'
  }
}
