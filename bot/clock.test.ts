import { expect, test } from '@jest/globals'
import { createClock } from './clock.js'

const never = new AbortController().signal
const start = '2026-11-21T08:00:00.000Z'
const at = (ms: number) => new Date(Date.parse(start) + ms).toISOString()

test('who waits is woken when the clock is moved to the moment, or beyond it, and not before', async () => {
  const clock = createClock()
  clock.set(start)
  const woken: string[] = []
  const waits = [3_600_000, 7_200_000].map((ms) => clock.until(at(ms), never).then(() => woken.push(at(ms))))
  clock.set(at(3_600_000))
  await waits[0]
  expect(woken).toEqual([at(3_600_000)])
  clock.set(at(9_000_000))
  await waits[1]
  expect(woken).toEqual([at(3_600_000), at(7_200_000)])
})

test('a clock that is moved to just before a moment reaches it by itself', async () => {
  const clock = createClock()
  clock.set(start)
  const woken = clock.until(at(3_600_000), never)
  clock.set(at(3_600_000 - 20))
  await woken
  expect(Date.parse(clock.now())).toBeGreaterThanOrEqual(Date.parse(at(3_600_000)))
})

test('a clock that is moved back makes everybody wait longer', async () => {
  const clock = createClock()
  clock.set(start)
  let woken = false
  const stop = new AbortController()
  const waiting = clock.until(at(30), stop.signal).then(
    () => (woken = true),
    () => undefined,
  )
  clock.set(at(-3_600_000))
  await new Promise((later) => setTimeout(later, 60))
  expect(woken).toBe(false)
  stop.abort()
  await waiting
})

test('who gives up is told why, also where the moment has passed', async () => {
  const clock = createClock()
  const stop = new AbortController()
  const waiting = clock.until(at(1e12), stop.signal)
  stop.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
  await expect(clock.until(at(-1e12), stop.signal)).rejects.toThrow('stopped')
})
