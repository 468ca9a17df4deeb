import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { FindMessages, Outgoing } from '../../bot/outgoing.js'
import { threadLimits } from '../../bot/workers/outbox/pace.js'
import type { NetworkFault } from '../../bot/workers/outbox/testing/faulty-connector.js'
import { OutboxUnderTest } from '../../bot/workers/outbox/testing/outbox-under-test.js'

let outbox: OutboxUnderTest
beforeEach(async () => {
  outbox = await OutboxUnderTest.start()
})
afterEach(() => outbox.close())

const threads = 10
/** Replies of a thread, and edits of its status in between. */
let replies: number
let edits: number
const places = ['incidents', 'identity-ops']
const placeOf = (thread: number) => places[thread % 2]!

/** A message with a card, under words that many messages have: only the mark of its card tells it from others. */
const card = (thread: string, text: string): Outgoing['content'] => ({
  headline: `News of ${thread}`,
  activity: {
    type: 'message',
    text,
    summary: `News of ${thread}`,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
      },
    ],
  },
})

/** Ten threads of a post, replies, and a status that is edited in between. @param messages how many in all */
async function enqueueAll(messages: number): Promise<{ partition: string; id: string }[]> {
  replies = messages / threads - 1
  edits = Math.floor(replies * 0.7)
  const items: { partition: string; id: string }[] = []
  const put = async (partition: string, outgoing: Outgoing) =>
    void items.push({ partition, id: await outbox.enqueue(partition, outgoing) })
  for (let thread = 0; thread < threads; thread++) {
    const name = `INC-${thread}`
    const to = outbox.channel(placeOf(thread))
    await put(name, { op: 'post', to, key: 'root', content: card(name, `${name} state 0`) })
    for (let n = 1; n <= replies; n++) {
      await put(name, { op: 'reply', to, root: 'root', content: card(name, `${name} reply ${n}`) })
      if (n <= edits) await put(name, { op: 'edit', to, key: 'root', content: card(name, `${name} state ${n}`) })
    }
  }
  return items
}

/** Chance that is the same in every run. */
function dice(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31
}

/** Three calls in ten go wrong; `gone` of a thread's status cannot be edited from some moment on, although it stands there. */
function fire(seed: number, gone = 0) {
  const throwDice = dice(seed)
  const kinds: NetworkFault[] = [
    { refuse: 429, retryAfter: 1 },
    { refuse: 412 },
    { refuse: 500 },
    { lose: 500 },
    { lose: 502 },
    { lose: 'cut' },
    { hang: true },
    { cut: true },
  ]
  const lost = new Set<string>()
  const counts = { calls: 0, faults: 0, gone: lost }
  outbox.network.fault = (method, path) => {
    counts.calls++
    if (method === 'PUT' && (lost.has(path) || (lost.size < gone && throwDice() < 0.5))) {
      lost.add(path)
      return { refuse: 404, code: 'ActivityNotFoundInConversation' }
    }
    if (throwDice() >= 0.3) return undefined
    counts.faults++
    return kinds[Math.floor(throwDice() * kinds.length)]
  }
  return counts
}

/** Graph as it can be: it shows a message nine seconds late, and does not answer three times in ten. */
function slowRead(seed: number): FindMessages {
  const throwDice = dice(seed)
  return async (sought) => {
    if (throwDice() < 0.3) return 'later'
    return outbox.clock.ms() - sought.since < 9_000 ? [] : outbox.read(sought)
  }
}

const marked = /^(Teams did not confirm|This takes the place)[^\n]*\n\n/

/** What stands in Teams at the end: how often each message, which are marked, and whether threads keep their order. */
async function look() {
  const all = (await Promise.all(places.map((place) => outbox.texts(place)))).flat()
  const plain = all.map(({ text, ...rest }) => ({ ...rest, marked: marked.test(text), text: text.replace(marked, '') }))
  const copies = new Map<string, typeof plain>()
  for (const message of plain) copies.set(message.text, [...(copies.get(message.text) ?? []), message])
  const doubled = [...copies.values()].filter(({ length }) => length > 1)
  const disordered = Array.from({ length: threads }, (_, thread) => {
    const numbers = [...copies.keys()]
      .filter((text) => text.startsWith(`INC-${thread} reply`))
      .map((text) => Number(text.split(' ')[2]))
    return numbers.some((number, index) => index > 0 && number < numbers[index - 1]!)
  }).filter(Boolean).length
  const lost = Array.from({ length: threads }, (_, thread) => [
    `INC-${thread} state ${edits}`,
    ...Array.from({ length: replies }, (_, n) => `INC-${thread} reply ${n + 1}`),
  ])
    .flat()
    .filter((text) => !copies.has(text))
  const silently = doubled.filter((same) => same.slice(1).some((message) => !message.marked)).length
  return {
    messages: all.length,
    lost,
    doubled: doubled.length,
    silently,
    marked: plain.filter((one) => one.marked).length,
    disordered,
  }
}

/** Most sends to one thread in any window, as the service took them, beside what it allows. */
function mostSends(withinMs: number): number {
  const byThread = new Map<string, number[]>()
  for (const { at, path, body, status } of outbox.network.calls) {
    if (status === undefined) continue
    const [, conversation = ''] = /conversations\/([^/]+)\/activities/.exec(path) ?? []
    const opened = (body as { channelData?: { channel?: { id: string } } } | undefined)?.channelData?.channel?.id
    const thread = conversation || opened
    if (thread) byThread.set(thread, [...(byThread.get(thread) ?? []), at])
  }
  const windows = [...byThread.values()].flatMap((at) =>
    at.map((from) => at.filter((one) => one >= from && one < from + withinMs).length),
  )
  return Math.max(...windows)
}

const states = () => {
  const of = (state: string) => outbox.reports.filter((report) => report.state === state).length
  return { sent: of('sent'), retries: of('retry'), unknown: of('unknown'), dead: of('dead') }
}

/** Says what came of it, and that Teams' limits were kept. */
async function account(name: string, counts: { calls: number; faults: number }) {
  const seen = await look()
  const throttled = outbox.network.calls.filter(({ status }) => status === 429).length
  const paces = threadLimits.map(({ sends, withinMs }) => `${mostSends(withinMs)} of ${sends} in ${withinMs / 1_000} s`)
  const lines = { ...counts, gone: undefined, ...states(), ...seen, lost: seen.lost.length, throttled }
  process.stdout.write(`${name}: ${JSON.stringify(lines)}; busiest thread ${paces.join(', ')}\n`)
  expect(throttled).toBe(0)
  for (const { sends, withinMs } of threadLimits) expect(mostSends(withinMs)).toBeLessThanOrEqual(sends)
  expect(seen.disordered).toBe(0)
  expect(seen.silently).toBe(0)
  return seen
}

test('three calls in ten fail, and threads can be read: 300 messages arrive once each, in order, within the limits', async () => {
  const counts = fire(7)
  outbox.run({ read: slowRead(11) })
  await outbox.settled(await enqueueAll(300))
  const seen = await account('read', counts)
  expect(counts.faults).toBeGreaterThan(100)
  expect(seen).toMatchObject({ messages: 300, lost: [], doubled: 0, marked: 0 })
  expect(states()).toMatchObject({ unknown: 0, dead: 0 })
}, 120_000)

test('messages that can be edited no more are posted anew, and say so', async () => {
  const counts = fire(23, 4)
  outbox.run({ read: slowRead(5) })
  await outbox.settled(await enqueueAll(150))
  const seen = await account('gone', counts)
  expect(counts.gone.size).toBeGreaterThan(1)
  // The stale ones still stand there; each has one in its thread that took its place and was edited on.
  expect(seen).toMatchObject({ messages: 150 + counts.gone.size, lost: [] })
}, 120_000)

test('where nobody may read, what may have arrived is left to people, and what somebody waits for is said twice only with words for it', async () => {
  const counts = fire(42)
  const forbidden: FindMessages = () => Promise.resolve('never')
  outbox.run({ read: forbidden })
  const items = await enqueueAll(150)
  const chat = { chat: outbox.tenant.conversation('personal/lee') }
  for (let n = 0; n < 40; n++) {
    const outgoing = { op: 'post', to: chat, mayRepeat: true, content: card('answers', `answer ${n}`) } as const
    items.push({ partition: 'answers', id: await outbox.enqueue('answers', outgoing) })
  }
  await outbox.settled(items)
  const seen = await account('unread', counts)
  const { unknown, dead } = states()
  expect(seen.doubled).toBe(0)
  expect(unknown).toBeGreaterThan(0)
  expect(dead).toBe(0)
  // Whatever is not there was reported as unknown: nothing is lost silently.
  expect(seen.lost.length).toBeLessThanOrEqual(unknown)
  const answers = await outbox.texts('personal/lee', 'lee')
  const copies = Array.from({ length: 40 }, (_, n) => answers.filter(({ text }) => text.endsWith(`answer ${n}`)))
  expect(copies.filter((same) => same.length === 0)).toEqual([])
  const repeated = copies.filter((same) => same.length > 1)
  process.stdout.write(`answers: ${answers.length} for 40, ${repeated.length} said again\n`)
  expect(repeated.length).toBeGreaterThan(0)
  for (const same of repeated) expect(same.slice(1).every(({ text }) => marked.test(text))).toBe(true)
}, 120_000)

test('two hubs on one store under the same fire keep all of it together', async () => {
  const counts = fire(99)
  const first = outbox.run({ hub: 'first', read: slowRead(3) })
  outbox.run({ hub: 'second', store: await outbox.openAgain(), read: slowRead(4) })
  const items = await enqueueAll(150)
  while ((await look()).messages < 50) await new Promise((done) => setTimeout(done, 20))
  await first.stop()
  await outbox.settled(items)
  expect(await account('two hubs', counts)).toMatchObject({ messages: 150, lost: [], doubled: 0 })
}, 120_000)

test('a hub that is killed in the middle of it leaves nothing lost or doubled', async () => {
  const counts = fire(1234)
  const mortal = await outbox.openAgain()
  outbox.run({ hub: 'mortal', store: mortal, read: slowRead(8) })
  outbox.run({ hub: 'heir', read: slowRead(9) })
  const items = await enqueueAll(150)
  while ((await look()).messages < 50) await new Promise((done) => setTimeout(done, 20))
  await mortal.close() // from here on it can write nothing, whatever Teams answers to its calls
  const { queued } = await outbox.store.outbox.counts()
  const underWay = (await outbox.underWay(items)).length
  await outbox.settled(items)
  process.stdout.write(`killed with ${queued} items left, ${underWay} of them in its hands\n`)
  expect(queued).toBeGreaterThan(10)
  expect(await account('killed', counts)).toMatchObject({ messages: 150, lost: [], doubled: 0 })
}, 120_000)
