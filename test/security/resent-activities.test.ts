import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { goodClaims, sign } from './testing/channel-tokens.js'
import { message, startChannel, type StartedChannel } from './testing/start-channel.js'

let channel: StartedChannel
let authorization: string
beforeAll(async () => {
  channel = await startChannel()
  authorization = `Bearer ${await sign(goodClaims(channel.serviceUrl), channel.key)}`
})
afterAll(() => channel.close())

const post = (activity: unknown) => channel.post(JSON.stringify(activity), { authorization })
const repliesTo = (id: string) => channel.sent.filter(({ replyToId }) => replyToId === id)

test('the same message four times at once, and once more later, is taken each time and answered once', async () => {
  const said = message(channel.serviceUrl, { id: 'resent' })
  const answers = await Promise.all(Array.from({ length: 4 }, () => post(said)))
  answers.push(await post(said))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(repliesTo('resent')).toHaveLength(1)
})

test('one id in two conversations is two messages', async () => {
  const elsewhere = { id: 'a:elsewhere', conversationType: 'personal', tenantId: 'contoso' }
  await post(message(channel.serviceUrl, { id: 'same' }))
  await post(message(channel.serviceUrl, { id: 'same', conversation: elsewhere }))
  expect(repliesTo('same')).toHaveLength(2)
})

test('an answer that Teams does not take is tried again in its turn, and the message need not come again', async () => {
  const said = message(channel.serviceUrl, { id: 'busy' })
  channel.refuseNext(2, 503)
  expect((await post(said)).status).toBe(200)
  expect((await post(said)).status).toBe(200)
  expect(repliesTo('busy')).toHaveLength(1)
})

test('an answer that may have arrived is handed to the outbox, once, and the message that comes again says nothing more', async () => {
  const said = message(channel.serviceUrl, { id: 'unlucky' })
  channel.refuseNext(1, 500)
  expect((await post(said)).status).toBe(200)
  expect((await post(said)).status).toBe(200)
  expect(repliesTo('unlucky')).toHaveLength(0)
  expect(channel.logged.at(-1)).toMatchObject({ what: 'teams.answer-handed-over' })
  expect((await channel.claimUnsaid()).map(({ data }) => data)).toMatchObject([{ op: 'post', to: { person: 'dana' } }])
})

test('a conversation is kept when Nexus comes, and marked when it goes', async () => {
  const update = (action: string) => message(channel.serviceUrl, { type: 'installationUpdate', action })
  await post(update('add'))
  expect(await channel.kept('a:dana')).toMatchObject({
    installed: true,
    objectId: 'dana',
    serviceUrl: channel.serviceUrl,
  })
  await post(update('remove'))
  expect(await channel.kept('a:dana')).toMatchObject({ installed: false })
})

test('a team that removes Nexus removes it from every channel, whichever one Teams names, and one that adds it back adds all', async () => {
  const inChannel = (place: string, over: Record<string, unknown> = {}) =>
    message(channel.serviceUrl, {
      conversation: { id: place, conversationType: 'channel', tenantId: 'contoso' },
      channelData: { tenant: { id: 'contoso' }, team: { id: over.team ?? '19:identity' }, channel: { id: place } },
      ...over,
    })
  const installed = async () =>
    Promise.all(
      ['19:identity', '19:identity-ops', '19:orders'].map(
        async (id) => ((await channel.kept(id)) as { installed: boolean }).installed,
      ),
    )
  await post(inChannel('19:identity'))
  await post(inChannel('19:identity-ops'))
  await post(inChannel('19:orders', { team: '19:orders' }))
  await post(inChannel('19:identity', { type: 'installationUpdate', action: 'remove' }))
  expect(await installed()).toEqual([false, false, true])
  await post(inChannel('19:identity', { type: 'installationUpdate', action: 'add' }))
  expect(await installed()).toEqual([true, true, true])
})
