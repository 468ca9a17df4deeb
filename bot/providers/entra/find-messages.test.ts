import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { TestTenant } from '../../../infra/local/teams/testing/tenant.js'
import { createFindMessages, type GraphPlace } from './find-messages.js'

let tenant: TestTenant
let began: number
beforeEach(async () => {
  tenant = await TestTenant.start({ editMs: 0 })
  began = Date.now()
})
afterEach(() => tenant.close())

const channel = (place = 'incidents') => ({ channel: tenant.conversation(place) })
const person = (id: string) => ({ person: tenant.directory.account(id)!.objectId })
const appId = () => tenant.directory.bot.id.slice(3)

const find = (token = tenant.reader, where?: GraphPlace) =>
  createFindMessages({
    fetch,
    endpoint: tenant.graphUrl,
    token: () => Promise.resolve(token),
    botAppId: appId(),
    placeOf: (to) => {
      if (where) return Promise.resolve(where)
      if ('person' in to) return Promise.resolve({ chat: `19:${to.person}_${appId()}@unq.gbl.spaces` })
      const place = tenant.directory.places.find(({ conversation }) => 'channel' in to && conversation === to.channel)
      return Promise.resolve(place && { team: place.team!.aadGroupId, channel: place.conversation })
    },
  })

const cardOf = (mark: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'Container', id: mark, items: [{ type: 'TextBlock', text: 'INC-1' }] }],
  },
})
async function post(place: string, text: string, more: object = {}, root?: string): Promise<string> {
  const conversation = tenant.conversation(place) + (root === undefined ? '' : `;messageid=${root}`)
  const path = `v3/conversations/${encodeURIComponent(conversation)}/activities`
  const answer = await tenant.raw('POST', path, { type: 'message', text, summary: text, ...more })
  return String(answer.body['id'])
}
const sought = (headline: string, more: object = {}) => ({ to: channel(), headline, since: began, ...more })

describe('a message of Nexus’s own', () => {
  test('is found in a channel, in a thread and in a chat, and nowhere else', async () => {
    const root = await post('incidents', 'INC-1 open')
    const reply = await post('incidents', 'on it', {}, root)
    const chat = await post('personal/dana', 'good morning')
    expect(await find()(sought('INC-1 open'))).toEqual([root])
    expect(await find()(sought('on it', { root }))).toEqual([reply])
    expect(await find()(sought('on it'))).toEqual([])
    expect(await find()(sought('good morning', { to: person('dana') }))).toEqual([chat])
    expect(await find()(sought('good morning', { to: person('lee') }))).toEqual([])
  })

  test('is known by the mark of its card, however many say the same; a deleted one is not there', async () => {
    const [one, other] = [
      await post('incidents', 'INC-1', { attachments: [cardOf('m1')] }),
      await post('incidents', 'INC-1', { attachments: [cardOf('m2')] }),
    ]
    expect(await find()(sought('INC-1', { mark: 'm2' }))).toEqual([other])
    expect(await find()(sought('INC-1', { mark: 'm3' }))).toEqual([])
    expect(((await find()(sought('INC-1'))) as string[]).sort()).toEqual([one, other].sort())
    await tenant.raw(
      'DELETE',
      `v3/conversations/${encodeURIComponent(tenant.conversation('incidents'))}/activities/${other}`,
    )
    expect(await find()(sought('INC-1', { mark: 'm2' }))).toEqual([])
  })

  test('is not what a person said, nor what came long before', async () => {
    await tenant.post('/local/say', { as: 'dana', where: 'incidents', text: '@Nexus INC-1' })
    expect(await find()(sought('Nexus INC-1'))).toEqual([])
    const id = await post('incidents', 'INC-1')
    expect(await find()(sought('INC-1', { since: Date.now() + 31_000 }))).toEqual([])
    expect(await find()(sought('INC-1', { since: Date.now() + 20_000 }))).toEqual([id])
  })

  test('is found behind many pages; past ten of them nobody can say', async () => {
    const id = await post('incidents', 'INC-1')
    const root = await post('incidents', 'thread')
    for (let n = 0; n < 120; n++) {
      tenant.now = () => began + n * 1_000
      await post('incidents', `later ${n}`, {}, root)
    }
    tenant.now = () => began + 600_000
    const first = await post('incidents', 'first', {}, root)
    expect(await find()(sought('later 3', { root }))).toHaveLength(1)
    expect(await find()(sought('first', { root }))).toEqual([first])
    expect(await find()(sought('INC-1'))).toEqual([id])
  })
})

describe('what cannot be read', () => {
  test('for want of a permission will not be learnt; the consent of a team’s owner is one', async () => {
    const id = await post('incidents', 'INC-1')
    expect(await find('for-graph')(sought('INC-1'))).toBe('never')
    expect(await find('for-graph')(sought('hello', { to: person('dana') }))).toBe('never')
    await tenant.post('/local/install', { where: 'incidents', consent: true })
    expect(await find('for-graph')(sought('INC-1'))).toEqual([id])
  })

  test.each([
    ['a place nobody knows', { chat: '19:somebody@thread.v2' }],
    ['a team of another tenant', { team: '00000000-0000-4000-8000-000000000000', channel: '19:x@thread.tacv2' }],
  ])('%s will not be learnt', async (_name, where) => {
    expect(await find(tenant.reader, where)(sought('INC-1'))).toBe('never')
  })

  test('a thread that is not there, and a message that one person sees, will not be learnt', async () => {
    expect(await find()(sought('INC-1', { root: '1700000000000' }))).toBe('never')
    expect(await find()(sought('INC-1', { targeted: true }))).toBe('never')
  })

  test('a service that is away, or a token that is refused, is asked again later', async () => {
    expect(await find('good')(sought('INC-1'))).toBe('later')
    await tenant.close()
    expect(await find()(sought('INC-1'))).toBe('later')
    tenant = await TestTenant.start()
  })
})

describe('the local Graph', () => {
  const get = async (path: string, token = tenant.reader) => {
    const answer = await fetch(tenant.graphUrl + path, { headers: { authorization: `Bearer ${token}` } })
    return {
      status: answer.status,
      body: (await answer.json()) as {
        value: { [name: string]: unknown }[]
        error?: { code: string; message: string }
        '@odata.nextLink'?: string
      },
    }
  }
  const messages = () => {
    const { team, conversation } = tenant.directory.place('incidents')!
    return `/teams/${team!.aadGroupId}/channels/${encodeURIComponent(conversation)}/messages`
  }

  test('shows messages as Graph does, and pages of at most fifty', async () => {
    const ids = [
      await post('incidents', 'one', { attachments: [cardOf('m1')] }),
      await post('incidents', 'two'),
      await post('incidents', 'three'),
    ]
    const { body } = await get(`${messages()}?$top=2`)
    expect(body.value.map(({ id }) => id)).toEqual([ids[2], ids[1]])
    const next = await get(body['@odata.nextLink']!.split('/v1.0')[1]!)
    expect(next.body.value).toMatchObject([
      {
        id: ids[0],
        replyToId: null,
        messageType: 'message',
        summary: 'one',
        from: { application: { id: appId(), applicationIdentityType: 'bot' }, user: null },
        attachments: [
          { contentType: 'application/vnd.microsoft.card.adaptive', content: expect.stringContaining('"m1"') },
        ],
      },
    ])
    expect(next.body).not.toHaveProperty('@odata.nextLink')
    expect((await get(`${messages()}?$top=51`)).body.error?.code).toBe('BadRequest')
  })

  test('refuses whoever may not read, and filters that Graph does not know', async () => {
    const refused = await get(messages(), 'for-graph')
    expect([refused.status, refused.body.error?.code]).toEqual([403, 'Forbidden'])
    expect(refused.body.error?.message).toContain("API requires one of 'ChannelMessage.Read.All")
    const chat = `/chats/19:${person('dana').person}_${appId()}@unq.gbl.spaces/messages`
    expect((await get(`${chat}?$filter=lastModifiedDateTime gt 2026-01-01T00:00:00Z`)).status).toBe(400)
    expect((await get(`${chat}?$filter=from eq 'x'&$orderby=lastModifiedDateTime desc`)).status).toBe(400)
    expect((await get(`${chat}?$orderby=lastModifiedDateTime desc`)).body.value).toEqual([])
  })
})
