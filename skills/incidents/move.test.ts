import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Incident } from './incident.js'
import { mayMove, moved, type Move } from './move.js'
import { after } from './testing/alerts.js'

const dana = { id: 'dana@contoso.example', objectId: 'dana', name: 'Dana' }
const lee = { id: 'lee@contoso.example', objectId: 'lee', name: 'Lee' }
const fresh: Incident = {
  ...{ id: 'INC-131', title: 'sign-in fails', state: 'triggered', opened: after(0), since: after(0) },
  ...{ services: [], onCall: [], alerts: { total: 1, firing: 1 }, grouped: [], posted: true },
  ...{ story: [], reopened: 0, seq: 1, news: [], replies: 0 },
}
const made = (...moves: Move[]): Incident =>
  moves.reduce((incident, move, n) => moved(incident, move, dana, after(10 * (n + 1))), fresh)
const ack: Move = { kind: 'acknowledge' }
const resolve: Move = { kind: 'resolve' }
const snooze: Move = { kind: 'snooze', until: after(3_600) }

test.each<[what: string, incident: Incident, move: Move, reason: string | undefined]>([
  ['an open one is acknowledged', fresh, ack, undefined],
  ['an acknowledged one is not twice', made(ack), ack, 'Dana acknowledged INC-131 already.'],
  ['a snoozed one is acknowledged', made(snooze), ack, undefined],
  ['a resolved one is not acknowledged', made(resolve), ack, 'INC-131 is resolved by Dana.'],
  ['nor assigned', made(resolve), { kind: 'assign', to: lee }, 'INC-131 is resolved by Dana.'],
  ['nor snoozed', made(resolve), snooze, 'INC-131 is resolved by Dana.'],
  ['nor resolved twice', made(resolve), resolve, 'INC-131 is resolved by Dana.'],
  ['it is noted on', made(resolve), { kind: 'note', text: 'disk was full' }, undefined],
  ['and reopened', made(resolve), { kind: 'reopen' }, undefined],
  ['an open one is not reopened', fresh, { kind: 'reopen' }, 'INC-131 is open and waits for somebody.'],
  ['it is not assigned to who has it', made(ack), { kind: 'assign', to: dana }, 'INC-131 is with Dana already.'],
  ['a snooze ends in the future', fresh, { kind: 'snooze', until: after(-1) }, 'A snooze ends in the future.'],
  ['at no moment at all it ends never', fresh, { kind: 'snooze', until: 'soon' }, 'A snooze ends in the future.'],
  [
    'a snooze lasts a week at most',
    fresh,
    { kind: 'snooze', until: after(8 * 86_400) },
    'A snooze lasts a week at most.',
  ],
])('%s', (_what, incident, move, reason) => {
  const decision = mayMove(incident, move, after(100))
  expect(decision.allowed).toBe(reason === undefined)
  if (reason) expect(decision.reason).toBe(reason)
})

test('who did what and when is in the story', () => {
  const incident = made(
    ack,
    { kind: 'assign', to: lee },
    { kind: 'note', text: 'disk was full' },
    { kind: 'resolve', why: 'disk emptied' },
  )
  expect(incident.story.map(({ at, by, text }) => `${at.slice(14, 19)} ${by?.name} ${String(text)}`)).toEqual([
    '14:10 Dana acknowledged it',
    '14:20 Dana handed it to Lee',
    '14:30 Dana noted: disk was full',
    '14:40 Dana resolved it: disk emptied',
  ])
  expect(incident.resolved).toEqual({ at: after(40), by: dana, why: 'disk emptied' })
})

test('handed on it waits for the one it is with; taken for oneself it does not', () => {
  expect(made(ack, { kind: 'assign', to: lee })).toMatchObject({ state: 'triggered', assigned: lee })
  expect(made(ack, { kind: 'assign', to: lee }).acknowledged).toBeUndefined()
  expect(made({ kind: 'assign', to: dana })).toMatchObject({ state: 'acknowledged', assigned: dana })
})

test('no sequence of legal moves leaves a state with what belongs to another', () => {
  const any: fc.Arbitrary<Move> = fc.oneof(
    fc.constantFrom<Move>(ack, resolve, snooze, { kind: 'reopen' }, { kind: 'wake' }, { kind: 'note', text: 'n' }),
    fc.constantFrom(dana, lee).map((to): Move => ({ kind: 'assign', to })),
  )
  fc.assert(
    fc.property(fc.array(any, { maxLength: 80 }), (moves) => {
      let incident = fresh
      for (const move of moves) {
        if (!mayMove(incident, move, after(60)).allowed) continue
        incident = moved(incident, move, move.kind === 'wake' ? undefined : dana, after(60))
        const { state } = incident
        expect(incident.resolved !== undefined).toBe(state === 'resolved')
        expect(incident.snoozedUntil !== undefined).toBe(state === 'snoozed')
        if (state === 'acknowledged') expect(incident.acknowledged?.by).toBeDefined()
        if (state === 'triggered') expect(incident.acknowledged).toBeUndefined()
        expect(incident.story.length).toBeLessThanOrEqual(40)
      }
    }),
  )
})
