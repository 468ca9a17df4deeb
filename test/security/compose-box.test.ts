import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { goodClaims, makeKey, sign } from './testing/channel-tokens.js'
import { message, startChannel, type StartedChannel } from './testing/start-channel.js'

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
const post = async (over: Fields, headers: Record<string, string> = { authorization }) => {
  const invoke = { ...message(channel.serviceUrl), type: 'invoke', text: undefined, ...over }
  const { status, body } = await channel.post(JSON.stringify(invoke), headers)
  return { status, body: body ? (JSON.parse(body) as Fields) : undefined }
}
const query = (words: string, over: Fields = {}) =>
  post({ name: 'composeExtension/query', value: asked([{ name: 'text', value: words }]), ...over })
const asked = (parameters: unknown, over: Fields = {}) => ({
  ...{ commandId: 'search.find', parameters, queryOptions: { skip: 0, count: 25 } },
  ...over,
})
const link = (url: unknown, over: Fields = {}) => post({ name: 'composeExtension/queryLink', value: { url }, ...over })
const channelPlace = {
  conversation: { id: '19:releases@thread.tacv2', conversationType: 'channel', tenantId: 'contoso' },
  channelData: { tenant: { id: 'contoso' }, team: { id: '19:team' }, channel: { id: '19:releases@thread.tacv2' } },
}
const others = { conversation: { id: '19:dana_lee@unq.gbl.spaces', conversationType: 'personal', tenantId: 'contoso' } }
const vault = 'https://github.com/contoso/card-vault'
interface Drawn {
  contentType: string
  content: { type: string; version: string }
  preview: { contentType: string; content: { title: string; text: string } }
}
const drawn = ({ body }: { body: Fields | undefined }): Drawn[] =>
  ((body!['composeExtension'] as Fields)['attachments'] as Drawn[] | undefined) ?? []
const titles = (answer: { body: Fields | undefined }) => drawn(answer).map(({ preview }) => preview.content.title)

test('a search is answered as Teams wants it: cards of a schema that it draws, each with its line', async () => {
  const answer = await query('auth')
  expect(answer).toMatchObject({
    status: 200,
    body: { composeExtension: { type: 'result', attachmentLayout: 'list' } },
  })
  const [first] = drawn(answer)
  expect(first).toMatchObject({
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: { type: 'AdaptiveCard', version: '1.3' },
    preview: {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: { title: 'auth-api', text: 'Service' },
    },
  })
  expect(JSON.stringify(first)).not.toContain('Action.Execute')
})

test('opened, before a word is typed, it gives what one most likely wants', async () => {
  const initial = await query('', { value: asked([{ name: 'initialRun', value: 'true' }]) })
  expect(titles(initial)).toContain('auth-api')
  expect(titles(await query('', { value: { commandId: 'search.find' } }))).toContain('auth-api')
})

test.each<[what: string, words: string, said: RegExp]>([
  ['nothing found', 'zzqq', /Nothing that may be shown here/],
  ['a page of text', 'auth '.repeat(9_000), /too long/],
])('%s is a sentence in place of results', async (_, words, text) => {
  expect(await query(words)).toEqual({
    status: 200,
    body: { composeExtension: { type: 'message', text: expect.stringMatching(text) } },
  })
})

test.each<[what: string, over: Fields]>([
  ['no value', { value: undefined }],
  ['a value that is text', { value: 'auth' }],
  ['no command', { value: asked([], { commandId: undefined }) }],
  ['parameters that are no list', { value: asked({ name: 'text', value: 'auth' }) }],
  ['a parameter that is a number', { value: asked([{ name: 'text', value: 7 }]) }],
  ['a page before the first', { value: asked([], { queryOptions: { skip: -1, count: 25 } }) }],
  ['a page of half a result', { value: asked([], { queryOptions: { skip: 0, count: 0.5 } }) }],
  ['no page at all', { value: asked([], { queryOptions: { skip: 0, count: 0 } }) }],
  ['a link that is none', { name: 'composeExtension/queryLink', value: { url: ['x'] } }],
  ['no link', { name: 'composeExtension/queryLink', value: {} }],
  ['another invoke of the box', { name: 'composeExtension/submitAction', value: {} }],
])('%s is refused with what is wrong', async (_, over) => {
  const { status, body } = await query('auth', over)
  expect([status, body]).toEqual([400, { error: { code: expect.any(String), message: expect.stringMatching(/\w/) } }])
})

test('a link is the thing’s card, and is not kept for others', async () => {
  const answer = await link(vault)
  expect(titles(answer)).toEqual(['github/contoso/card-vault'])
  expect(answer.body).toMatchObject({ cacheInfo: { cacheType: 'no_cache' } })
})

test('where others read the message, neither link nor search tells what not all of them may see', async () => {
  for (const place of [
    channelPlace,
    others,
    { conversation: { ...others.conversation, conversationType: 'groupChat' } },
  ]) {
    expect(titles(await link(vault, place))).toEqual([])
    expect(titles(await query('card', place))).toEqual([])
    expect(titles(await query('auth', place))).toEqual(['auth-api'])
  }
  expect(titles(await query('card'))).toHaveLength(2)
})

test('what is not known, not allowed and not of this organisation get one answer', async () => {
  const nothing = { status: 200, body: (await link('https://github.com/contoso/no-such')).body }
  expect(titles(nothing)).toEqual([])
  expect(await link(vault, channelPlace)).toEqual(nothing)
  expect(await link('https://elsewhere.example/')).toEqual(nothing)
  expect(await link(`https://github.com/contoso/${'x'.repeat(50_000)}`)).toEqual(nothing)
  const foreign = {
    conversation: { id: 'a:mallory', tenantId: 'fabrikam' },
    channelData: { tenant: { id: 'fabrikam' } },
  }
  expect(titles(await link(vault, { ...foreign, from: { id: '29:m', aadObjectId: 'dana' } }))).toEqual([])
  expect(titles(await query('auth', { ...foreign, from: { id: '29:m', aadObjectId: 'dana' } }))).toEqual([])
  expect(titles(await query('auth', { from: { id: '29:x', aadObjectId: 'nobody' } }))).toEqual([])
})

test('without the channel’s token nothing is searched', async () => {
  const forged = await sign(goodClaims(channel.serviceUrl), makeKey('key-1'))
  for (const token of ['', 'Bearer x', `Bearer ${forged}`])
    expect((await post({ name: 'composeExtension/query', value: asked([]) }, { authorization: token })).status).toBe(
      401,
    )
})

test('of a place where somebody only writes a message nothing is kept, for Nexus need not be there', async () => {
  await link(vault, others)
  await query('auth', { ...channelPlace })
  expect(await channel.kept('19:dana_lee@unq.gbl.spaces')).toBeUndefined()
  expect(await channel.kept('19:releases@thread.tacv2')).toBeUndefined()
})

test('what goes into a message is taken by nobody’s outbox and said by nobody', async () => {
  await query('auth')
  expect([channel.sent, await channel.claimUnsaid()]).toEqual([[], []])
})
