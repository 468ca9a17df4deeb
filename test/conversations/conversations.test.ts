import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { loadOrganisation } from '../../infra/local/organisation/load-organisation.js'
import { projectRoot } from '../../infra/local/project-root.js'
import { alertBody } from '../../infra/local/storm/alert-body.js'
import { readAnswer, readPressed, type Answer } from '../product/local-teams.js'
import { startProduct, type Product } from '../product/start-product.js'
import { holds, parseTranscript, type Doing, type Expectation } from './parse-transcript.js'

/** What somebody got, and on which message it stands; the terminal has no messages. */
type Got = Pick<Answer, 'words' | 'buttons'> & {
  where: string
  as: string
  message?: string
  /** First message of its thread, where it stands in one. */
  root?: string
  ids?: Map<string, string>
}

let product: Product

beforeAll(async () => {
  product = await startProduct()
}, 120_000)
afterAll(() => product?.stop())

const folder = import.meta.dirname
for (const file of readdirSync(folder).filter((name) => name.endsWith('.md')))
  describe(file, () => {
    const conversations = parseTranscript(readFileSync(join(folder, file), 'utf8'))
    test.each(conversations)('$title', async ({ steps }) => {
      let got: Got | undefined
      for (const { line, does, expects } of steps) {
        if (does.do === 'wait') {
          await letPass(does.minutes)
          continue
        }
        got = does.do === 'say' ? await say(does, got) : await click(does, got)
        const faults = await faultsOf(expects, got)
        if (faults.length)
          throw new Error(
            `${file}:${line}\n${faults.join('\n')}\n\nThe answer:\n${got.words}\n${got.buttons.map((title) => `[${title}]`).join(' ')}`,
          )
      }
      expect(got).toBeDefined()
    })
  })

/** Moves business time of tenant and hub on. */
async function letPass(minutes: number): Promise<void> {
  const { now } = await product.call<{ now: string }>('/local/clock')
  await product.call('/local/clock', { now: new Date(Date.parse(now) + minutes * 60_000).toISOString() })
}

async function say({ as, where: place, text }: Extract<Doing, { do: 'say' }>, above: Got | undefined): Promise<Got> {
  if (place === 'terminal') return inTerminal(as, [text])
  const inThread = place === 'thread'
  if (inThread && above?.root === undefined) throw new Error(`There is no thread to say “${text}” in.`)
  const where = inThread ? above!.where : place
  const { message, words, buttons } = await product.ask(as, where, text, inThread ? above!.root : undefined)
  return { as, where, words, buttons, message: message.id, ...(message.replyTo !== null && { root: message.replyTo }) }
}

async function inTerminal(as: string, args: string[]): Promise<Got> {
  const { out, err } = await product.terminal(...args, '--as', as, '--json')
  if (!out) return { as, where: 'terminal', words: err, buttons: [] }
  const { text, buttons } = JSON.parse(out) as { text: string; buttons: { title: string; id: string }[] }
  const ids = new Map(buttons.map(({ title, id }) => [title, id]))
  return { as, where: 'terminal', words: text, buttons: [...ids.keys()], ids }
}

/** A press gives a card in place of the one above; its buttons are pressed on the same message. */
async function click({ title, inputs }: Extract<Doing, { do: 'click' }>, above: Got | undefined): Promise<Got> {
  if (!above) throw new Error(`There is nothing to press ${title} on.`)
  if (above.ids) return inTerminal(above.as, ['press', above.ids.get(title) ?? ''])
  const pressed = await product.click(above.as, above.message!, title, inputs)
  return { ...above, ...readPressed(pressed) }
}

async function faultsOf(expects: Expectation[], got: Got): Promise<string[]> {
  const faults = await Promise.all(
    expects.map(async (expected) => {
      switch (expected.must) {
        case 'hold':
          return holds(got.words, expected.words) ? '' : `does not say: ${expected.words}`
        case 'lack':
          return holds(got.words, expected.words) ? `says: ${expected.words}` : ''
        case 'offer':
          return got.buttons.includes(expected.button) ? '' : `has no button [${expected.button}]`
        case 'withhold':
          return got.buttons.includes(expected.button) ? `has a button [${expected.button}]` : ''
        default: {
          const seen = (await product.messages(got.where, expected.by)).some(({ id }) => id === got.message)
          if (seen === (expected.must === 'be-seen')) return ''
          return `is ${seen ? '' : 'not '}seen by ${expected.by}`
        }
      }
    }),
  )
  return faults.flatMap((fault, index) => (fault ? [`line ${expects[index]!.line}: ${fault}`] : []))
}

describe('more than a transcript can say', () => {
  test("in an incident's own thread nobody has to name it", async () => {
    const org = await loadOrganisation(join(projectRoot(), 'infra', 'local', 'contoso'), new Date())
    const resource = org.resources.find(({ name }) => name === 'auth-api-prd')!
    const body = alertBody(
      {
        ...{ id: randomUUID(), resource, fired: new Date() },
        alert: {
          ...{ kind: 'metric', rule: 'Said in its thread', severity: 'Sev1', on: resource.name, metric: 'Http5xx' },
          ...{ operator: 'GreaterThan', threshold: 1, value: 2, aggregation: 'Total', window: 'PT5M', dimensions: {} },
        },
      },
      org,
    )
    await product.call('/local/deliver', { source: 'azure-monitor', body })
    const channel = 'identity-alerts'
    const began = async () =>
      (await product.messages(channel, 'dana')).find(({ from, replyTo }) => from.bot && !replyTo)
    let root = await began()
    for (const end = performance.now() + 12_000; !root && performance.now() < end; await pause(100))
      root = await began()
    if (!root) throw new Error('The alert made no thread.')
    const { id: thread } = root
    const [id] = /INC-\d+/.exec(root.summary ?? '') ?? []
    // What the incident says by itself may come before the answer.
    const hear = async (as: string, text: string, answer: RegExp) => {
      const seen = new Set((await product.messages(channel, as)).map((one) => one.id))
      await product.say(as, channel, `@Nexus ${text}`, thread)
      const fresh = async () => (await product.messages(channel, as)).filter((one) => one.from.bot && !seen.has(one.id))
      let words = ''
      for (const end = performance.now() + 12_000; !answer.test(words) && performance.now() < end; await pause(50))
        words = (await fresh()).map((one) => readAnswer(one).words).join('\n')
      expect(words).toMatch(answer)
    }
    await hear('dana', 'ack this', new RegExp(`${id} is yours`))
    await hear('dana', 'who has it', /Dana Ortiz has it/)
    await hear('dana', 'snooze for 30 minutes', new RegExp(`${id} is put off until`))
    await hear('dana', 'assign to Lee', new RegExp(`${id} is with Lee Park`))
    await hear('lee', 'I have it', new RegExp(`${id} is yours`))
    await hear('lee', 'show', /SEV 1 .* Lee Park has it/)
    await hear('lee', 'resolved', new RegExp(`${id} is resolved`))
    await hear('lee', 'approve', /which proposal/)
    expect((await product.ask('lee', 'personal/lee', 'reopen')).words).toContain('which incident')
  })

  test('people who ask at once each get their own answer', async () => {
    const asked: [string, string, string][] = [
      ['dana', 'incidents', '@Nexus who’s on call for auth'],
      ['sam', 'incidents', '@Nexus who’s on call for payments'],
      ['mei', 'personal/mei', 'my stuff'],
      ['lee', 'personal/lee', 'my stuff'],
    ]
    const answers = await Promise.all(asked.map(([as, where, text]) => product.ask(as, where, text)))
    const said = ['Dana Ortiz', 'Sam Whitfield', 'Mei Lin', 'Lee Park']
    answers.forEach(({ words }, index) => expect(words).toContain(said[index]))
    expect(answers[0]!.message.replyTo).not.toBe(answers[1]!.message.replyTo)
  })

  test('a message of 27 KB, about as long as Teams takes, is answered with what may be read', async () => {
    const { words } = await product.ask('dana', 'personal/dana', 'who is on call for auth '.repeat(1150))
    expect(words).toMatch(/I read questions up to 1,000/)
  })

  test('a question of 100 KB in the terminal is answered too, and is not taken for done', async () => {
    const { status, out, err } = await product.terminal('auth '.repeat(20_000), '--as', 'dana')
    expect(out + err).toMatch(/I read questions up to 1,000/)
    expect(status).toBe(1)
  })

  test('the terminal says what Teams says, to the letter', async () => {
    const [teams, terminal] = await Promise.all([
      product.ask('dana', 'personal/dana', 'who owns st123'),
      product.terminal('who owns st123', '--as', 'dana', '--json'),
    ])
    const { outcome, command, args, text } = JSON.parse(terminal.out) as Record<string, string | object>
    expect({ outcome, command, args }).toEqual({
      outcome: 'answer',
      command: 'catalog.owner',
      args: { entity: { kind: 'Resource', id: expect.stringMatching(/storageaccounts\/st123$/), name: 'st123' } },
    })
    // Lines of the terminal are as wide as it is.
    expect(String(text).replace(/\s+/g, ' ')).toContain(readAnswer(teams.message).message.summary)
    expect(terminal.status).toBe(0)
  })
})
