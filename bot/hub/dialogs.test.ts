import { beforeEach, expect, test } from '@jest/globals'
import { renderCard } from '../../cards/render.js'
import { choice, entity as entityArg, number, optional, text } from '../../skills/kit/arguments.js'
import { defineSkill } from '../../skills/kit/command.js'
import { badInput, conflict } from '../../skills/kit/errors.js'
import type { Reply } from '../../skills/kit/reply.js'
import type { DialogAnswer } from './dialogs.js'
import { entity, smallHub, smallNow, type SmallHub } from './testing/small-hub.js'

let decided: unknown[]
let small: SmallHub

const args = {
  service: entityArg('Service', 'which service'),
  reason: text('the reason', 200),
  minutes: optional(number('for how long', { min: 1, max: 60, unit: 'min' })),
  how: optional(choice('how', ['softly', 'at once'])),
}
const says = Array.from({ length: 10 }, (_, n) => `hold {service} because {reason} ${'now '.repeat(n)}`)
/** A card with a button that opens a dialog, and what its form leads to. */
const holds = defineSkill({
  name: 'hold',
  summary: 'Holds services.',
  uses: [],
  views: { Hold: () => Promise.resolve({ text: 'Held.', card: { state: 'good', topic: 'Hold', title: 'Held' } }) },
  commands: {
    show: {
      summary: 'Show holds',
      says: Array.from({ length: 10 }, (_, n) => `show holds ${'please '.repeat(n)}`),
      args: {},
      effect: 'read',
      role: 'guest',
      run: () => {
        const form = args
        const intent = { command: 'hold.add', args: { minutes: 15 } }
        return Promise.resolve<Reply>({
          text: 'Nothing is held.',
          buttons: [{ title: 'Hold a service…', intent, form, dialog: true }],
        })
      },
    },
    add: {
      summary: 'Hold a service',
      says,
      args,
      effect: 'read',
      role: 'developer',
      run: ({ service, reason }) => {
        if (reason === 'no') throw badInput('That is no reason.', 'Say more.')
        if (reason === 'late') throw conflict('It is held by Lee already.')
        decided.push([service.id, reason])
        const undo = { title: 'Let it go', intent: { command: 'hold.show', args: {} } }
        if (reason === 'view') return Promise.resolve({ text: 'Held, see above.', view: { kind: 'Hold', id: '1' } })
        return Promise.resolve({
          text: `${service.name} is held.`,
          buttons: [undo, { ...undo, title: 'More…', dialog: true }],
        })
      },
    },
  },
})

beforeEach(() => {
  decided = []
  small = smallHub({ skills: [holds], records: [entity('Service', 'auth-api'), entity('Service', 'auth-web')] })
})

const idOf = async () => {
  const card = await small.show((await small.ask('show holds', small.caller())).reply)
  const [button] = card.buttons!
  if (button?.kind !== 'dialog') throw new Error('The card opens no dialog')
  return button.id
}
function shown(answer: DialogAnswer) {
  if ('says' in answer) throw new Error(`The dialog says ${String(answer.says)}`)
  const form = answer.card.sections?.find((section) => section.kind === 'form')
  return { ...answer, values: Object.fromEntries((form?.inputs ?? []).map((input) => [input.id, input.value])) }
}
const good = { service: 'Service/auth-api', reason: 'load test' }

test('a button opens its form, with what is known already and one button that sends it', async () => {
  const { title, card, values } = shown(await small.dialogs.open(await idOf(), small.caller()))
  expect(title).toBe('Hold a service')
  expect(values).toEqual({ service: undefined, reason: undefined, minutes: 15, how: undefined })
  const json = JSON.stringify(renderCard(card, { now: smallNow }))
  expect(json).toContain('"type":"Action.Submit"')
  expect(json).not.toMatch(/Action\.Execute|task\/fetch/)
  expect(card.buttons).toMatchObject([{ kind: 'submit', title: 'Hold a service', style: 'positive' }])
})

test('what is filled in runs the command; its card can be pressed on within the dialog, where nothing opens another', async () => {
  const id = await idOf()
  const { card } = shown(await small.dialogs.submit(id, good, small.caller()))
  expect(decided).toEqual([['auth-api', 'load test']])
  expect(card.sentence).toBe('auth-api is held.')
  expect(card.buttons).toMatchObject([{ kind: 'submit', title: 'Let it go' }])
  const next = card.buttons![0]!
  if (next.kind !== 'submit') throw new Error('It cannot be sent')
  expect(shown(await small.dialogs.submit(next.id, {}, small.caller())).card.sentence).toBe('Nothing is held.')
})

test('a record whose card stands in the chat closes the dialog with a sentence', async () => {
  const answer = await small.dialogs.submit(await idOf(), { ...good, reason: 'view' }, small.caller())
  expect(answer).toEqual({ says: 'Held, see above.' })
})

test.each([
  ['an empty reason', { service: 'Service/auth-api', minutes: '20' }, '“The reason” is empty', { minutes: 20 }],
  ['a number that is none', { ...good, minutes: 'lots' }, 'for how long', { reason: 'load test', minutes: undefined }],
  ['a name nothing has', { ...good, service: 'billing' }, 'no service called “billing”', { service: 'billing' }],
  ['a choice that is none', { ...good, how: 'slowly' }, 'how', { reason: 'load test', how: 'slowly' }],
  ['what the command itself refuses', { ...good, reason: 'no' }, 'That is no reason', { reason: 'no' }],
])('%s brings the form again, with what was filled in', async (_name, inputs, sentence, kept) => {
  const { card, values } = shown(await small.dialogs.submit(await idOf(), inputs, small.caller()))
  expect(String(card.sentence).toLowerCase()).toContain(sentence.toLowerCase())
  expect(values).toMatchObject(kept)
  expect(card.buttons).toMatchObject([{ kind: 'submit' }])
  expect(decided).toEqual([])
})

test('what stands against it is a card that says so, without a form', async () => {
  const { card, values } = shown(await small.dialogs.submit(await idOf(), { ...good, reason: 'late' }, small.caller()))
  expect(card).toMatchObject({ state: 'warning', sentence: 'It is held by Lee already.' })
  expect([values, card.buttons]).toEqual([{}, undefined])
})

test.each([
  ['opening', (id: string) => small.dialogs.open(id, small.caller('guest'))],
  ['sending', (id: string) => small.dialogs.submit(id, good, small.caller('guest'))],
])('%s is permitted anew: who may not use the command learns no names and changes nothing', async (_name, act) => {
  const { card } = shown(await act(await idOf()))
  expect(JSON.stringify(card)).not.toContain('auth-web')
  expect(card.topic).toMatch(/not allowed/i)
  expect(decided).toEqual([])
})

test.each(['', 'x', 'aaaaaaaaaaaaaaaaaaaaaa', '__proto__'])(
  'an id that was never stored, %p, is a card that is too old',
  async (id) => {
    for (const answer of [
      await small.dialogs.open(id, small.caller()),
      await small.dialogs.submit(id, good, small.caller()),
    ])
      expect(shown(answer).card.sentence).toContain('too old')
  },
)

test('another tenant’s button is as good as none', async () => {
  const id = await idOf()
  const caller = small.caller()
  const foreign = { ...caller, person: { ...caller.person, tenant: 'fabrikam' } }
  expect(shown(await small.dialogs.open(id, foreign)).card.sentence).toContain('too old')
  expect(shown(await small.dialogs.submit(id, good, foreign)).card.sentence).toContain('too old')
  expect(decided).toEqual([])
})
