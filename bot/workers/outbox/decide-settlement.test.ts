import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Delivery } from '../../outgoing.js'
import {
  backOff,
  decideAfterLook,
  decideFailure,
  decideSettlement,
  patience,
  type Attempt,
} from './decide-settlement.js'

const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  op: 'post',
  attempts: 1,
  at: 0,
  now: 10_000,
  canRead: true,
  chance: 0,
  ...more,
})
const busy: Delivery = { is: 'busy', reason: 'Teams answered 412.' }
const unsure: Delivery = { is: 'unsure', reason: 'Teams did not answer in time.' }

test('a message that was taken is sent, with the id it has in Teams', () => {
  expect(decideSettlement(attempt(), { is: 'delivered', activityId: '1' })).toEqual({
    settlement: { state: 'sent', result: { activityId: '1' } },
  })
})

test('what was surely not taken is sent again, later each time, and never before the service asked for it', () => {
  expect(decideSettlement(attempt(), busy).settlement).toMatchObject({ state: 'retry', notBefore: 10_500 })
  expect(decideSettlement(attempt({ attempts: 4, chance: 0.5 }), busy).settlement).toMatchObject({ notBefore: 16_000 })
  const throttled = decideSettlement(attempt({ chance: 0.5 }), { ...busy, retryAfterMs: 7_000 }).settlement
  expect(throttled).toMatchObject({ state: 'retry', notBefore: 17_500 })
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.nat(3_600_000),
      (tries, chance, asked) => {
        const pause = backOff(tries + 1, chance, asked)
        expect(pause).toBeGreaterThanOrEqual(asked || 500)
        expect(pause).toBeLessThanOrEqual(asked ? asked + 1_000 : 60_000)
      },
    ),
  )
})

test('a post without an answer is looked for before it is sent again, and is unknown where nobody can look', () => {
  expect(decideSettlement(attempt(), unsure)).toMatchObject({ settlement: { state: 'retry' }, keepNote: true })
  expect(decideSettlement(attempt({ canRead: false }), unsure)).toEqual({
    settlement: { state: 'unknown', reason: 'Teams did not answer in time.' },
  })
})

test('an edit without an answer is simply said again', () => {
  const { settlement, keepNote } = decideSettlement(attempt({ op: 'edit', canRead: false }), unsure)
  expect([settlement.state, keepNote]).toEqual(['retry', undefined])
})

test('a message that is gone is forgotten and posted anew; a conversation that is gone, a barrier and a rejection end it', () => {
  const gone = (what: 'activity' | 'conversation') =>
    decideSettlement(attempt({ op: 'edit' }), { is: 'gone', what, reason: '404.' })
  expect(gone('activity')).toMatchObject({ settlement: { state: 'retry' }, forget: true })
  expect(gone('conversation').settlement).toEqual({ state: 'dead', reason: '404.' })
  expect(decideSettlement(attempt(), { is: 'barred', barrier: 'blocked', reason: 'blocked' }).settlement.state).toBe(
    'dead',
  )
  expect(decideSettlement(attempt(), { is: 'rejected', reason: 'too big' }).settlement.state).toBe('dead')
})

test('what was read decides: there, not there, not there yet, or not to be known', () => {
  const late = attempt({ now: 20_000 })
  expect(decideAfterLook(attempt(), ['7'], 0)?.settlement).toEqual({ state: 'sent', result: { activityId: '7' } })
  expect(decideAfterLook(late, [], 0)).toBeUndefined()
  expect(decideAfterLook(attempt({ now: 5_000 }), [], 0)).toEqual({
    settlement: { state: 'retry', notBefore: 20_000, reason: expect.stringContaining('read once more') },
    keepNote: true,
  })
  expect(decideAfterLook(late, 'later', 0)).toMatchObject({ settlement: { state: 'retry' }, keepNote: true })
  expect(decideAfterLook(late, 'never', 0)?.settlement.state).toBe('unknown')
  expect(decideAfterLook(attempt({ now: patience }), 'later', 0)?.settlement.state).toBe('unknown')
})

test('what somebody waits for is said again where nobody can look, and waits for the second look where one can', () => {
  const waited = attempt({ now: 5_000, mayRepeat: true })
  expect([decideAfterLook(waited, 'never', 0), decideAfterLook(waited, 'later', 0)]).toEqual([undefined, undefined])
  expect(decideAfterLook(waited, [], 0)).toMatchObject({ settlement: { state: 'retry' } })
})

test('after a day the outbox gives up, and says so; what may be in Teams is never called dead', () => {
  const late = attempt({ now: patience })
  expect(decideSettlement(late, busy).settlement).toEqual({
    state: 'dead',
    reason: 'Given up after 24 hours: Teams answered 412.',
  })
  expect(decideFailure(late, new Error('no such record')).settlement.state).toBe('dead')
  expect(decideFailure(attempt(), new Error('no such record')).settlement).toMatchObject({
    state: 'retry',
    reason: 'Nexus could not make the message: no such record',
  })
  expect(decideSettlement({ ...late, canRead: false }, unsure).settlement.state).toBe('unknown')
})
