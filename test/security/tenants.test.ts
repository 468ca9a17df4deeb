import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  commonNames,
  startTwoOrganisations,
  type Organisation,
  type TwoOrganisations,
} from './testing/two-organisations.js'

let stage: TwoOrganisations
let atlantis: Organisation
let babylon: Organisation
beforeAll(async () => {
  stage = await startTwoOrganisations()
  ;[atlantis, babylon] = stage.organisations
}, 120_000)
afterAll(() => stage?.close())

const turn = async (by: Organisation, body: unknown) => stage.ask('POST', '/api/turns', await by.token(), body)

test('each sees its own things of a name that both have', async () => {
  for (const [one, other] of [
    [atlantis, babylon],
    [babylon, atlantis],
  ] as const) {
    const { status, text } = await turn(one, { text: 'show payments' })
    expect([status, text.includes(one.mark), text.includes(other.mark)]).toEqual([200, true, false])
  }
})

test('whatever one says, in words, by an id or as a filter, it is told nothing of the other', async () => {
  const counts = { answered: 0, own: 0 }
  const slot = /\{\w+\}/g
  // What is said in free words is kept as it was said, such as the reason why all changes are stopped: it is no leak.
  const phrases = stage.commands.flatMap(({ says, slash, effect, args }) => {
    const free = Object.keys(args).filter((name) => effect !== 'read' && args[name]!.type === 'text')
    return [...says, ...(free.length ? [] : [`${slash} {x}`])].filter(
      (one) => !free.some((name) => one.includes(`{${name}}`)),
    )
  })
  const command = fc.constantFrom(...phrases)
  const name = (other: Organisation) =>
    fc.constantFrom(
      ...commonNames,
      `kernel-${other.name}`,
      `kernel-${other.name.slice(0, -1)}`,
      other.name,
      other.tenant,
    )
  const free = (other: Organisation) =>
    fc.constantFrom(
      'search known alone',
      'find Service',
      'find everything',
      `Service where summary contains ${other.name}`,
      'who am I',
      'incidents',
    )
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.nat(), fc.nat(), fc.nat(), fc.boolean(), async (isFirst, a, b, c, isFree) => {
      const [by, other] = isFirst ? [atlantis, babylon] : [babylon, atlantis]
      const pick = <T>(arbitrary: fc.Arbitrary<T>, seed: number): T => fc.sample(arbitrary, { numRuns: 1, seed })[0]!
      const typed = pick(name(other), b)
      const words = isFree ? pick(free(other), c) : pick(command, a).replaceAll(slot, typed)
      for (const [path, body] of [
        ['/api/turns', { text: words }],
        ['/api/understand', { lines: [words] }],
      ] as const) {
        const { status, text } = await stage.ask('POST', path, await by.token(), body)
        expect(status).toBe(200)
        expect([words, text.includes(other.mark) && text]).toEqual([words, false])
        counts.answered++
        if (text.includes(by.mark)) counts.own++
      }
    }),
    { numRuns: 120, endOnFailure: true },
  )
  // Words that say nothing of either prove nothing.
  expect(counts.own).toBeGreaterThan(counts.answered / 20)
}, 120_000)

test('a stored button of one is nothing to the other, by its id or through a card of its own', async () => {
  const { text } = await turn(atlantis, { text: 'show payments' })
  const ids = [...new Set([...text.matchAll(/"id":"([\w-]{20,})"/g)].map(([, id]) => id!))]
  expect(ids.length).toBeGreaterThan(1)
  const own = { told: 0 }
  for (const id of ids) {
    if ((await turn(atlantis, { press: { id } })).text.includes(atlantis.mark)) own.told++
    const foreign = await turn(babylon, { press: { id } })
    expect([foreign.status, foreign.text.includes(atlantis.mark)]).toEqual([200, false])
    expect(JSON.parse(foreign.text)).toMatchObject({ outcome: { outcome: 'refuse' } })
  }
  expect(own.told).toBeGreaterThan(0)
})

test.each<[what: string, claims: () => Record<string, unknown>]>([
  ['another tenant', () => ({ tid: atlantis.tenant })],
  [
    'another tenant as its issuer',
    () => ({ tid: atlantis.tenant, iss: `https://login.example/${atlantis.tenant}/v2.0` }),
  ],
  [
    'the other’s audience too',
    () => ({ tid: atlantis.tenant, iss: `https://login.example/${atlantis.tenant}/v2.0`, aud: 'api-atlantis' }),
  ],
  ['a tenant that nobody is', () => ({ tid: '00000000-0000-4000-8000-000000000000' })],
  ['no tenant', () => ({ tid: undefined })],
  ['its tenant, and the other’s audience', () => ({ aud: 'api-atlantis' })],
])('a token of one that claims %s is no token', async (_what, claims) => {
  const { status, text } = await stage.ask('POST', '/api/turns', await babylon.token(claims()), {
    text: 'show payments',
  })
  expect([status, text.includes(atlantis.mark)]).toEqual([401, false])
})

test('a webhook is believed at its own organisation’s address alone, and what it brought is kept there alone', async () => {
  const body = { version: '4', commonLabels: { mark: atlantis.mark } }
  const bring = (to: Organisation, token: string) =>
    stage.ask('POST', `${to.webhooks}/alertmanager`, `Bearer ${token}`, body).then(({ status }) => status)
  expect(await bring(babylon, atlantis.webhookToken)).toBe(401)
  expect(await bring(atlantis, babylon.webhookToken)).toBe(401)
  expect(await bring(atlantis, atlantis.webhookToken)).toBeLessThan(300)
  const letters = async (of: Organisation) => (await stage.ask('GET', '/api/dead-letters', await of.token())).text
  let own = ''
  for (let look = 0; look < 100 && !own.includes('alertmanager'); look++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    own = await letters(atlantis)
  }
  const { id } = (JSON.parse(own) as { letters: { id: string }[] }).letters[0]!
  expect(await letters(babylon)).not.toContain(id)
  const revive = async (of: Organisation) =>
    (await stage.ask('POST', '/api/dead-letters/revive', await of.token(), { source: 'alertmanager', id })).status
  expect(await revive(babylon)).toBe(404)
})

test('the audit log, the outbox and the status of one say nothing of the other', async () => {
  for (const path of ['/api/audit/entries', '/api/outbox', '/api/status', '/api/dead-letters']) {
    const { status, text } = await stage.ask('GET', path, await babylon.token())
    expect([path, status, text.includes(atlantis.mark), text.includes(atlantis.tenant)]).toEqual([
      path,
      200,
      false,
      false,
    ])
  }
})

test('an activity reaches the organisation whose bot it was sent to, and no other', async () => {
  const activity = (tenant: string, bot: string) => ({
    ...{
      type: 'conversationUpdate',
      id: `m-${Math.floor(performance.now() * 1000)}`,
      channelId: 'msteams',
      text: 'show payments',
    },
    serviceUrl: 'https://smba.example/teams/',
    from: { id: '29:ada', name: 'Ada', aadObjectId: '00000000-0000-4000-8000-00000000000a' },
    recipient: { id: `28:${bot}`, name: 'Nexus' },
    conversation: { id: 'a:personal', conversationType: 'personal', tenantId: tenant },
    channelData: { tenant: { id: tenant } },
  })
  const say = async (tenant: string, bot: string, token: string) =>
    (await stage.ask('POST', '/api/messages', await stage.botToken(token), activity(tenant, bot))).status
  expect(await say(atlantis.tenant, atlantis.bot, babylon.bot)).toBeGreaterThanOrEqual(401)
  expect(await say(babylon.tenant, babylon.bot, atlantis.bot)).toBeGreaterThanOrEqual(401)
  expect(await say(babylon.tenant, babylon.bot, babylon.bot)).toBeLessThan(300)
  expect(stage.sent.join()).not.toContain(atlantis.mark)
})
