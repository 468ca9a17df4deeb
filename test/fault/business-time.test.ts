import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { setReminders, timesOf } from './reminders.js'
import { startTwoHubs, type Stage } from './start-hubs.js'

const hour = 3_600_000
const day = 24 * hour

let stage: Stage
beforeAll(async () => {
  stage = await startTwoHubs()
}, 90_000)
afterAll(() => stage?.stop())

let reminders = 0
/** Sets a reminder, and gives how often it stands on the page. */
async function remind(person: string, due: number): Promise<{ id: string; said(): Promise<number> }> {
  const id = `business time ${++reminders}`
  const to = { person: stage.personId(person) }
  await stage.withStore((store) => setReminders(store, [{ id, to, due: new Date(due).toISOString(), text: id }]))
  const said = async () => (await stage.messages(`personal/${person}`, person)).filter(({ text }) => text === id).length
  return { id, said }
}
describe('business time of the tenant and two hubs', () => {
  test('a jump to tomorrow: what is set for then is on the page when the call returns, once', async () => {
    const due = (await stage.now()) + day
    const { id, said } = await remind('dana', due)
    await stage.clock(due - 60_000)
    expect(await said()).toBe(0)
    await stage.clock(due)
    expect(await said()).toBe(1)
    expect(await stage.withStore((store) => timesOf(store, id))).toBe(1)
    const [message] = (await stage.messages('personal/dana', 'dana')).filter(({ text }) => text === id)
    expect(Math.abs(Date.parse(message!.at) - due)).toBeLessThan(20_000)
  }, 120_000)

  test('a jump back does nothing twice, and what is set for later waits for it', async () => {
    const start = await stage.now()
    const [first, second] = [await remind('lee', start + hour), await remind('lee', start + 2 * hour)]
    await stage.clock(start + hour)
    expect([await first.said(), await second.said()]).toEqual([1, 0])
    await stage.clock(start)
    expect([await first.said(), await second.said()]).toEqual([1, 0])
    await stage.clock(start + hour)
    expect([await first.said(), await second.said()]).toEqual([1, 0])
    await stage.clock(start + 2 * hour)
    expect([await first.said(), await second.said()]).toEqual([1, 1])
  }, 90_000)
})
