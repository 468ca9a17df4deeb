import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Conversation } from '../../store/records/conversation-records.js'
import { enqueueWelcome, forgetWelcome } from './enqueue-welcome.js'
import { OutboxUnderTest } from './testing/outbox-under-test.js'

let outbox: OutboxUnderTest
beforeEach(async () => {
  outbox = await OutboxUnderTest.start()
})
afterEach(() => outbox.close())

const reply = { text: 'Nexus is here.' }
let ids = 0
const newId = () => `welcome-${++ids}`

test('each install is welcomed once, however often it is told, and again after an uninstall', async () => {
  const team: Conversation = {
    ...outbox.route(),
    id: outbox.tenant.conversation('identity'),
    kind: 'channel',
    teamId: 'team-1',
  }
  const otherChannel = { ...team, id: outbox.tenant.conversation('identity-ops') }
  const chat: Conversation = {
    ...outbox.route(),
    id: outbox.tenant.conversation('personal/dana'),
    kind: 'personal',
    objectId: outbox.objectId('dana'),
  }
  const told = await Promise.all(
    [team, team, otherChannel, chat, chat].map((one) => enqueueWelcome(outbox.store, one, reply, newId)),
  )
  expect(told.filter(Boolean)).toHaveLength(2)
  const worker = outbox.run()
  await worker.drained()
  const seen = async () =>
    (await Promise.all(['identity', 'identity-ops', 'personal/dana'].map((place) => outbox.texts(place)))).flat().length
  expect(await seen()).toBe(2)

  await forgetWelcome(outbox.store, team)
  expect(await enqueueWelcome(outbox.store, team, reply, newId)).toBe(true)
  expect(await enqueueWelcome(outbox.store, chat, reply, newId)).toBe(false)
  await worker.drained()
  expect(await seen()).toBe(3)
})
