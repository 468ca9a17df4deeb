import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Destination } from '../../outgoing.js'
import { threadLimits } from './pace.js'
import type { NetworkFault } from './testing/faulty-connector.js'
import { OutboxUnderTest } from './testing/outbox-under-test.js'

let outbox: OutboxUnderTest
beforeEach(async () => {
  outbox = await OutboxUnderTest.start()
})
afterEach(() => outbox.close())

const say = (text: string) => ({ text })

/** Threads in two channels and one chat: a post, replies, and a status that is edited in between. */
async function enqueueThreads(threads: number, replies: number) {
  const items: { partition: string; id: string }[] = []
  const expected = new Map<string, string[]>()
  const put = async (partition: string, outgoing: Parameters<OutboxUnderTest['enqueue']>[1]) =>
    void items.push({ partition, id: await outbox.enqueue(partition, outgoing) })
  for (let thread = 0; thread < threads; thread++) {
    const to = outbox.channel(thread % 2 ? 'incidents' : 'identity-ops')
    const name = `INC-${thread}`
    await put(name, { op: 'post', to, key: 'root', content: say(`${name} open`) })
    for (let n = 0; n < replies; n++) {
      await put(name, { op: 'reply', to, root: 'root', content: say(`${name} reply ${n}`) })
      await put(name, { op: 'edit', to, key: 'root', content: say(`${name} state ${n}`) })
    }
    const texts = Array.from({ length: replies }, (_, n) => `${name} reply ${n}`)
    expected.set(name, [`${name} state ${replies - 1}`, ...texts])
  }
  const chat: Destination = { person: outbox.objectId('dana') }
  for (let n = 0; n < replies; n++) await put('digest', { op: 'post', to: chat, content: say(`digest ${n}`) })
  return { items, expected, digests: Array.from({ length: replies }, (_, n) => `digest ${n}`) }
}

/** Texts of each thread in the order they stand there. */
async function threadsSeen(): Promise<string[][]> {
  const all = (await Promise.all(['incidents', 'identity-ops'].map((place) => outbox.texts(place)))).flat()
  return all
    .filter(({ root }) => root === null)
    .map((root) => [root.text, ...all.filter((reply) => reply.root === root.id).map(({ text }) => text)])
}

/** Three calls in ten go wrong, each in another way. */
function threeInTen(): () => NetworkFault | undefined {
  const kinds: NetworkFault[] = [
    { refuse: 429, retryAfter: 1 },
    { refuse: 412 },
    { refuse: 500 },
    { refuse: 503 },
    { lose: 'cut' },
    { lose: 502 },
    { lose: 504 },
    { hang: true },
    { cut: true },
  ]
  let calls = 0
  return () => {
    calls++
    return calls % 10 < 3 ? kinds[(calls >> 1) % kinds.length] : undefined
  }
}

/** Sends of messages that the service took or was asked to take, by thread. */
function mostInAnyWindow(withinMs: number): number {
  const byThread = new Map<string, number[]>()
  for (const { at, path, body } of outbox.network.calls) {
    const [, conversation = ''] = /conversations\/([^/]+)\/activities/.exec(path) ?? []
    const opened = (body as { channelData?: { channel?: { id: string } } } | undefined)?.channelData?.channel?.id
    const thread = conversation || opened
    if (thread) byThread.set(thread, [...(byThread.get(thread) ?? []), at])
  }
  return Math.max(
    ...[...byThread.values()].flatMap((at) =>
      at.map((from) => at.filter((one) => one >= from && one < from + withinMs).length),
    ),
  )
}

describe('under fire', () => {
  test('where a thread can be read, nothing is lost and nothing doubled, order holds, and Teams never has to throttle', async () => {
    outbox.network.fault = threeInTen()
    outbox.run({ read: outbox.read })
    const { items, expected, digests } = await enqueueThreads(6, 6)
    await outbox.settled(items)
    expect(outbox.reports.filter(({ state }) => state === 'unknown' || state === 'dead')).toEqual([])
    expect((await threadsSeen()).sort()).toEqual([...expected.values()].sort())
    expect((await outbox.texts('personal/dana')).map(({ text }) => text)).toEqual(digests)
    expect(outbox.network.calls.filter(({ status }) => status === 429)).toEqual([])
    for (const { sends, withinMs } of threadLimits) expect(mostInAnyWindow(withinMs)).toBeLessThanOrEqual(sends)
    expect(outbox.reports.filter(({ state }) => state === 'retry').length).toBeGreaterThan(10)
  })

  test('where nobody can look, a lost answer is unknown and said, and still nothing is doubled', async () => {
    outbox.network.fault = threeInTen()
    outbox.run()
    const chat: Destination = { chat: outbox.tenant.conversation('personal/lee') }
    const items = []
    for (let n = 0; n < 40; n++)
      items.push({ partition: 'p', id: await outbox.enqueue('p', { op: 'post', to: chat, content: say(`news ${n}`) }) })
    await outbox.settled(items)
    const texts = (await outbox.texts('personal/lee', 'lee')).map(({ text }) => text)
    const unknown = outbox.reports.filter(({ state }) => state === 'unknown')
    expect(new Set(texts).size).toBe(texts.length)
    expect(unknown.length).toBeGreaterThan(0)
    const sent = outbox.reports.filter(({ state }) => state === 'sent')
    expect(sent.length + unknown.length).toBe(40)
    expect(texts.length).toBeGreaterThanOrEqual(sent.length)
    expect(texts).toEqual([...texts].sort((a, b) => Number(a.slice(5)) - Number(b.slice(5))))
  })
})

describe('a hub that dies', () => {
  test('with sends under way leaves nothing lost or doubled for the next one, which reads first', async () => {
    const { items, expected, digests } = await enqueueThreads(10, 2)
    // The first hub's calls reach Teams, but it dies before it hears the answers.
    const real = outbox.sender()
    let reached = 0
    let bury = () => {}
    const dead = new Promise<void>((done) => (bury = done))
    const first = outbox.run({
      send: async (call) => {
        const answer = await real(call)
        reached++
        await dead
        return answer
      },
    })
    while (reached < 11) await new Promise((done) => setTimeout(done, 5))
    await outbox.closeStore()
    bury()
    await first.stop() // it can write nothing any more
    await outbox.open()
    outbox.clock.jump(120_000) // the claims of the dead hub run out
    outbox.run({ read: outbox.read })
    await outbox.settled(items)
    expect((await threadsSeen()).sort()).toEqual([...expected.values()].sort())
    expect((await outbox.texts('personal/dana')).map(({ text }) => text)).toEqual(digests)
  })

  test('before it noted the attempt has sent nothing, so the next one sends without asking', async () => {
    const [item] = [await outbox.enqueue('p', { op: 'post', to: outbox.channel('incidents'), content: say('once') })]
    await outbox.store.outbox.claim({ limit: 1, leaseMs: 1_000, worker: 'dead' })
    outbox.clock.jump(2_000)
    outbox.run()
    await outbox.settled([{ partition: 'p', id: item }])
    expect((await outbox.texts('incidents')).map(({ text }) => text)).toEqual(['once'])
  })

  test('business time that jumps while a send is under way doubles nothing', async () => {
    const real = outbox.sender(5_000)
    let calls = 0
    const worker = outbox.run({
      send: async (call) => {
        calls++
        outbox.clock.jump(3_600_000)
        worker.nudge()
        await new Promise((done) => setTimeout(done, 100))
        return real(call)
      },
    })
    const id = await outbox.enqueue('p', { op: 'post', to: outbox.channel('incidents'), content: say('once') })
    worker.nudge()
    await outbox.settled([{ partition: 'p', id }])
    expect([calls, (await outbox.texts('incidents')).length, outbox.failures]).toEqual([1, 1, []])
  })

  test('stopped in order it settles what is in hand and leaves the rest', async () => {
    const { items, expected } = await enqueueThreads(3, 4)
    await outbox.run({ read: outbox.read }).stop()
    outbox.run({ read: outbox.read })
    await outbox.settled(items)
    expect((await threadsSeen()).sort()).toEqual([...expected.values()].sort())
  })
})

describe('edits', () => {
  test('ten edits that wait become one, drawn as the record is when it is sent', async () => {
    const to = outbox.channel('incidents')
    outbox.records.set('INC-1', 'open')
    const content = { kind: 'Incident' as const, id: 'INC-1' }
    await outbox.enqueue('INC-1', { op: 'post', to, key: 'root', content })
    for (let n = 0; n < 10; n++) await outbox.enqueue('INC-1', { op: 'edit', to, key: 'root', content })
    outbox.records.set('INC-1', 'resolved')
    await outbox.run().drained()
    expect((await outbox.texts('incidents')).map(({ text }) => text)).toEqual(['resolved'])
    expect(outbox.network.calls.map(({ method }) => method)).toEqual(['POST', 'PUT'])
  })

  test('a message that somebody deleted is posted anew, and further edits and replies find the new one', async () => {
    const to = outbox.channel('incidents')
    const worker = outbox.run()
    const all = []
    all.push(await outbox.enqueue('INC-1', { op: 'post', to, key: 'root', content: say('open') }))
    await worker.drained()
    const [root] = await outbox.texts('incidents')
    await outbox.sender()({ op: 'delete', to, root: root!.id, activityId: root!.id })
    expect(await outbox.texts('incidents')).toEqual([])
    all.push(await outbox.enqueue('INC-1', { op: 'edit', to, key: 'root', content: say('acknowledged') }))
    all.push(await outbox.enqueue('INC-1', { op: 'reply', to, root: 'root', content: say('on it') }))
    all.push(await outbox.enqueue('INC-1', { op: 'edit', to, key: 'root', content: say('resolved') }))
    await outbox.settled(all.map((id) => ({ partition: 'INC-1', id })))
    expect(await threadsSeen()).toEqual([[expect.stringMatching(/resolved$/), 'on it']])
  })

  test('a reply to a deleted thread begins a new one', async () => {
    const to = outbox.channel('incidents')
    const worker = outbox.run()
    await outbox.enqueue('INC-1', { op: 'post', to, key: 'root', content: say('open') })
    await worker.drained()
    const [root] = await outbox.texts('incidents')
    await outbox.sender()({ op: 'delete', to, root: root!.id, activityId: root!.id })
    const ids = [
      await outbox.enqueue('INC-1', { op: 'reply', to, root: 'root', content: say('still broken') }),
      await outbox.enqueue('INC-1', { op: 'reply', to, root: 'root', content: say('mended') }),
      await outbox.enqueue('INC-1', { op: 'edit', to, key: 'root', content: say('resolved') }),
    ]
    await outbox.settled(ids.map((id) => ({ partition: 'INC-1', id })))
    expect(await threadsSeen()).toEqual([['still broken', 'mended', 'resolved']])
  })

  test('a thread that is deleted again and again is begun again', async () => {
    const to = outbox.channel('incidents')
    const worker = outbox.run()
    const reply = (text: string) => outbox.enqueue('INC-1', { op: 'reply', to, root: 'root', content: say(text) })
    const deleteRoot = async () => {
      const root = (await outbox.texts('incidents')).find((message) => message.root === null)!
      await outbox.sender()({ op: 'delete', to, root: root.id, activityId: root.id })
    }
    await outbox.enqueue('INC-1', { op: 'post', to, key: 'root', content: say('open') })
    await worker.drained()
    await deleteRoot()
    await outbox.settled([{ partition: 'INC-1', id: await reply('still broken') }])
    await deleteRoot()
    const edit = await outbox.enqueue('INC-1', { op: 'edit', to, key: 'root', content: say('resolved') })
    await outbox.settled([{ partition: 'INC-1', id: edit }])
    expect(await threadsSeen()).toEqual([[expect.stringMatching(/^This takes the place of[^\n]*\n\nresolved$/)]])
  })
})

describe('what cannot be sent', () => {
  test('is given up with the reason, and lets the next in line go', async () => {
    const chat: Destination = { chat: outbox.tenant.conversation('personal/lee') }
    const worker = outbox.run()
    await outbox.enqueue('p', { op: 'post', to: chat, content: say('x'.repeat(110 * 1024)) })
    await outbox.enqueue('p', { op: 'post', to: { chat: 'a:nobody' }, content: say('hello') })
    await outbox.store.commit('p', [{ op: 'enqueue', id: 'odd', thread: chat.chat, data: { op: 'sing' } }])
    await outbox.enqueue('p', { op: 'post', to: chat, content: say('small') })
    await worker.drained()
    expect(outbox.reports.map(({ id, state }) => [id, state]).sort()).toEqual([
      ['item-1', 'dead'],
      ['item-2', 'dead'],
      ['item-3', 'sent'],
      ['odd', 'dead'],
    ])
    expect(outbox.reports.find(({ id }) => id === 'item-1')).toMatchObject({ reason: expect.stringContaining('413') })
  })

  test('nothing is said where Nexus was uninstalled, although Teams would take it', async () => {
    outbox.installed = false
    await outbox.enqueue('p', { op: 'post', to: outbox.channel('incidents'), content: say('hello') })
    await outbox.run().drained()
    expect(outbox.reports).toMatchObject([{ state: 'dead', reason: 'Nexus was uninstalled from this conversation.' }])
    expect(outbox.network.calls).toEqual([])
  })

  test('what cannot be drawn now is tried again, and is never sent empty', async () => {
    const worker = outbox.run()
    const id = await outbox.enqueue('p', {
      op: 'post',
      to: outbox.channel('incidents'),
      content: { kind: 'Incident', id: 'INC-9' },
    })
    await worker.drained()
    expect(outbox.reports.at(-1)).toMatchObject({ state: 'retry', reason: expect.stringContaining('no such record') })
    outbox.records.set('INC-9', 'open')
    await outbox.settled([{ partition: 'p', id }])
    expect((await outbox.texts('incidents')).map(({ text }) => text)).toEqual(['open'])
  })
})
