import { expect, test } from '@jest/globals'
import catalog from '../../../skills/catalog/index.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { People } from '../../../skills/kit/ports.js'
import type { Role } from '../../../skills/kit/model.js'
import permission from '../../../skills/permission/index.js'
import { readAccessPolicy } from '../../settings/read-access-policy.js'
import { createAudienceCut } from '../audience/audience-cut.js'
import { undeclaredAudience } from '../audience/audience.js'
import type { Caller } from '../caller.js'
import { entity, smallHub, to } from '../testing/small-hub.js'

const records = [
  entity('Person', 'lee@contoso.example', { objectId: 'lee' }),
  entity('Person', 'dana@contoso.example', { objectId: 'dana' }),
  entity('Person', 'mei@contoso.example', { objectId: 'mei' }, [to('memberOf', 'Team', 'payments')]),
  entity('Team', 'payments', {}, [to('leadBy', 'Person', 'lee@contoso.example')]),
  entity('Service', 'pay', {}, [to('ownedBy', 'Team', 'payments'), to('dependsOn', 'Service', 'ledger')]),
  entity('Service', 'shop', {}, [to('dependsOn', 'Service', 'pay')]),
  entity('Service', 'ledger', { lifecycle: 'deprecated' }, [to('ownedBy', 'Team', 'payments')]),
  entity('Resource', 'pay-vault', { tags: { data: 'restricted' } }, [to('partOf', 'Service', 'pay')]),
  entity('Service', 'merger'),
]
const { policy } = readAccessPolicy(
  `roles:
  helpers: { groups: [Helpers], commands: [catalog.show], sees: Service where name = shop, owners: [mei@contoso.example] }
rules:
  - { name: restricted data, hides: Resource where tags.data = restricted, from: developer, unless: owning-team }
  - { name: old ledger, hides: Service where name = ledger, from: developer, unless: owning-team }
entities:
  - { entity: Service/merger, hides: true, from: developer, secret: true }
`,
  builtInKinds,
)
const people: Pick<People, 'fitting'> = {
  fitting: async () => [
    {
      ...{ tenant: 'contoso', id: 'dana@contoso.example', objectId: 'dana', name: 'Dana' },
      ...{ roles: ['admin'], zone: 'UTC', locale: 'en', guest: false },
    },
  ],
}
const small = smallHub({
  ...{ skills: [catalog, permission], records, policy, ports: { people: people as People } },
  audience: (access) =>
    createAudienceCut({ access, audienceOf: async () => ({ ...undeclaredAudience, name: '#releases' }) }),
})
const as = (id: string, role: Role, place: 'personal' | 'channel' = 'personal', helper = false): Caller => {
  const { person, place: where } = small.caller(role, place)
  const customRoles = helper ? policy.roles.map(({ role: own }) => own) : []
  return { place: where, person: { ...person, id: `${id}@contoso.example`, name: id, customRoles } }
}
const say = async (words: string, caller: Caller) => {
  const { outcome, fault, reply } = await small.ask(words, caller)
  const read = async (one: typeof reply) => (await small.read(one)).replace(/\s+/g, ' ')
  const { private: rest, ...shown } = reply
  return { outcome, fault, shown: await read(shown), rest: rest && (await read(rest)) }
}

test.each<[words: string, who: string, role: Role, said: RegExp]>([
  [
    'show pay-vault',
    'jo',
    'developer',
    /You may not see pay-vault\. The rule “restricted data” hides it from Developers.*leads that team/,
  ],
  ['show pay-vault', 'mei', 'developer', /pay-vault/],
  ['show pay-vault', 'jo', 'team-lead', /pay-vault/],
  [
    "why can't I see pay-vault?",
    'jo',
    'developer',
    /pay-vault.*not allowed.*restricted data.*a place in the team.*lee@contoso/,
  ],
  ["why can't I see merger", 'jo', 'developer', /There is nothing called “merger” that I may show you/],
  ["why can't I see nowhere", 'jo', 'developer', /There is nothing called “nowhere” that I may show you/],
  ["why can't I see merger", 'jo', 'admin', /merger.*allowed/],
  [
    "why can't I use /catalog",
    'jo',
    'guest',
    /Only Developers may use \/catalog.*role Developer is missing.*mei@contoso.example, dana@contoso/,
  ],
  ["why can't I show ledger", 'jo', 'developer', /old ledger/],
  ['am I allowed to see shop', 'jo', 'developer', /shop.*allowed/],
])('%s, asked by %s as %s', async (words, who, role, said) =>
  expect((await say(words, as(who, role))).shown).toMatch(said),
)

test('a secret name and one that nothing has are answered with the same words', async () => {
  const [secret, unknown] = [
    await say('who owns merger', as('jo', 'developer')),
    await say('who owns mergex', as('jo', 'developer')),
  ]
  expect(secret.shown.replaceAll('merger', 'mergex')).toBe(unknown.shown)
  expect(secret.fault).toBe('NotFound')
  // Not by a typo, and not by the button of somebody who may see it.
  expect((await say('who owns mergr', as('jo', 'developer'))).shown).not.toMatch(/merger/)
  const intent = { command: 'catalog.show', args: { entity: { kind: 'Service', id: 'merger' } } }
  const pressed = await small.hub.press({ title: 'Show', intent }, {}, as('jo', 'developer'))
  expect([pressed.outcome, pressed.fault]).toEqual(['refuse', 'NotFound'])
})

test('a guest with a role of the organisation sees what it sees, and uses what it gives', async () => {
  const helper = as('gast', 'guest', 'personal', true)
  expect((await say('show shop', helper)).shown).toMatch(/shop/)
  expect((await say('show pay', helper)).outcome).not.toBe('answer')
  expect((await say('what depends on shop', helper)).fault).toBe('NotAllowed')
  const alone = await say('show shop', as('gast', 'guest'))
  expect(alone.outcome).not.toBe('answer')
})

test('in a channel the answer rests on what everyone there may see; its asker gets all of it alone', async () => {
  const { shown, rest } = await say('show pay', as('mei', 'developer', 'channel'))
  expect(shown).toMatch(/pay/)
  expect(shown).not.toMatch(/ledger|pay-vault/)
  expect(shown).toMatch(/not shown here/)
  expect(rest).toMatch(/ledger/)
  const same = await say('show shop', as('mei', 'developer', 'channel'))
  expect(same.rest).toBeUndefined()
})

test('in a channel nobody is told through somebody who sees less than the channel', async () => {
  const { shown, rest } = await say('show pay', as('jo', 'developer', 'channel'))
  expect(shown + (rest ?? '')).not.toMatch(/ledger|vault/)
})

test('what depends on a thing is counted as if what is hidden were not there', async () => {
  const down = 'what does shop depend on'
  expect((await say(down, as('mei', 'developer'))).shown).toMatch(/ledger/)
  expect((await say(down, as('jo', 'developer'))).shown).not.toMatch(/ledger/)
})

test('who was taken out of the team or the group in the middle of a conversation may press nothing of it any more', async () => {
  const asked = await small.ask('show pay-vault', as('mei', 'developer'))
  const card = await small.show(asked.reply)
  const press = async (caller: Caller) => {
    const { outcome, fault } = await small.press(card, 'Who owns pay-vault', {}, caller)
    return fault ?? outcome
  }
  expect(await press(as('mei', 'developer'))).toBe('answer')
  // The same person, whom the directory no longer has in the group that the role came from.
  expect(await press(as('mei', 'guest'))).toBe('NotAllowed')
  // The card that was drawn for somebody of the team is pressed by somebody who is not in it.
  expect(await press(as('jo', 'developer'))).toBe('NotAllowed')
})

test('in a channel nothing is said or counted of what is secret, and no rule is named', async () => {
  const { shown, rest } = await say('show merger', as('boss', 'admin', 'channel'))
  expect(shown).toMatch(/The answer is for its asker alone/)
  expect(shown).not.toMatch(/merger/)
  expect(rest).toMatch(/merger/)
  const pay = await say('show pay', as('mei', 'developer', 'channel'))
  expect(pay.shown).not.toMatch(/The rule/)
})

test('a form lists what its reader may choose, and nothing else', async () => {
  const names = async (caller: Caller) => {
    const catalog = await small.hub.catalogFor({ person: caller.person })
    return (await catalog.all('Service')).map(({ name }) => name)
  }
  expect(await names(as('jo', 'developer'))).toEqual(['pay', 'shop'])
  expect(await names(as('mei', 'developer'))).toEqual(['ledger', 'pay', 'shop'])
  expect(await names(as('gast', 'guest'))).toEqual([])
  const place = { kind: 'channel', id: 'releases' } as const
  const all = await small.hub.catalogFor({ person: as('mei', 'developer').person, place })
  expect((await all.all('Service')).map(({ name }) => name)).toEqual(['pay', 'shop'])
})
