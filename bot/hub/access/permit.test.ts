import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { Filter } from '../../../skills/kit/catalog/filter.js'
import { meetsFilter } from '../../../skills/kit/catalog/meets-filter.js'
import type { CustomRole } from '../../../skills/kit/custom-role.js'
import { roles, type Entity, type Role } from '../../../skills/kit/model.js'
import { readAccessPolicy } from '../../settings/read-access-policy.js'
import { CatalogIndex } from '../../store/read-model/catalog-index.js'
import { filterWorld } from '../../store/read-model/filter-world.js'
import { entity, smallNow, to } from '../testing/small-hub.js'
import {
  closedRule,
  openPolicy,
  unreadPolicy,
  type AccessPolicy,
  type HidingRule,
  type Subject,
} from './access-policy.js'
import { permit, type Use } from './permit.js'
import { sightOf, visibleTo, type Standing } from './sight.js'

const supports: CustomRole = {
  ...{ name: 'payments-support', title: 'Payments Support', owners: [] },
  commands: ['on-call.*', 'run.cancel'],
  areas: ['cost'],
}
const use = (command: string, role: Role, more: Partial<Use> = {}): Use => ({
  ...{ title: `/${command}`, command, role, effect: 'read' },
  ...more,
})

test.each<[who: Role[], custom: CustomRole[], use: Use, allowed: boolean]>([
  [['developer'], [], use('catalog.show', 'developer'), true],
  [['admin'], [], use('catalog.show', 'developer'), true],
  [['guest'], [], use('catalog.show', 'developer'), false],
  [[], [], use('help.show', 'guest'), false],
  [['guest'], [supports], use('on-call.show', 'developer'), true],
  [['guest'], [supports], use('on-call.swap', 'developer', { effect: 'change' }), false],
  [['guest'], [supports], use('run.cancel', 'developer', { effect: 'change' }), true],
  [['guest'], [supports], use('run.undo', 'developer'), false],
  [['guest'], [supports], use('bill.show', 'team-lead', { area: 'cost' }), true],
  [['guest'], [supports], use('bill.split', 'team-lead', { area: 'cost', effect: 'note' }), false],
  [['developer'], [supports], { title: 'the outbox', role: 'platform-engineer' }, false],
])('%j with %j and %j: %j', (own, customRoles, what, allowed) =>
  expect(permit({ person: { roles: own, customRoles }, use: what }).allowed).toBe(allowed),
)

test('a refusal names the role that is missing, the one that is there, and who can grant it', () =>
  expect(permit({ person: { roles: ['developer'] }, use: use('run.undo', 'team-lead') })).toEqual({
    allowed: false,
    reason: 'Only Team Leads may use /run.undo. You have the role Developer; the role Team Lead is missing.',
    wayOn: 'An Admin of Nexus can add you to the group that has this role.',
  }))

const index = new CatalogIndex('contoso')
const inProduction = { environment: 'production', tags: { team: 'payments' } }
;[
  entity('Team', 'payments'),
  entity('Team', 'web'),
  entity('Service', 'pay', {}, [to('ownedBy', 'Team', 'payments')]),
  entity('Service', 'shop', { lifecycle: 'public' }, [to('ownedBy', 'Team', 'web')]),
  entity('Resource', 'pay-db', inProduction, [to('partOf', 'Service', 'pay')]),
  entity('Resource', 'pay-dev', { environment: 'dev', tags: { team: 'payments' } }),
  entity('Resource', 'pay-vault', { ...inProduction, tags: { team: 'payments', data: 'restricted' } }, [
    to('partOf', 'Service', 'pay'),
  ]),
  entity('Resource', 'web-vault', { tags: { data: 'restricted' } }, [to('ownedBy', 'Team', 'web')]),
  entity('Person', 'dana@contoso.example'),
  // What tells of a thing is hidden with it.
  entity('Incident', 'inc-9', {}, [to('affects', 'Service', 'pay')]),
  entity('Runbook', 'vaults', {}, [to('documents', 'Resource', 'web-vault')]),
].forEach((record) => index.put(record))
const world = filterWorld(index, smallNow)
const everyThing = [...index.everything()]

const written = readAccessPolicy(
  `roles:
  payments-support:
    groups: [Payments Support]
    sees: Resource where environment = production and tags.team = payments
rules:
  - { name: restricted data, hides: Resource where tags.data = restricted, from: developer, unless: owning-team }
  - { name: storefront, shows: Service where lifecycle = public, to: guest }
entities:
  - { entity: Service/pay, hides: true, from: lee@contoso.example, secret: true }
  - { entity: Resource/pay-dev, shows: true, to: team:partners }
`,
  builtInKinds,
)

const standing = (role: Role, more: Partial<Standing> = {}): Standing => ({
  ...{ id: 'dana@contoso.example', roles: [role], customRoles: [], teams: [] },
  ...more,
})
const sees = (who: Standing, policy: AccessPolicy = written.policy): string[] =>
  everyThing.filter((see) => permit({ sight: sightOf(who, policy), see, world }).allowed).map(({ id }) => id)
const support = written.policy.roles.map(({ role }) => role)

test('the policy is read without a mistake', () => expect(written.mistakes).toEqual([]))

test.each<[who: string, standing: Standing, hidden: string[]]>([
  ['a developer', standing('developer'), ['pay-vault', 'web-vault', 'vaults']],
  ['a developer of the owning team', standing('developer', { teams: ['payments'] }), ['web-vault', 'vaults']],
  ['a developer of the team that owns it itself', standing('developer', { teams: ['web'] }), ['pay-vault']],
  ['a Team Lead', standing('team-lead'), []],
  ['one who was named', standing('admin', { id: 'lee@contoso.example' }), ['pay', 'inc-9']],
])('what is hidden from %s', (_who, who, hidden) => {
  const seen = sees(who)
  expect(everyThing.map(({ id }) => id).filter((id) => !seen.includes(id))).toEqual(hidden)
})

test.each<[who: string, standing: Standing, seen: string[]]>([
  ['a guest', standing('guest'), ['shop', 'dana@contoso.example']],
  ['nobody known', standing('guest', { id: 'oid', roles: [] }), ['shop']],
  ['a guest with a role', standing('guest', { customRoles: support }), ['shop', 'pay-db', 'dana@contoso.example']],
  ['a guest of a team', standing('guest', { teams: ['partners'] }), ['shop', 'pay-dev', 'dana@contoso.example']],
  // What hides beats what shows, and membership is what the rule asks for.
  [
    'a guest with a role and in the team',
    standing('guest', { customRoles: support, teams: ['payments'] }),
    ['shop', 'pay-db', 'pay-vault', 'dana@contoso.example'],
  ],
])('what %s sees', (_who, who, seen) => expect(sees(who).sort()).toEqual(seen.sort()))

test('what is hidden has its reason and its way on; whether its name may be told is the rule’s', () => {
  const decide = (who: Standing, id: string) =>
    permit({ sight: sightOf(who, written.policy), see: everyThing.find((one) => one.id === id)!, world })
  expect(decide(standing('developer'), 'web-vault')).toEqual({
    allowed: false,
    reason: 'The rule “restricted data” hides it from Developers and those below, except the team that owns it.',
    wayOn: 'What is missing is a place in the team that owns it; whoever leads that team can give it.',
    owningTeam: true,
  })
  expect(decide(standing('admin', { id: 'lee@contoso.example' }), 'pay')).toMatchObject({
    allowed: false,
    secret: true,
  })
  expect(decide(standing('guest'), 'web')).toMatchObject({ allowed: false, secret: true })
})

test('until the policy was read, and where it cannot be, Admins see and nobody else does', () => {
  expect(sees(standing('platform-engineer'), unreadPolicy)).toEqual([])
  expect(sees(standing('admin'), unreadPolicy)).toHaveLength(everyThing.length)
})

// What follows holds for any policy.
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.constantFrom<Filter[]>(
    { kinds: ['Resource'] },
    { kinds: ['Service', 'Team'] },
    { property: 'environment', is: '=', value: 'production' },
    { property: 'tags.data', missing: true },
    { not: { property: 'tags.team', is: '=', value: 'payments' } },
    { step: { type: 'partOf', direction: 'out' }, of: { property: 'id', is: '=', value: 'pay' } },
    { all: [] },
    { any: [] },
  ),
  fc
    .constantFrom(...everyThing)
    .map(({ kind, id }): Filter => ({ all: [{ kinds: [kind] }, { property: 'id', is: '=', value: id }] })),
)
const subject: fc.Arbitrary<Subject> = fc.oneof(
  fc.constantFrom<Subject[]>('everyone', { custom: 'payments-support' }, { team: 'payments' }, { team: 'web' }),
  fc.constantFrom(...roles).map((role) => ({ role })),
  fc.constantFrom('dana@contoso.example', 'lee@contoso.example').map((person) => ({ person })),
)
const subjects = fc.array(subject, { minLength: 1, maxLength: 2 })
const hiding: fc.Arbitrary<HidingRule> = fc.record({
  name: fc.constant('a rule'),
  hides: filter,
  from: subjects,
  unless: fc.array(fc.oneof(subject, fc.constant<Subject>('owning-team')), { maxLength: 2 }),
  secret: fc.boolean(),
})
const showing = fc.record({ name: fc.constant('a rule'), shows: filter, to: subjects })
const supporting = { role: supports, base: 'guest' as const, groups: [], includes: [] }
const policies: fc.Arbitrary<AccessPolicy> = fc.record({
  groups: fc.constant({}),
  roles: fc.array(filter, { maxLength: 2 }).map((shown) => [{ ...supporting, sees: shown }]),
  hiding: fc.array(hiding, { maxLength: 3 }),
  showing: fc.array(showing, { maxLength: 3 }),
})
const standings: fc.Arbitrary<Standing> = fc.record({
  id: fc.constantFrom('dana@contoso.example', 'lee@contoso.example', 'oid'),
  roles: fc.subarray([...roles]),
  customRoles: fc.subarray([supports]),
  teams: fc.subarray(['payments', 'web']),
})

/** Whether somebody may see a thing, said as plainly as it can be. */
function naively(who: Standing, policy: AccessPolicy, see: Entity): boolean {
  const rank = Math.max(0, ...who.roles.map((role) => roles.indexOf(role)))
  const named = (one: Subject): boolean =>
    one === 'everyone' ||
    (one !== 'owning-team' &&
      (('custom' in one && who.customRoles.some(({ name }) => name === one.custom)) ||
        ('person' in one && one.person === who.id) ||
        ('team' in one && who.teams.includes(one.team))))
  const isRole = (one: Subject): one is { role: Role } => typeof one === 'object' && 'role' in one
  const owners = (thing: Entity): string[] => {
    const wholes = index.related(thing, { type: 'partOf', direction: 'out' }).map((one) => one.entity)
    const own = index.related(thing, { type: 'ownedBy', direction: 'out' }).map((one) => one.entity.id)
    return [...own, ...wholes.flatMap(owners)]
  }
  const isOwn = (thing: Entity, unless: readonly Subject[]): boolean =>
    unless.includes('owning-team') && owners(thing).some((team) => who.teams.includes(team))
  const tells = ['affects', 'documents'] as const
  for (const { hides, from, unless } of policy.hiding) {
    const told = tells.flatMap((type) => index.related(see, { type, direction: 'out' }).map(({ entity: of }) => of))
    const fits = (one: Entity): boolean => meetsFilter(one, hides, world) && !isOwn(one, unless)
    if (!fits(see) && !(['Incident', 'Runbook'].includes(see.kind) && told.some(fits))) continue
    if (!from.some((one) => (isRole(one) ? rank <= roles.indexOf(one.role) : named(one)))) continue
    if (unless.some((one) => (isRole(one) ? rank >= roles.indexOf(one.role) : named(one)))) continue
    return false
  }
  if (rank > 0 || (see.kind === 'Person' && see.id === who.id)) return true
  const given = policy.roles.filter(({ role }) => who.customRoles.some(({ name }) => name === role.name))
  if (given.some((own) => own.sees.some((shows) => meetsFilter(see, shows, world)))) return true
  return policy.showing.some(
    ({ shows, to: whom }) =>
      meetsFilter(see, shows, world) &&
      whom.some((one) => (isRole(one) ? rank >= roles.indexOf(one.role) : named(one))),
  )
}

test('the decision, the one filter and the plain reading agree, whatever the policy', () => {
  fc.assert(
    fc.property(standings, policies, (who, policy) => {
      const visible = visibleTo(sightOf(who, policy))
      for (const see of everyThing) {
        const expected = naively(who, policy, see)
        expect(permit({ sight: sightOf(who, policy), see, world }).allowed).toBe(expected)
        expect(visible === undefined || meetsFilter(see, visible, world)).toBe(expected)
      }
    }),
    { numRuns: 300 },
  )
})

test('nobody gains by a rule that hides, nobody loses by one that shows, and a broken rule never shows more than a good one', () => {
  fc.assert(
    fc.property(standings, policies, hiding, showing, (who, policy, more, open) => {
      const now = sees(who, policy)
      const hidden = sees(who, { ...policy, hiding: [...policy.hiding, more] })
      expect(now).toEqual(expect.arrayContaining(hidden))
      expect(sees(who, { ...policy, showing: [...policy.showing, open] })).toEqual(expect.arrayContaining(now))
      if (who.roles.includes('admin')) return
      const closed = sees(who, { ...policy, hiding: [...policy.hiding, closedRule('it is broken', more.from)] })
      expect(hidden).toEqual(expect.arrayContaining(closed))
    }),
    { numRuns: 200 },
  )
})

test('guests see a part of what employees see who are the same but for their role', () => {
  fc.assert(
    fc.property(standings, fc.array(showing, { maxLength: 3 }), (who, shown) => {
      const policy = { ...openPolicy, showing: shown }
      const [guest, employee] = [
        sees({ ...who, roles: ['guest'] }, policy),
        sees({ ...who, roles: ['developer'] }, policy),
      ]
      expect(employee).toEqual(expect.arrayContaining(guest))
    }),
    { numRuns: 100 },
  )
})
