import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { loadOrganisation } from '../../infra/local/organisation/load-organisation.js'
import { projectRoot } from '../../infra/local/project-root.js'
import { alertBody } from '../../infra/local/storm/alert-body.js'
import { readAnswer, type SeenMessage } from '../product/local-teams.js'
import { startProduct, type Product } from '../product/start-product.js'

const channel = 'identity-alerts'

describe('replies in an incident’s thread that mention nobody', () => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct()
  }, 60_000)
  afterAll(() => product?.stop())

  /** An alert on auth-api, and the message that opened its incident's thread. */
  async function openIncident(rule: string): Promise<SeenMessage> {
    const org = await loadOrganisation(join(projectRoot(), 'infra', 'local', 'contoso'), new Date())
    const resource = org.resources.find(({ name }) => name === 'auth-api-prd')!
    const body = alertBody(
      {
        ...{ id: randomUUID(), resource, fired: new Date() },
        alert: {
          ...{ kind: 'metric', rule, severity: 'Sev1', on: resource.name, metric: 'Http5xx' },
          ...{ operator: 'GreaterThan', threshold: 1, value: 2, aggregation: 'Total', window: 'PT5M', dimensions: {} },
        },
      },
      org,
    )
    await product.call('/local/deliver', { source: 'azure-monitor', body })
    return until('the incident is posted', (all) => all.find(({ from, replyTo }) => from.bot && !replyTo))
  }

  /** What a look at the channel finds, as soon as it finds it. */
  async function until<T>(what: string, look: (all: SeenMessage[]) => T | undefined): Promise<T> {
    for (const end = performance.now() + 20_000; performance.now() < end; await pause(100)) {
      const found = look(await product.messages(channel, 'dana'))
      if (found !== undefined) return found
    }
    throw new Error(`Never seen: ${what}`)
  }
  const wordsOf = (message: SeenMessage) => readAnswer(message).words
  const cardSays = (root: SeenMessage, wanted: RegExp) =>
    until(`the card says ${wanted}`, (all) => all.find((one) => one.id === root.id && wanted.test(wordsOf(one))))
  const reply = (text: string, root: SeenMessage) =>
    product.call<{ id: string; heard: boolean }>('/local/say', { as: 'dana', where: channel, text, replyTo: root.id })
  const said = async (root: SeenMessage) =>
    (await product.messages(channel, 'dana')).filter(({ from, replyTo }) => from.bot && replyTo === root.id).length

  test('are heard with the team’s consent, silent unless they ask for something, and not without it', async () => {
    const root = await openIncident('Heard in its thread')
    const [id] = /INC-\d+/.exec(root.summary ?? wordsOf(root)) ?? []

    // Nobody consented: Teams tells Nexus nothing, and the card says what to do.
    await cardSays(root, /Mention me in a reply/)
    expect((await reply('ack', root)).heard).toBe(false)

    // Teams would tell it now, but the team has not said that Nexus may listen.
    await product.call('/local/install', { as: 'rafael', where: channel, consent: true })
    expect((await reply('resolve it', root)).heard).toBe(true)
    expect((await product.ask('dana', channel, '@Nexus listen here')).words).toMatch(/is for who leads it/)
    expect((await product.ask('rafael', channel, '@Nexus do you listen here')).words).toMatch(
      /only where I am mentioned/,
    )
    expect((await product.ask('dana', channel, '@Nexus show', root.id)).words).not.toMatch(/resolved/)

    // With both, what is for it is done, and what is not joins the story.
    const consent = await product.ask('rafael', channel, "@Nexus listen in this team's threads")
    expect(consent.words).toMatch(/without a mention/)
    expect(consent.buttons).toEqual(['Stop listening'])
    const before = await said(root)
    await reply('the token cache is full again', root)
    await reply('@Lee Park resolve it when you see green', root)
    await cardSays(root, /token cache is full again/)
    await cardSays(root, /resolve it when you see green/)
    expect(await said(root)).toBe(before)
    await reply('ack', root)
    await until('it is acknowledged', (all) =>
      all.find((one) => one.from.bot && one.replyTo === root.id && wordsOf(one).includes(`${id} is yours`)),
    )
    await cardSays(root, /“ack” is enough/)

    // What is not Nexus's own thread stays nobody's business.
    const { id: lunch } = await product.say('dana', channel, 'lunch?')
    await product.say('dana', channel, 'resolved', lunch)

    // Taken back, by the button that the consent came with.
    await product.click('rafael', consent.message.id, 'Stop listening')
    await reply('this is for nobody but us', root)
    expect((await product.ask('dana', channel, '@Nexus show', root.id)).words).not.toMatch(/nobody but us/)
    const all = await product.messages(channel, 'dana')
    expect(all.filter(({ from, replyTo }) => from.bot && replyTo === lunch)).toEqual([])
    await cardSays(root, /Mention me in a reply/)
  }, 90_000)
})
