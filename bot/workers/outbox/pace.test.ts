import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Pace, tenantLimits, threadLimits, type Limit } from './pace.js'

/** Sends one after another as fast as the pace lets it; each takes its time. Gives when each began and ended. */
function timeline(limits: readonly Limit[], durations: readonly number[], pauses: readonly number[] = []) {
  const pace = new Pace(limits)
  let now = 0
  return durations.map((duration, index) => {
    now += pauses[index] ?? 0
    for (let next; (next = pace.next('thread', now)) > now;) now = next
    const send = pace.begin('thread')
    const began = now
    now += duration
    send.answered(now)
    return { began, ended: now }
  })
}

/** The most moments in any window, open at its end. */
const most = (moments: readonly number[], withinMs: number) => {
  const sorted = [...moments].sort((a, b) => a - b)
  return Math.max(...sorted.map((from) => sorted.filter((at) => at >= from && at < from + withinMs).length))
}

test('a burst to one thread goes out as fast as Teams takes it and no faster', () => {
  const began = timeline(threadLimits, Array(130).fill(0) as number[]).map((send) => send.began)
  expect(began.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 1_000, 2_000])
  expect(began.slice(58, 62)).toEqual([14_000, 14_000, 30_000, 30_000])
  for (const { sends, withinMs } of threadLimits) expect(most(began, withinMs)).toBeLessThanOrEqual(sends)
})

test('an hour of one thread holds 1800 sends, and the next one waits for the first to leave', () => {
  const began = timeline(threadLimits, Array(1_801).fill(0) as number[], Array(1_801).fill(500) as number[]).map(
    (send) => send.began,
  )
  expect(began[1_799]! - began[0]!).toBeLessThan(3_600_000)
  expect(began[1_800]! - began[0]!).toBe(3_600_000)
})

test('whenever within a send the service counts it, no window holds more than its limit', () => {
  const limit = fc.record({ sends: fc.integer({ min: 1, max: 6 }), withinMs: fc.integer({ min: 1, max: 400 }) })
  const send = fc.record({
    takes: fc.nat(300),
    pause: fc.nat(200),
    counted: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(
      fc.array(limit, { minLength: 1, maxLength: 3 }),
      fc.array(send, { minLength: 1, maxLength: 40 }),
      (limits, sends) => {
        const went = timeline(
          limits,
          sends.map(({ takes }) => takes),
          sends.map(({ pause }) => pause),
        )
        const counted = went.map(({ began, ended }, index) => began + (ended - began) * sends[index]!.counted)
        for (const { sends: allowed, withinMs } of limits) expect(most(counted, withinMs)).toBeLessThanOrEqual(allowed)
      },
    ),
  )
})

test('the same holds for sends that are under way together', () => {
  const send = fc.record({ takes: fc.nat(500), counted: fc.double({ min: 0, max: 1, noNaN: true }) })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(send, { minLength: 1, maxLength: 120 }), (hands, sends) => {
      const pace = new Pace([{ sends: 8, withinMs: 300 }])
      const open: { ends: number; answered(at: number): void }[] = []
      let now = 0
      const answerFirst = () => {
        const first = open.sort((a, b) => a.ends - b.ends).shift()!
        now = Math.max(now, first.ends)
        first.answered(now)
      }
      const counted = sends.map(({ takes, counted }) => {
        while (open.length >= hands) answerFirst()
        for (let next; (next = pace.next('tenant', now)) > now;)
          if (open.some(({ ends }) => ends <= next)) answerFirst()
          else now = next
        open.push({ ends: now + takes, answered: pace.begin('tenant').answered })
        return now + takes * counted
      })
      expect(most(counted, 300)).toBeLessThanOrEqual(8)
    }),
  )
})

test('several sends that begin together wait until there is room for all', () => {
  const pace = new Pace([{ sends: 3, withinMs: 100 }])
  pace.begin('a').answered(10)
  pace.begin('a').answered(20)
  expect([pace.next('a', 30), pace.next('a', 30, 2), pace.next('a', 30, 3)]).toEqual([30, 110, 120])
  expect(pace.next('b', 30, 3)).toBe(30)
})

test('a thread in which nothing was sent for the longest window is forgotten', () => {
  const pace = new Pace(tenantLimits)
  pace.begin('old').answered(0)
  pace.begin('new').answered(900)
  const waiting = pace.begin('slow')
  pace.forget(1_000)
  expect(pace.size).toBe(1)
  waiting.answered(1_500)
  expect(pace.size).toBe(2)
})
