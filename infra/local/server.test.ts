import { afterEach, expect, test } from '@jest/globals'
import { createServer } from 'node:net'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { teamsPort } from './frame/port.js'
import { ok, Router, type Vendor } from './frame/router.js'
import { listen } from './server.js'
import { smallOrganisation } from './testing/small-organisation.js'
import { startVendors, type Started } from './testing/start-vendors.js'

let started: Started
afterEach(() => started?.close())

const echo = (name: string, prefix: string, rest: Partial<Vendor> = {}): Vendor => ({
  name,
  prefixes: [prefix],
  handle: ({ method, path, query, body, raw, url }) =>
    ok({ name, method, path, query: { ...query }, body, bytes: raw.length, url: url.href }),
  ...rest,
})

async function serve(...vendors: Vendor[]) {
  started = await startVendors({ org: smallOrganisation(), vendors: vendors.map((vendor) => () => vendor) })
  return async (path: string, init?: RequestInit) => {
    const response = await fetch(started.base + path, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
  }
}

test('the longest prefix answers, whole segments only, and the empty prefix takes the rest', async () => {
  const get = await serve(
    echo('entra', ''),
    echo('arm', '/arm'),
    echo('resource-graph', '/arm/providers/Microsoft.ResourceGraph'),
  )
  const answers = await Promise.all(
    ['/arm/subscriptions', '/arm/providers/microsoft.resourcegraph/resources', '/army', '/', '/arm'].map((path) =>
      get(path),
    ),
  )
  expect(answers.map(({ body }) => [body.name, body.path])).toEqual([
    ['arm', '/subscriptions'],
    ['resource-graph', '/resources'],
    ['entra', '/army'],
    ['entra', '/'],
    ['arm', '/'],
  ])
})

test('encoded names, odd casing, trailing slashes and forms are understood', async () => {
  const get = await serve(echo('arm', '/arm'))
  const query = await get('/arm/sub%20scriptions//?api%2Dversion=2022-12-01&$FILTER=a%20eq%20%27b%27&__proto__=x')
  expect(query.body).toMatchObject({
    path: '/sub scriptions',
    query: { 'api-version': '2022-12-01', $filter: "a eq 'b'" },
  })
  const form = await get('/arm/x', { method: 'POST', body: new URLSearchParams({ a: '1 2' }) })
  expect(form.body.body).toEqual({ a: '1 2' })
  const patch = { method: 'PATCH', headers: { 'content-type': 'application/json-patch+json' }, body: '[{"op":"add"}]' }
  expect((await get('/arm/x', patch)).body.body).toEqual([{ op: 'add' }])
})

test('a path that begins with two slashes names no other host', async () => {
  const get = await serve(echo('arm', ''))
  expect(new URL((await get('//evil.example/x')).body.url).host).toBe(new URL(started.base).host)
})

test.each([
  ['arm', { error: { code: 'InvalidRequestContent' } }],
  ['graph', { error: { code: 'BadRequest', innerError: {} } }],
  ['github', { status: '400', documentation_url: expect.any(String) }],
  ['pagerduty', { error: { code: 2001 } }],
  ['teams', { error: { code: 'BadSyntax' } }],
  ['entra', { error: 'invalid_request', error_codes: [90014] }],
  ['azure-devops', { typeKey: 'VssServiceException' }],
])('malformed JSON is 400 in the words of %s', async (name, body) => {
  const get = await serve(echo(name, '/v'))
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const answer = await get('/v/x', { ...json, body: '{"a":' })
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject(body)
  expect((await get('/v/x', { ...json, body: '' })).body.body).toBeUndefined()
})

test('a body over the limit is 413, chunked or not, and one at the limit passes', async () => {
  const get = await serve(echo('teams', '/teams', { bodyLimit: 1000 }), echo('arm', '/arm'))
  expect((await get('/teams', { method: 'POST', body: 'x'.repeat(1000) })).body.bytes).toBe(1000)
  expect((await get('/teams', { method: 'POST', body: 'x'.repeat(1001) })).body.error.code).toBe('MessageSizeTooBig')
  const chunked = {
    method: 'POST',
    body: Readable.toWeb(Readable.from(['x'.repeat(600), 'y'.repeat(600)])),
    duplex: 'half',
  }
  expect((await get('/teams', chunked as unknown as RequestInit)).status).toBe(413)
  expect((await get('/arm', { method: 'POST', body: 'x'.repeat(5_000_000) })).status).toBe(413)
})

test('a malformed path is 400, an unclaimed one 404, a handler that throws 500 without its message', async () => {
  const failing: Vendor = { name: 'arm', prefixes: ['/arm'], handle: () => Promise.reject(new Error('secret detail')) }
  const get = await serve(failing)
  expect((await get('/arm/%E0%A4%A')).status).toBe(400)
  expect((await get('/nobody')).status).toBe(404)
  const log = console.error
  const logged: unknown[] = []
  console.error = (...words: unknown[]) => void logged.push(words)
  const answer = await get('/arm/x').finally(() => (console.error = log))
  expect(answer.status).toBe(500)
  expect(JSON.stringify(answer.body)).not.toContain('secret detail')
  expect(String(logged)).toContain('secret detail')
})

test('faults hit their target, their share and their count, in the vendor’s own form', async () => {
  const get = await serve(echo('graph', '/graph'), echo('github', '/github'), echo('resource-graph', '/arg'))
  started.services.faults.add({ target: 'graph', status: 429, retryAfter: 7, count: 2 })
  const first = await get('/graph/v1.0/users')
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7'])
  expect(first.body.error.code).toBe('TooManyRequests')
  expect((await get('/github/x')).status).toBe(200)
  expect([(await get('/graph/a')).status, (await get('/graph/a')).status]).toEqual([429, 200])

  started.services.faults.add({ target: 'github/repos', status: 503, ratio: 0.25 })
  const statuses = []
  for (let i = 0; i < 8; i++) statuses.push((await get('/github/repos/a')).status)
  expect(statuses.filter((status) => status === 503)).toHaveLength(2)
  expect((await get('/github/repositories')).status).toBe(200)

  started.services.faults.add({ target: 'resource-graph', status: 429, retryAfter: 65 })
  expect((await get('/arg')).headers.get('x-ms-user-quota-resets-after')).toBe('00:01:05')

  started.services.faults.clear()
  started.services.faults.add({ target: '*', delayMs: 60 })
  const before = performance.now()
  expect((await get('/github/x')).status).toBe(200)
  expect(performance.now() - before).toBeGreaterThan(55)
  expect(() => started.services.faults.add({ target: 'graph', status: 200 })).toThrow()
})

test('a fault may mean one method, all that changes something, or the answer when all is done', async () => {
  const done: string[] = []
  const arm = echo('arm', '/arm', {
    handle: ({ method, path }) => {
      done.push(`${method} ${path}`)
      return ok({})
    },
    faults: ['arm-operation'],
  })
  const get = await serve(arm)
  const { faults } = started.services
  const ask = async (method: string, path = '/arm/a') => (await get(path, { method })).status
  faults.add({ target: 'arm-write/A', status: 409 })
  expect([await ask('GET'), await ask('PATCH'), await ask('DELETE'), await ask('PUT', '/arm/b')]).toEqual([
    200, 409, 409, 200,
  ])
  faults.clear()
  faults.add({ target: 'arm-put', status: 404 })
  expect([await ask('POST'), await ask('PUT')]).toEqual([200, 404])
  faults.clear()
  done.length = 0
  faults.add({ target: 'arm-answer', status: 502, count: 1 })
  expect([await ask('PUT'), await ask('PUT')]).toEqual([502, 200])
  faults.add({ target: 'arm-answer', count: 1 })
  await expect(ask('PUT')).rejects.toThrow('fetch failed')
  faults.add({ target: 'arm-answer', delayMs: 60, count: 1 })
  const before = performance.now()
  expect(await ask('PUT')).toBe(200)
  expect(performance.now() - before).toBeGreaterThan(55)
  expect(done).toEqual(Array(4).fill('PUT /a'))

  faults.add({ target: '*', status: 500 })
  expect(faults.strikeNamed('arm-operation/a')).toBeUndefined()
  faults.add({ target: 'arm-operation' })
  expect(faults.strikeNamed('arm-operation/a')).toBeDefined()
  expect(() => faults.add({ target: 'gitub/repos' })).toThrow(
    "There is no target 'gitub'. There are *, arm, arm-answer",
  )
})

test('a stream stays open, ends with its reader, and does not hold up closing', async () => {
  const stream = new Readable({ read() {} })
  const sse: Vendor = {
    name: 'teams',
    prefixes: [''],
    handle: () => ({ status: 200, headers: { 'content-type': 'text/event-stream' }, body: stream }),
  }
  await serve(sse)
  const response = await fetch(started.base)
  const reader = response.body!.getReader()
  stream.push('data: 1\n\n')
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 1\n\n')
  await reader.cancel()
  await new Promise((resolve) => stream.once('close', resolve))
  expect(stream.destroyed).toBe(true)
})

test('connections are kept alive', async () => {
  await serve(echo('arm', ''))
  const { Agent } = await import('node:http')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const port = () =>
    new Promise<number>((resolve) =>
      request(started.base, { agent }, (response) => {
        const { localPort } = response.socket
        response.resume().on('end', () => resolve(localPort ?? 0))
      }).end(),
    )
  expect(await port()).toBe(await port())
  agent.destroy()
})

test('a taken port is named with its variable and the way out', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  const refused = listen({
    port,
    vendors: () => [{ name: 'x', prefixes: [''], handle: new Router().handle }],
    setting: teamsPort,
  })
  await expect(refused).rejects.toThrow(
    `Port ${port} for the local Teams page is in use by another program. Stop that program (perhaps another \`npm start\`), ` +
      `or choose another port: NEXUS_TEAMS_PORT=${port + 100}.`,
  )
  other.close()
})
