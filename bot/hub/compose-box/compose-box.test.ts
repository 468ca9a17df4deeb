import { expect, test } from '@jest/globals'
import { renderCard } from '../../../cards/render.js'
import catalog from '../../../skills/catalog/index.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { Role } from '../../../skills/kit/model.js'
import search from '../../../skills/search/index.js'
import { readLinks } from '../../compose/links.js'
import { readAccessPolicy } from '../../settings/read-access-policy.js'
import { createAudienceCut } from '../audience/audience-cut.js'
import { undeclaredAudience, type DeclaredAudience } from '../audience/audience.js'
import type { Caller } from '../caller.js'
import { entity, smallHub, smallNow, to } from '../testing/small-hub.js'

const dana = 'dana@contoso.example'
const numbered = (n: number) => `worker-${String(n).padStart(2, '0')}`
const records = [
  entity('Person', dana, { objectId: 'dana' }, [to('memberOf', 'Team', 'shop')]),
  entity('Team', 'shop'),
  entity('Service', 'cart', { summary: 'Keeps baskets' }, [to('ownedBy', 'Team', 'shop')]),
  entity('Service', 'cards', { data: 'cardholder', summary: 'Keeps cards' }),
  entity('Service', 'merger-plan', { summary: 'Keeps what nobody knows yet' }),
  entity('Repository', 'github/contoso/cart', { url: 'https://github.com/contoso/cart' }, [], 'github'),
  entity('Repository', 'github/contoso/cards', { url: 'https://github.com/contoso/cards' }, [
    to('partOf', 'Service', 'cards'),
  ]),
  entity('Incident', 'inc-7', {
    title: 'Baskets are empty',
    state: 'triggered',
    opened: smallNow,
    pagerDutyId: 'Q7ABC',
  }),
  entity('Incident', 'inc-6', { title: 'Over', state: 'resolved', opened: '2026-11-20T02:14:00.000Z' }),
  ...Array.from({ length: 60 }, (_, n) => entity('Service', numbered(n), { summary: 'Does queued work' })),
]
const { policy } = readAccessPolicy(
  'entities:\n  - { entity: Service/merger-plan, hides: true, from: developer, secret: true }\n',
  builtInKinds,
)
const linked = readLinks({
  NEXUS_DOMAIN: 'nexus.example',
  NEXUS_GITHUB_ORGANISATION: 'contoso',
  NEXUS_PAGERDUTY_TOKEN: 'x',
})

function hub(audience: DeclaredAudience = undeclaredAudience) {
  const small = smallHub({
    ...{ skills: [catalog, search], records, policy, readLink: linked },
    audience: (access) => createAudienceCut({ access, audienceOf: async () => ({ ...audience, name: '#shop' }) }),
  })
  const find = async (words: string, caller: Caller, page = { skip: 0, count: 25 }) => {
    const found = await small.hub.search({ command: 'search.find', words, ...page }, caller)
    return 'says' in found ? found.says : found.postcards.map(({ title }) => title)
  }
  return { ...small, find }
}
const small = hub()
const { caller, find } = small
const unfurl = async (link: string, who: Caller = caller()) => (await small.hub.unfurl(link, who))?.title

test('a search finds by words and by names with typos, and gives cards to insert', async () => {
  expect(await find('queued work', caller())).toHaveLength(25)
  expect(await find('crat', caller())).toContain('cart')
  const found = await small.hub.search({ command: 'search.find', words: 'baskets', skip: 0, count: 5 }, caller())
  if ('says' in found) throw new Error('nothing was found')
  const cart = found.postcards.find(({ title }) => title === 'cart')!
  expect(cart).toMatchObject({ detail: ['Service', ' · ', 'shop'], card: { topic: 'Service', title: 'cart' } })
})

test('without words it gives what is open, then the services of one’s teams, then the others', async () => {
  expect(await find('', caller(), { skip: 0, count: 4 })).toEqual(['Baskets are empty', 'cart', 'cards', numbered(0)])
})

test('pages follow each other without a gap, to an end that is said', async () => {
  const pages = await Promise.all([0, 25, 50].map((skip) => find('queued work', caller(), { skip, count: 25 })))
  expect(pages.map((page) => page.length)).toEqual([25, 25, 10])
  expect(new Set(pages.flat()).size).toBe(60)
  expect(await find('queued work', caller(), { skip: 60, count: 25 })).toBe('There is no more.')
  expect(await find('queued work', caller(), { skip: 1_000_000, count: 25 })).toBe('There is no more.')
  expect(await find('queued work', caller(), { skip: 0, count: 1_000 })).toHaveLength(25)
})

test.each<[what: string, words: string, role: Role, said: RegExp]>([
  ['words that nothing has', 'zzqq', 'developer', /Nothing that may be shown here has “zzqq”/],
  ['far too many words', 'basket '.repeat(9_000), 'developer', /too long to search for; 200 letters are enough/],
  ['a guest', 'cart', 'guest', /guest|Developer|developer/],
])('%s is answered with a sentence', async (_, words, role, said) => {
  expect(await find(words, caller(role))).toEqual(expect.stringMatching(said))
})

test.each(['catalog.show', 'search.nothing', '', '__proto__'])('“%s” is not searched by', async (command) => {
  const found = await small.hub.search({ command, words: 'cart', skip: 0, count: 5 }, caller())
  expect(found).toEqual({ says: expect.stringMatching(/is not searched by|There is no command/) })
})

test('what a person may not see, they neither find nor unfurl; who may, does', async () => {
  expect(await find('nobody knows', caller())).toEqual(expect.stringMatching(/^Nothing/))
  expect(await find('nobody knows', caller('admin'))).toEqual(['merger-plan'])
  const link = 'https://nexus.example/open/service/merger-plan'
  expect([await unfurl(link), await unfurl(link, caller('admin'))]).toEqual([undefined, 'merger-plan'])
})

test('what the place’s audience may not see goes into no message there, whoever writes it', async () => {
  const here = caller('admin', 'channel')
  expect(await find('cards', caller('admin'))).toContain('cards')
  expect(await find('cards', here)).toBe('Nothing that may be shown here has “cards”.')
  expect(await unfurl('https://nexus.example/open/service/cards', here)).toBeUndefined()
  expect(await unfurl('https://github.com/contoso/cards', here)).toBeUndefined()
  expect(await unfurl('https://github.com/contoso/cards', caller('admin'))).toBe('github/contoso/cards')
  const cleared = hub({ ...undeclaredAudience, data: ['cardholder'] })
  expect(await cleared.find('cards', here)).toContain('cards')
})

test('a place that is not for the catalog gets no card of it, and is told so', async () => {
  const narrow = hub({ ...undeclaredAudience, see: ['on-call'] })
  expect(await narrow.find('cart', caller('admin', 'channel'))).toEqual(
    expect.stringContaining('#shop is not for the catalog'),
  )
  expect(await narrow.hub.unfurl('https://github.com/contoso/cart', caller('admin', 'channel'))).toBeUndefined()
  expect((await narrow.hub.unfurl('https://github.com/contoso/cart', caller('admin')))?.title).toBe(
    'github/contoso/cart',
  )
})

test.each([
  ['https://github.com/contoso/cart', 'github/contoso/cart'],
  ['https://nexus.example/open/incident/INC-7', 'Baskets are empty'],
  ['https://acme.pagerduty.com/incidents/Q7ABC', 'Baskets are empty'],
  ['https://github.com/contoso/unknown', undefined],
  ['https://github.com/contoso/cart/pull/1', undefined],
  ['https://acme.pagerduty.com/incidents/Q7ABD', undefined],
  ['https://elsewhere.example/contoso/cart', undefined],
  ['http://github.com/contoso/cart', undefined],
  ['not a link', undefined],
])('%s becomes the card of %s', async (link, title) => {
  expect(await unfurl(link)).toBe(title)
})

test('a guest’s link stays a link, and nothing of it is told', async () => {
  expect(await unfurl('https://github.com/contoso/cart', caller('guest'))).toBeUndefined()
})

test('a card in a message has no buttons but its page, calls nobody, and says as of when it is', async () => {
  const found = await small.hub.unfurl('https://github.com/contoso/cart', caller())
  const drawn = JSON.stringify(renderCard(found!.card, { now: smallNow }))
  expect(drawn).toContain('https://github.com/contoso/cart')
  expect(drawn).not.toMatch(/Action\.Execute|Action\.Submit|"mention"|refresh/)
  expect(found!.card.sections).toMatchObject([
    { kind: 'text', text: [expect.stringMatching(/as of $/), ...Array(3).fill(expect.anything())] },
  ])
})

test('one search is one line of the log, whatever it finds', async () => {
  const own = hub()
  await own.find('queued work', own.caller())
  await own.hub.unfurl('https://github.com/contoso/cart', own.caller())
  await own.hub.unfurl('https://github.com/contoso/unknown', own.caller())
  expect(own.turns.map(({ command, outcome }) => [command, outcome])).toEqual([
    ['search.find', 'answer'],
    ['catalog.show', 'answer'],
  ])
})
