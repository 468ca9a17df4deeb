import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStates } from '../../frame/state.js'
import type { Json } from '../model.js'
import { hubAppId } from '../../organisation/object-ids.js'
import type { Fault } from '../options.js'
import { TestTenant } from '../testing/tenant.js'

let folder: string
let tenant: TestTenant
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-teams-'))
  const manifest = join(folder, 'manifest.json')
  writeFileSync(
    manifest,
    JSON.stringify({
      bots: [
        {
          commandLists: [
            {
              scopes: ['team', 'personal'],
              triggers: ['mention', 'slash'],
              commands: [{ title: 'on-call', description: 'Who' }],
            },
            { scopes: ['personal'], commands: [{ title: 'help' }] },
          ],
        },
      ],
      composeExtensions: [
        {
          commands: [{ id: 'find', type: 'query', title: 'Find' }],
          messageHandlers: [{ type: 'link', value: { domains: ['*.contoso.example'] } }],
        },
      ],
    }),
  )
  const page = async () => new Map([['/', { type: 'text/html', body: Buffer.from('<!doctype html>') }]])
  tenant = await TestTenant.start({ manifest, page, secrets: { github: 'key', eventGrid: 'code' } })
})
afterEach(async () => {
  await tenant.close()
  rmSync(folder, { recursive: true })
})

const say = (as: string, where: string, text: string, replyTo?: string) =>
  tenant.post('/local/say', { as, where, text, ...(replyTo ? { replyTo } : {}) })

describe('saying', () => {
  test('a mention in a channel reaches the bot as Teams sends it', async () => {
    const { body } = await say('dana', 'identity-ops', "@Nexus who's on call for <auth> & co, @lee?")
    expect(body).toEqual({ id: expect.any(String), heard: true })
    const [activity] = await tenant.bot.received('message')
    expect(activity).toMatchObject({
      id: body['id'],
      channelId: 'msteams',
      serviceUrl: tenant.serviceUrl,
      text: "<at>Nexus</at>&nbsp;who's on call for &lt;auth&gt; &amp; co, <at>Lee Park</at>?",
      textFormat: 'plain',
      from: { id: tenant.mri('dana'), name: 'Dana Ortiz', aadObjectId: tenant.directory.account('dana')?.objectId },
      recipient: { id: `28:${hubAppId(tenant.org)}`, name: 'Nexus' },
      conversation: {
        id: `${tenant.conversation('identity-ops')};messageid=${String(body['id'])}`,
        conversationType: 'channel',
        isGroup: true,
      },
      channelData: {
        tenant: { id: tenant.org.tenant },
        team: { id: tenant.conversation('identity') },
        channel: { id: tenant.conversation('identity-ops') },
      },
      localTimezone: 'Europe/Berlin',
      locale: 'en-GB',
      authorization: `Bearer channel:${hubAppId(tenant.org)}:${tenant.serviceUrl}`,
    })
    expect(activity?.['localTimestamp']).toMatch(/\+0[12]:00$/)
    const entities = activity?.['entities'] as Json[]
    expect(entities.map(({ type }) => type)).toEqual(['mention', 'mention', 'clientInfo'])
    expect(entities[2]).toMatchObject({ country: 'GB', timezone: 'Europe/Berlin' })
  })

  test('without a mention only a chat, or a channel with consent, is heard; a reply joins its thread', async () => {
    const root = await say('dana', 'identity', 'good morning')
    expect(root.body['heard']).toBe(false)
    await tenant.post('/local/install', { where: 'identity', consent: true })
    const reply = await say('lee', 'identity', 'mail me at lee@nexus', String(root.body['id']))
    expect(reply.body['heard']).toBe(true)
    const [heard] = await tenant.bot.received('message')
    expect(heard).toMatchObject({
      text: 'mail me at lee@nexus',
      replyToId: root.body['id'],
      conversation: { id: `${tenant.conversation('identity')};messageid=${String(root.body['id'])}` },
    })
    expect((await say('dana', 'personal/dana', 'hi')).body['heard']).toBe(true)
    expect((await tenant.messages('identity', 'dana'))[1]).toMatchObject({ replyTo: root.body['id'] })
  })

  test('a slash command of the manifest is seen by its sender only', async () => {
    expect((await say('dana', 'identity', '/on-call auth')).body['heard']).toBe(true)
    expect((await say('dana', 'identity', '/unknown auth')).body['heard']).toBe(false)
    const [activity] = await tenant.bot.received('message')
    expect(activity).toMatchObject({ text: '/on-call auth', recipient: { isTargeted: true } })
    expect(await tenant.messages('identity', 'lee')).toMatchObject([{ text: '/unknown auth' }])
    expect(await tenant.messages('identity', 'dana')).toHaveLength(2)
    const { id: thread } = activity?.['conversation'] as { id: string }
    await tenant.client().conversations.sendToConversation(thread, { type: 'message', text: 'for all' } as never)
    expect((await tenant.messages('identity', 'lee'))[1]).toMatchObject({ text: 'for all', replyTo: null })
  })

  test('who speaks in another team joins it, and the bot hears of that', async () => {
    await say('sam', 'payments', '@nexus hello')
    const [joined] = await tenant.bot.received('conversationUpdate')
    expect(joined).toMatchObject({
      membersAdded: [{ id: tenant.mri('sam') }],
      channelData: { eventType: 'teamMemberAdded' },
    })
  })

  test('edits, deletions and reactions reach the bot', async () => {
    const { body } = await say('dana', 'personal/dana', 'restrat auth')
    const message = String(body['id'])
    await tenant.post('/local/edit', { as: 'dana', message, text: 'restart auth' })
    expect((await tenant.bot.received('messageUpdate'))[0]).toMatchObject({
      id: message,
      text: 'restart auth',
      channelData: { eventType: 'editMessage' },
    })
    await tenant.post('/local/delete', { as: 'dana', message })
    expect((await tenant.bot.received('messageDelete'))[0]).toMatchObject({ id: message })
    const { id } = await tenant.client().conversations.sendToConversation(tenant.conversation('personal/dana'), {
      type: 'message',
      text: 'done',
    } as never)
    await tenant.post('/local/react', { as: 'dana', message: id, reaction: 'like' })
    expect((await tenant.bot.received('messageReaction'))[0]).toMatchObject({
      reactionsAdded: [{ type: 'like' }],
      replyToId: id,
    })
    expect((await tenant.messages('personal/dana', 'dana'))[0]).toMatchObject({
      reactions: [{ reaction: 'like', people: ['dana'] }],
    })
  })

  test('an activity that is not taken comes again with the same id, four times at most; a refused one does not', async () => {
    tenant.bot.answer = () => ({ status: 500 })
    await say('dana', 'personal/dana', 'hi')
    const sent = await tenant.bot.received('message', 4)
    await new Promise((done) => setTimeout(done, 60))
    expect(tenant.bot.activities).toHaveLength(4)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
    tenant.bot.answer = () => ({ status: 401 })
    await say('dana', 'personal/dana', 'hi')
    await tenant.bot.received('message', 5)
    await new Promise((done) => setTimeout(done, 60))
    expect(tenant.bot.activities).toHaveLength(5)
  })

  test('a bot that answers too late is asked again', async () => {
    let first = true
    tenant.bot.answer = () => ({ status: 200, delayMs: first ? ((first = false), 500) : 0 })
    await say('dana', 'personal/dana', 'hi')
    const sent = await tenant.bot.received('message', 2)
    expect(sent[0]?.id).toBe(sent[1]?.id)
    const { body } = await tenant.get<Json[]>('/local/wire')
    expect(body.map(({ status }) => status)).toEqual([0, 200])
  })
})

describe('installing', () => {
  test('the installs of the first start are told once', async () => {
    tenant.teams.announceInstalls()
    tenant.teams.announceInstalls()
    const installs = await tenant.bot.received('installationUpdate', 7)
    await new Promise((done) => setTimeout(done, 30))
    expect(installs.map(({ action }) => action)).toEqual(Array(7).fill('add'))
    expect(await tenant.bot.received('conversationUpdate', 7)).toHaveLength(7)
  })

  test('uninstalling removes the bot from all channels of the team, and it hears nothing more', async () => {
    await tenant.post('/local/uninstall', { where: 'identity-ops', as: 'lee' })
    expect((await tenant.bot.received('installationUpdate'))[0]).toMatchObject({
      action: 'remove',
      from: { id: tenant.mri('lee') },
    })
    expect((await say('dana', 'identity', '@Nexus hello')).body['heard']).toBe(false)
    const again = await tenant.post('/local/uninstall', { where: 'identity' })
    expect(again.body).toEqual({ installed: false, changed: false })
  })
})

describe('what is refused', () => {
  test.each<[string, string, Json, number, RegExp]>([
    ['nobody', '/local/say', { where: 'incidents', text: 'x' }, 400, /`as` is a person id/],
    ['a stranger', '/local/say', { as: 'bob', where: 'incidents', text: 'x' }, 404, /Nobody here is 'bob'/],
    ['an unknown place', '/local/say', { as: 'dana', where: 'lounge', text: 'x' }, 404, /no place 'lounge'/],
    ['another one’s chat', '/local/say', { as: 'dana', where: 'personal/lee', text: 'x' }, 404, /personal\/dana/],
    ['nothing said', '/local/say', { as: 'dana', where: 'incidents', text: '  ' }, 400, /not empty/],
    ['text of the wrong type', '/local/say', { as: 'dana', where: 'incidents', text: 5 }, 400, /`text`/],
    [
      'cards that are none',
      '/local/say',
      { as: 'dana', where: 'incidents', text: 'x', cards: [{}] },
      400,
      /refuse a card/,
    ],
    [
      'six cards',
      '/local/say',
      { as: 'dana', where: 'incidents', text: 'x', cards: Array(6).fill({}) },
      400,
      /at most 5/,
    ],
    ['no words and no card', '/local/say', { as: 'dana', where: 'incidents', text: '', cards: [] }, 400, /not empty/],
    ['30 KB', '/local/say', { as: 'dana', where: 'incidents', text: 'x'.repeat(30_000) }, 400, /28 KB/],
    ['an unknown message', '/local/click', { as: 'dana', message: '1', action: 'OK' }, 404, /sees no message/],
    ['an unknown dialog', '/local/submit', { as: 'dana', dialog: 'x', inputs: {} }, 404, /no open dialog/],
    ['inputs that are a list', '/local/submit', { as: 'dana', dialog: 'x', inputs: [] }, 400, /`inputs`/],
    ['a fault without target', '/local/faults', { status: 500 }, 400, /target/],
    ['a clock that is no time', '/local/clock', { now: 'soon' }, 400, /soon/],
    ['an unsigned source', '/local/deliver', { source: 'pagerduty', body: {} }, 400, /github, event-grid/],
    ['a foreign link', '/local/unfurl', { as: 'dana', link: 'https://example.org/x' }, 409, /contoso/],
    ['an unknown route', '/local/nothing', {}, 404, /no POST/],
  ])('%s', async (_what, path, body, status, sentence) => {
    const answer = await tenant.post(path, body)
    expect(answer.status).toBe(status)
    expect(answer.body['error']).toMatch(sentence)
  })

  const knock = (headers: Record<string, string>, path = '/local/people', body?: string) =>
    new Promise<number>((done, fail) => {
      const url = new URL(path, tenant.local)
      const call = request(url, { method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
        response.resume()
        done(response.statusCode ?? 0)
      })
      call.on('error', fail)
      call.end(body)
    })

  test('other hosts, other sites’ pages, bodies of other types and too large ones', async () => {
    expect(await knock({})).toBe(200)
    expect(await knock({ host: 'nexus.example' })).toBe(403)
    expect(await knock({ origin: 'https://evil.example' })).toBe(403)
    expect(await knock({ origin: 'null' })).toBe(403)
    expect(await knock({ origin: tenant.local })).toBe(200)
    expect(await knock({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403)
    expect(await knock({ 'content-type': 'text/plain' }, '/local/say', '{"as":"dana"}')).toBe(400)
    expect(await knock({ 'content-type': 'application/json' }, '/local/say', '{"as":')).toBe(400)
    expect(await knock({ 'content-type': 'application/json' }, '/local/say', `"${'x'.repeat(1_100_000)}"`)).toBe(413)
  })

  test('the page is served, and nothing that is not of it', async () => {
    const page = await fetch(`${tenant.local}/`)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await knock({}, '/%2e%2e/%2e%2e/etc/passwd')).toBe(404)
    expect(await knock({}, '/..%2fpackage.json')).toBe(404)
    expect(await knock({}, '/%zz')).toBe(400)
    expect(await fetch(`${tenant.local}/local/photo/sam`).then((r) => r.text())).toContain('>SO</text>')
  })
})

describe('looking', () => {
  test('people, places, commands and state', async () => {
    const people = await tenant.get<Json[]>('/local/people')
    expect(people.body[0]).toMatchObject({
      id: 'dana',
      name: 'Dana Ortiz',
      roles: ['developer'],
      team: 'identity',
      zone: 'Europe/Berlin',
    })
    const places = await tenant.get<Json[]>('/local/places')
    expect(places.body.map(({ id }) => id)).toEqual([
      'incidents',
      'identity',
      'identity-ops',
      'payments',
      'personal/dana',
      'personal/lee',
      'personal/mei',
      'personal/sam',
    ])
    const commands = await tenant.get('/local/commands')
    expect(commands.body).toMatchObject({
      team: [{ title: 'on-call', triggers: ['mention', 'slash'] }],
      personal: [{}, { title: 'help', triggers: ['mention'] }],
    })
    expect((await tenant.get('/local/state/teams')).body).toMatchObject({ messages: [] })
    expect((await tenant.get('/local/state/nobody')).status).toBe(404)
  })

  test('messages after one, by id and by time', async () => {
    const first = await say('dana', 'incidents', 'one')
    await say('dana', 'incidents', 'two')
    const after = (what: string) => tenant.get<Json[]>(`/local/messages?where=incidents&as=lee&after=${what}`)
    expect((await after(String(first.body['id']))).body).toMatchObject([{ text: 'two' }])
    expect((await after('2020-01-01T00:00:00Z')).body).toHaveLength(2)
    expect((await after('yesterday')).status).toBe(400)
  })
})

describe('the tenant as a whole', () => {
  test('a webhook goes out signed, and Event Grid’s handshake is checked', async () => {
    const sent = await tenant.post('/local/deliver', {
      source: 'github',
      body: { zen: 'ok' },
      headers: { 'x-github-event': 'ping' },
    })
    expect(sent.body).toEqual({ status: 202 })
    const [hook] = tenant.bot.webhooks
    expect(hook).toMatchObject({ path: '/webhooks/github', raw: '{"zen":"ok"}' })
    expect(hook?.headers['x-hub-signature-256']).toBe(
      `sha256=${createHmac('sha256', 'key').update('{"zen":"ok"}').digest('hex')}`,
    )
    expect((await tenant.post('/local/deliver', { source: 'github', body: {} })).status).toBe(400)
    const forged = { 'x-github-event': 'ping', 'X-Hub-Signature-256': 'sha256=00' }
    await tenant.post('/local/deliver', { source: 'github', body: {}, headers: forged })
    expect(tenant.bot.webhooks[1]?.headers['x-hub-signature-256']).toBe('sha256=00')
    expect((await tenant.post('/local/deliver', { source: 'constructor', body: {} })).status).toBe(400)

    tenant.bot.answerWebhook = (_path, raw) => ({
      status: 200,
      body: { validationResponse: (JSON.parse(raw) as [{ data: { validationCode: string } }])[0].data.validationCode },
    })
    const event = { eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: { validationCode: 'abc' } }
    const shake = await tenant.post('/local/deliver', { source: 'event-grid', body: [event] })
    expect(shake.body).toEqual({ status: 200, handshake: true })
    expect(tenant.bot.webhooks[2]).toMatchObject({
      path: '/webhooks/event-grid?code=code',
      headers: { 'aeg-event-type': 'SubscriptionValidation' },
    })
  })

  test('faults and the clock go where they belong', async () => {
    await tenant.close()
    const faults: Fault[] = []
    tenant = await TestTenant.start({
      faults: { add: (fault) => void faults.push(fault), clear: () => void faults.splice(0) },
      movesHubClocks: true,
    })
    await tenant.post('/local/faults', { target: 'github', status: 503, ratio: 0.5 })
    expect(faults).toEqual([{ target: 'github', status: 503, ratio: 0.5 }])
    await fetch(`${tenant.local}/local/faults`, { method: 'DELETE' })
    expect(faults).toEqual([])
    const { body } = await tenant.post('/local/clock', { now: '2027-01-02T03:04:05Z' })
    expect(body['now']).toMatch(/^2027-01-02T03:04:05/)
    expect(tenant.bot.webhooks.map(({ path, raw }) => [path, raw])).toEqual([
      ['/clock', '{"now":"2027-01-02T03:04:05.000Z"}'],
    ])
    await say('dana', 'incidents', 'in January')
    expect((await tenant.messages('incidents', 'lee'))[0]?.['at']).toMatch(/^2027-01-02T/)
  })

  test('history, installs and ids survive a restart', async () => {
    await tenant.close()
    const states = join(folder, 'state')
    tenant = await TestTenant.start({}, openStates(states, '1').open)
    const before = tenant.conversation('identity')
    const said = await say('dana', 'identity', 'remember')
    await tenant.post('/local/uninstall', { where: 'payments' })
    await tenant.close()
    tenant = await TestTenant.start({}, openStates(states, '1').open)
    expect(tenant.conversation('identity')).toBe(before)
    expect(await tenant.messages('identity', 'lee')).toMatchObject([{ id: said.body['id'], text: 'remember' }])
    expect((await say('mei', 'payments', '@Nexus x')).body['heard']).toBe(false)
    const next = await say('dana', 'identity', 'on')
    expect(Number(next.body['id'])).toBeGreaterThan(Number(said.body['id']))
  })
})
