import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { goodClaims, sign } from './testing/channel-tokens.js'
import { message, startChannel, type Answer, type StartedChannel } from './testing/start-channel.js'

let channel: StartedChannel
let authorization: string
beforeAll(async () => {
  channel = await startChannel()
  authorization = `Bearer ${await sign(goodClaims(channel.serviceUrl), channel.key)}`
})
afterAll(async () => {
  await channel.close()
  expect(channel.failures()).toEqual([])
})

type Fields = Record<string, unknown>
const bytes = (body: string | Buffer, headers = {}): Promise<Answer> =>
  channel.post(body, { authorization, ...headers })
const post = (over: Fields): Promise<Answer> => bytes(JSON.stringify({ ...message(channel.serviceUrl), ...over }))
const button = (value: unknown): Fields => ({ type: 'invoke', name: 'adaptiveCard/action', value })
const dana = { id: '29:dana', aadObjectId: 'dana' }

test.each<[string, Fields, number]>([
  ['no type', { type: undefined }, 400],
  ['a type that is a number', { type: 7 }, 400],
  ['an empty type', { type: '' }, 400],
  ['an unknown type', { type: 'somethingNew' }, 200],
  ['the name of a prototype as type', { type: '__proto__' }, 200],
  ['typing', { type: 'typing' }, 200],
  ['an edited message', { type: 'messageUpdate' }, 200],
  ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }, 200],
  ['a message without an id', { id: undefined }, 400],
  ['an id with a control character', { id: 'a\u0000b' }, 400],
  ['an id of 10,000 characters', { id: 'x'.repeat(10_000) }, 400],
  ['no sender', { from: undefined }, 400],
  ['a sender that is a list', { from: [dana] }, 400],
  ['a sender whose account is an object', { from: { ...dana, aadObjectId: { $ne: null } } }, 400],
  ['no conversation', { conversation: null }, 400],
  ['a conversation with half a surrogate pair', { conversation: { id: '\ud800' } }, 400],
  ['a conversation whose name is a number', { conversation: { id: 'a:dana', name: 4 } }, 400],
  ['channel data that are text', { channelData: 'contoso' }, 400],
  ['text that is an object', { text: { toString: 'x' } }, 400],
  ['text that is a list', { text: ['help'] }, 400],
  ['no text', { text: undefined }, 200],
  ['null as text', { text: null }, 200],
  ['members that are no list', { type: 'conversationUpdate', membersAdded: {} }, 400],
  ['6,000 members', { type: 'conversationUpdate', membersAdded: Array(6000).fill(dana) }, 400],
  ['somebody else joins', { type: 'conversationUpdate', membersAdded: [dana] }, 200],
  ['an update of nothing', { type: 'conversationUpdate' }, 200],
  ['an installation that is neither added nor removed', { type: 'installationUpdate', action: 'upgrade' }, 200],
  ['2,000 entities', { entities: Array(2000).fill({ type: 'mention' }) }, 400],
  ['entities that are no list', { entities: { type: 'mention' } }, 400],
  ['an invoke without a name', { type: 'invoke' }, 400],
  ['an invoke of another kind', { type: 'invoke', name: 'task/other', value: {} }, 400],
  ['a button without a value', button(undefined), 400],
  ['a button that is text', button('x'), 400],
  ['a button that is a list', button([]), 400],
  ['a button without an id', button({ action: { verb: 'press', data: {} } }), 400],
  ['a button whose id is a number', button({ action: { verb: 'press', data: { id: 7 } } }), 400],
  ['a button whose id is long', button({ action: { verb: 'press', data: { id: 'x'.repeat(101) } } }), 400],
])('%s: %#', async (_name, over, status) => {
  const before = channel.sent.length
  const answer = await post(over)
  expect(answer.status).toBe(status)
  if (status === 400)
    expect(JSON.parse(answer.body)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } })
  expect(channel.sent).toHaveLength(before)
})

test.each<[string, Fields, string]>([
  ['100 KB of text', { text: 'who is on call '.repeat(7000) }, 'I read questions up to'],
  ['100 KB of one word', { text: 'a'.repeat(100_000) }, 'I read questions up to'],
  ['only spaces between tags', { text: '<p>   </p>' }, 'What I can do'],
  ['half a surrogate pair', { text: 'on call \ud83d' }, 'on call'],
  ['thousands of open tags', { text: '<a'.repeat(20_000) }, 'I read questions up to'],
  ['names of prototypes', { text: '/constructor __proto__' }, ''],
  [
    'keys of prototypes',
    { ...(JSON.parse('{"__proto__": {"roles": ["admin"]}}') as Fields), text: 'help' },
    'What I can do',
  ],
  [
    'mentions that would multiply each other',
    { text: 'x'.repeat(5000), entities: multiplying() },
    'I read questions up to',
  ],
  [
    'mentions that are none',
    { entities: [{ type: 'mention' }, { type: 'mention', text: 7, mentioned: 'x' }] },
    'auth-api',
  ],
  ['a zone and a language that do not exist', { localTimezone: 'Mars/Base', locale: 'xx-invalid-' }, 'auth-api'],
])('%s: one answer', async (_name, over, said) => {
  const before = channel.sent.length
  expect(await post(over)).toEqual({ status: 200, body: '' })
  expect(channel.sent).toHaveLength(before + 1)
  expect(JSON.stringify(channel.sent.at(-1))).toContain(said)
})

test.each<[string, string | Buffer, Record<string, string>, number]>([
  ['broken JSON', '{"type": "mess', {}, 400],
  ['no body', '', {}, 401],
  ['a list', '[]', {}, 401],
  ['null', 'null', {}, 401],
  ['a number', '7', {}, 401],
  ['half a megabyte and more', JSON.stringify({ text: 'x'.repeat(513 * 1024) }), {}, 413],
  ['400 KB of brackets', '['.repeat(200_000) + ']'.repeat(200_000), {}, 401],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80]), {}, 400],
  ['text', 'hello', { 'content-type': 'text/plain' }, 415],
  ['a form', 'type=message', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['an upload', '--x\r\n', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
  ['a packed body', gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' }, 415],
  ['a body that says it is packed', 'not gzip', { 'content-encoding': 'gzip' }, 415],
  ['a wrong digest', '{}', { 'content-md5': 'x' }, 400],
  ['an answer asked for as a picture', '{}', { accept: 'image/png' }, 401],
])('%s: refused', async (_name, body, headers, status) => {
  expect(await bytes(body, headers)).toMatchObject({ status, body: expect.stringMatching(/^\{"error":\{"code":"\w+"/) })
})

test('values nested 100,000 deep are read past', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const body = JSON.stringify({ ...message(channel.serviceUrl), text: 'help', value: 'deep', other: 'deep' })
  const before = channel.sent.length
  expect(await bytes(body.replaceAll('"deep"', deep))).toEqual({ status: 200, body: '' })
  expect(channel.sent).toHaveLength(before + 1)
})

test('a button that was never stored, and inputs that are names of prototypes, are answered on the card', async () => {
  const data = JSON.parse('{"id": "AAAAAAAAAAAAAAAAAAAAAA", "__proto__": {"x": 1}, "constructor": {}}') as unknown
  const answer = await post(button({ action: { verb: 'press', data } }))
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body)).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' })
  expect(answer.body).toContain('too old for its buttons')
})

/** Any value in place of a field, from what JSON can carry. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('__proto__', 'constructor', '\ud800', 'message', 'invoke', 'adaptiveCard/action', 1e308, -0),
)
const paths = [
  ...['type', 'id', 'name', 'channelId', 'from', 'recipient', 'conversation', 'channelData', 'text', 'locale', 'value'],
  ...['localTimezone', 'replyToId', 'entities', 'action', 'membersAdded', 'membersRemoved', 'attachments', 'timestamp'],
  ...['from.id', 'from.name', 'from.aadObjectId', 'recipient.id', 'conversation.id', 'conversation.conversationType'],
  ...['conversation.tenantId', 'conversation.name', 'channelData.tenant', 'channelData.team', 'channelData.channel'],
  ...['value.action', 'value.action.data', 'value.action.data.id', 'value.trigger', 'attachments', 'deliveryMode'],
]

function change(activity: Fields, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop()!
  const parent = names.reduce<Fields>((at, name) => {
    const next = at[name]
    return typeof next === 'object' && next !== null ? (next as Fields) : {}
  }, activity)
  parent[last] = value
}

test('whatever stands in whichever fields, the answer is no failure, and a refused activity says nothing', async () => {
  const seed = fc.constantFrom<Fields>(
    {},
    { type: 'installationUpdate', action: 'add' },
    { type: 'conversationUpdate', membersAdded: [dana] },
    button({ action: { verb: 'press', data: { id: 'x' } }, trigger: 'manual' }),
  )
  const changes = fc.array(fc.tuple(fc.constantFrom(...paths), anything), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(seed, changes, async (over, changed) => {
      const activity = structuredClone({ ...message(channel.serviceUrl), ...over })
      for (const [path, value] of changed) change(activity, path, value)
      const before = channel.sent.length
      const { status } = await bytes(JSON.stringify(activity))
      expect([200, 400, 401]).toContain(status)
      if (status !== 200) expect(channel.sent).toHaveLength(before)
      expect(channel.logged.filter(({ what }) => what !== 'teams.refused')).toEqual([])
    }),
    {
      numRuns: 250,
      examples: [
        'from.aadObjectId',
        'from.id',
        'conversation.tenantId',
        'channelData.team',
        'channelData.channel',
      ].flatMap((path): [Fields, [string, unknown][]][] => [
        [{}, [[path, '\ud800']]],
        [{}, [[path, { id: '\ud800', aadGroupId: '\u0000' }]]],
      ]),
    },
  )
})

/** Each mention's name holds the text of the next one twice. */
function multiplying(): Fields[] {
  return Array.from({ length: 40 }, (_, n) => {
    const text = String.fromCharCode(120 + n)
    return { type: 'mention', text, mentioned: { id: '29:x', name: String.fromCharCode(121 + n).repeat(2) } }
  })
}

test.each<[string, unknown]>([
  ['without a value', undefined],
  ['whose value is text', 'x'],
  ['without data', { data: null }],
  ['whose data are a list', { data: [] }],
  ['without a button', { data: { reason: 'x' } }],
  ['whose button is a number', { data: { id: 7 } }],
  ['whose button is long', { data: { id: 'x'.repeat(101) } }],
  ['whose button was never stored', { data: { id: 'aaaaaaaaaaaaaaaaaaaaaa', reason: 'x' } }],
  ['with keys of prototypes', JSON.parse('{"data":{"id":"x","__proto__":{"id":"y"},"constructor":1}}')],
])('a dialog %s is a card that says so, when it is opened and when it is sent', async (_name, value) => {
  for (const name of ['task/fetch', 'task/submit']) {
    const answer = await post({ type: 'invoke', name, value })
    expect(answer.status).toBe(200)
    const { task } = JSON.parse(answer.body) as { task: { type: string; value: { card: { content: unknown } } } }
    expect(task.type).toBe('continue')
    expect(JSON.stringify(task.value.card.content)).toContain('too old')
  }
})

test('a dialog of somebody of another tenant says so', async () => {
  const channelData = { tenant: { id: 'fabrikam' } }
  const conversation = { id: 'a:dana', conversationType: 'personal', tenantId: 'fabrikam' }
  const answer = await post({
    type: 'invoke',
    name: 'task/fetch',
    value: { data: { id: 'x' } },
    channelData,
    conversation,
  })
  expect(JSON.parse(answer.body)).toEqual({
    task: { type: 'message', value: 'Nexus does not serve your organisation.' },
  })
})
