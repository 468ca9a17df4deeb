import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { threadOf } from '../../outgoing.js'
import type { Lease } from '../../store/lease.js'
import { threadLimits } from './pace.js'
import { OutboxUnderTest } from './testing/outbox-under-test.js'

let outbox: OutboxUnderTest
beforeEach(async () => {
  outbox = await OutboxUnderTest.start()
})
afterEach(() => outbox.close())

const texts = async () => (await outbox.texts('personal/lee', 'lee')).map(({ text }) => text)
const toLee = () => ({ chat: outbox.tenant.conversation('personal/lee') })

/** Enqueues so many messages to one chat. */
async function enqueue(from: number, count: number) {
  const items = []
  for (let n = from; n < from + count; n++) {
    const id = await outbox.enqueue('p', { op: 'post', to: toLee(), content: { text: `news ${n}` } })
    items.push({ partition: 'p', id })
  }
  return items
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => `news ${n}`)

/** Moments at which messages were sent to the chat, as the service saw them. */
const sends = () => outbox.network.calls.filter(({ method }) => method === 'POST').map(({ at }) => at)
const most = (withinMs: number) =>
  Math.max(...sends().map((from) => sends().filter((at) => at >= from && at < from + withinMs).length))

test('two hubs on one store keep order and limits together, also when the one that sends hands over', async () => {
  const first = outbox.run({ hub: 'first' })
  const items = await enqueue(0, 40)
  const second = outbox.run({ hub: 'second', store: await outbox.openAgain() })
  while ((await texts()).length < 12) await new Promise((done) => setTimeout(done, 5))
  await first.stop()
  await outbox.settled(items)
  expect(await texts()).toEqual(numbers(40))
  expect(outbox.network.calls.filter(({ status }) => status === 429)).toEqual([])
  for (const { sends: limit, withinMs } of threadLimits) expect(most(withinMs)).toBeLessThanOrEqual(limit)
  await second.drained()
  expect(outbox.failures).toEqual([])
})

test('the answers of a hub that does not send count for the one that does', async () => {
  const other = outbox.pace('answering', (await outbox.openAgain()).forTenant(outbox.tenant.org.tenant))
  const answered = outbox.clock.ms()
  for (let n = 0; n < 58; n++) other.turnstile.count(threadOf(toLee())).leave()
  await other.stop()
  outbox.run({ hub: 'sending' })
  const items = await enqueue(0, 4)
  await outbox.settled(items)
  expect(await texts()).toEqual(numbers(4))
  // Sixty in thirty seconds: two go at once, the others when the answers are half a minute old.
  expect(sends().filter((at) => at < answered + 30_000)).toHaveLength(2)
})

test('a hub that was paused beyond its lease begins nothing more, and what it had in hand is sent once', async () => {
  let resume = () => {}
  const paused = new Promise<void>((done) => (resume = done))
  const store = await outbox.openAgain()
  const pace = outbox.pace('paused', store.forTenant(outbox.tenant.org.tenant))
  const { turnstile } = pace
  let entered = 0
  const slow = {
    ...pace,
    turnstile: {
      ...turnstile,
      enter: async (...wish: Parameters<typeof turnstile.enter>) => {
        entered++
        await paused
        return turnstile.enter(...wish)
      },
    },
  }
  const first = outbox.run({ hub: 'paused', store: { ...store, lease: once(store.lease) }, pace: slow })
  const items = await enqueue(0, 3)
  while (entered < 1) await new Promise((done) => setTimeout(done, 5))
  outbox.clock.jump(7_000)
  outbox.run({ hub: 'next' })
  while (!(await outbox.leaseIsElsewhere())) await new Promise((done) => setTimeout(done, 5))
  resume()
  await outbox.settled(items)
  expect(await texts()).toEqual(numbers(3))
  expect(outbox.reports).toContainEqual(expect.objectContaining({ reason: 'Another hub sends by now.' }))
  await first.stop()
})

/** A lease that is granted once and cannot be renewed, as by a process that stands still. */
function once(take: (name: string, ttlMs: number) => Promise<Lease | undefined>) {
  let taken = false
  return async (name: string, ttlMs: number) => {
    if (taken) return undefined
    taken = true
    const lease = await take(name, ttlMs)
    return lease && { ...lease, renew: () => Promise.resolve() }
  }
}
