import { expect, test } from '@jest/globals'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { everything } from '../../skills/kit/catalog/filter.js'
import { openPolicy, unreadPolicy } from '../hub/access/access-policy.js'
import { personOf } from '../store/read-model/person-of.js'
import { accessPolicyOf, readAccessPolicy, sayUnknownGroups } from './read-access-policy.js'

const read = (text: string) => readAccessPolicy(text, builtInKinds)

test('what groups give: roles of Nexus, and those of the organisation with what they are built on', () => {
  const { policy, mistakes } = read(`groups: { Platform Crew: platform-engineer }
roles:
  payments-support: { title: Payments Support, groups: [Helpers], base: team-lead, commands: [run.cancel, ask], areas: [cost] }
`)
  expect(mistakes).toEqual([])
  const someone = (...groups: string[]) => {
    const known = {
      kind: 'Person',
      id: 'a@b.c',
      tenant: 't',
      name: 'A',
      aliases: [],
      props: { groups },
      sources: [],
      from: '',
    }
    return personOf('t', { objectId: 'o', name: 'A' }, known, policy)
  }
  expect(someone('Platform Crew').roles).toEqual(['platform-engineer'])
  expect(someone('Helpers')).toMatchObject({
    roles: ['team-lead', 'developer'],
    customRoles: [
      { name: 'payments-support', title: 'Payments Support', commands: ['run.cancel', 'ask'], areas: ['cost'] },
    ],
  })
  expect(someone('Chess')).toMatchObject({ roles: ['developer'] })
  expect(personOf('t', { objectId: 'o', name: 'A' }, undefined, policy).roles).toEqual(['guest'])
})

test.each<[text: string, mistake: RegExp, from: unknown]>([
  // The filter points at the word, and the rule hides everything from those it names.
  [
    'rules:\n  - { name: r, hides: Resource where, from: developer }\n',
    /policies\/roles.yaml, line 2: rules.0.hides: /,
    [{ role: 'developer' }],
  ],
  ['rules:\n  - { name: r, hides: Resource where tagz.data = x }\n', /line 2: rules.0.hides: At “tagz/, ['everyone']],
  [
    'rules:\n  - { name: r, hides: Resource, from: developers }\n',
    /line 2: rules.0.from: “developers” is nobody/,
    ['everyone'],
  ],
  ['rules:\n  - { name: r, hides: Resource, form: developer }\n', /line 2: rules.0: Unrecognized key/, ['everyone']],
  ['rules:\n  - hides: Resource\n', /line 2: rules.0.name/, ['everyone']],
  ['rules:\n  - 7\n', /line 2: rules.0/, ['everyone']],
  ['entities:\n  - { entity: Servise/vault, hides: true }\n', /line 2: entities.0.entity: At “Servise/, ['everyone']],
  ['entities:\n  - { entity: vault, hides: true, from: a@b.c }\n', /line 2: entities.0.entity/, [{ person: 'a@b.c' }]],
  // Of a role that cannot be read nobody knows who has it.
  [
    'roles:\n  own: { groups: [] }\nrules:\n  - { name: r, hides: Resource, from: own }\n',
    /line 2: roles.own.groups/,
    ['everyone'],
  ],
])('a hiding rule that cannot be read closes: %j', (text, mistake, from) => {
  const { policy, mistakes } = read(text)
  expect(mistakes.join('\n')).toMatch(mistake)
  expect(policy.hiding).toEqual([expect.objectContaining({ from, broken: true, unless: [{ role: 'admin' }] })])
})

test('of a rule whose people cannot be read, what it hides is hidden from everyone', () => {
  const [rule] = read('rules:\n  - { name: r, hides: Resource, from: nobody }\n').policy.hiding
  expect(rule?.hides).toEqual({ kinds: ['Resource'] })
  const [other] = read('rules:\n  - { name: r, hides: Resource where, from: admin }\n').policy.hiding
  expect(other?.hides).toBe(everything)
})

test.each([
  'rules:\n  - { name: r, shows: Resource where, to: guest }\n',
  'rules:\n  - { name: r, shows: Resource }\n',
  'entities:\n  - { entity: Service/x, shows: false, to: guest }\n',
  'roles:\n  own: { groups: [G], sees: Resource where }\n',
  'roles:\n  own: { groups: [G], commands: [everything] }\n',
  'roles:\n  admin: { groups: [G] }\n',
  'groups: { G: boss }\n',
])('what gives, and cannot be read, gives nothing: %j', (text) => {
  const { policy, mistakes } = read(text)
  expect(mistakes).toHaveLength(1)
  expect(policy.showing).toEqual([])
  expect(policy.groups).toEqual({})
  expect(policy.roles.flatMap(({ role, sees }) => [...sees, ...role.commands])).toEqual([])
})

test('a role has what it includes; one that includes itself, or a role that is none, is told of and gives only its own', () => {
  const roles = (lines: string) => `roles:\n${lines}`
  const included = (text: string) => {
    const { policy, mistakes } = read(text)
    return { mistakes, of: Object.fromEntries(policy.roles.map(({ role, includes }) => [role.name, includes])) }
  }
  const chain = '  a: { groups: [A], includes: [b] }\n  b: { groups: [B], includes: [c] }\n  c: { groups: [C] }\n'
  expect(included(roles(chain))).toEqual({ mistakes: [], of: { a: ['b', 'c'], b: ['c'], c: [] } })
  const round = '  a: { groups: [A], includes: [b] }\n  b: { groups: [B], includes: [b, c] }\n  c: { groups: [C] }\n'
  expect(included(roles(round))).toEqual({
    mistakes: [expect.stringMatching(/line 3: roles.b.includes: b includes itself, so it includes nothing/)],
    of: { a: ['b'], b: [], c: [] },
  })
  expect(included(roles('  a: { groups: [A], includes: [b, admin] }\n')).mistakes).toEqual([
    expect.stringMatching(/line 2: roles.a.includes: “b” is no role of this file/),
    expect.stringMatching(/“admin” is no role of this file/),
  ])
  const someone = { kind: 'Person', id: 'a@b.c', tenant: 't', name: 'A', aliases: [], sources: [], from: '' }
  const given = (groups: string[]) =>
    personOf(
      't',
      { objectId: 'o', name: 'A' },
      { ...someone, props: { guest: true, groups } },
      read(roles(chain)).policy,
    )
  expect(given(['B']).customRoles?.map(({ name }) => name)).toEqual(['b', 'c'])
  expect(given(['D']).customRoles).toBeUndefined()
})

test('groups that nobody is in are told with their lines, by name or id and without case', () => {
  const { groups, mistakes } = read(
    'groups: { Crew: admin, Ghosts: developer }\nroles:\n  a: { groups: [CREW, 7f-id, Gohsts] }\n',
  )
  expect(mistakes).toEqual([])
  expect(sayUnknownGroups(groups, new Set(['crew', '7f-id']))).toEqual([
    'policies/roles.yaml, line 1: nobody is in a group “Ghosts” of Entra ID, so it gives nobody anything',
    'policies/roles.yaml, line 3: nobody is in a group “Gohsts” of Entra ID, so it gives nobody anything',
  ])
})

test('who an exception is for is left out where nobody is called so', () => {
  const { policy, mistakes } = read('rules:\n  - { name: r, hides: Resource, unless: [lead, team:web] }\n')
  expect(mistakes).toEqual([expect.stringContaining('“lead” is nobody')])
  expect(policy.hiding[0]?.unless).toEqual([{ team: 'web' }])
})

test.each(['rules: 3\n', 'rule: []\n', 'roles: [\n', 'x'.repeat(60_000)])(
  'a file that cannot be read closes the catalog: %#',
  (text) => {
    const { policy, mistakes } = read(text)
    expect(mistakes).not.toEqual([])
    expect(policy).toBe(unreadPolicy)
  },
)

test('settings that do not answer leave the last policy in force, and before the first all closed', async () => {
  let text: string | undefined | Error = new Error('down')
  const settings = { read: async () => (text instanceof Error ? Promise.reject(text) : text) }
  const policy = accessPolicyOf(
    settings,
    () => builtInKinds,
    () => {},
  )
  expect(await policy()).toBe(unreadPolicy)
  text = undefined
  expect(await policy()).toBe(openPolicy)
  text = 'rules:\n  - { name: r, hides: Resource }\n'
  const read = await policy()
  text = new Error('down')
  expect(await policy()).toBe(read)
})
