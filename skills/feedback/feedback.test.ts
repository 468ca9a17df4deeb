import { expect, test } from '@jest/globals'
import { smallHub } from '../../bot/hub/testing/small-hub.js'
import type { Records } from '../kit/records.js'
import { caseOf, type Feedback } from './feedback.js'
import feedback from './index.js'

const thumb: Feedback = {
  ...{ question: 'who dat payments', outcome: 'answer', command: 'catalog.owner', certainty: 0.912 },
  args: { entity: { kind: 'Service', id: 'payments-api' } },
  ...{ reaction: 'like', text: '', at: '2026-11-21T08:00:00.000Z', place: { kind: 'personal' } },
  by: { id: 'dana@contoso.example', objectId: 'dana', name: 'Dana Ortiz' },
}

test('a thumb up is a case whose answer is known', () => {
  expect(caseOf(thumb)).toEqual({
    text: 'who dat payments',
    command: 'catalog.owner',
    args: { entity: { kind: 'Service', id: 'payments-api' } },
    ...{ voice: 'feedback', set: 'tune', speaker: 'dana@contoso.example', note: 'thumb up at 0.91' },
  })
})

test.each<[string, Partial<Feedback>, string]>([
  [
    'an answer',
    { text: 'I meant the team' },
    'thumb down on answer catalog.owner at 0.91, who wrote: I meant the team; ',
  ],
  ['a guess', { outcome: 'suggest' }, 'thumb down on suggest catalog.owner at 0.91; '],
])('a thumb down on %s says what was wrong, and leaves the command to whoever takes it in', (_what, more, note) => {
  expect(caseOf({ ...thumb, reaction: 'dislike', ...more })).toMatchObject({
    command: null,
    kind: 'out-of-scope',
    set: 'tune',
    note: `${note}decide the command and its arguments, or drop it`,
  })
})

test('a thumb up on a guess does not make the guess an answer', () => {
  expect(caseOf({ ...thumb, outcome: 'suggest' })).toMatchObject({ command: null })
})

const listed = (thumbs: Feedback[]) =>
  smallHub({
    skills: [feedback],
    recordsOf: () =>
      ({
        find: async () => thumbs.map((data, n) => ({ partition: 'p', kind: 'thumb', id: `${n}`, etag: '', data })),
      }) as unknown as Records,
  })

test('platform engineers see thumbs, the newest first, and can ask for one sort', async () => {
  const down: Feedback = {
    ...thumb,
    question: 'what is up',
    reaction: 'dislike',
    text: 'no',
    at: '2026-11-21T09:00:00.000Z',
  }
  const small = listed([thumb, down])
  const ruth = small.caller('platform-engineer')
  const all = await small.read((await small.ask('feedback', ruth)).reply)
  expect(all).toMatch(/1 of 2 thumbs are down/)
  expect(all).toMatch(/what is up[^]*who dat payments/)
  const bad = await small.read((await small.ask('show bad feedback', ruth)).reply)
  expect(bad).toContain('what is up')
  expect(bad).not.toContain('who dat payments')
  expect(await small.read((await listed([]).ask('feedback', ruth)).reply)).toContain('Nobody has rated an answer yet')
})

test('what people asked, word for word, is not for everybody', async () => {
  const refused = await listed([thumb]).ask('feedback')
  expect(refused).toMatchObject({ outcome: 'refuse', fault: 'NotAllowed' })
  expect(JSON.stringify(refused)).not.toContain('who dat')
})
