import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { EventStream } from '../testing/event-stream.js'
import { cardMessage, TestTenant } from '../testing/tenant.js'

let tenant: TestTenant
let stream: EventStream
beforeEach(async () => {
  tenant = await TestTenant.start()
})
afterEach(async () => {
  stream.close()
  await tenant.close()
})

const open = async (as: string, lastEventId?: string) =>
  (stream = await EventStream.open(`${tenant.local}/local/events?as=${as}`, lastEventId))
const say = async (as: string, where: string, text: string) =>
  String((await tenant.post('/local/say', { as, where, text })).body['id'])
const kinds = () => stream.events.map(({ event }) => event).filter((event) => event !== 'wire' && event !== 'ready')

test('a page sees what its person sees, as it happens', async () => {
  await open('dana')
  const { conversations } = tenant.client()
  const channel = tenant.conversation('identity')
  await conversations.sendToConversation(channel, { type: 'typing' } as never)
  const { id } = await conversations.sendToConversation(channel, { type: 'message', text: 'one' } as never)
  await conversations.updateActivity(channel, id, { type: 'message', text: 'two' } as never)
  await tenant.post('/local/react', { as: 'lee', message: id, reaction: 'heart' })
  await tenant.post('/local/typing', { as: 'lee', where: 'identity' })
  await say('lee', 'personal/lee', 'not for dana')
  await conversations.deleteActivity(channel, id)
  await stream.wait('deleted')
  expect(kinds()).toEqual(['typing', 'message', 'edited', 'reaction', 'typing', 'deleted'])
  expect((await stream.wait('edited')).data).toMatchObject({ where: 'identity', message: { id, text: 'two' } })
  expect((await stream.wait('typing', 2)).data).toMatchObject({ where: 'identity', from: { id: 'lee', bot: false } })
  expect((await stream.wait('wire')).data).toMatchObject({ direction: 'from-bot', method: 'POST', status: 201 })
})

test('who reconnects misses nothing: new, edited and deleted messages come, each once, in order', async () => {
  await open('dana')
  const old = await say('dana', 'identity', 'old')
  const gone = await say('dana', 'identity', 'soon gone')
  const { id: last } = await stream.wait('message', 2)
  stream.close()
  await tenant.post('/local/edit', { as: 'dana', message: old, text: 'edited once' })
  await tenant.post('/local/edit', { as: 'dana', message: old, text: 'edited twice' })
  const fresh = await say('lee', 'identity', 'new')
  await tenant.post('/local/delete', { as: 'dana', message: gone })
  await open('dana', last)
  expect(
    stream.events
      .filter(({ event }) => event !== 'ready')
      .map(({ event, data }) => [event, (data['message'] as { id: string }).id]),
  ).toEqual([
    ['edited', old],
    ['message', fresh],
    ['deleted', gone],
  ])
  expect((await stream.wait('edited')).data).toMatchObject({ message: { text: 'edited twice' } })
})

test('a card in sight is refreshed for its reader, and targeted messages reach only theirs', async () => {
  tenant.bot.answer = () => ({
    status: 200,
    body: {
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'yours' }] },
    },
  })
  await open('lee')
  const refresh = { action: { type: 'Action.Execute', verb: 'view' }, userIds: [tenant.mri('lee')] }
  const channel = tenant.conversation('identity')
  await tenant.client().conversations.sendToConversation(channel, cardMessage({ body: [], refresh }) as never)
  expect((await stream.wait('edited')).data).toMatchObject({
    message: { ownView: true, card: { body: [{ text: 'yours' }] } },
  })
  const path = `v3/conversations/${encodeURIComponent(channel)}/activities?isTargetedActivity=true`
  await tenant.raw('POST', path, { type: 'message', text: 'psst', recipient: { id: tenant.mri('dana') } })
  await tenant.raw('POST', path, { type: 'message', text: 'lee only', recipient: { id: tenant.mri('lee') } })
  expect((await stream.wait('message', 2)).data).toMatchObject({ message: { text: 'lee only', targeted: true } })
})

test('a stream for nobody, or after nonsense, is refused', async () => {
  await open('dana')
  await expect(EventStream.open(`${tenant.local}/local/events`)).rejects.toThrow(/`as`/)
  await expect(EventStream.open(`${tenant.local}/local/events?as=dana`, 'x')).rejects.toThrow(/not the id/)
})
