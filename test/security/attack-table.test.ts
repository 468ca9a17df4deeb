import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { goodClaims, inSeconds, makeKey, sign, type IssuerKey } from './testing/channel-tokens.js'
import { message, startChannel, type Answer, type StartedChannel } from './testing/start-channel.js'

let channel: StartedChannel
beforeAll(async () => void (channel = await startChannel()))
afterAll(() => channel.close())

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const claims = (over: Record<string, unknown> = {}) => ({ ...goodClaims(channel.serviceUrl), ...over })
const signed = async (over: Record<string, unknown> = {}, key: IssuerKey = channel.key, header = {}) =>
  bearer(await sign(claims(over), key, header))
/** A key that the issuer never had, under the id of one that it has. */
const thief = makeKey('key-1')
const published = (index: number) => channel.issuer.keys[index]!

interface Attack {
  headers: Record<string, string | string[]>
  activity?: Record<string, unknown>
}

/** A token whose claim and whose activity say the same serviceUrl, which is not one that may be. */
const at = (serviceUrl: string) => async (): Promise<Attack> => ({
  headers: await signed({ serviceurl: serviceUrl }),
  activity: { serviceUrl },
})
const withClaims = (over: () => Record<string, unknown>) => async (): Promise<Attack> => ({
  headers: await signed(over()),
})
const withActivity = (over: () => Record<string, unknown>) => async (): Promise<Attack> => ({
  headers: await signed(),
  activity: over(),
})
const port = () => new URL(channel.serviceUrl).port

const attacks: [name: string, attack: () => Promise<Attack> | Attack][] = [
  ['no token', () => ({ headers: {} })],
  ['an empty header', () => ({ headers: { authorization: '' } })],
  ['a scheme without a token', () => ({ headers: { authorization: 'Bearer ' } })],
  [
    'a good token under Basic',
    async () => ({ headers: { authorization: `Basic ${await sign(claims(), channel.key)}` } }),
  ],
  ['garbage', () => ({ headers: bearer('garbage') })],
  ['three parts of garbage', () => ({ headers: bearer('a.b.c') })],
  [
    'two parts',
    async () => ({ headers: bearer((await sign(claims(), channel.key)).split('.').slice(0, 2).join('.')) }),
  ],
  ['no signature', async () => ({ headers: bearer((await sign(claims(), channel.key)).replace(/[^.]+$/, '')) })],
  [
    'alg none',
    () => ({ headers: bearer(`${base64({ alg: 'none', typ: 'JWT', kid: 'key-1' })}.${base64(claims())}.`) }),
  ],
  ['HS256 with the public key as its secret', () => ({ headers: bearer(hmacToken()) })],
  ['PS256 by the right key', async () => ({ headers: await signed({}, channel.key, { alg: 'PS256' }) })],
  ['RS512 by the right key', async () => ({ headers: await signed({}, channel.key, { alg: 'RS512' }) })],
  ['another key under a known id', async () => ({ headers: await signed({}, thief) })],
  ['another key that brings itself along (jwk, jku)', async () => ({ headers: await signed({}, thief, embedded()) })],
  ['an unknown key id', async () => ({ headers: await signed({}, makeKey('key-9')) })],
  ['no key id', async () => ({ headers: await signed({}, channel.key, { kid: undefined }) })],
  ['a key id that is a path', async () => ({ headers: await signed({}, channel.key, { kid: '../../dev/null' }) })],
  ['a critical extension', async () => ({ headers: bearer(await withCritical()) })],
  ['claims changed after signing', async () => ({ headers: bearer(await changed()) })],
  ['wrong issuer', withClaims(() => ({ iss: 'https://evil.example' }))],
  ['the issuer with a slash', withClaims(() => ({ iss: 'https://api.botframework.com/' }))],
  [
    'the emulator’s issuer',
    withClaims(() => ({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' })),
  ],
  ['Entra’s issuer', withClaims(() => ({ iss: 'https://login.microsoftonline.com/contoso/v2.0' }))],
  ['no issuer', withClaims(() => ({ iss: undefined }))],
  ['wrong audience', withClaims(() => ({ aud: '00000000-0000-4000-8000-000000000000' }))],
  ['the connector’s own audience', withClaims(() => ({ aud: 'https://api.botframework.com' }))],
  ['several audiences, ours among them', withClaims(() => ({ aud: ['somebody-else', claims().aud] }))],
  ['a list of our audience', withClaims(() => ({ aud: [claims().aud] }))],
  ['no audience', withClaims(() => ({ aud: undefined }))],
  ['expired beyond the skew', withClaims(() => ({ exp: inSeconds(-330) }))],
  ['valid only in the future', withClaims(() => ({ nbf: inSeconds(330) }))],
  ['no expiry', withClaims(() => ({ exp: undefined }))],
  ['an expiry that is text', withClaims(() => ({ exp: '9999999999' }))],
  ['no serviceurl claim', withClaims(() => ({ serviceurl: undefined }))],
  ['a serviceurl claim that is a list', withClaims(() => ({ serviceurl: [channel.serviceUrl] }))],
  ['a serviceurl claim for another place', withClaims(() => ({ serviceurl: 'https://smba.trafficmanager.net/emea/' }))],
  ['a serviceUrl off the allow-list, although the token says so', at('https://evil.example/teams/')],
  ['http in place of https', () => at(channel.serviceUrl.replace('https', 'http'))()],
  ['another port of the host', at('https://localhost:1/teams/')],
  ['the allowed host as the user', () => at(`https://localhost:${port()}@evil.example/teams/`)()],
  ['a user before the allowed host', () => at(`https://someone:secret@localhost:${port()}/teams/`)()],
  ['the allowed host as a subdomain of another', () => at(`https://localhost.evil.example:${port()}/teams/`)()],
  ['the allowed host behind a backslash', () => at(`https://evil.example\\@localhost:${port()}/teams/`)()],
  ['a serviceUrl that is no address', at('teams')],
  ['a serviceUrl that is a list', withActivity(() => ({ serviceUrl: [channel.serviceUrl] }))],
  ['an activity without a serviceUrl', withActivity(() => ({ serviceUrl: undefined }))],
  ['an activity of another place', withActivity(() => ({ serviceUrl: `${channel.serviceUrl}other/` }))],
  ['an activity of a channel the key is not endorsed for', withActivity(() => ({ channelId: 'directline' }))],
  ['a key endorsed for another channel', async () => ({ headers: await signed({}, published(1)) })],
  ['a key endorsed for none', async () => ({ headers: await signed({}, published(2)) })],
  [
    'a good token beside a bad one',
    async () => ({ headers: { authorization: [(await signed()).authorization, 'Bearer x'] } }),
  ],
  [
    'a good token twice',
    async () => ({ headers: { authorization: [(await signed()).authorization, (await signed()).authorization] } }),
  ],
  [
    'two tokens in one header',
    async () => ({ headers: { authorization: `${(await signed()).authorization}, Bearer x` } }),
  ],
  ['a huge token', () => ({ headers: bearer('x'.repeat(12_000)) })],
]

/** All that a refusal says; it is the same whatever was wrong. */
const silence = '{"error":{"code":"Unauthorized","message":"The request was not accepted."}}'

test.each(attacks)('%s: 401, and nothing is told, sent or kept', async (_name, attack) => {
  const { headers, activity = {} } = await attack()
  const conversation = { id: `a:${randomUUID()}`, conversationType: 'personal' }
  const body = JSON.stringify({ ...message(channel.serviceUrl), conversation, ...activity })
  const before = channel.sent.length
  expect(await channel.post(body, headers)).toEqual({ status: 401, body: silence })
  expect(channel.sent).toHaveLength(before)
  expect(await channel.kept(conversation.id)).toBeUndefined()
  expect(channel.logged.at(-1)).toMatchObject({ what: 'teams.refused' })
})

test.each<[string, () => Promise<Attack>]>([
  ['a good token', async () => ({ headers: await signed() })],
  [
    'a scheme in lower case',
    async () => ({ headers: { authorization: (await signed()).authorization.replace('B', 'b') } }),
  ],
  ['expired within the skew of clocks', withClaims(() => ({ exp: inSeconds(-270) }))],
  ['valid from within the skew of clocks', withClaims(() => ({ nbf: inSeconds(270) }))],
  ['a claim without the trailing slash', withClaims(() => ({ serviceurl: channel.serviceUrl.replace(/\/$/, '') }))],
  ['a claim in another case', withClaims(() => ({ serviceurl: channel.serviceUrl.toUpperCase() }))],
])('%s: answered', async (_name, attack) => {
  const { headers, activity = {} } = await attack()
  const before = channel.sent.length
  expect(await post({ ...message(channel.serviceUrl), ...activity }, headers)).toEqual({ status: 200, body: '' })
  expect(channel.sent).toHaveLength(before + 1)
  expect(JSON.stringify(channel.sent.at(-1))).toContain('carries the pager for auth-api')
})

test('an activity of another tenant under a good token gets no data and leaves nothing behind', async () => {
  const foreign = {
    ...message(channel.serviceUrl),
    conversation: { id: 'a:foreign', conversationType: 'personal', tenantId: 'fabrikam' },
    channelData: { tenant: { id: 'fabrikam' } },
  }
  const before = channel.sent.length
  expect((await post(foreign, await signed())).status).toBe(200)
  expect(channel.sent.slice(before).map(({ text }) => text)).toEqual([
    'Nexus does not serve your organisation yet. Ask your administrator to add it.',
  ])
  expect(await channel.kept('a:foreign')).toBeUndefined()
  const press = { ...foreign, type: 'invoke', name: 'adaptiveCard/action', value: execute('x'.repeat(22)) }
  expect(JSON.parse((await post(press, await signed())).body)).toMatchObject({ statusCode: 403 })
})

test('a body that does not match its token is refused before it is found malformed', async () => {
  expect(await channel.post('{"type": 7}', {})).toEqual({ status: 401, body: silence })
  expect((await channel.post('{"type":', {})).status).toBe(400)
})

test('any text as a token is refused alike', async () => {
  const part = fc.oneof(
    fc.stringMatching(/^[\w-]{0,40}$/),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
    fc
      .record({ alg: fc.constantFrom('RS256', 'none', 'HS256', 'ES256'), kid: fc.constantFrom('key-1', '', 7, null) })
      .map(base64),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
      const answer = await post(message(channel.serviceUrl), bearer(parts.join('.')))
      expect(answer).toEqual({ status: 401, body: silence })
    }),
    { numRuns: 150 },
  )
})

const post = (activity: unknown, headers: Record<string, string | string[]>): Promise<Answer> =>
  channel.post(JSON.stringify(activity), headers)
const execute = (id: string) => ({ action: { type: 'Action.Execute', verb: 'press', data: { id } }, trigger: 'manual' })

function hmacToken(): string {
  const body = `${base64({ alg: 'HS256', typ: 'JWT', kid: 'key-1' })}.${base64(claims())}`
  const pem = channel.key.publicKey.export({ type: 'spki', format: 'pem' })
  return `${body}.${createHmac('sha256', pem).update(body).digest('base64url')}`
}

const embedded = () => ({
  jwk: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
  jku: 'https://evil.example/keys',
  x5u: 'https://evil.example/certificate',
})

async function changed(): Promise<string> {
  const [header, , signature] = (await sign(claims(), channel.key)).split('.')
  return [header, base64(claims({ exp: inSeconds(99_999) })), signature].join('.')
}

async function withCritical(): Promise<string> {
  const [, body, signature] = (await sign(claims(), channel.key)).split('.')
  return [base64({ alg: 'RS256', kid: 'key-1', crit: ['b64'], b64: false }), body, signature].join('.')
}
