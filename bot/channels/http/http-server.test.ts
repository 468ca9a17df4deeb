import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { createHttpServer, type HttpRequest, type JsonRoute, type HttpServer } from './http-server.js'

const started: HttpServer[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.drain(0)))
})

async function serve(handle: JsonRoute['handle'], failed: (error: unknown, path: string) => void = () => {}) {
  const server = createHttpServer(
    [
      { method: 'POST', path: '/thing', handle },
      { method: 'GET', path: '/thing', handle },
    ],
    failed,
  )
  started.push(server)
  return { server, port: await server.listen('127.0.0.1', 0) }
}

const ask = async (port: number, path = '/thing', init?: RequestInit) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, init)
  return { status: answer.status, body: await answer.text() }
}
const json = { 'content-type': 'application/json' }

/** A door that a test opens, and that says when somebody stands before it. */
function door() {
  let open = () => {}
  let arrive = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  return { open: () => open(), arrived, pass: () => (arrive(), opened) }
}

test('a route gets the body, the query and the token, and its status, headers and body go back', async () => {
  let seen: HttpRequest | undefined
  const { port } = await serve(async (asked) => {
    seen = asked
    return { status: 201, body: { done: true }, headers: { 'retry-after': '7' } }
  })
  const answer = await fetch(`http://127.0.0.1:${port}/thing?a=1&a=2`, {
    method: 'POST',
    headers: { ...json, authorization: 'Bearer x' },
    body: '{"b":[1]}',
  })
  expect([answer.status, await answer.text(), answer.headers.get('retry-after')]).toEqual([201, '{"done":true}', '7'])
  expect(seen).toMatchObject({ body: { b: [1] }, authorization: 'Bearer x' })
  expect(seen!.query.getAll('a')).toEqual(['1', '2'])
})

test.each<[string, string, RequestInit, number, string]>([
  ['an address that is not there', '/other', {}, 404, 'NotFound'],
  ['another method', '/thing', { method: 'DELETE' }, 405, 'MethodNotAllowed'],
  ['broken JSON', '/thing', { method: 'POST', headers: json, body: '{' }, 400, 'BadRequest'],
  ['a large body', '/thing', { method: 'POST', headers: json, body: `"${'x'.repeat(600_000)}"` }, 413, 'TooLarge'],
  ['text', '/thing', { method: 'POST', body: 'hello' }, 415, 'UnsupportedMediaType'],
  ['an address that cannot be decoded', '/%', {}, 404, 'NotFound'],
])('%s is refused in one shape', async (_what, path, init, status, code) => {
  const { port } = await serve(async () => ({ status: 200 }))
  const answer = await ask(port, path, init)
  expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { error: { code, message: expect.any(String) } }])
})

test('a body that does not say how long it is, and is too long, is refused too, and its sender reads why', async () => {
  const { port } = await serve(async () => ({ status: 200 }))
  const answer = await new Promise<{ status: number | undefined; body: string }>((done, failed) => {
    const asked = request({ port, method: 'POST', path: '/thing', headers: json }, (response) => {
      let body = ''
      response.on('data', (part: Buffer) => (body += part.toString()))
      response.on('end', () => done({ status: response.statusCode, body }))
    })
    asked.on('error', failed)
    asked.write('"')
    for (let part = 0; part < 10; part++) asked.write('x'.repeat(60_000))
    asked.end('"')
  })
  expect(answer.status).toBe(413)
  expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'TooLarge' } })
})

test('a route that throws answers 500 without a word of why, and the log hears it', async () => {
  const heard: unknown[] = []
  const { port } = await serve(
    () => Promise.reject(new Error('password=hunter2')),
    (error, path) => heard.push([path, (error as Error).message]),
  )
  expect(await ask(port)).toEqual({
    status: 500,
    body: '{"error":{"code":"Internal","message":"Nexus could not answer."}}',
  })
  expect(heard).toEqual([['/thing', 'password=hunter2']])
})

test('a drain lets what is under way end, and takes nothing new', async () => {
  const gate = door()
  const { server, port } = await serve(async () => gate.pass().then(() => ({ status: 200, body: 'x'.repeat(300_000) })))
  const underWay = ask(port)
  await gate.arrived
  const drained = server.drain(5000)
  await expect(ask(port)).rejects.toThrow()
  gate.open()
  expect((await underWay).body).toHaveLength(300_002)
  await drained
})

test('a drain does not wait for ever, neither for a route nor for a body that never comes', async () => {
  const { server, port } = await serve(() => new Promise(() => {}))
  const stuck = ask(port).catch((error: unknown) => error)
  const half = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/thing',
    headers: { ...json, 'content-length': 9 },
  })
  const broken = new Promise((resolve) => half.once('error', resolve))
  half.write('{')
  await new Promise((resolve) => setTimeout(resolve, 50))
  const begun = performance.now()
  await server.drain(100)
  expect(performance.now() - begun).toBeLessThan(2000)
  expect(await stuck).toMatchObject({ message: 'fetch failed' })
  expect(await broken).toMatchObject({ code: 'ECONNRESET' })
})

test('lines that are not HTTP do not stop it', async () => {
  const { port } = await serve(async () => ({ status: 200, body: 'there' }))
  for (const bytes of [
    '\0\0\0',
    'GET\r\n\r\n',
    'POST /thing HTTP/1.1\r\nContent-Length: x\r\n\r\n',
    'GET /thing HTTP/9.9\r\n\r\n',
  ])
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
      socket
        .on('close', () => resolve())
        .on('error', () => resolve())
        .resume()
    })
  expect(await ask(port)).toEqual({ status: 200, body: '"there"' })
})

test('a port in use is said with what to do', async () => {
  const { port } = await serve(async () => ({ status: 200 }))
  const second = createHttpServer([], () => {})
  await expect(second.listen('127.0.0.1', port)).rejects.toThrow(
    `Port ${port} is in use. Choose another with NEXUS_PORT (NEXUS_HUB_PORT for npm start), or stop what listens there.`,
  )
})
