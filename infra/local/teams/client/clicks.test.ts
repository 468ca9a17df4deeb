import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Json } from '../model.js'
import type { BotAnswer } from '../testing/fake-bot.js'
import { cardMessage, TestTenant } from '../testing/tenant.js'

let tenant: TestTenant
beforeEach(async () => {
  tenant = await TestTenant.start()
})
afterEach(() => tenant.close())

const text = (said: string) => ({ type: 'TextBlock', text: said })
const cardAnswer = (said: string): BotAnswer => ({
  status: 200,
  body: {
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: { type: 'AdaptiveCard', version: '1.5', body: [text(said)] },
  },
})

async function show(place: string, card: Json): Promise<string> {
  const { id } = await tenant
    .client()
    .conversations.sendToConversation(tenant.conversation(place), cardMessage(card) as never)
  return id
}
const click = (message: string, action: string, more: Json = {}) =>
  tenant.post('/local/click', { as: 'dana', message, action, ...more })
const seenText = async (place: string, as: string) =>
  JSON.stringify((await tenant.messages(place, as)).map(({ card }) => card))

const approval = {
  body: [
    text('Restart checkout?'),
    {
      type: 'Input.Text',
      id: 'reason',
      label: 'Why',
      isRequired: true,
      errorMessage: 'Say why',
      regex: '^[a-z ]+$',
      maxLength: 20,
    },
    { type: 'Input.Toggle', id: 'notify', title: 'Tell the team' },
    { type: 'Input.Number', id: 'minutes', min: 1, max: 60, value: 30 },
    {
      type: 'Input.ChoiceSet',
      id: 'ring',
      choices: [
        { title: 'One', value: '1' },
        { title: 'Two', value: '2' },
      ],
    },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Approve', verb: 'approve', data: { proposal: 'PR-1' } },
    { type: 'Action.Execute', title: 'Skip', verb: 'skip', associatedInputs: 'none', mode: 'secondary' },
    { type: 'Action.Execute', title: 'Off', verb: 'off', isEnabled: false },
  ],
}

describe('Action.Execute', () => {
  test('sends verb, data and inputs; the card that comes back is the clicker’s only', async () => {
    const id = await show('identity', approval)
    tenant.bot.answer = () => cardAnswer('approved by you')
    const { body } = await click(id, 'approve', { inputs: { reason: 'it hangs', notify: true } })
    expect(JSON.stringify(body['card'])).toContain('approved by you')
    const [invoke] = await tenant.bot.received('invoke')
    expect(invoke).toMatchObject({
      name: 'adaptiveCard/action',
      replyToId: id,
      conversation: { id: `${tenant.conversation('identity')};messageid=${id}` },
      value: {
        trigger: 'manual',
        action: {
          type: 'Action.Execute',
          verb: 'approve',
          data: { proposal: 'PR-1', reason: 'it hangs', notify: 'true', minutes: '30' },
        },
      },
    })
    expect(await seenText('identity', 'dana')).toContain('approved by you')
    expect(await seenText('identity', 'lee')).toContain('Restart checkout?')
  })

  test('an edit of the message ends everybody’s own views', async () => {
    const id = await show('identity', approval)
    tenant.bot.answer = () => cardAnswer('yours')
    await click(id, 'Skip')
    await tenant
      .client()
      .conversations.updateActivity(
        tenant.conversation('identity'),
        id,
        cardMessage({ body: [text('decided')] }) as never,
      )
    expect(await seenText('identity', 'dana')).toContain('decided')
  })

  test('a card edited for all during the click is what comes back', async () => {
    const id = await show('identity', approval)
    tenant.bot.answer = async () => {
      await tenant
        .client()
        .conversations.updateActivity(
          tenant.conversation('identity'),
          id,
          cardMessage({ body: [text('for all')] }) as never,
        )
      return {
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Noted.' },
      }
    }
    expect((await click(id, 'Skip')).body).toEqual({
      message: 'Noted.',
      card: expect.objectContaining({ body: [text('for all')] }),
    })
    expect(await seenText('identity', 'lee')).toContain('for all')
  })

  test.each<[string, Json, RegExp]>([
    ['missing', {}, /'reason' is required.*Say why/],
    ['not of the form', { reason: 'NO 1' }, /'reason' does not take/],
    ['too long', { reason: 'a'.repeat(21) }, /at most 20/],
    ['no number', { reason: 'ok', minutes: 'soon' }, /'minutes' takes a number/],
    ['out of range', { reason: 'ok', minutes: 90 }, /at most 60/],
    ['no such choice', { reason: 'ok', ring: '3' }, /no choice '3'; there are: 1, 2/],
    ['no such input', { reason: 'ok', why: 'x' }, /no input 'why'.*reason, notify, minutes, ring/],
  ])('an input that is %s is refused before anything is sent', async (_what, inputs, sentence) => {
    const { status, body } = await click(await show('identity', approval), 'Approve', { inputs })
    expect([status, body['error']]).toEqual([400, expect.stringMatching(sentence)])
    expect(tenant.bot.activities).toEqual([])
  })

  test.each<[string, BotAnswer, RegExp]>([
    [
      'refuses',
      {
        status: 200,
        body: {
          statusCode: 403,
          type: 'application/vnd.microsoft.error',
          value: { code: 'Forbidden', message: 'Only approvers.' },
        },
      },
      /Only approvers\. \(403\)/,
    ],
    ['fails', { status: 500, body: {} }, /Something went wrong.*500/],
    ['is too late', { status: 200, delayMs: 500 }, /did not answer in time/],
    [
      'answers with a card of 1.6',
      {
        status: 200,
        body: {
          statusCode: 200,
          type: 'application/vnd.microsoft.card.adaptive',
          value: { type: 'AdaptiveCard', version: '1.6' },
        },
      },
      /cannot show/,
    ],
  ])('a bot that %s', async (_what, answer, sentence) => {
    const id = await show('personal/dana', approval)
    tenant.bot.answer = () => answer
    expect((await click(id, 'Skip')).body['error']).toMatch(sentence)
    expect(await seenText('personal/dana', 'dana')).toContain('Restart checkout?')
  })

  test('buttons that are not there, disabled, or on a card somebody else sees', async () => {
    const id = await show('personal/dana', approval)
    expect((await click(id, 'Reject')).body['error']).toMatch(/It has: Approve, Skip, Off\./)
    expect((await click(id, 'Off')).status).toBe(409)
    expect((await click(id, 'Skip', { as: 'lee' })).status).toBe(404)
  })
})

describe('other actions', () => {
  const menu = {
    body: [
      {
        type: 'Container',
        items: [
          {
            type: 'ActionSet',
            actions: [{ type: 'Action.OpenUrl', title: 'Open portal', url: 'https://portal.example/' }],
          },
        ],
      },
      {
        type: 'ColumnSet',
        columns: [{ items: [text('row')], selectAction: { type: 'Action.Submit', title: 'Pick', data: { row: 1 } } }],
      },
      { type: 'Input.Text', id: 'outer' },
    ],
    actions: [
      { type: 'Action.ToggleVisibility', title: 'More', targetElements: ['a', { elementId: 'b' }] },
      {
        type: 'Action.ShowCard',
        title: 'Reject…',
        card: {
          type: 'AdaptiveCard',
          body: [{ type: 'Input.Text', id: 'inner' }],
          actions: [{ type: 'Action.Submit', title: 'Reject', data: { no: true } }],
        },
      },
      { type: 'Action.Submit', title: 'Say', data: { msteams: { type: 'imBack', value: 'who is on call' } } },
      {
        type: 'Action.Submit',
        title: 'Back',
        data: {
          msteams: { type: 'messageBack', displayText: 'I pressed', text: 'pressed', value: { k: 1 } },
          extra: 2,
        },
      },
    ],
  }

  test('what stays in the client: addresses, shown cards, toggles', async () => {
    const id = await show('personal/dana', menu)
    expect((await click(id, 'Open portal')).body).toEqual({ url: 'https://portal.example/' })
    expect((await click(id, 'More')).body).toEqual({ toggled: ['a', 'b'] })
    expect(JSON.stringify((await click(id, 'Reject…')).body['card'])).toContain('inner')
    expect(tenant.bot.activities).toEqual([])
  })

  test('Action.Submit is a message with a value; within a shown card the inputs around it go along', async () => {
    const id = await show('personal/dana', menu)
    await click(id, 'Pick')
    await click(id, 'Reject', { inputs: { outer: 'o', inner: 'i' } })
    const [pick, reject] = await tenant.bot.received('message', 2)
    expect(pick).toMatchObject({ value: { row: 1 }, replyToId: id })
    expect(pick).not.toHaveProperty('text')
    expect(reject).toMatchObject({ value: { no: true, outer: 'o', inner: 'i' } })
  })

  test('imBack and messageBack speak for the person', async () => {
    const id = await show('identity', menu)
    await click(id, 'Say')
    await click(id, 'Back')
    const [said, back] = await tenant.bot.received('message', 2)
    expect(said).toMatchObject({
      text: 'who is on call',
      from: { id: tenant.mri('dana') },
      conversation: { id: `${tenant.conversation('identity')};messageid=${id}` },
    })
    expect(back).toMatchObject({ text: 'pressed', value: { k: 1, extra: 2 } })
    expect((await tenant.messages('identity', 'lee')).slice(1)).toMatchObject([
      { text: 'who is on call', replyTo: id },
      { text: 'I pressed' },
    ])
  })

  test('suggested actions show in chats only and speak for the person', async () => {
    const message = {
      type: 'message',
      text: 'Which?',
      suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'auth-api', value: 'on call auth-api' }] },
    }
    const send = (place: string) =>
      tenant.client().conversations.sendToConversation(tenant.conversation(place), message as never)
    const { id } = await send('personal/dana')
    await send('identity')
    expect((await tenant.messages('identity', 'dana'))[0]).toMatchObject({ suggested: [] })
    await click(id, 'auth-api')
    expect((await tenant.bot.received('message'))[0]).toMatchObject({ text: 'on call auth-api' })
  })

  test('thumbs are passed on where the bot asks for them', async () => {
    const send = (more: Json) =>
      tenant.client().conversations.sendToConversation(tenant.conversation('personal/dana'), {
        type: 'message',
        text: 'x',
        ...more,
      } as never)
    const asked = await send({ channelData: { feedbackLoop: { type: 'default' } } })
    const plain = await send({})
    const give = (message: string, reaction: string) =>
      tenant.post('/local/feedback', { as: 'dana', message, reaction, text: 'right' })
    expect((await give(asked.id, 'like')).body).toEqual({})
    expect((await tenant.bot.received('invoke'))[0]).toMatchObject({
      name: 'message/submitAction',
      replyToId: asked.id,
      value: { actionName: 'feedback', actionValue: { reaction: 'like', feedback: '{"feedbackText":"right"}' } },
    })
    expect((await give(asked.id, 'meh')).status).toBe(400)
    expect((await give(plain.id, 'like')).status).toBe(409)
  })
})

describe('dialogs', () => {
  const form = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'Input.Text', id: 'title', isRequired: true }],
    actions: [{ type: 'Action.Submit', title: 'Declare', data: { step: 1 } }],
  }
  const open = {
    actions: [
      { type: 'Action.Submit', title: 'Declare…', data: { msteams: { type: 'task/fetch' }, kind: 'incident' } },
    ],
  }
  const dialog = {
    status: 200,
    body: {
      task: {
        type: 'continue',
        value: {
          title: 'New incident',
          card: { contentType: 'application/vnd.microsoft.card.adaptive', content: form },
        },
      },
    },
  }

  test('open, are checked, submitted once, and belong to their person', async () => {
    const id = await show('personal/dana', open)
    tenant.bot.answer = ({ name }) =>
      name === 'task/fetch' ? dialog : { status: 200, body: { task: { type: 'message', value: 'INC-7 declared' } } }
    const { body } = await click(id, 'Declare…')
    const opened = body['dialog'] as { id: string; title: string }
    expect(opened.title).toBe('New incident')
    const submit = (as: string, inputs: Json) => tenant.post('/local/submit', { as, dialog: opened.id, inputs })
    expect((await submit('lee', { title: 'x' })).status).toBe(409)
    expect((await submit('dana', {})).body['error']).toMatch(/'title' is required/)
    expect((await submit('dana', { title: 'auth is down' })).body).toEqual({ message: 'INC-7 declared' })
    expect((await submit('dana', { title: 'again' })).status).toBe(404)
    const [fetched, submitted] = await tenant.bot.received('invoke', 2)
    expect(fetched).toMatchObject({
      name: 'task/fetch',
      value: { data: { kind: 'incident' }, context: { theme: 'default' } },
    })
    expect(submitted).toMatchObject({ name: 'task/submit', value: { data: { step: 1, title: 'auth is down' } } })
  })

  test('go on with another dialog, and stay open where the bot fails', async () => {
    const id = await show('personal/dana', open)
    tenant.bot.answer = () => dialog
    const first = ((await click(id, 'Declare…')).body['dialog'] as Json)['id']
    const second = await tenant.post('/local/submit', { as: 'dana', dialog: first, inputs: { title: 'a' } })
    const next = (second.body['dialog'] as Json)['id']
    expect(next).not.toBe(first)
    tenant.bot.answer = () => ({ status: 500 })
    expect(
      (await tenant.post('/local/submit', { as: 'dana', dialog: next, inputs: { title: 'a' } })).body['error'],
    ).toMatch(/500/)
    tenant.bot.answer = () => ({ status: 200 })
    expect((await tenant.post('/local/submit', { as: 'dana', dialog: next, inputs: { title: 'a' } })).body).toEqual({})
  })
})

describe('user-specific views', () => {
  const withViews = (...people: string[]) => ({
    body: [text('base')],
    refresh: {
      action: { type: 'Action.Execute', verb: 'view', data: { id: 1 } },
      userIds: people.map((person) => tenant.mri(person)),
    },
  })
  const answerByName = () => {
    tenant.bot.answer = (activity) => cardAnswer(`for ${String((activity['from'] as Json)['name'])}`)
  }

  test('come by themselves for those named, once a version of the base card', async () => {
    answerByName()
    const id = await show('identity', withViews('dana', 'lee'))
    expect(await seenText('identity', 'dana')).toContain('for Dana Ortiz')
    expect(await seenText('identity', 'dana')).toContain('for Dana Ortiz')
    expect(await seenText('identity', 'lee')).toContain('for Lee Park')
    expect(await seenText('identity', 'mei')).toContain('base')
    const invokes = await tenant.bot.received('invoke', 2)
    expect(invokes).toHaveLength(2)
    expect(invokes[0]).toMatchObject({ value: { trigger: 'automatic', action: { verb: 'view', data: { id: 1 } } } })
    await tenant
      .client()
      .conversations.updateActivity(tenant.conversation('identity'), id, cardMessage(withViews('dana')) as never)
    expect(await seenText('identity', 'dana')).toContain('for Dana Ortiz')
    expect(await tenant.bot.received('invoke', 3)).toHaveLength(3)
    expect(await seenText('identity', 'lee')).toContain('base')
  })

  test('a bot that fails leaves the base card, and is not asked at every look', async () => {
    tenant.bot.answer = () => ({ status: 500 })
    await show('identity', withViews('dana'))
    expect(await seenText('identity', 'dana')).toContain('base')
    expect(await seenText('identity', 'dana')).toContain('base')
    expect(tenant.bot.activities).toHaveLength(1)
  })

  test('over 60 people nobody’s comes by itself; by hand it does', async () => {
    answerByName()
    const card = withViews('dana')
    card.refresh.userIds.push(...Array.from({ length: 60 }, (_, at) => `29:${at}`))
    const id = await show('identity', card)
    expect(await seenText('identity', 'dana')).toContain('base')
    const { body } = await tenant.post('/local/refresh', { as: 'dana', message: id })
    expect(JSON.stringify(body['card'])).toContain('for Dana Ortiz')
    expect((await tenant.bot.received('invoke'))[0]).toMatchObject({ value: { trigger: 'manual' } })
  })
})
