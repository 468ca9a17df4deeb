import { expect, test } from '@jest/globals'
import type { Delivery, Unsaid } from '../../outgoing.js'
import { createTurnSpeech, type Answer } from './speak-in-turn.js'

const busy = (retryAfterMs: number): Delivery => ({ is: 'busy', reason: 'Teams answered 429.', retryAfterMs })
const delivered: Delivery = { is: 'delivered', activityId: '1' }

/** A speech whose calls end as told, with what it handed over. */
function speech() {
  const handed: Unsaid[] = []
  const said: string[] = []
  const speak = createTurnSpeech({
    count: () => ({ leave: () => {} }),
    waiting: () => Promise.resolve(handed.length ? 'earlier' : 'none'),
    handOver: (unsaid) => Promise.resolve(void handed.push(unsaid)),
    ticks: () => performance.now(),
    chance: () => 0,
  })
  const answer = (id: string, ...ends: Delivery[]): Answer => ({
    id,
    to: { chat: 'c' },
    drawn: { activity: { type: 'message' }, headline: id },
    deadline: performance.now() + 2_000,
    send: () => {
      const end = ends.shift()!
      if (end.is === 'delivered') said.push(id)
      return Promise.resolve(end)
    },
  })
  return { speak, answer, handed, said }
}

test('what Teams did not take is said again after the time it asks for, and later answers of the thread wait for it', async () => {
  const { speak, answer, said } = speech()
  const began = performance.now()
  const first = speak(answer('first', busy(200), delivered))
  await new Promise((later) => setTimeout(later, 20))
  const second = speak(answer('second', delivered))
  expect(await Promise.all([first, second])).toEqual([
    { is: 'said', activityId: '1' },
    { is: 'said', activityId: '1' },
  ])
  expect(said).toEqual(['first', 'second'])
  expect(performance.now() - began).toBeGreaterThanOrEqual(195)
})

test('what the turn has no time for is handed over, and what comes after it in its thread too', async () => {
  const { speak, answer, handed, said } = speech()
  expect(await speak(answer('first', busy(60_000)))).toMatchObject({ is: 'handed-over' })
  expect(await speak(answer('second', delivered))).toMatchObject({ is: 'handed-over' })
  expect(handed).toMatchObject([
    { id: 'first', wait: 60_000 },
    { id: 'second', wait: 0 },
  ])
  expect(said).toEqual([])
})

test('what may have arrived is not sent again in the turn; what is refused for good is not handed over', async () => {
  const one = speech()
  await one.speak(one.answer('unsure', { is: 'unsure', reason: 'Teams answered 502.' }))
  expect(one.handed).toMatchObject([{ id: 'unsure', begun: expect.any(Number) }])
  const other = speech()
  const refused: Delivery = { is: 'rejected', reason: 'too large' }
  expect(await other.speak(other.answer('large', refused))).toMatchObject(refused)
  expect(other.handed).toEqual([])
})
