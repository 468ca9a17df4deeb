import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readAnswer, type SeenMessage } from './local-teams.js'
import { startProduct, type Product } from './start-product.js'

let product: Product
beforeAll(async () => {
  product = await startProduct()
}, 120_000)
afterAll(() => product?.stop())

/** What Nexus has said of the storm, by channel. */
async function said(): Promise<Map<string, SeenMessage[]>> {
  const places = await product.call<{ id: string; kind: string }[]>('/local/places')
  const channels = places.filter(({ kind }) => kind === 'channel')
  const all = await Promise.all(
    channels.map(async ({ id }) => {
      const messages = await product.messages(id, 'dana')
      return [id, messages.filter((message) => readAnswer(message).words.includes('INC-'))] as const
    }),
  )
  return new Map(all.filter(([, messages]) => messages.length > 0))
}

/** Asks until an answer is the expected one, for 20 s at most; gives the last answer. */
async function eventually<T>(ask: () => Promise<T>, expected: (answer: T) => boolean): Promise<T> {
  for (const end = performance.now() + 20_000; ; await pause(200)) {
    const answer = await ask()
    if (expected(answer) || performance.now() > end) return answer
  }
}

test('forty alerts within a minute are one thread with few posts, and it is resolved when all is over', async () => {
  const { status, out, err } = await product.terminal('storm', '--fast', '--json')
  expect([status, err]).toEqual([0, ''])
  const played = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { line: string; sent?: string })
  expect(played.filter(({ sent }) => sent === 'azure-monitor').length).toBeGreaterThanOrEqual(60)
  // What is said with a pause in between is said now.
  const { now } = await product.call<{ now: string }>('/local/clock')
  await product.call('/local/clock', { now: new Date(Date.parse(now) + 300_000).toISOString() })

  const over = (messages: readonly SeenMessage[]) => /All \d+ alerts are over/.test(readAnswer(messages[0]!).words)
  const threads = await eventually(said, (now) => [...now.values()].every(over))
  expect([...threads.keys()]).toEqual(['identity-alerts'])
  const [root, ...replies] = threads.get('identity-alerts')!
  expect(replies.every(({ replyTo }) => replyTo === root!.id)).toBe(true)
  expect(replies.length).toBeLessThanOrEqual(6)
  expect(root!.editedAt).not.toBeNull()
  const { words } = readAnswer(root!)
  expect(words).toContain('auth-api')
  expect(words).toMatch(/All \d+ alerts are over/)
  expect(await product.messages('identity-alerts', 'lee')).toHaveLength(replies.length + 1)
  process.stdout.write(`storm: ${played.length} lines, 1 thread, ${replies.length} replies\n`)
}, 90_000)
