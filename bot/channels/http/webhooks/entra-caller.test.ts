import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, expect, test } from '@jest/globals'
import { azureMonitor } from './azure-monitor.js'
import { createEntraCaller } from './entra-caller.js'

const tenant = '11111111-0000-4000-8000-000000000000'
const app = '22222222-0000-4000-8000-000000000000'
const authority = 'https://login.test'
const rules = { authority, tenant, audience: ['api://nexus', 'nexus'], app }

let keys: Awaited<ReturnType<typeof generateKeyPair>>
let entra: typeof fetch
beforeAll(async () => {
  keys = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }
  entra = async (url) =>
    Response.json(String(url).endsWith('/openid-configuration') ? { jwks_uri: `${authority}/keys` } : { keys: [jwk] })
})

const good = { tid: tenant, azp: app, aud: 'nexus', iss: `${authority}/${tenant}/v2.0` }
async function bearer(claims: Record<string, unknown>, key = keys.privateKey, life = '5m') {
  const { exp, ...rest } = { exp: life, ...claims } as Record<string, unknown> & { exp: string }
  return `Bearer ${await new SignJWT(rest).setProtectedHeader({ alg: 'RS256', kid: 'k' }).setIssuedAt().setExpirationTime(exp).sign(key)}`
}

test.each<[string, Record<string, unknown>]>([
  ['version 2', {}],
  ['version 1', { iss: `https://sts.windows.net/${tenant}/`, azp: undefined, appid: app, aud: 'api://nexus' }],
])("a secure webhook's token of %s is taken", async (_version, more) => {
  expect(await createEntraCaller(rules, entra)(await bearer({ ...good, ...more }))).toBe('good')
})

test.each<[string, Record<string, unknown>]>([
  ['another audience', { aud: 'https://management.azure.com' }],
  ['another issuer', { iss: `${authority}/common/v2.0` }],
  ['another tenant', { tid: '33333333-0000-4000-8000-000000000000' }],
  ['another application', { azp: '44444444-0000-4000-8000-000000000000' }],
  ['no application', { azp: undefined }],
  ['a person in the application', { scp: 'user_impersonation' }],
  ['one that has ended', { exp: '-10m' }],
])('a token of %s is not', async (_what, more) => {
  expect(await createEntraCaller(rules, entra)(await bearer({ ...good, ...more }))).toBe('wrong')
})

test('neither is one of another key, nor what is no token', async () => {
  const prove = createEntraCaller(rules, entra)
  const other = await generateKeyPair('RS256')
  for (const authorization of [await bearer(good, other.privateKey), 'Bearer e.e.e', 'Basic eA==', '', undefined])
    expect(await prove(authorization)).toBe('wrong')
})

test("where Entra's keys cannot be had nobody can say: it is asked to come again", async () => {
  const down = createEntraCaller(rules, async () => new Response('', { status: 503 }))
  expect(await down(await bearer(good))).toBe('unknown')
})

test('an action group may use the code or a token, whichever is set', async () => {
  const request = (query: string, authorization?: string) => ({
    bytes: Buffer.alloc(0),
    headers: {},
    authorization,
    query: new URLSearchParams(query),
  })
  const token = createEntraCaller(rules, entra)
  const both = azureMonitor({ code: 'the code of a test', token })
  expect(await both.prove(request('', await bearer(good)))).toBe('good')
  expect(await both.prove(request('code=the+code+of+a+test'))).toBe('good')
  expect(await both.prove(request('code=', 'Bearer x'))).toBe('wrong')
  expect(await azureMonitor({ token }).prove(request('code='))).toBe('wrong')
})
