import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { outboxApi } from '../../channels/http/outbox-api.js'
import type { Person, Role } from '../../../skills/kit/model.js'
import { outboxDesk } from './outbox-desk.js'
import { OutboxUnderTest } from './testing/outbox-under-test.js'

let outbox: OutboxUnderTest
beforeEach(async () => {
  outbox = await OutboxUnderTest.start()
})
afterEach(() => outbox.close())

const lee = { id: 'lee@contoso.example', objectId: 'lee', name: 'Lee Park' }

const desk = () =>
  outboxDesk({
    store: outbox.store,
    now: () => '2026-11-21T02:14:00.000Z',
    nameOfPlace: () => Promise.resolve('Incidents'),
    headline: (content) => ('text' in content ? String(content.text) : 'a record'),
  })
const audited = async () => (await outbox.store.log.read('audit')).map(({ data }) => data)
const waiting = async () => (await desk().items()).map(({ what, state }) => [what, state])

/** A thread whose first message got no answer and is not there, with a reply and an edit behind it; nobody can read the place. */
async function leftToPeople() {
  const to = outbox.channel('incidents')
  outbox.network.fault = () => ({ refuse: 502 })
  outbox.run()
  const put = async (outgoing: Parameters<OutboxUnderTest['enqueue']>[1]) => ({
    partition: 'INC-1',
    id: await outbox.enqueue('INC-1', outgoing),
  })
  const root = await put({ op: 'post', to, key: 'root', content: { text: 'INC-1 open' } })
  const reply = await put({ op: 'reply', to, root: 'root', content: { text: 'on it' } })
  await outbox.settled([root, reply])
  outbox.network.fault = () => undefined
  return { root, reply, to, put }
}

test('what nobody knows is left to people, with what it says, where and why; sent again, what hung on it goes into its thread', async () => {
  const { root, reply } = await leftToPeople()
  expect(await desk().counts()).toEqual({ queued: 0, unknown: 2, dead: 0 })
  expect(await desk().items()).toContainEqual(
    expect.objectContaining({
      ...root,
      where: 'Incidents',
      what: 'INC-1 open',
      state: 'unknown',
      reason: expect.stringContaining('502'),
    }),
  )
  expect(await desk().decide('revive', root, 'I looked, it is not there', lee)).toBe('done')
  await outbox.settled([root])
  expect(await desk().decide('revive', reply, 'now its thread is', lee)).toBe('done')
  await outbox.settled([reply])
  const [first, second] = await outbox.texts('incidents')
  expect([first?.text, second?.text, second?.root]).toEqual(['INC-1 open', 'on it', first?.id])
  expect(await audited()).toMatchObject([
    {
      action: 'outbox.revived',
      by: lee,
      detail: { id: root.id, was: 'unknown', reason: 'I looked, it is not there' },
    },
    { action: 'outbox.revived', by: lee, detail: { id: reply.id } },
  ])
})

test('what is given up is taken not to be there: later replies begin a thread, and later edits are posted', async () => {
  const { root, reply, to, put } = await leftToPeople()
  expect(await desk().decide('drop', root, 'nobody needs it', lee)).toBe('done')
  expect(await desk().decide('drop', reply, 'nor this', lee)).toBe('done')
  expect(await desk().decide('drop', reply, 'twice', lee)).toBe('absent')
  const later = [
    await put({ op: 'reply', to, root: 'root', content: { text: 'mended' } }),
    await put({ op: 'edit', to, key: 'root', content: { text: 'resolved' } }),
  ]
  await outbox.settled(later)
  const all = await outbox.texts('incidents')
  expect(all.map(({ text, root: of }) => [text, of])).toEqual([
    ['mended', null],
    ['resolved', all[0]!.id],
  ])
  expect(await waiting()).toEqual([])
})

test('what is sent, waits or never was is not theirs to decide, and leaves no line in the audit', async () => {
  const id = await outbox.enqueue('p', { op: 'post', to: outbox.channel('incidents'), content: { text: 'hello' } })
  expect(await desk().decide('revive', { partition: 'p', id }, 'hurry', lee)).toBe('absent')
  expect(await desk().decide('drop', { partition: 'p', id: 'nothing' }, 'away', lee)).toBe('absent')
  expect(await audited()).toEqual([])
  expect(await waiting()).toEqual([['hello', 'queued']])
})

/** The address of the desk, asked by somebody with a role. */
async function ask(method: 'GET' | 'POST', role: Role, body?: unknown) {
  const person = { name: 'Lee Park', roles: [role] } as Person
  const token = { tenantId: 't', objectId: 'lee' }
  const routes = outboxApi(
    desk(),
    (handle) => (request) => handle(request, token),
    () => person,
  )
  const route = routes.find((one) => one.method === method)!
  return route.handle({ body, authorization: undefined, headers: {}, query: new URLSearchParams() })
}

test('over the address the desk is for those who run Nexus, who say why', async () => {
  const { root } = await leftToPeople()
  expect((await ask('GET', 'team-lead')).status).toBe(403)
  expect((await ask('POST', 'team-lead', { ...root, decision: 'revive', reason: 'because' })).status).toBe(403)
  const seen = await ask('GET', 'platform-engineer')
  expect(seen).toMatchObject({ status: 200, body: { counts: { unknown: 2 }, items: expect.any(Array) } })
  await expect(ask('POST', 'admin', { ...root, decision: 'revive', reason: '  ' })).rejects.toThrow('say why')
  await expect(ask('POST', 'admin', { ...root, decision: 'burn', reason: 'because' })).rejects.toThrow('decision')
  expect(await ask('POST', 'admin', { ...root, id: 'x', decision: 'drop', reason: 'gone' })).toMatchObject({
    status: 404,
  })
  expect(await ask('POST', 'admin', { ...root, decision: 'drop', reason: 'not needed' })).toEqual({
    status: 200,
    body: { state: 'dropped' },
  })
  expect(await audited()).toMatchObject([{ by: { name: 'Lee Park' }, detail: { reason: 'not needed' } }])
})

test('a newer edit of the same message is not undone by an older one', async () => {
  const to = outbox.channel('incidents')
  const worker = outbox.run()
  await outbox.enqueue('INC-1', { op: 'post', to, key: 'root', content: { text: 'open' } })
  await worker.drained()
  outbox.network.fault = (method) => (method === 'PUT' ? { refuse: 400 } : undefined)
  const old = {
    partition: 'INC-1',
    id: await outbox.enqueue('INC-1', { op: 'edit', to, key: 'root', content: { text: 'acknowledged' } }),
  }
  await outbox.settled([old])
  outbox.network.fault = () => undefined
  await outbox.enqueue('INC-1', { op: 'edit', to, key: 'root', content: { text: 'resolved' } })
  expect(await worker.drained()).toBeGreaterThan(0)
  expect(await ask('POST', 'admin', { ...old, decision: 'revive', reason: 'again' })).toMatchObject({ status: 409 })
  expect((await outbox.texts('incidents')).map(({ text }) => text)).toEqual(['resolved'])
})
