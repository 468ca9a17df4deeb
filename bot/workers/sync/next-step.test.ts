import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { SyncState } from '../../store/records/sync-state.js'
import { nextStep, type Situation } from './next-step.js'
import { usualPace } from './testing/sync-bench.js'

const now = Date.parse('2026-11-21T08:00:00.000Z')
const at = (ms: number) => new Date(ms).toISOString()
const moment = fc.integer({ min: now - 86_400_000, max: now + 60_000 }).map(at)
const wish = fc.integer({ min: 0, max: 3 })
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const sweep = fc.record({
  ...{ number: wish, began: moment, serves: wish, news: wish, batches: wish, read: wish, written: wish, dropped: wish },
  ...{ gaps: fc.constant([]), skipped: fc.constant([]), ended: some(fc.constant(true as const)) },
})
const swept = fc.record({
  ...{ began: moment, ended: moment, serves: wish, read: wish, written: wish, dropped: wish },
  ...{ gaps: fc.constant([]), skipped: fc.constant([]) },
})
const down = fc.record({
  ...{ since: moment, at: moment, reason: fc.constant('no'), times: wish, serves: wish },
  retryAt: fc.integer({ min: now - 60_000, max: now + 3_600_000 }).map(at),
  named: some(fc.constant(true as const)),
  during: fc.constantFrom('page' as const, 'close' as const, 'delta' as const, 'reread' as const),
})
const situation: fc.Arbitrary<Situation> = fc.record({
  state: fc
    .record({
      ...{ sweeps: wish, sweep: some(sweep), swept: some(swept), watermark: some(wish), down: some(down) },
      ...{ lost: some(fc.constant(true as const)), rereadAt: some(moment), news: some(wish) },
      delta: some(fc.record({ at: moment, more: some(fc.constant(true as const)) })),
    })
    .map((state) => JSON.parse(JSON.stringify(state)) as SyncState),
  wishes: fc.record({ sweep: wish, news: wish }),
  wantedSince: some(moment),
  hasDelta: fc.boolean(),
  pace: fc.constant(usualPace),
})

test('there is always a step, or a moment at which there is one: nothing is forgotten, and nobody spins', () => {
  fc.assert(
    fc.property(situation, (one) => {
      const decision = nextStep(one, now)
      if ('step' in decision) return
      expect(decision.wait).toBeGreaterThan(now)
      expect(nextStep(one, decision.wait)).toHaveProperty('step')
      expect(nextStep(one, decision.wait - 1)).toEqual(decision)
    }),
    { numRuns: 500 },
  )
})

test('a vendor that named a moment is not asked before, and what is asked is what it can answer', () => {
  fc.assert(
    fc.property(situation, (one) => {
      const decision = nextStep(one, now)
      if (!('step' in decision)) return
      const { state, hasDelta, wantedSince } = one
      if (state.down?.named) expect(Date.parse(state.down.retryAt)).toBeLessThanOrEqual(now)
      if (decision.step === 'delta')
        expect([hasDelta, state.watermark !== undefined, state.lost]).toEqual([true, true, undefined])
      if (decision.step === 'reread') expect(wantedSince).toBeDefined()
      if (decision.step === 'close') expect(state.sweep?.ended).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('what failed gives way to what else is due', () => {
  const state: SyncState = {
    ...{ sweeps: 1, watermark: 1 },
    down: { since: at(now), at: at(now - 9), reason: 'no', times: 1, retryAt: at(now), during: 'delta', serves: 0 },
  }
  const base = { wishes: { sweep: 0, news: 0 }, hasDelta: true, pace: usualPace }
  expect(nextStep({ ...base, state }, now)).toEqual({ step: 'page' })
  expect(nextStep({ ...base, state: { ...state, down: { ...state.down!, during: 'page' } } }, now)).toEqual({
    step: 'delta',
  })
})
