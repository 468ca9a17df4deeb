import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { listen } from '../../../infra/local/teams/testing/listen.js'
import { TestTenant } from '../../../infra/local/teams/testing/tenant.js'
import type { Call, Delivery } from '../../outgoing.js'
import { classifyAnswer, classifyFailure } from './classify-answer.js'
import { createConnectorSender, type Route } from './connector-sender.js'

let tenant: TestTenant
let token: () => Promise<string>
beforeEach(async () => {
  tenant = await TestTenant.start({ editMs: 50 })
  token = () => Promise.resolve('good')
})
afterEach(() => tenant.close())

const activity = (text: string) => ({ type: 'message', text, summary: text })
const send = (call: Call, more: Partial<Route> = {}, patience = 2_000) =>
  createConnectorSender({
    token: () => token(),
    fetch,
    patience,
    routeOf: () =>
      Promise.resolve({
        serviceUrl: tenant.serviceUrl,
        botId: tenant.directory.bot.id,
        tenantId: tenant.org.tenant,
        installed: true,
        ...more,
      }),
  })(call)
const idOf = (delivery: Delivery) => (delivery.is === 'delivered' ? delivery.activityId : delivery.reason)
const channel = () => ({ channel: tenant.conversation('incidents') })
const person = (id: string) => ({ person: tenant.directory.account(id)!.objectId })

describe('speaking', () => {
  test('a thread is opened, answered in, edited and deleted by the ids that come back', async () => {
    const root = idOf(await send({ op: 'post', to: channel(), activity: activity('INC-1 open') }))
    const reply = idOf(await send({ op: 'post', to: channel(), root, activity: activity('on it') }))
    const edit = await send({ op: 'edit', to: channel(), root, activityId: root, activity: activity('INC-1 resolved') })
    expect(edit).toEqual({ is: 'delivered', activityId: root })
    const seen = await tenant.messages('incidents', 'dana')
    expect(seen.map(({ id, text, replyTo }) => [id, text, replyTo])).toEqual([
      [root, 'INC-1 resolved', null],
      [reply, 'on it', root],
    ])
    expect((await send({ op: 'delete', to: channel(), root, activityId: reply })).is).toBe('delivered')
    expect(await tenant.messages('incidents', 'dana')).toHaveLength(1)
  })

  test('a person is reached by object id, in the one chat they have with Nexus', async () => {
    const first = idOf(await send({ op: 'post', to: person('dana'), activity: activity('good morning') }))
    await send({ op: 'edit', to: person('dana'), activityId: first, activity: activity('good morning, Dana') })
    expect(await tenant.messages('personal/dana', 'dana')).toMatchObject([{ id: first, text: 'good morning, Dana' }])
  })

  test('a targeted message is seen by its one person, and can be edited and deleted', async () => {
    const only = tenant.mri('dana')
    const id = idOf(await send({ op: 'post', to: channel(), only, activity: activity('for you') }))
    expect(await tenant.messages('incidents', 'lee')).toEqual([])
    const targeted = { to: channel(), activityId: id, targeted: true as const }
    expect((await send({ op: 'edit', ...targeted, activity: activity('for you alone') })).is).toBe('delivered')
    expect(await tenant.messages('incidents', 'dana')).toMatchObject([{ text: 'for you alone', targeted: true }])
    expect((await send({ op: 'delete', ...targeted })).is).toBe('delivered')
    expect(await tenant.messages('incidents', 'dana')).toEqual([])
  })
})

describe('how it ends', () => {
  test('the limits of a thread and two edits at once are busy, and Teams says when to come back', async () => {
    const root = idOf(await send({ op: 'post', to: channel(), activity: activity('0') }))
    const edit = (text: string): Call => ({
      op: 'edit',
      to: channel(),
      root,
      activityId: root,
      activity: activity(text),
    })
    const both = await Promise.all([send(edit('a')), send(edit('b'))])
    expect(both.map((one) => one.is).sort()).toEqual(['busy', 'delivered'])
    const many = await Promise.all(
      Array.from({ length: 9 }, (_, n) => send({ op: 'post', to: channel(), root, activity: activity(String(n)) })),
    )
    expect(many.filter((one) => one.is === 'busy')).toContainEqual(
      expect.objectContaining({ retryAfterMs: expect.any(Number), reason: expect.stringContaining('429') }),
    )
  })

  test('what is not there is gone, as message or as conversation', async () => {
    const edit: Call = { op: 'edit', to: channel(), activityId: '12', activity: activity('x') }
    expect(await send(edit)).toMatchObject({ is: 'gone', what: 'activity' })
    expect(await send({ op: 'post', to: { chat: 'a:nobody' }, activity: activity('x') })).toMatchObject({
      is: 'gone',
      what: 'conversation',
    })
    expect(await send({ op: 'post', to: { person: 'nobody' }, activity: activity('x') })).toMatchObject({
      is: 'rejected',
    })
  })

  test('each barrier has its name', async () => {
    await tenant.post('/local/uninstall', { where: 'personal/lee' })
    const to = (id: string): Call => ({ op: 'post', to: person(id), activity: activity('x') })
    expect(await send(to('lee'))).toMatchObject({ is: 'barred', barrier: 'uninstalled' })
    await tenant.post('/local/uninstall', { where: 'personal/mei', block: true })
    expect(await send(to('mei'))).toMatchObject({ is: 'barred', barrier: 'blocked' })
    await tenant.post('/local/uninstall', { where: 'incidents' })
    expect(await send({ op: 'post', to: channel(), activity: activity('x') })).toMatchObject({
      barrier: 'not-in-roster',
    })
    expect(await send(to('dana'), { installed: false })).toMatchObject({ is: 'barred', barrier: 'uninstalled' })
    const refusal = { status: 403, message: '' }
    expect(classifyAnswer({ ...refusal, code: 'BotDisabledByAdmin' })).toMatchObject({ barrier: 'disabled' })
    expect(classifyAnswer({ ...refusal, code: 'MessageWritesBlocked' })).toMatchObject({ barrier: 'writes-blocked' })
    expect(classifyAnswer({ ...refusal, code: 'SomethingNew' })).toMatchObject({ barrier: 'forbidden' })
  })

  test('without a token, with a wrong one, or without a service nothing was sent, so it may be later', async () => {
    const post: Call = { op: 'post', to: channel(), activity: activity('x') }
    const closed = await listen(() => {})
    await closed.close()
    expect(await send(post, { serviceUrl: closed.url })).toMatchObject({
      is: 'busy',
      reason: 'Teams could not be reached (ECONNREFUSED).',
    })
    token = () => Promise.resolve('other-app')
    expect(await send(post)).toMatchObject({ is: 'busy', reason: expect.stringContaining('401') })
    token = () => Promise.reject(new Error('Entra is down'))
    expect(await send(post)).toEqual({ is: 'busy', reason: "Entra gave no token for Nexus's bot." })
    expect(await tenant.messages('incidents', 'dana')).toEqual([])
  })

  test('an answer that does not come leaves the outcome open', async () => {
    const silent = await listen(() => {})
    const cutting = await listen((_request, response) => response.destroy())
    const post: Call = { op: 'post', to: channel(), activity: activity('x') }
    expect(await send(post, { serviceUrl: silent.url }, 100)).toEqual({
      is: 'unsure',
      reason: 'Teams did not answer in time.',
    })
    expect(await send(post, { serviceUrl: cutting.url })).toMatchObject({ is: 'unsure' })
    // Opening a chat says nothing in it, so that may be done again.
    expect(await send({ ...post, to: person('dana') }, { serviceUrl: cutting.url })).toMatchObject({ is: 'busy' })
    await Promise.all([silent.close(), cutting.close()])
    for (const status of [500, 502, 504]) expect(classifyAnswer({ status, code: '', message: '' }).is).toBe('unsure')
    expect(classifyFailure(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })).is).toBe('busy')
  })

  test('what will never be taken is rejected, with what Teams said', async () => {
    const large = await send({ op: 'post', to: channel(), activity: activity('x'.repeat(110 * 1024)) })
    expect(large).toMatchObject({ is: 'rejected', reason: expect.stringContaining('MessageSizeTooBig') })
    expect(await send({ op: 'post', to: channel(), activity: { type: 'message' } })).toMatchObject({ is: 'rejected' })
  })

  test.each([
    ['7', 7_000],
    ['999999999', 3_600_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
  ])('Retry-After %s is %s ms', (retryAfter, ms) => {
    const delivery = classifyAnswer({ status: 429, code: '', message: '', retryAfter })
    expect(delivery).toMatchObject({ is: 'busy' })
    expect('retryAfterMs' in delivery ? delivery.retryAfterMs : undefined).toBe(ms)
  })
})
