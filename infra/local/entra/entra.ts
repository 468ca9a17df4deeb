import { Buffer } from 'node:buffer'
import { X509Certificate } from 'node:crypto'
import { ok, Router, type Handler, type Vendor, type VendorRequest, type VendorResponse } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import type { SigningKey } from '../keys.js'
import { personObjectId } from '../organisation/object-ids.js'
import type { Fields } from './client-authentication.js'
import { deviceCodeLifetime, DeviceCodes } from './device-codes.js'
import { answerDevice, devicePage } from './device-page.js'
import { EntraError, missing, refusal } from './errors.js'
import { decideGrant, type Granted, type Grantor } from './grants.js'
import { instanceDiscovery, keySet, openIdMetadata } from './metadata.js'
import { applicationsOf, resourcesOf } from './registrations.js'
import { readScope } from './scopes.js'
import { lifetime, type Tokens } from './tokens.js'

/** What the sign-in host signs and checks with. */
export interface EntraKeys {
  entra: SigningKey
  workload: SigningKey
  certificate: string
}

/** The Bot Framework's own tenant, which tokens of multi-tenant bots come from. */
const botFrameworkTenant = { id: 'd6d49420-f39b-4df7-a1dc-d59a935871db', name: 'botframework.com' }

/**
 * Entra ID's sign-in host: OpenID metadata, keys, instance discovery, the token endpoint and device codes.
 * @param keys Entra's own, that of the workload issuer whose assertions are accepted, and the hub's certificate (PEM).
 */
export function entra(services: Services, tokens: Tokens, keys: EntraKeys): Vendor {
  const { org, base } = services
  const by: Grantor = {
    org,
    tokens,
    applications: applicationsOf(org, base, new X509Certificate(keys.certificate)),
    resources: resourcesOf(org),
    codes: new DeviceCodes(),
    workload: keys.workload,
    audiences: [org.tenant, org.domain, botFrameworkTenant.id, botFrameworkTenant.name].flatMap((tenant) => [
      `${base}/${tenant}/oauth2/v2.0/token`,
      `${base}/${tenant}/v2.0`,
    ]),
  }
  const metadata =
    (version: '1.0' | '2.0'): Handler =>
    ({ params: { tenant = '' } }) => {
      const id = tenantId(services, tenant)
      return openIdMetadata(base, tenant, tokens.issuer(version, id ?? '{tenantid}'), version)
    }
  const router = new Router({ ignoreCase: true, notFound: () => ({ status: 404 }) })
    .get('/{tenant}/v2.0/.well-known/openid-configuration', metadata('2.0'))
    .get('/{tenant}/.well-known/openid-configuration', metadata('1.0'))
    .get('/{tenant}/discovery/instance', ({ query }) => instanceDiscovery(base, query.authorization_endpoint))
    .get('/{tenant}/discovery/v2.0/keys', () => keySet(keys.entra))
    .get('/{tenant}/discovery/keys', () => keySet(keys.entra))
    .post('/{tenant}/oauth2/v2.0/token', (request) => token(services, by, request))
    .post('/{tenant}/oauth2/v2.0/devicecode', (request) => startDevice(services, by, request))
    .get('/{tenant}/oauth2/v2.0/token', postOnly)
    .get('/{tenant}/oauth2/v2.0/devicecode', postOnly)
    .get('/devicelogin', ({ query }) => devicePage(org, query))
    .post('/devicelogin', (request) => answerDevice(org, by.codes, base, request))
  return {
    name: 'entra',
    prefixes: [''],
    bodyLimit: 1024 * 1024,
    handle: async (request) => {
      try {
        return await router.handle(request)
      } catch (error) {
        if (!(error instanceof EntraError)) throw error
        return refusal(error, request.headers['client-request-id'] ?? fieldsOf(request)['client-request-id'])
      }
    },
  }
}

const postOnly: Handler = ({ method }) => {
  throw new EntraError(
    'invalid_request',
    900561,
    `The endpoint only accepts POST requests. Received a ${method} request.`,
  )
}

async function token(services: Services, by: Grantor, request: VendorRequest): Promise<VendorResponse> {
  const fields = fieldsOf(request)
  const id = tenantId(services, request.params.tenant!)
  if (!id && fields.grant_type === 'client_credentials')
    throw new EntraError(
      'invalid_request',
      50059,
      `An application must name its tenant; '${request.params.tenant}' names none.`,
    )
  const granted = await decideGrant(by, fields, id ?? services.org.tenant)
  if (id === botFrameworkTenant.id && granted.resource.audience !== 'https://api.botframework.com')
    throw new EntraError('invalid_resource', 500011, `The Bot Framework's tenant has no ${granted.resource.audience}.`)
  return ok(await tokenBody(services, by, granted, fields), { 'cache-control': 'no-store', pragma: 'no-cache' })
}

async function tokenBody(services: Services, { tokens }: Grantor, granted: Granted, fields: Fields) {
  const { asked, person, tenant } = granted
  const body = {
    token_type: 'Bearer',
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: await tokens.access(granted),
  }
  if (!person) return body
  const scopes = asked.permissions.map((permission) => `${asked.resource.names[0]}/${permission}`)
  const client = { uid: personObjectId(services.org, person.id), utid: tenant }
  return {
    ...body,
    scope: scopes.join(' '),
    ...(asked.offline && { refresh_token: await tokens.refresh(granted) }),
    ...(asked.openid && { id_token: await tokens.id(granted, fields.nonce) }),
    ...(fields.client_info && { client_info: Buffer.from(JSON.stringify(client)).toString('base64url') }),
  }
}

function startDevice(services: Services, by: Grantor, request: VendorRequest): VendorResponse {
  tenantId(services, request.params.tenant!)
  const { client_id: id, scope } = fieldsOf(request)
  if (!id) throw missing('client_id')
  if (!by.applications.has(id.toLowerCase()))
    throw new EntraError(
      'unauthorized_client',
      700016,
      `Application with identifier '${id}' was not found in the directory.`,
    )
  readScope(scope, by.resources)
  const { code, userCode } = by.codes.start(id.toLowerCase(), scope!)
  const page = `${services.base}/devicelogin`
  return ok({
    user_code: userCode,
    device_code: code,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: deviceCodeLifetime,
    interval: 1, // five at Entra: whoever waits here is a person trying Nexus, or a test
    message: `To sign in, open ${page} in a browser and enter the code ${userCode}.`,
  })
}

/**
 * The tenant that a path names, by id or domain.
 * @returns undefined for `common` and `organizations`, which stand for whichever the person is of.
 */
function tenantId({ org }: Services, name: string): string | undefined {
  const lower = name.toLowerCase()
  if (lower === org.tenant.toLowerCase() || lower === org.domain.toLowerCase()) return org.tenant
  if (lower === botFrameworkTenant.id || lower === botFrameworkTenant.name) return botFrameworkTenant.id
  if (lower === 'common' || lower === 'organizations') return undefined
  throw new EntraError(
    'invalid_request',
    90002,
    `Tenant '${name}' not found. The local one is ${org.domain} (${org.tenant}).`,
  )
}

/** The form's fields, and the client's id and secret of a Basic header, where one was used instead. */
function fieldsOf({ body, headers }: VendorRequest): Fields {
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? (body as Fields | undefined)
    : {}
  const [, basic] = /^Basic +(\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (!basic) return form ?? {}
  const [id, secret] = Buffer.from(basic, 'base64').toString('utf8').split(':').map(safeDecode)
  return { ...form, client_id: id, client_secret: secret }
}

/** Id and secret are form-encoded before they are put into a Basic header (RFC 6749, 2.3.1). */
const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
