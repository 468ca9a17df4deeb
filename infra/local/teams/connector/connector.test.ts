import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Activity } from 'botframework-schema'
import type { Json } from '../model.js'
import { cardMessage, TestTenant } from '../testing/tenant.js'

let tenant: TestTenant
beforeEach(async () => {
  tenant = await TestTenant.start()
})
afterEach(() => tenant.close())

const say = (text: string): Activity => ({ type: 'message', text }) as Activity
const path = (conversation: string, rest = 'activities') =>
  `v3/conversations/${encodeURIComponent(conversation)}/${rest}`
const code = (body: Json) => (body['error'] as Json | undefined)?.['code']

describe('speaking, with the Bot Framework client', () => {
  test('a channel thread is opened, answered in and read back in order', async () => {
    const { conversations } = tenant.client()
    const opened = await conversations.createConversation({
      isGroup: true,
      bot: tenant.directory.bot,
      channelData: { channel: { id: tenant.conversation('identity-ops') } },
      activity: say('INC-1 opened'),
    } as never)
    expect(opened.id).toBe(`${tenant.conversation('identity-ops')};messageid=${opened.activityId}`)
    await conversations.sendToConversation(opened.id, say('story one'))
    await conversations.replyToActivity(tenant.conversation('identity-ops'), opened.activityId, say('story two'))
    const seen = await tenant.messages('identity-ops', 'mei')
    expect(seen.map(({ text, replyTo, answers }) => [text, replyTo, answers])).toEqual([
      ['INC-1 opened', null, null],
      ['story one', opened.activityId, null],
      ['story two', opened.activityId, opened.activityId],
    ])
  })

  test('a chat is opened by Teams id or object id, and is the same chat', async () => {
    const { conversations } = tenant.client()
    const open = (id: string) =>
      conversations.createConversation({
        isGroup: false,
        bot: tenant.directory.bot,
        members: [{ id }],
        tenantId: tenant.org.tenant,
        channelData: {},
      } as never)
    const first = await open(tenant.mri('dana'))
    const second = await open(tenant.directory.account('dana')?.objectId ?? '')
    expect(second.id).toBe(first.id)
    await conversations.sendToConversation(first.id, say('hello'))
    expect(await tenant.messages('personal/dana', 'dana')).toHaveLength(1)
  })

  test('an edit and a delete show at once, and a deleted message cannot be edited', async () => {
    const { conversations } = tenant.client()
    const chat = tenant.conversation('personal/dana')
    const { id } = await conversations.sendToConversation(chat, say('working on it'))
    await conversations.updateActivity(chat, id, say('done'))
    const [seen] = await tenant.messages('personal/dana', 'dana')
    expect(seen).toMatchObject({ id, text: 'done', editedAt: expect.any(String) })
    await conversations.deleteActivity(chat, id)
    expect(await tenant.messages('personal/dana', 'dana')).toEqual([])
    await expect(conversations.updateActivity(chat, id, say('again'))).rejects.toMatchObject({
      statusCode: 404,
      details: { error: { code: 'ActivityNotFoundInConversation' } },
    })
  })

  test('rosters come whole, in pages and one by one', async () => {
    const { conversations } = tenant.client()
    const channel = tenant.conversation('incidents')
    expect(await conversations.getConversationMembers(channel)).toHaveLength(4)
    const names: string[] = []
    let continuationToken = ''
    let pages = 0
    do {
      const page = await conversations.getConversationPagedMembers(channel, { pageSize: 3, continuationToken })
      names.push(...page.members.map(({ name }) => name))
      continuationToken = page.continuationToken
      pages++
    } while (continuationToken)
    expect([pages, names.length]).toEqual([2, 4])
    const one = await tenant.raw('GET', path(channel, `members/${tenant.mri('sam')}`))
    expect(one.body).toMatchObject({ name: "Sam O'Neil", email: 'sam@contoso.example', userRole: 'user' })
    const foreign = await tenant.raw('GET', path(tenant.conversation('payments'), `members/${tenant.mri('dana')}`))
    expect([foreign.status, code(foreign.body)]).toEqual([404, 'MemberNotFoundInConversation'])
    expect((await tenant.raw('GET', path(channel, 'pagedmembers?continuationToken=made-up'))).status).toBe(400)
  })

  test('a team gives its details and channels; its id is that of its first channel', async () => {
    const team = tenant.conversation('identity')
    const details = await tenant.raw('GET', `v3/teams/${encodeURIComponent(team)}`)
    expect(details.body).toMatchObject({ id: team, name: 'Identity', channelCount: 2, memberCount: 2 })
    const channels = await tenant.raw('GET', `v3/teams/${encodeURIComponent(team)}/conversations`)
    expect(channels.body['conversations']).toMatchObject([{ id: team }, { name: 'Ops' }])
  })

  test('an uploaded picture is served again', async () => {
    const originalBase64 = Buffer.from('picture').toString('base64')
    const upload = { type: 'image/png', name: 'cost.png', originalBase64 }
    const { status, body } = await tenant.raw('POST', path(tenant.conversation('personal/dana'), 'attachments'), upload)
    expect(status).toBe(201)
    const info = await tenant.client().attachments.getAttachmentInfo(String(body['id']))
    expect(info.views).toEqual([{ viewId: 'original', size: 7 }])
    expect((await tenant.raw('GET', 'v3/attachments/nothing')).status).toBe(404)
  })
})

describe('refusals', () => {
  test.each([
    ['no token', '', 401],
    ['a token for Graph', 'for-graph', 401],
    ['a token of another app', 'other-app', 401],
  ])('%s is refused', async (_what, token, status) => {
    const answer = await tenant.raw('POST', path(tenant.conversation('incidents')), say('x'), token)
    expect(answer.status).toBe(status)
    expect(await tenant.messages('incidents', 'dana')).toEqual([])
  })

  test.each<[string, () => [string, string, unknown?], number, string | undefined]>([
    ['an unknown conversation', () => ['POST', path('19:nowhere@thread.tacv2'), say('x')], 404, 'ConversationNotFound'],
    [
      'an unknown thread',
      () => ['POST', path(`${tenant.conversation('incidents')};messageid=1`), say('x')],
      404,
      'ActivityNotFoundInConversation',
    ],
    ['an empty message', () => ['POST', path(tenant.conversation('incidents')), { type: 'message' }], 400, 'BadSyntax'],
    ['a body that is no object', () => ['POST', path(tenant.conversation('incidents')), [1]], 400, 'BadSyntax'],
    [
      'an activity of another type',
      () => ['POST', path(tenant.conversation('incidents')), { type: 'event' }],
      400,
      'BadArgument',
    ],
    [
      'an unknown text format',
      () => ['POST', path(tenant.conversation('incidents')), { ...say('x'), textFormat: 'html' }],
      400,
      'BadArgument',
    ],
    [
      'a card of schema 1.6',
      () => ['POST', path(tenant.conversation('incidents')), cardMessage({ version: '1.6', body: [] })],
      400,
      'BadSyntax',
    ],
    [
      'an element Teams does not know',
      () => ['POST', path(tenant.conversation('incidents')), cardMessage({ body: [{ type: 'Carousel' }] })],
      400,
      'BadSyntax',
    ],
    [
      'an image without address',
      () => [
        'POST',
        path(tenant.conversation('incidents')),
        cardMessage({ body: [{ type: 'Container', items: [{ type: 'Image' }] }] }),
      ],
      400,
      'BadSyntax',
    ],
    [
      'a card over 28 KB',
      () => [
        'POST',
        path(tenant.conversation('incidents')),
        cardMessage({ body: [{ type: 'TextBlock', text: 'x'.repeat(29_000) }] }),
      ],
      413,
      'MessageSizeTooBig',
    ],
    [
      'a message over 100 KB',
      () => ['POST', path(tenant.conversation('incidents')), say('x'.repeat(103_000))],
      413,
      'MessageSizeTooBig',
    ],
    [
      'a mention that the text lacks',
      () => [
        'POST',
        path(tenant.conversation('incidents')),
        { ...say('hi'), entities: [{ type: 'mention', text: '<at>Lee</at>', mentioned: { id: tenant.mri('lee') } }] },
      ],
      400,
      'BadArgument',
    ],
    [
      'a group chat',
      () => [
        'POST',
        'v3/conversations',
        {
          isGroup: true,
          members: [{ id: tenant.mri('lee') }, { id: tenant.mri('dana') }],
          tenantId: tenant.org.tenant,
        },
      ],
      400,
      'BadSyntax',
    ],
    [
      'a chat without tenant',
      () => ['POST', 'v3/conversations', { members: [{ id: tenant.mri('lee') }] }],
      400,
      'BadSyntax',
    ],
    ['an unknown path', () => ['GET', 'v3/conversations'], 404, undefined],
    ['an unknown method', () => ['PATCH', path(tenant.conversation('incidents'))], 404, undefined],
  ])('%s', async (_what, call, status, wanted) => {
    const answer = await tenant.raw(...call())
    expect([answer.status, code(answer.body)]).toEqual([status, wanted])
  })

  test('another person’s message cannot be edited, and two edits of one message at once give 412', async () => {
    const channel = tenant.conversation('incidents')
    const { body: said } = await tenant.post('/local/say', { as: 'dana', where: 'incidents', text: 'mine' })
    expect(code((await tenant.raw('PUT', path(channel, `activities/${String(said['id'])}`), say('x'))).body)).toBe(
      'NotEnoughPermissions',
    )
    const { id } = await tenant.client().conversations.sendToConversation(channel, say('0'))
    const edits = await Promise.all(
      ['1', '2'].map((text) => tenant.raw('PUT', path(channel, `activities/${id}`), say(text))),
    )
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 412])
  })

  test('where the app never was it cannot speak; uninstalled it can by the old id, but opens nothing new', async () => {
    await tenant.close()
    tenant = await TestTenant.start({ installed: 'none' })
    const chat = tenant.conversation('personal/dana')
    const opening = { isGroup: false, members: [{ id: tenant.mri('dana') }], tenantId: tenant.org.tenant }
    expect(code((await tenant.raw('POST', path(chat), say('x'))).body)).toBe('BotNotInConversationRoster')
    await tenant.post('/local/install', { where: 'personal/dana' })
    expect((await tenant.raw('POST', path(chat), say('x'))).status).toBe(201)
    await tenant.post('/local/uninstall', { where: 'personal/dana' })
    expect((await tenant.raw('POST', path(chat), say('x'))).status).toBe(201)
    expect(code((await tenant.raw('POST', 'v3/conversations', opening)).body)).toBe('ForbiddenOperationException')
    expect(code((await tenant.raw('GET', path(chat, 'members'))).body)).toBe('BotNotInConversationRoster')
    await tenant.post('/local/uninstall', { where: 'personal/dana', block: true })
    expect(code((await tenant.raw('POST', path(chat), say('x'))).body)).toBe('ConversationBlockedByUser')
  })
})

describe('limits', () => {
  test('a thread takes 7 sends a second and 8 in two, with Retry-After; another thread is free', async () => {
    let now = 1_000_000
    tenant.now = () => now
    const send = () => tenant.raw('POST', path(tenant.conversation('incidents')), say('x'))
    for (let sent = 0; sent < 7; sent++) expect((await send()).status).toBe(201)
    const eighth = await send()
    expect([eighth.status, eighth.headers.get('retry-after'), code(eighth.body)]).toEqual([429, '1', 'Throttled'])
    expect((await tenant.raw('POST', path(tenant.conversation('payments')), say('x'))).status).toBe(201)
    now += 1_001
    expect((await send()).status).toBe(201)
    expect((await send()).status).toBe(429)
    now += 1_001
    expect((await send()).status).toBe(201)
  })

  test('60 in 30 seconds are the most a thread takes', async () => {
    let now = 1_000_000
    tenant.now = () => now
    const statuses: number[] = []
    for (let sent = 0; sent < 61; sent++, now += 400)
      statuses.push((await tenant.raw('POST', path(tenant.conversation('incidents')), say('x'))).status)
    expect([statuses.filter((status) => status === 201).length, statuses.at(-1)]).toEqual([60, 429])
  })

  test('the app takes 50 calls a second in the tenant', async () => {
    const now = Date.now()
    tenant.now = () => now
    const calls = await Promise.all(
      Array.from({ length: 60 }, () => tenant.raw('GET', path(tenant.conversation('incidents'), 'members'))),
    )
    expect(calls.filter(({ status }) => status === 429)).toHaveLength(10)
  })
})

describe('targeted messages', () => {
  const targeted = '?isTargetedActivity=true'
  const send = (place: string, recipient: Json | undefined, to = tenant) =>
    to.raw('POST', path(to.conversation(place), `activities${targeted}`), {
      ...say('only you'),
      ...(recipient ? { recipient } : {}),
    })

  test('one person sees it, and it is edited and deleted as targeted only', async () => {
    const { body } = await send('identity', { id: tenant.mri('dana') })
    const id = String(body['id'])
    expect(await tenant.messages('identity', 'dana')).toMatchObject([{ id, targeted: true }])
    expect(await tenant.messages('identity', 'lee')).toEqual([])
    const one = path(tenant.conversation('identity'), `activities/${id}`)
    expect((await tenant.raw('PUT', one, say('x'))).status).toBe(404)
    expect(
      (await tenant.raw('PUT', one + targeted, { ...say('x'), recipient: { id: tenant.mri('dana') } })).status,
    ).toBe(400)
    expect((await tenant.raw('PUT', one + targeted, say('changed'))).status).toBe(200)
    expect((await tenant.raw('DELETE', one + targeted)).status).toBe(200)
  })

  test('it is refused in a chat, without recipient, to a stranger, and where the app is gone', async () => {
    expect(code((await send('personal/dana', { id: tenant.mri('dana') })).body)).toBe('BadArgument')
    expect(code((await send('identity', undefined)).body)).toBe('BadArgument')
    expect(code((await send('identity', { id: tenant.mri('mei') })).body)).toBe('BadArgument')
    await tenant.post('/local/uninstall', { where: 'identity' })
    expect(code((await send('identity', { id: tenant.mri('dana') })).body)).toBe('BotNotInConversationRoster')
  })

  test('it is gone after 24 hours', async () => {
    const { body } = await send('identity', { id: tenant.mri('dana') })
    tenant.clock.set(new Date(tenant.clock.now().getTime() + 24 * 3_600_000))
    expect(await tenant.messages('identity', 'dana')).toEqual([])
    const late = await tenant.raw(
      'PUT',
      path(tenant.conversation('identity'), `activities/${String(body['id'])}${targeted}`),
      say('x'),
    )
    expect(code(late.body)).toBe('ActivityNotFoundInConversation')
  })
})
