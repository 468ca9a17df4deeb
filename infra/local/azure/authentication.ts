import type { VendorRequest } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { upnOf, personObjectId } from '../organisation/object-ids.js'
import { ArmRefusal } from './refusals.js'
import type { Caller } from './state.js'

/** The audience of Azure Resource Manager's tokens. */
export const audience = 'https://management.azure.com'

/** The claims in a token, unchecked: only for saying why it was refused. */
function claimsOf(token: string): { aud?: unknown; exp?: unknown } | undefined {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      aud?: unknown
      exp?: unknown
    }
  } catch {
    return undefined
  }
}

function reason(authorization: string | undefined, now: Date): [code: string, message: string] {
  if (!authorization) return ['AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing."]
  const [scheme, token = ''] = authorization.split(' ')
  if (scheme?.toLowerCase() !== 'bearer')
    return [
      'AuthenticationFailed',
      `Authentication failed. The 'Authorization' header is provided in an invalid format.`,
    ]
  const claims = claimsOf(token)
  if (!claims) return ['InvalidAuthenticationToken', 'The access token is invalid.']
  const { aud, exp } = claims
  if (typeof exp === 'number' && exp * 1000 < now.getTime())
    return [
      'ExpiredAuthenticationToken',
      `The access token expiry UTC time '${new Date(exp * 1000).toISOString()}' is earlier than current UTC time '${now.toISOString()}'.`,
    ]
  if (typeof aud === 'string' && aud.replace(/\/$/, '') !== audience)
    return [
      'InvalidAuthenticationTokenAudience',
      `The access token has been obtained for wrong audience or resource '${aud}'. It should exactly match with one of the allowed audiences '${audience}','${audience}/'.`,
    ]
  return ['InvalidAuthenticationToken', 'The access token is from the wrong issuer or its signature is not valid.']
}

/** Checks the request's token and says who asks; a 401 with its reason and `WWW-Authenticate` for any other. */
export async function authenticate(services: Services, { headers }: VendorRequest): Promise<Caller> {
  const claims = await services.verifyToken(headers['authorization'], audience)
  if (!claims) {
    const [code, message] = reason(headers['authorization'], new Date())
    const challenge = `Bearer authorization_uri="${services.base}/${services.org.tenant}", error="invalid_token", error_description="${message}"`
    throw new ArmRefusal(401, code, message, { headers: { 'www-authenticate': challenge } })
  }
  const person =
    claims.idtyp === 'user'
      ? services.org.people.find(({ id }) => personObjectId(services.org, id) === claims.oid)
      : undefined
  return {
    objectId: claims.oid,
    application: claims.appid,
    name: person ? upnOf(services.org, person.id) : claims.idtyp === 'app' ? claims.appid : claims.oid,
    kind: claims.idtyp === 'user' ? 'User' : 'Application',
    correlation: headers['x-ms-correlation-request-id'] ?? headers['x-ms-client-request-id'] ?? crypto.randomUUID(),
    ...(headers['x-ms-client-request-id'] && { request: headers['x-ms-client-request-id'] }),
    client: clientOf(headers['user-agent'] ?? ''),
  }
}

/** `clientType` of change records, from the user agent. */
function clientOf(agent: string): string {
  if (/azsdk|azure-rest|core-client/i.test(agent)) return 'SDK'
  if (/AZURECLI/i.test(agent)) return 'Azure CLI'
  return /Mozilla/.test(agent) ? 'Azure Portal' : 'Unspecified'
}
