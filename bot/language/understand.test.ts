import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { choice, entity, optional, number, type Args } from '../../skills/kit/arguments.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import { editDistance } from '../../skills/kit/edit-distance.js'
import { createNameIndex } from './name-index.js'
import { hearing } from './testing/hearing.js'
import { createUnderstand } from './understand.js'
import type { NamedEntity } from './understanding.js'

const command = (id: string, says: string[], args: Args): CommandInfo => ({
  id,
  skill: id.split('.')[0]!,
  skillSummary: '',
  summary: id,
  example: says[0]!,
  says,
  slash: `/${id.replace('.show', '').replace('.', ' ')}`,
  args,
  effect: 'read',
  role: 'developer',
  featured: false,
})
const commands = [
  command('on-call.show', ["who's on call for {target}", 'on call {target}', 'who has the pager for {target}'], {
    target: entity(['Service', 'Team'], 'whose pager'),
  }),
  command('catalog.show', ['show {entity}', 'what is {entity}'], {
    entity: entity(['Service', 'Repository', 'Person', 'Resource'], 'what'),
  }),
  command('catalog.depends', ['what depends on {entity}', '{entity} dependents {depth} deep', '{way} of {entity}'], {
    entity: entity(['Service'], 'what'),
    way: optional(choice('which way', ['up', 'down'], { dependencies: 'down' })),
    depth: optional(number('how deep', { min: 1, max: 9 })),
  }),
  command('help.show', ['help', 'what can you do'], {}),
]
const names: NamedEntity[] = [
  { kind: 'Service', id: 'auth-api', name: 'auth-api', aliases: ['auth', 'sign-in'] },
  { kind: 'Service', id: 'payments-api', name: 'payments-api', aliases: [] },
  { kind: 'Service', id: 'payments-db', name: 'payments-db', aliases: [] },
  { kind: 'Service', id: 'orders-api', name: 'orders-api', aliases: ['fulfilment'] },
  { kind: 'Service', id: 'returns-api', name: 'returns-api', aliases: ['fulfilment'] },
  { kind: 'Repository', id: 'checkout', name: 'checkout', aliases: [] },
  { kind: 'Service', id: 'checkout-web', name: 'checkout-web', aliases: ['checkout'] },
  { kind: 'Team', id: 'identity', name: 'Identity', aliases: [] },
  { kind: 'Team', id: 'data', name: 'Data', aliases: [] },
  { kind: 'Person', id: 'dana@contoso.example', name: 'Dana Ortiz', aliases: [] },
]
const understand = createUnderstand(commands)
const index = createNameIndex(names)
const hear = (text: string) => understand(hearing(text, { now: '2026-11-21T02:14:00.000Z' }), index)

test.each([
  ["who's on call for auth", 'on-call.show', { target: 'auth-api' }],
  ['Hey, can you tell me who is on call for the auth team please?', 'on-call.show', { target: 'auth-api' }],
  ['whos oncall for auht-api??', 'on-call.show', { target: 'auth-api' }],
  ['WHO’S ON CALL FOR PAYMENTS', 'on-call.show', { target: 'payments-api' }],
  ['on cal payments db', 'on-call.show', { target: 'payments-db' }],
  ['who has the pager for identity team', 'on-call.show', { target: 'identity' }],
  ['show checkout', 'catalog.show', { entity: 'checkout' }],
  ['show me', 'catalog.show', { entity: 'dana@contoso.example' }],
  ['what depends on payments-db?', 'catalog.depends', { entity: 'payments-db' }],
  ['payments-db dependents 3 deep', 'catalog.depends', { entity: 'payments-db', depth: 3 }],
  ['/on-call auth', 'on-call.show', { target: 'auth-api' }],
  ['/catalog depends payments db depth=2', 'catalog.depends', { entity: 'payments-db', depth: 2 }],
  ['/catalog.depends payments-db', 'catalog.depends', { entity: 'payments-db' }],
  ['what can you do', 'help.show', {}],
  ["who's on call for auht", 'on-call.show', { target: 'auth-api' }],
  ["hey Nexus, could you tell me who's on call for auth right now", 'on-call.show', { target: 'auth-api' }],
  ['dependencies of checkout', 'catalog.depends', { entity: 'checkout-web', way: 'down' }],
])('%s → %s', (text, id, args) => {
  const got = hear(text)
  expect(got).toMatchObject({ outcome: 'intent', intent: { command: id } })
  const given = (got as Extract<typeof got, { outcome: 'intent' }>).intent.args
  expect(
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, (value as { id?: string }).id ?? value])),
  ).toEqual(args)
})

test('a name two services answer to is asked about, an unknown one is said with what is near', () => {
  expect(hear('on call fulfilment')).toMatchObject({
    outcome: 'choose',
    argument: 'target',
    options: [{ ref: { id: 'orders-api' } }, { ref: { id: 'returns-api' } }],
  })
  expect(hear("who's on call for zebra")).toMatchObject({ outcome: 'unknown-name', name: 'zebra', near: [] })
  expect(hear('/on-call')).toMatchObject({ outcome: 'incomplete', missing: ['target'] })
})

test('what names something of another kind is no typo', () => {
  expect(hear('on call daat')).toMatchObject({ outcome: 'intent', intent: { args: { target: { id: 'data' } } } })
  expect(hear('on call dana')).toMatchObject({ outcome: 'unknown-name', name: 'dana', near: [] })
})

test('a place for a few words is not filled with others', () => {
  expect(hear('price of checkout').outcome).toBe('suggest')
  expect(hear('constructor of checkout').outcome).toBe('suggest')
})

test('what no phrase fits is suggested, never run', () => {
  const got = hear('I wonder about the pager of auth, somebody should look who carries it')
  expect(got.outcome).toBe('suggest')
  expect((got as Extract<typeof got, { outcome: 'suggest' }>).suggestions[0]).toMatchObject({
    title: "Who's on call for auth-api",
    intent: { command: 'on-call.show' },
  })
  expect(hear('/etc/hosts is a path').outcome).not.toBe('intent')
})

test.each([
  ['', 'That was empty.'],
  ['   ', 'That was empty.'],
  ['🎉🎉', 'There are no words in that.'],
  ['x'.repeat(100_000), 'That has 100,000 characters; I read questions up to 1,000.'],
])('nothing to understand: %#', (text, reason) => expect(hear(text)).toEqual({ outcome: 'none', reason }))

test('any text gets an answer without a throw, and spans lie within it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc
          .array(
            fc.constantFrom(
              'who',
              'is',
              'on',
              'call',
              'for',
              'auth',
              '/',
              'show',
              'Dana',
              '\u200b',
              'é',
              'constructor',
              '__proto__',
            ),
            {
              maxLength: 9,
            },
          )
          .map((words) => words.join(' ')),
      ),
      (text) => {
        const got = hear(text)
        if (got.outcome === 'intent')
          for (const { span } of got.recognised) expect(span.end <= text.length && span.start < span.end).toBe(true)
      },
    ),
  )
})

test('the edit distance is a distance, and knows swaps', () => {
  expect([
    editDistance('auth', 'auht', 2),
    editDistance('auth', 'auth', 2),
    editDistance('', 'ab', 2),
    editDistance('abc', 'xyz', 2),
  ]).toEqual([1, 0, 2, 3])
  fc.assert(
    fc.property(
      fc.string({ maxLength: 8 }),
      fc.string({ maxLength: 8 }),
      (a, b) => editDistance(a, b, 9) === editDistance(b, a, 9),
    ),
  )
})

test('a typo never changes figures: another number is another name', () => {
  const index = createNameIndex([
    { kind: 'Incident', id: 'inc-99', name: 'INC-99', aliases: [] },
    { kind: 'Proposal', id: 'PR-7', name: 'PR-7', aliases: [] },
    { kind: 'Resource', id: 'st123', name: 'st123', aliases: [] },
    { kind: 'Resource', id: 'checkout-web-2', name: 'checkout-web-2', aliases: [] },
  ])
  const kinds = ['Incident', 'Proposal', 'Resource'] as const
  for (const other of ['INC-9999', 'INC-98', 'INC 9 9', 'PR-77', 'st124', 'chekout-web-3'])
    expect({ other, found: index.find(other, kinds) }).toEqual({ other, found: [] })
  expect(index.find('icn-99', kinds).map(({ name }) => name)).toEqual(['INC-99'])
  expect(index.find('chekout web 2', kinds).map(({ name }) => name)).toEqual(['checkout-web-2'])
})
