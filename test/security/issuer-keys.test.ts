import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { goodClaims, makeKey, sign } from './testing/channel-tokens.js'
import { message, startChannel, type StartedChannel } from './testing/start-channel.js'
import type { Misbehaviour } from './testing/channel-tokens.js'

let channel: StartedChannel
beforeAll(async () => void (channel = await startChannel()))
afterAll(() => channel.close())

const say = async (key = channel.key) =>
  channel.post(JSON.stringify(message(channel.serviceUrl)), {
    authorization: `Bearer ${await sign(goodClaims(channel.serviceUrl), key)}`,
  })

const faults: [string, 'metadata' | 'keys', Misbehaviour][] = (['metadata', 'keys'] as const).flatMap((path) => [
  [`${path} answer 500`, path, (response) => Object.assign(response, { statusCode: 500 }).end('Internal error')],
  [`${path} answer a page`, path, (response) => response.end('<html>Sign in</html>')],
  [`${path} answer JSON of another shape`, path, (response) => response.end('{"keys":"none","jwks_uri":7}')],
  [`${path} hang up`, path, (response) => response.destroy()],
  [`${path} do not answer`, path, () => {}],
])

// The keys are asked for when the first token comes and kept from then on, so this must stay the first test.
test.each(faults)(
  '%s: 503, so that the channel tries again, and the next one is answered',
  async (_name, path, misbehave) => {
    channel.issuer.instead = { [path]: misbehave }
    const { status, body } = await say()
    expect([status, body]).toEqual([
      503,
      '{"error":{"code":"ServiceUnavailable","message":"The request was not accepted."}}',
    ])
    channel.issuer.instead = {}
  },
)

/** Only the date is moved. */
const timers = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const

test('keys rotate: a new one is found when a token names it, at most once in half a minute', async () => {
  expect((await say()).status).toBe(200)
  const next = makeKey('key-2')
  const asked = channel.issuer.asked
  for (let n = 0; n < 5; n++) expect((await say(makeKey(`guess-${n}`))).status).toBe(401)
  expect(channel.issuer.asked).toBe(asked)
  channel.issuer.keys = [next]
  const later = Date.now() + 31_000
  jest.useFakeTimers({ now: later, doNotFake: [...timers] })
  try {
    expect((await say(next)).status).toBe(200)
    expect((await say(channel.key)).status).toBe(401)
    expect(channel.issuer.asked).toBe(asked + 1)
  } finally {
    jest.useRealTimers()
  }
})
