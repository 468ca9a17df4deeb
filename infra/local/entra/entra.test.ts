import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify, SignJWT } from 'jose'
import { openKey } from '../keys.js'
import { appSecret, hubAppId, localPassword, personObjectId, terminalAppId } from '../organisation/object-ids.js'
import { startIdentity, type StartedIdentity } from '../testing/start-identity.js'
import { channelTokenSigner } from './bot-framework.js'
import { openClientCertificate } from './client-certificate.js'
import { DeviceCodes } from './device-codes.js'
import { workload } from './registrations.js'
import { signWorkloadToken } from './workload-issuer.js'

let identity: StartedIdentity
let hub: string
let terminal: string
beforeAll(async () => {
  identity = await startIdentity()
  hub = hubAppId(identity.org)
  terminal = terminalAppId(identity.org)
})
afterAll(() => identity.close())

type Body = Record<string, unknown> & { error_codes?: number[]; access_token: string; refresh_token: string }
async function ask(fields: Record<string, string>, tenant = identity.org.tenant, init: RequestInit = {}) {
  const url = `${identity.base}/${tenant}/oauth2/v2.0/${fields.grant_type === undefined && fields.device ? 'devicecode' : 'token'}`
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), ...init })
  return { status: response.status, body: (await response.json()) as Body }
}
const secret = () => ({ client_id: hub, client_secret: appSecret(hub) })
const application = (rest: Record<string, string> = {}) => ({
  grant_type: 'client_credentials',
  scope: 'https://management.azure.com/.default',
  ...secret(),
  ...rest,
})
const password = (rest: Record<string, string> = {}) => ({
  grant_type: 'password',
  client_id: terminal,
  username: 'lee',
  password: localPassword,
  scope: `api://${hub}/.default`,
  ...rest,
})
const onBehalfOf = (assertion: string) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  requested_token_use: 'on_behalf_of',
  scope: 'https://graph.microsoft.com/.default',
  assertion,
  ...secret(),
})
const asserted = (client_assertion: string) => ({
  grant_type: 'client_credentials',
  scope: 'https://management.azure.com/.default',
  client_id: hub,
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion,
})
const workloadToken = (claims: Record<string, unknown>, key = identity.keys.workload) =>
  new SignJWT({ iss: workload.issuer(identity.base), sub: workload.subject, aud: workload.audience, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid })
    .sign(key.privateKey)
/** What an application signs itself, with its certificate unless another is given. */
async function signed(claims: Record<string, unknown> = {}, pem = readFileSync(identity.certificateFile, 'utf8')) {
  const thumbprint = createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url')
  const audience = `${identity.base}/${identity.org.tenant}/oauth2/v2.0/token`
  return new SignJWT({ iss: hub, sub: hub, aud: audience, exp: soon(), ...claims })
    .setProtectedHeader({ alg: 'PS256', 'x5t#S256': thumbprint })
    .sign(createPrivateKey(pem))
}
const soon = () => Math.floor(Date.now() / 1000) + 300

test.each<[string, () => Promise<Record<string, string>> | Record<string, string>, string, number]>([
  ['no grant', () => ({ ...secret() }), 'invalid_request', 900144],
  ['an unknown grant', () => application({ grant_type: 'magic' }), 'unsupported_grant_type', 70003],
  [
    'a grant named like a property of every object',
    () => application({ grant_type: 'constructor' }),
    'unsupported_grant_type',
    70003,
  ],
  ['no client', () => ({ grant_type: 'client_credentials' }), 'invalid_request', 900144],
  [
    'an unknown client',
    () => application({ client_id: personObjectId(identity.org, 'lee') }),
    'unauthorized_client',
    700016,
  ],
  ['a wrong secret', () => application({ client_secret: 'nope' }), 'invalid_client', 7000215],
  [
    'no secret',
    () => ({ grant_type: 'client_credentials', client_id: hub, scope: 'https://management.azure.com/.default' }),
    'invalid_client',
    7000218,
  ],
  [
    'a public client for itself',
    () => application({ client_id: terminal, client_secret: 'x' }),
    'invalid_client',
    700025,
  ],
  ['no scope', () => ({ grant_type: 'client_credentials', ...secret() }), 'invalid_request', 900144],
  [
    'a permission for an application',
    () => application({ scope: 'https://graph.microsoft.com/User.Read' }),
    'invalid_scope',
    1002012,
  ],
  ['an unknown resource', () => application({ scope: 'api://nobody/.default' }), 'invalid_resource', 500011],
  [
    'two resources',
    () => password({ scope: `api://${hub}/.default https://graph.microsoft.com/.default` }),
    'invalid_scope',
    70011,
  ],
  ['an unknown person', () => password({ username: 'zoe' }), 'invalid_grant', 50034],
  ['a wrong password', () => password({ password: 'guess' }), 'invalid_grant', 50126],
  [
    'a device code that is none',
    () => ({ grant_type: 'device_code', client_id: terminal, device_code: 'x' }),
    'bad_verification_code',
    70000,
  ],
  [
    'a refresh token that is none',
    () => ({ grant_type: 'refresh_token', client_id: terminal, refresh_token: 'x', scope: 'User.Read' }),
    'invalid_grant',
    9002313,
  ],
  ['an assertion that is no JWT', () => asserted('nonsense'), 'invalid_client', 50027],
  [
    'another issuer',
    async () => asserted(await workloadToken({ iss: 'https://evil.example', exp: soon() })),
    'invalid_client',
    700211,
  ],
  [
    'another subject',
    async () => asserted(await workloadToken({ sub: 'system:serviceaccount:other:x', exp: soon() })),
    'invalid_client',
    700213,
  ],
  [
    'another audience',
    async () => asserted(await workloadToken({ aud: 'api://else', exp: soon() })),
    'invalid_client',
    700212,
  ],
  ['an expired assertion', async () => asserted(await workloadToken({ exp: soon() - 600 })), 'invalid_client', 700024],
  [
    'an assertion from the future',
    async () => asserted(await workloadToken({ exp: soon() + 900, nbf: soon() + 600 })),
    'invalid_client',
    700024,
  ],
  ['an assertion without end', async () => asserted(await workloadToken({})), 'invalid_client', 700027],
  [
    'an assertion signed by another',
    async () => asserted(await workloadToken({ exp: soon() }, await openKey(undefined, 'workload'))),
    'invalid_client',
    700027,
  ],
  [
    'another certificate',
    async () => asserted(await signed({}, await openClientCertificate(undefined, new Date()))),
    'invalid_client',
    700027,
  ],
  [
    'a certificate’s assertion for another',
    async () => asserted(await signed({ aud: 'https://x' })),
    'invalid_client',
    700023,
  ],
  [
    'a certificate’s assertion that is over',
    async () => asserted(await signed({ exp: soon() - 600 })),
    'invalid_client',
    700024,
  ],
  [
    'a certificate’s assertion about another',
    async () => asserted(await signed({ sub: terminal })),
    'invalid_client',
    700021,
  ],
  [
    'on behalf of nobody',
    async () => onBehalfOf((await ask(application({ scope: `api://${hub}/.default` }))).body.access_token),
    'invalid_grant',
    7000114,
  ],
  [
    'on behalf, of a token for another',
    async () => onBehalfOf((await ask(password({ scope: 'User.Read' }))).body.access_token),
    'invalid_grant',
    50013,
  ],
  [
    'on behalf, of a token that was changed',
    async () => onBehalfOf(`${(await ask(password())).body.access_token.slice(0, -8)}AAAAAAAA`),
    'invalid_grant',
    50013,
  ],
])('%s is refused', async (_what, fields, error, code) => {
  const { status, body } = await ask(await fields())
  expect(body).toMatchObject({
    error,
    error_codes: [code],
    trace_id: expect.any(String),
    correlation_id: expect.any(String),
  })
  expect(body.error_description).toMatch(
    new RegExp(
      `^AADSTS${code}: .* Trace ID: .* Correlation ID: .* Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$`,
    ),
  )
  expect(status).toBe(error === 'invalid_client' ? 401 : 400)
})

test('a tenant must be one that is there, and an application must name it', async () => {
  expect((await ask(application(), 'other.example')).body.error_codes).toEqual([90002])
  expect((await ask(application(), 'common')).body.error_codes).toEqual([50059])
  expect((await ask(application(), 'botframework.com')).body.error_codes).toEqual([500011])
  expect((await ask(application(), identity.org.domain)).status).toBe(200)
  expect((await ask(password(), 'organizations')).status).toBe(200)
})

test('the client’s correlation id comes back, a GET is refused, a JSON body is not a form', async () => {
  const headers = { 'client-request-id': '11111111-2222-3333-4444-555555555555' }
  expect((await ask({}, undefined, { headers })).body.correlation_id).toBe(headers['client-request-id'])
  expect((await ask({}, undefined, { method: 'GET', body: null })).body.error_codes).toEqual([900561])
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(application()) }
  expect((await ask({}, undefined, json)).body.error_codes).toEqual([900144])
})

test('a client may prove itself by Basic authentication', async () => {
  const basic = Buffer.from(`${hub}:${appSecret(hub)}`).toString('base64')
  const fields = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com//.default' }
  expect((await ask(fields, undefined, { headers: { authorization: `Basic ${basic}` } })).status).toBe(200)
})

test('a refresh token is good for its own application, and an id token opens nothing', async () => {
  const { body } = await ask(password({ scope: 'openid offline_access User.Read', client_info: '1' }))
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599, scope: 'https://graph.microsoft.com/User.Read' })
  const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token, scope: `${hub}/.default` }
  expect((await ask({ ...refresh, client_id: terminal })).status).toBe(200)
  expect((await ask({ ...refresh, ...secret() })).body.error_codes).toEqual([9002313])
  expect(await identity.tokens.verify(`Bearer ${String(body.id_token)}`, terminal)).toBeUndefined()
  expect(await identity.tokens.verify(`Bearer ${body.refresh_token}`, `refresh:${terminal}`)).toBeUndefined()
})

test('a device waits until its person answers, and hears it once', async () => {
  const start = async () =>
    (await ask({ device: '1', client_id: terminal, scope: 'User.Read' })).body as Record<string, string>
  const poll = (device_code: string) =>
    ask({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: terminal, device_code })
  const page = `${identity.base}/devicelogin`
  const answer = (fields: Record<string, string>, headers = {}) =>
    fetch(page, { method: 'POST', body: new URLSearchParams(fields), headers }).then(
      async (each) => [each.status, await each.text()] as const,
    )

  const first = await start()
  expect(first).toMatchObject({ expires_in: 900, verification_uri: page })
  expect((await poll(first.device_code!)).body.error).toBe('authorization_pending')
  expect(await (await fetch(`${page}?user_code="><script>`)).text()).not.toContain('<script>')
  expect((await answer({ user_code: 'WRONG', person: 'mei' }))[0]).toBe(400)
  expect((await answer({ user_code: first.user_code!, person: 'nobody' }))[0]).toBe(400)
  expect((await answer({ user_code: first.user_code!, person: 'mei' }, { origin: 'https://evil.example' }))[0]).toBe(
    403,
  )
  expect((await answer({ user_code: first.user_code!.toLowerCase(), person: 'mei' }))[1]).toContain(
    'signed in as Mei Lin',
  )
  expect((await answer({ user_code: first.user_code!, person: 'lee' }))[0]).toBe(400)
  expect((await poll(first.device_code!)).status).toBe(200)
  expect((await poll(first.device_code!)).body.error).toBe('bad_verification_code')

  const second = await start()
  await answer({ user_code: second.user_code!, person: 'mei', answer: 'decline' })
  expect((await poll(second.device_code!)).body.error).toBe('authorization_declined')
})

test('a device code ends after a quarter of an hour', () => {
  let now = 0
  const codes = new DeviceCodes(() => now)
  const { code, userCode } = codes.start('app', 'User.Read')
  now = 900_000
  expect(codes.waiting(userCode)).toBeUndefined()
  expect(codes.ask(code, 'other')).toBeUndefined()
  expect(codes.ask(code, 'app')).toBe('expired')
})

test('metadata leads to the keys that the tokens are signed with', async () => {
  const { tenant } = identity.org
  for (const [path, scope, audience] of [
    ['v2.0/.well-known/openid-configuration', `api://${hub}/.default`, hub],
    ['.well-known/openid-configuration', 'https://graph.microsoft.com/.default', 'https://graph.microsoft.com'],
  ] as const) {
    const metadata = (await (await fetch(`${identity.base}/${tenant}/${path}`)).json()) as Record<string, string>
    const { access_token } = (await ask(application({ scope }))).body
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri!))
    await expect(jwtVerify(access_token, keys, { issuer: metadata.issuer!, audience })).resolves.toBeDefined()
  }
  const discovery = await fetch(
    `${identity.base}/common/discovery/instance?api-version=1.1&authorization_endpoint=${identity.base}/${tenant}/oauth2/v2.0/authorize`,
  )
  expect(await discovery.json()).toMatchObject({
    tenant_discovery_endpoint: `${identity.base}/${tenant}/v2.0/.well-known/openid-configuration`,
  })
  expect((await fetch(`${identity.base}/${tenant}/nothing`)).status).toBe(404)
})

test('verifyToken refuses what is not ours, not for that audience, forged, or expired', async () => {
  const { access_token } = (await ask(password())).body
  const verify = (token: string | undefined, audience = hub) => identity.services.verifyToken(token, audience)
  expect(await verify(`Bearer ${access_token}`)).toMatchObject({ oid: personObjectId(identity.org, 'lee') })
  expect(await verify(`Bearer ${access_token}`, 'https://graph.microsoft.com')).toBeUndefined()
  for (const token of [undefined, '', 'Bearer', 'Basic abc', `Bearer ${access_token}x`, 'Bearer a.b.c'])
    expect(await verify(token)).toBeUndefined()
  const { entra } = identity.keys
  const forge = (exp: number, key = entra.privateKey, alg = 'RS256') =>
    new SignJWT({ aud: hub, idtyp: 'user', oid: 'x', exp }).setProtectedHeader({ alg, kid: entra.kid }).sign(key)
  expect(await verify(`Bearer ${await forge(soon())}`)).toMatchObject({ oid: 'x' })
  expect(await verify(`Bearer ${await forge(soon() - 600)}`)).toBeUndefined()
  expect(await verify(`Bearer ${await forge(soon(), (await openKey(undefined, 'entra')).privateKey)}`)).toBeUndefined()
})

test('channel tokens are signed for one bot and service, with a key endorsed for Teams', async () => {
  const sign = channelTokenSigner(identity.keys.botframework)
  const serviceurl = `${identity.base}/teams/`
  const token = await sign({ aud: hub, serviceurl })
  const metadata = await (await fetch(`${identity.base}/botframework/v1/.well-known/openidconfiguration`)).json()
  const keys = await (await fetch((metadata as { jwks_uri: string }).jwks_uri)).json()
  expect(keys).toMatchObject({ keys: [{ kid: identity.keys.botframework.kid, endorsements: ['msteams'] }] })
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys as never), {
    issuer: 'https://api.botframework.com',
    audience: hub,
  })
  expect(payload.serviceurl).toBe(serviceurl)
  expect(await sign({ aud: hub, serviceurl })).toBe(token)
  expect(await sign({ aud: hub, serviceurl: 'https://other.example/' })).not.toBe(token)
})

test('the workload issuer’s tokens verify by its own metadata', async () => {
  const token = await signWorkloadToken(identity.keys.workload, identity.base)
  const metadata = (await (await fetch(`${identity.base}/workload/.well-known/openid-configuration`)).json()) as Record<
    string,
    string
  >
  const checked = jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri!)), {
    issuer: metadata.issuer!,
    audience: workload.audience,
  })
  await expect(checked).resolves.toMatchObject({ payload: { sub: workload.subject } })
})
