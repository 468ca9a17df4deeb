import { expect, test } from '@jest/globals'
import { BusinessTimers } from './business-timers.js'
import { tenantClock } from './clock.js'

/** Timers whose real time stands still, so that only moving the clock makes anything due. */
function still() {
  const done: string[] = []
  const timers = new BusinessTimers(tenantClock(() => 0))
  const after = (ms: number, name: string) => timers.after(ms, () => void done.push(name))
  return { timers, done, after, move: (ms: number) => timers.clock.set(new Date(ms)) }
}

test('moving the clock does what fell due, in its order, and no more', () => {
  const { done, after, move } = still()
  after(300, 'third')
  after(100, 'first')
  after(200, 'second')
  move(200)
  expect(done).toEqual(['first', 'second'])
  move(10_000)
  expect(done).toEqual(['first', 'second', 'third'])
})

test('work may ask for more work, which counts from when it is done', () => {
  const { timers, done, after, move } = still()
  timers.after(100, () => after(100, 'then'))
  move(150)
  expect(done).toEqual([])
  move(250)
  expect(done).toEqual(['then'])
})

test('work that fails does not hold up the rest', () => {
  const { timers, done, after, move } = still()
  const log = console.error
  const logged: unknown[] = []
  console.error = (...words: unknown[]) => void logged.push(words)
  timers.after(100, () => {
    throw new Error('broken')
  })
  after(200, 'the rest')
  move(300)
  console.error = log
  expect(done).toEqual(['the rest'])
  expect(String(logged)).toContain('broken')
})

test('work falls due as time passes, unless they are stopped', async () => {
  const done: string[] = []
  const [kept, stopped] = [new BusinessTimers(tenantClock()), new BusinessTimers(tenantClock())]
  await new Promise<void>((resolve) => {
    stopped.after(5, () => void done.push('stopped'))
    stopped.stop()
    kept.after(20, () => {
      done.push('kept')
      resolve()
    })
    setTimeout(() => {}, 100) // they keep no process alive by themselves
  })
  expect(done).toEqual(['kept'])
})
