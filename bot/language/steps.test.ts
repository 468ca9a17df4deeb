import { expect, test } from '@jest/globals'
import { Gradual, finish, type Steps } from './steps.js'

/** Counts to three, and notes each step. */
function counting() {
  const done: number[] = []
  function* count(): Steps<string> {
    for (let step = 1; step <= 3; step++) {
      done.push(step)
      yield
    }
    return 'counted'
  }
  return { done, count }
}

test('what is asked for before it is worked out is worked out at once, and once', () => {
  const { done, count } = counting()
  const gradual = new Gradual(count())
  const steps = gradual.steps()
  steps.next()
  expect(done).toEqual([1])
  expect(gradual.get()).toBe('counted')
  expect(done).toEqual([1, 2, 3])
  expect([steps.next().done, gradual.get(), done.length]).toEqual([true, 'counted', 3])
})

test('each step gives way, and who takes them all is given what they come to', () => {
  const { done, count } = counting()
  const gradual = new Gradual(count())
  const seen: number[] = []
  for (const _ of gradual.steps()) seen.push(done.length)
  expect(seen.slice(0, 3)).toEqual([1, 2, 3])
  expect(finish(gradual.steps())).toBe('counted')
  expect(finish(count())).toBe('counted')
})
