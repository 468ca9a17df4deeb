import { expect, test } from '@jest/globals'
import type { Understanding } from '../language/understanding.js'
import { memoryOf } from './conversation/memory-of.js'
import { offeringInstead } from './offer-instead.js'
import type { Outcome } from './outcome.js'

const answer: Outcome = {
  outcome: 'answer',
  command: 'catalog.show',
  args: {},
  reply: { text: 'auth-api is a service.', card: { state: 'accent', topic: 'Service', title: 'auth-api' } },
}
const suggestion = (command: string) => ({ intent: { command, args: {} }, title: `About ${command}`, certainty: 0.2 })
const heard = (...commands: string[]): Understanding => ({
  outcome: 'intent',
  intent: { command: 'catalog.show', args: {} },
  via: 'classifier',
  certainty: 0.6,
  recognised: [],
  ...(commands.length && { instead: commands.map(suggestion) }),
})
const offered = ({ reply }: Outcome) =>
  (reply.card?.sections ?? []).flatMap((one) => (one.kind === 'rows' ? one.rows.map(({ title }) => title) : []))

test('what may have been meant instead stands below an answer, and a press asks it', () => {
  const { reply } = offeringInstead(answer, heard('health.show', 'incident.list'), () => true)
  expect(reply.card?.sections).toEqual([
    {
      kind: 'rows',
      title: 'Meant something else?',
      rows: ['health.show', 'incident.list'].map((command) => ({
        title: `About ${command}`,
        select: { title: `About ${command}`, intent: { command, args: {} } },
      })),
    },
  ])
  expect(reply.text).toBe(answer.reply.text)
})

test('nobody is offered what they may not use', () => {
  const shown = offeringInstead(answer, heard('health.show', 'audit.find'), (command) => command !== 'audit.find')
  expect(offered(shown)).toEqual(['About health.show'])
  expect(offeringInstead(answer, heard('audit.find'), () => false)).toBe(answer)
})

test('what stands below is none of what was found: “the last one” is no other question', () => {
  const row = { title: 'auth-api', select: { title: 'Show auth-api', intent: { command: 'catalog.show', args: {} } } }
  const { reply } = answer
  const listed = {
    ...answer,
    reply: { ...reply, card: { ...reply.card!, sections: [{ kind: 'rows' as const, rows: [row] }] } },
  }
  const shown = offeringInstead(listed, heard('health.show'), () => true)
  expect(offered(shown)).toEqual(['auth-api', 'About health.show'])
  expect(memoryOf(shown, undefined, () => undefined)?.rows).toEqual([row.select.intent])
})

test.each<[string, Outcome, Understanding]>([
  ['sure', answer, heard()],
  ['asked back', { ...answer, outcome: 'ask' }, heard('health.show')],
  ['refused', { ...answer, outcome: 'refuse' }, heard('health.show')],
  ['posted by itself', { ...answer, reply: { ...answer.reply, posted: true } }, heard('health.show')],
  ['without a card', { ...answer, reply: { text: 'Yes.' } }, heard('health.show')],
  ['not understood', answer, { outcome: 'none', reason: 'There are no words in that.' }],
])('what is %s stays as it is', (_what, outcome, understanding) => {
  expect(offeringInstead(outcome, understanding, () => true)).toBe(outcome)
})
