import { expect, test } from '@jest/globals'
import { audienceIn } from '../../compose/audiences.js'
import { readAudiences, undeclared } from '../../settings/read-audiences.js'
import { defineSkill } from '../../../skills/kit/command.js'
import { entity as entityArg } from '../../../skills/kit/arguments.js'
import type { Reply } from '../../../skills/kit/reply.js'
import { entity, smallHub, to } from '../testing/small-hub.js'
import { openPolicy, type AccessPolicy } from '../access/access-policy.js'
import { mayHear, undeclaredAudience, type DeclaredAudience } from './audience.js'
import { createAudienceCut } from './audience-cut.js'

const ten = (words: string) => [
  words,
  ...Array.from({ length: 9 }, (_, n) => `${words} ${'now '.repeat(n + 1).trim()}`),
]
const records = [
  entity('Service', 'shop'),
  entity('Service', 'cards', { data: 'cardholder' }),
  entity('Resource', 'vault-of-cards', {}, [to('partOf', 'Service', 'cards')]),
  entity('Resource', 'ledger-db', { tags: { data: 'finance, cardholder' } }),
  entity('Resource', 'queue'),
  entity('Incident', 'inc-7'),
]
const row = (kind: 'Resource' | 'Incident', id: string, title = id) => ({
  title,
  select: { title: `Show ${id}`, intent: { command: 'catalog.show', args: { entity: { kind, id } } } },
})
const list = (sentence: string): Reply => ({
  text: 'What there is.',
  card: {
    ...{ state: 'good', topic: 'Things', title: 'Things', sentence },
    sections: [
      { kind: 'rows', total: 3, rows: ['vault-of-cards', 'ledger-db', 'queue'].map((id) => row('Resource', id)) },
      { kind: 'rows', title: 'Broken', rows: [row('Incident', 'inc-7')] },
    ],
  },
  buttons: [
    { title: 'Show it', intent: { command: 'catalog.show', args: { entity: { kind: 'Resource', id: 'ledger-db' } } } },
  ],
})
const show = (summary: string, sentence: string, role: 'developer' | 'platform-engineer' = 'developer') => ({
  ...{ summary, says: ten(summary), args: {}, effect: 'read' as const, role },
  run: async () => list(sentence),
})
const skills = [
  defineSkill({
    ...{ name: 'catalog', summary: 'Things.', area: 'catalog', uses: [] },
    commands: {
      list: show('list things', 'Four of them.'),
      name: show('name things', 'The dearest is ledger-db.'),
      operate: show('operate things', 'Four of them.', 'platform-engineer'),
      show: {
        ...{ summary: 'Show', says: ten('show {entity}'), effect: 'read', role: 'developer' },
        args: { entity: entityArg(['Service', 'Resource'], 'what') },
        run: async ({ entity: found }) => ({ text: `${found.name} is well.` }),
      },
    },
    views: { Queue: async () => list('Four of them.') },
  }),
  defineSkill({
    ...{ name: 'cost', summary: 'Costs.', area: 'cost', uses: [] },
    commands: { show: { ...show('what does it cost', 'Much.'), run: async () => ({ text: 'It costs 3 €.' }) } },
  }),
]

/** A hub in whose every channel sits an audience. */
function hub(audience: DeclaredAudience = undeclaredAudience, policy: AccessPolicy = openPolicy) {
  const small = smallHub({
    ...{ skills, records, policy },
    audience: (access) => createAudienceCut({ access, audienceOf: async () => ({ ...audience, name: '#releases' }) }),
  })
  const say = async (
    words: string,
    where: 'channel' | 'group' | 'personal' = 'channel',
    role: 'developer' | 'admin' = 'admin',
  ) => {
    const { reply } = await small.ask(words, small.caller(role, where))
    const plain = async (one: Reply | undefined) => one && (await small.read(one)).replace(/\s+/g, ' ')
    return {
      shown: await plain({ ...reply, private: undefined } as unknown as Reply),
      rest: await plain(reply.private),
    }
  }
  return { small, say }
}

test('what not everyone may see is left out, counted, and goes to the asker alone', async () => {
  const { shown, rest } = await hub().say('list things')
  expect(shown).toMatch(
    /queue.*inc-7.*2 more are not shown here: #releases is not cleared for \w+ data\. #releases is not cleared for \w+ data\./,
  )
  expect(shown).not.toMatch(/vault|ledger/)
  expect(rest).toMatch(/vault-of-cards.*ledger-db.*queue.*inc-7/)
})

test('a card in whose words something hidden is named is kept back whole', async () => {
  const { shown, rest } = await hub().say('name things')
  expect(shown).toMatch(/Not for everyone here.*#releases is not cleared for finance data/)
  expect(shown).not.toMatch(/ledger|queue/)
  expect(rest).toMatch(/The dearest is ledger-db/)
})

test('a declaration opens what it names', async () => {
  const { shown, rest } = await hub({ ...undeclaredAudience, data: ['cardholder', 'finance'] }).say('name things')
  expect([shown, rest]).toEqual([expect.stringContaining('ledger-db'), undefined])
  const without = await hub({ ...undeclaredAudience, see: ['catalog'], data: ['cardholder', 'finance'] }).say(
    'list things',
  )
  expect(without.shown).toMatch(/1 more is not shown here: #releases is not for incidents/)
  expect(without.shown).not.toContain('inc-7')
})

test.each<[words: string, audience: DeclaredAudience, said: RegExp]>([
  ['what does it cost', undeclaredAudience, /#releases is not for costs/],
  ['list things', { ...undeclaredAudience, see: [] }, /#releases is not for the catalog/],
  ['operate things', undeclaredAudience, /It is for Platform Engineers, and others are in #releases too/],
  ['show cards', undeclaredAudience, /#releases is not cleared for cardholder data/],
  ['show vault-of-cards', undeclaredAudience, /#releases is not cleared for cardholder data/],
  ['show shop', { ...undeclaredAudience, role: 'guest' }, /It is for Developers, and others are/],
])('the whole answer is for the asker: %s', async (words, audience, said) => {
  const { shown, rest } = await hub(audience).say(words)
  expect(shown).toMatch(said)
  expect(rest).toBeDefined()
})

test('a developer and an admin get the same in a channel; alone, each gets all of it', async () => {
  const { say } = hub()
  const [one, other] = [await say('list things', 'channel', 'developer'), await say('list things', 'channel', 'admin')]
  expect(one.shown).toBe(other.shown)
  expect((await say('list things', 'group')).shown).toBe(one.shown)
  const alone = await say('list things', 'personal', 'developer')
  expect([alone.rest, alone.shown]).toEqual([undefined, expect.stringContaining('ledger-db')])
})

test('what a press brings is seen by whoever pressed, and cut for nobody', async () => {
  const { small } = hub()
  const button = { title: 'List', intent: { command: 'catalog.list', args: {} } }
  const { reply } = await small.hub.press(button, {}, small.caller('developer', 'channel'))
  expect(await small.read(reply)).toContain('ledger-db')
})

test('what is posted unasked is cut too, a record’s card and words alike', async () => {
  const { small } = hub()
  const channel = { kind: 'channel', id: 'releases' } as const
  const drawn = await small.read(await small.hub.drawIn({ kind: 'Queue', id: 'q' }, channel))
  expect(drawn).toContain('2 more are not shown here')
  expect(drawn).not.toContain('vault')
  expect(await small.read(await small.hub.drawIn(list('Of ledger-db.'), channel))).not.toContain('ledger')
  expect(await small.read(await small.hub.drawIn(list('Of ledger-db.'), { kind: 'personal', id: 'dana' }))).toContain(
    'ledger',
  )
})

test('the decisions have their reasons', () => {
  const audience = { ...undeclaredAudience, name: '#releases' }
  expect(mayHear(audience, { area: 'catalog', role: 'developer' })).toEqual({
    allowed: true,
    reason: 'Everyone in #releases may see it.',
  })
  expect(mayHear(audience, { area: 'audit', role: 'developer' }).reason).toBe('#releases is not for the audit log.')
})

const contoso = [
  { id: 'g', team: 'Contoso', name: 'General' },
  { id: 'r', team: 'Contoso', name: 'Releases' },
  { id: 'p', team: 'Payments', name: 'General' },
  { id: 'pa', team: 'Payments', name: 'Audit' },
  { id: 'ia', team: 'Identity', name: 'Alerts' },
  { id: 'sa', team: 'Storefront', name: 'Alerts' },
]
const declared = `channels:
  contoso: { see: [catalog] }
  Releases: { see: [deployments] }
  payments: { see: all, data: [Cardholder] }
  Payments / Audit: { see: [audit], guests: true }
  alerts: { see: all, role: admin }
default: { see: [on-call] }
`

test.each([
  ['g', { see: ['catalog'], name: '#Contoso / General', role: 'developer' }],
  ['r', { see: ['deployments'], name: '#Releases' }],
  ['p', { data: ['cardholder'] }],
  ['pa', { see: ['audit'], role: 'guest' }],
  // Two channels are called Alerts, so the entry names neither.
  ['ia', { see: ['on-call'] }],
  ['elsewhere', { see: ['on-call'], name: 'this place' }],
])('the audience of %s', (id, audience) => {
  expect(audienceIn({ kind: 'channel', id }, readAudiences(declared).audiences, contoso)).toMatchObject(audience)
})

test('without a file every channel has the audience that any employee may be in', () => {
  expect(audienceIn({ kind: 'channel', id: 'r' }, undeclared, contoso)).toEqual({
    ...undeclaredAudience,
    name: '#Releases',
  })
})

test.each([
  ['channels:\n  a: { see: [catalogue] }\n', 'audiences.yaml, line 2: channels.a.see'],
  ['channels:\n  a: { see: all, role: boss }\n', 'audiences.yaml, line 2: channels.a.role'],
  ['channels:\n  a:\n    see: all\n    dta: [x]\n', 'audiences.yaml, line 4: channels.a: Unrecognized key'],
  ['channels:\n  a: everything\n', 'audiences.yaml, line 2: channels.a'],
  ['default: { see: [all] }\n', 'audiences.yaml, line 1: default.see'],
  ['channel: {}\n', 'audiences.yaml, line 1: Unrecognized key'],
  ['channels: [\n', 'audiences.yaml, line '],
])('a mistake is named with its line, and nobody hears more for it: %j', (text, mistake) => {
  const { audiences, mistakes } = readAudiences(text)
  expect(mistakes.join('\n')).toContain(mistake)
  const [only] = audiences.channels.values()
  expect(only ?? audiences.default).toEqual({ see: [], data: [], role: 'guest' })
})
