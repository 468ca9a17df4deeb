import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createHttpServer, type HttpServer } from '../http-server.js'
import { webhookRoutes, type Arrived } from './webhook-routes.js'
import { webhookSources } from './webhook-sources.js'

const secrets = {
  NEXUS_GITHUB_WEBHOOK_SECRET: 'github-secret-of-a-test',
  NEXUS_PAGERDUTY_WEBHOOK_SECRET: 'pagerduty-secret-of-a-test',
  NEXUS_AZURE_MONITOR_WEBHOOK_CODE: 'monitor-code-of-a-test',
  NEXUS_EVENT_GRID_WEBHOOK_CODE: 'grid-code-of-a-test',
  NEXUS_AZURE_DEVOPS_WEBHOOK_USER: 'hooks',
  NEXUS_AZURE_DEVOPS_WEBHOOK_PASSWORD: 'pass:word-of-a-test',
  NEXUS_OPSGENIE_WEBHOOK_TOKEN: 'opsgenie-token-of-a-test',
  NEXUS_ALERTMANAGER_WEBHOOK_TOKEN: 'alertmanager-token-of-a-test',
}
const entra = { authority: 'https://login.test', tenant: 'contoso', audience: 'nexus' }

let server: HttpServer
let base: string
let kept: Arrived[]
let keep: (arrived: readonly Arrived[]) => Promise<void>
let failures: unknown[]

async function serve(settings: Parameters<typeof webhookSources>[0] = secrets) {
  server = createHttpServer(
    webhookRoutes({
      sources: webhookSources(settings, entra, fetch),
      keep: (arrived) => keep(arrived),
      failed: (error) => failures.push(error),
    }),
    (error) => failures.push(error),
  )
  base = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}/webhooks`
}

beforeEach(async () => {
  kept = []
  failures = []
  keep = async (arrived) => void kept.push(...arrived)
  await serve()
})
afterEach(() => server.drain(0))

const hmac = (key: string, body: string | Buffer) => createHmac('sha256', key).update(body).digest('hex')
const json = { 'content-type': 'application/json' }

async function send(path: string, body: string | Buffer, headers: Record<string, string> = {}, method = 'POST') {
  const answer = await fetch(`${base}/${path}`, {
    method,
    headers: { ...json, ...headers },
    ...(method === 'POST' && { body: body as never }),
  })
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}
const monitor = (body: string | Buffer, headers?: Record<string, string>) =>
  send(`azure-monitor?code=${secrets.NEXUS_AZURE_MONITOR_WEBHOOK_CODE}`, body, headers)
const grid = (body: string, headers?: Record<string, string>) =>
  send(`event-grid?code=${secrets.NEXUS_EVENT_GRID_WEBHOOK_CODE}`, body, headers)

const body = '{"n": 1502709956288000110, "text": "\\u00e9 é"}'
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
const good: [string, string, Record<string, string>][] = [
  ['azure-monitor', `azure-monitor?code=${secrets.NEXUS_AZURE_MONITOR_WEBHOOK_CODE}`, {}],
  ['event-grid', `event-grid?code=${secrets.NEXUS_EVENT_GRID_WEBHOOK_CODE}`, {}],
  ['pagerduty', 'pagerduty', { 'x-pagerduty-signature': `v1=${hmac(secrets.NEXUS_PAGERDUTY_WEBHOOK_SECRET, body)}` }],
  ['github', 'github', { 'x-hub-signature-256': `sha256=${hmac(secrets.NEXUS_GITHUB_WEBHOOK_SECRET, body)}` }],
  ['azure-devops', 'azure-devops', basic('hooks:pass:word-of-a-test')],
  ['opsgenie', 'opsgenie', { authorization: `Bearer ${secrets.NEXUS_OPSGENIE_WEBHOOK_TOKEN}` }],
  ['alertmanager', 'alertmanager', { authorization: `bearer ${secrets.NEXUS_ALERTMANAGER_WEBHOOK_TOKEN}` }],
]

test.each(good)(
  '%s: what is authentic is kept as it came, then accepted; twice it has one id',
  async (source, path, headers) => {
    const answers = [await send(path, body, headers), await send(path, body, headers)]
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    expect(kept.map((one) => [one.source, one.body])).toEqual([
      [source, body],
      [source, body],
    ])
    expect(kept[0]!.id).toBe(kept[1]!.id)
    const remembered = JSON.stringify(kept)
    for (const secret of [...Object.values(secrets), ...Object.values(headers)])
      if (secret !== 'hooks') expect(remembered).not.toContain(secret)
  },
)

test.each(good)('%s: a wrong, missing or foreign proof is 401 and keeps nothing', async (_source, path, headers) => {
  const name = path.split('?')[0]!
  const [header, value] = Object.entries(headers)[0] ?? []
  const wrong: [string, Record<string, string>][] = header
    ? [
        [path, {}],
        [path, { [header]: '' }],
        [path, { [header]: `${value!.slice(0, 12)}x${value!.slice(12)}` }],
        [path, { [header]: value!.slice(0, -4) }],
      ]
    : [
        [name, {}],
        [`${name}?code=`, {}],
        [`${path}0`, {}],
        [`${name}?code=${secrets.NEXUS_GITHUB_WEBHOOK_SECRET}`, {}],
        [name, { authorization: 'Bearer e.e.e' }],
      ]
  for (const [to, proof] of wrong) expect((await send(to, body, proof)).status).toBe(401)
  expect(kept).toEqual([])
})

test('a signature is over the bytes: one changed byte is 401', async () => {
  for (const [source, path, headers] of good.filter(([, , proof]) => /signature/.test(Object.keys(proof)[0] ?? '')))
    expect([source, (await send(path, body.replace('1', '2'), headers)).status]).toEqual([source, 401])
})

test('PagerDuty signs with two secrets while one is exchanged', async () => {
  const right = `v1=${hmac(secrets.NEXUS_PAGERDUTY_WEBHOOK_SECRET, body)}`
  const other = `v1=${hmac('the secret to come', body)}`
  expect((await send('pagerduty', body, { 'x-pagerduty-signature': `${other},${right}` })).status).toBe(202)
  expect((await send('pagerduty', body, { 'x-pagerduty-signature': `${other}, v0=1` })).status).toBe(401)
})

test('a source without a secret is not there', async () => {
  await server.drain(0)
  await serve({ NEXUS_OPSGENIE_WEBHOOK_TOKEN: secrets.NEXUS_OPSGENIE_WEBHOOK_TOKEN })
  for (const [source, path, headers] of good)
    expect([source, (await send(path, body, headers)).status]).toEqual([source, source === 'opsgenie' ? 202 : 404])
  expect((await send('nobody', body)).status).toBe(404)
})

test('an alert of 256 KB and a batch of 1 MB are taken, 2 MB are 413 with a sentence', async () => {
  const sized = (bytes: number) => JSON.stringify({ filler: 'x'.repeat(bytes - 13) })
  for (const bytes of [256 * 1024, 1_048_576]) {
    expect((await monitor(sized(bytes))).status).toBe(202)
    expect(Buffer.byteLength(kept.at(-1)!.body)).toBe(bytes)
  }
  const refused = await monitor(sized(2_000_000))
  expect([refused.status, JSON.parse(refused.body)]).toEqual([
    413,
    { error: { code: 'TooLarge', message: expect.stringContaining('1048576') } },
  ])
  expect((await monitor(sized(1_048_577))).status).toBe(413)
  expect(kept).toHaveLength(2)
})

test('what cannot be read would never come again, so it is kept', async () => {
  const notText = Buffer.from([0x7b, 0xff, 0xfe])
  for (const broken of ['{', '', '\ufeff{}', 'null', '[1', notText]) expect((await monitor(broken)).status).toBe(202)
  expect(kept.map((one) => one.body)).toEqual(['{', '', '\ufeff{}', 'null', '[1', notText])
  expect((await grid('{broken')).status).toBe(202)
})

test('what is no JSON in UTF-8 by its own word is 415', async () => {
  for (const headers of [
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=utf-16' },
  ])
    expect((await monitor('{}', headers)).status).toBe(415)
  expect((await monitor(gzipSync('{}'), { 'content-encoding': 'gzip' })).status).toBe(415)
  expect((await monitor('{}', { 'content-type': 'application/json; charset="UTF-8"' })).status).toBe(202)
  expect(kept).toHaveLength(1)
})

test('a store that cannot keep it is 503 and soon again, never 500', async () => {
  keep = () => Promise.reject(new Error('the disk is full'))
  const answer = await monitor('{}')
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect(answer.body).not.toContain('disk')
  expect(failures).toMatchObject([{ message: 'the disk is full' }])
})

test("Event Grid's handshake is answered within the request, to whoever knows the code", async () => {
  const event = {
    id: 'v',
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    data: { validationCode: 'abc' },
  }
  const answer = await grid(JSON.stringify([event]))
  expect([answer.status, answer.body]).toEqual([200, '{"validationResponse":"abc"}'])
  expect((await send('event-grid?code=wrong', JSON.stringify([event]))).status).toBe(401)
  expect(kept).toEqual([])
})

test('the handshake of CloudEvents is an OPTIONS request, answered with its origin', async () => {
  const ask = (path: string, origin: string) => send(path, '', { 'webhook-request-origin': origin }, 'OPTIONS')
  const answer = await ask(`event-grid?code=${secrets.NEXUS_EVENT_GRID_WEBHOOK_CODE}`, 'eventgrid.azure.net')
  expect([answer.status, answer.headers.get('webhook-allowed-origin')]).toEqual([200, 'eventgrid.azure.net'])
  expect((await ask('event-grid', 'eventgrid.azure.net')).status).toBe(401)
  expect((await ask('azure-monitor', 'eventgrid.azure.net')).status).toBe(405)
})

test('each event of a batch is an item of its own, as it was written; its id is its own within its topic', async () => {
  const first = '{"id": "e1", "topic": "/subscriptions/1", "n": 1.50}'
  const second = '{"id":"e1","topic":"/subscriptions/2"}'
  const cloud = '{"specversion":"1.0","id":"e1","source":"/subscriptions/1"}'
  expect((await grid(`[${first} ,\n ${second}, ${first}]`)).status).toBe(202)
  expect((await grid(cloud, { 'content-type': 'application/cloudevents+json; charset=utf-8' })).status).toBe(202)
  expect(kept.map((one) => one.body)).toEqual([first, second, first, cloud])
  const ids = kept.map(({ id }) => id)
  expect([ids[0] === ids[2], ids[0] === ids[3], ids[0] === ids[1]]).toEqual([true, true, false])
  expect((await grid('[]')).status).toBe(202)
})

test('a vendor id that the store would not take is a digest instead', async () => {
  const key = secrets.NEXUS_GITHUB_WEBHOOK_SECRET
  const signed = (id: string) => ({ 'x-hub-signature-256': `sha256=${hmac(key, body)}`, 'x-github-delivery': id })
  await send('github', body, signed('72d3162e-cc78-11e3-81ab-4c9367dc0958'))
  await send('github', body, signed('x'.repeat(2000)))
  expect(kept.map(({ id }) => id)).toEqual([
    '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    expect.stringMatching(/^[\w-]{43}$/),
  ])
})
