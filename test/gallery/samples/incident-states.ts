import { entity, to } from '../../../bot/hub/testing/small-hub.js'
import type { Reply } from '../../../skills/kit/reply.js'
import { alert } from '../../../skills/incidents/testing/alerts.js'
import { House } from '../../../skills/incidents/testing/house.js'
import type { Contoso } from '../contoso.js'
import type { Sample } from '../sample.js'

const minute = 60_000

/** An incident of auth that is told in a house of its own and stands, at the moment of the samples, as the story leaves it. */
const story = (name: string, shows: string, minutes: number, tell: (house: House) => Promise<Reply>): Sample => ({
  name: `incident-${name}`,
  shows,
  reply: (contoso) => play(contoso, minutes, tell),
})

async function play(contoso: Contoso, minutes: number, tell: (house: House) => Promise<Reply>): Promise<Reply> {
  const begin = new Date(Date.parse(contoso.now) - minutes * minute).toISOString()
  const house = await House.open([...contoso.records, deployment(begin)], 1, begin)
  try {
    const reply = await tell(house)
    if (house.failures.length) throw new AggregateError(house.failures, 'The story went wrong.')
    return reply
  } finally {
    await house.close()
  }
}

/** What changed two minutes before the first alert. */
const deployment = (begin: string) =>
  entity(
    'Deployment',
    'auth-api-4.7.1',
    { title: 'deployment 4.7.1', by: 'Mei Chen', at: new Date(Date.parse(begin) - 2 * minute).toISOString() },
    [to('partOf', 'Service', 'auth-api')],
    'github',
  )

/** Sign-in fails, and what it needs alerts as well. */
async function broken(house: House): Promise<string> {
  const at = house.clock.now()
  const say = (service: string, title: string, severity: 1 | 2) =>
    house.alert(alert(service, title, { severity, at, target: { name: service } }), service)
  await say('auth-api', 'Sign-in fails for 38 %', 1)
  await house.settled()
  await say('token-cache', 'Evictions above 500 a second', 2)
  await say('checkout-web', 'Checkout answers slowly', 2)
  await house.settled()
  return house.pager.pages[0]!.key
}

/** The last message of a story that says something. */
const reply = (name: string, shows: string, minutes: number, says: RegExp, tell: (house: House) => Promise<unknown>) =>
  story(name, shows, minutes, async (house) => {
    await tell(house)
    const found = house.said.findLast(({ root, headline }) => root && says.test(headline))
    if (!found) throw new Error(`Nobody said ${says}, but ${house.said.map(({ headline }) => headline).join(' | ')}`)
    return found.reply
  })

const ends = async (house: House) => {
  for (const { service, title } of [
    { service: 'auth-api', title: 'Sign-in fails for 38 %' },
    { service: 'token-cache', title: 'Evictions above 500 a second' },
    { service: 'checkout-web', title: 'Checkout answers slowly' },
  ])
    await house.alert(alert(service, title, { status: 'resolved', at: house.clock.now() }), service)
  await house.settled()
}

/** An incident in every state, and what is said below it. */
export const incidentStates: readonly Sample[] = [
  story('triggered', 'Who must act, whom it hurts, what is suspected and what changed.', 4, async (house) => {
    const id = await broken(house)
    await house.pass(4 * minute)
    return house.draw(id)
  }),
  story('acknowledged', 'Somebody has it.', 12, async (house) => {
    const id = await broken(house)
    await house.pass(6 * minute)
    await house.press(id, 'Acknowledge')
    await house.pass(6 * minute)
    return house.draw(id)
  }),
  story('snoozed', 'Put off until a time.', 12, async (house) => {
    const id = await broken(house)
    await house.press(id, 'Snooze…', { length: '1 hour' })
    await house.pass(12 * minute)
    return house.draw(id)
  }),
  story('resolved', 'What it was, how long it took and who ended it.', 41, async (house) => {
    const id = await broken(house)
    await house.press(id, 'Acknowledge')
    await house.pass(38 * minute, 60_000)
    await house.press(id, 'Resolve')
    await house.pass(3 * minute)
    return house.draw(id)
  }),
  story('reopened', 'It is back.', 41, async (house) => {
    const id = await broken(house)
    await house.press(id, 'Acknowledge')
    await house.pass(31 * minute, 60_000)
    await house.press(id, 'Resolve')
    await house.pass(6 * minute, 60_000)
    await house.press(id, 'Reopen')
    await house.pass(4 * minute, 60_000)
    return house.draw(id)
  }),
  reply('call', 'Rings for who is on call.', 1, /acknowledge or open/, broken),
  reply('news', 'What got worse, in one line.', 3, / too: |now\./, async (house) => {
    await broken(house)
    await house.pass(3 * minute)
  }),
  reply('over', 'It ended by itself.', 30, /Resolved/, async (house) => {
    await broken(house)
    await house.pass(20 * minute, 60_000)
    await ends(house)
    await house.pass(10 * minute, 60_000)
  }),
]
