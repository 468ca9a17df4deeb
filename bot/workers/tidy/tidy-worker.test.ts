import { expect, test } from '@jest/globals'
import { createClock } from '../../clock.js'
import { startTidying } from './tidy-worker.js'

const hour = 3_600_000

test('every round forgets what is older than its task keeps, one failure stops no other, and a stop ends it', async () => {
  const clock = createClock()
  const began = Date.parse(clock.now())
  const asked: number[] = []
  const said: string[] = []
  let rounds: (() => void)[] = []
  const tidying = startTidying({
    tasks: [
      { name: 'broken', keepMs: 0, forget: () => Promise.reject(new Error('full')) },
      {
        name: 'turns',
        keepMs: hour,
        forget: (before) => {
          asked.push(before)
          rounds.forEach((done) => done())
          return Promise.resolve(asked.length === 1 ? 3 : 0)
        },
      },
    ],
    clock,
    every: hour,
    report: (name, forgotten) => said.push(`${name} ${forgotten}`),
    failed: (name) => said.push(`${name} failed`),
  })
  for (const hours of [1, 2]) {
    const done = new Promise<void>((resolve) => (rounds = [resolve]))
    clock.set(new Date(began + hours * hour + 60_000).toISOString())
    await done
    await new Promise((later) => setImmediate(later))
  }
  await tidying.stop()
  expect(said).toEqual(['broken failed', 'turns 3', 'broken failed'])
  expect(asked.map((before) => Math.round((before - began) / 60_000))).toEqual([1, 61])
  clock.set(new Date(began + 9 * hour).toISOString())
  expect(asked).toHaveLength(2)
})
