import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { followStorm } from './follow-storm.js'
import { stormUsage } from './read-arguments.js'

let server: Server | undefined
afterEach(() => new Promise((closed) => (server ? server.close(closed) : closed(undefined))))

/** A tenant that answers its storm as told, one answer after the other, and keeps what it was asked. */
async function tenantOf(...answers: { status?: number; body: object }[]) {
  const asked: string[] = []
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (data: Buffer) => (body += data.toString()))
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`.trim())
      const { status = 200, body: said } = answers[Math.min(asked.length, answers.length) - 1]!
      // Not chained: restify, where a test of the same process loaded it, has `writeHead` answer nothing.
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(said))
    })
  })
  await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening))
  return { page: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const wish = { do: 'storm', fast: false, stop: false, help: false, json: false } as const
const about = { title: 'A flood', summary: 'It rains.', seconds: 90, watch: 'incidents' }
const first = { at: '2026-11-21T02:14:10.000Z', line: 'auth-api 4.7.1 deployed' }
const second = { at: '2026-11-21T02:15:02.000Z', line: 'alert Sev1 slow on shop', sent: 'azure-monitor' }
const timeOf = ({ at }: { at: string }) => new Date(at).toTimeString().slice(0, 8)

test('each act is one line, once, then where to look; the wish is passed on', async () => {
  const { page, asked } = await tenantOf(
    { body: { state: 'playing', ...about, played: [] } },
    { body: { state: 'playing', ...about, played: [first] } },
    { body: { state: 'ended', ...about, played: [first, second] } },
  )
  const lines: string[] = []
  expect(await followStorm({ ...wish, story: 'flood', speed: 2 }, page, (line) => lines.push(line))).toBe(0)
  expect(asked).toEqual([
    'POST /local/storm {"story":"flood","speed":2,"fast":false}',
    'GET /local/storm',
    'GET /local/storm',
  ])
  expect(lines).toEqual([
    'A flood (45 s). It rains.',
    `Watch it: ${page}/#incidents`,
    '',
    `${timeOf(first)} ${first.line}`,
    `${timeOf(second)} ${second.line}`,
    '',
    'The storm is over. 1 webhook was sent, and the hub took it.',
    `Look at ${page}/#incidents`,
  ])
})

test.each([
  [
    'a webhook that was not taken',
    { state: 'ended', played: [{ ...second, problem: 'the hub answered 404' }] },
    /not taken: the hub answered 404/,
  ],
  ['a storm that failed', { state: 'failed', reason: 'no hub', played: [] }, /The storm failed: no hub\./],
  ['a storm that was stopped', { state: 'stopped', played: [] }, /The storm was stopped\./],
])('%s is status 1', async (_what, said, words) => {
  const { page } = await tenantOf({ body: { ...about, ...said } })
  const lines: string[] = []
  expect(await followStorm(wish, page, (line) => lines.push(line))).toBe(1)
  expect(lines.join('\n')).toMatch(words)
})

test('the same as JSON, a line for each act and nothing else', async () => {
  const { page } = await tenantOf({ body: { ...about, state: 'ended', played: [first, second] } })
  const lines: string[] = []
  await followStorm({ ...wish, json: true }, page, (line) => lines.push(line))
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([first, second])
})

test('a refusal is the tenant’s own sentence; without a tenant it says what to start', async () => {
  const { page } = await tenantOf({ status: 409, body: { error: 'A storm is playing: A flood.' } })
  await expect(followStorm(wish, page, () => {})).rejects.toThrow('A storm is playing: A flood.')
  await expect(followStorm(wish, undefined, () => {})).rejects.toThrow(/start it with npm start/)
})

test('help needs no tenant, and stopping says what became of it', async () => {
  const lines: string[] = []
  expect(await followStorm({ ...wish, help: true }, undefined, (line) => lines.push(line))).toBe(0)
  expect(lines).toEqual([stormUsage])
  const { page, asked } = await tenantOf({ body: { state: 'stopped', played: [] } })
  expect(await followStorm({ ...wish, stop: true }, page, (line) => lines.push(line))).toBe(0)
  expect([asked, lines.at(-1)]).toEqual([['DELETE /local/storm'], 'The storm was stopped.'])
})
