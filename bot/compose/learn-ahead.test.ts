import { expect, test } from '@jest/globals'
import type { Steps } from '../language/steps.js'
import { learnAhead } from './learn-ahead.js'

/** So many turns of others; each step of learning takes one. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function learning(of: number) {
  const learnt: number[] = []
  function* steps(): Steps<void> {
    while (learnt.length < of) {
      learnt.push(learnt.length)
      yield
    }
  }
  return { learnt, ahead: learnAhead(steps, () => undefined) }
}

test('nothing is learnt before it has begun, then step by step, and what comes later when it is nudged again', async () => {
  const { learnt, ahead } = learning(4)
  ahead.nudge()
  await turns(3)
  expect(learnt).toEqual([])
  ahead.begin()
  ahead.nudge()
  ahead.nudge()
  expect(learnt.length).toBe(1)
  await turns(8)
  expect(learnt.length).toBe(4)
  learnt.pop()
  ahead.nudge()
  await turns(3)
  expect(learnt.length).toBe(4)
  await ahead.stop()
})

test('it stops in the middle', async () => {
  const { learnt, ahead } = learning(1_000)
  ahead.begin()
  ahead.nudge()
  await turns(3)
  await ahead.stop()
  const { length } = learnt
  expect(length).toBeLessThan(10)
  ahead.nudge()
  await turns(3)
  expect(learnt.length).toBe(length)
})

test('what cannot be learnt is told, and tried again when it is nudged', async () => {
  const faults: unknown[] = []
  const ahead = learnAhead(
    () => {
      throw new Error('no words')
    },
    (fault) => faults.push(fault),
  )
  ahead.begin()
  for (let nudge = 0; nudge < 2; nudge++) {
    ahead.nudge()
    await turns(3)
  }
  expect(faults.length).toBe(2)
  await ahead.stop()
})
