import { expect, test } from '@jest/globals'
import type { Entity, Json, Role } from '../../../skills/kit/model.js'
import { personOf } from './person-of.js'
import { permit } from '../../hub/access/permit.js'

const roleGroups: Record<string, Role> = { 'Nexus Admins': 'admin', 'Nexus Team Leads': 'team-lead' }
const known = (props: Record<string, Json>): Entity => ({
  kind: 'Person',
  id: 'dana@contoso.example',
  tenant: 'contoso',
  name: 'Dana Ortiz',
  aliases: [],
  props,
  sources: [],
  from: '2026-01-01T00:00:00.000Z',
})
const person = (entity: Entity | undefined, over: object = {}) =>
  personOf('contoso', { objectId: 'oid', name: 'D.', ...over }, entity, { groups: roleGroups, roles: [] })

test.each<[what: string, entity: Entity | undefined, roles: Role[], guest: boolean]>([
  ['unknown to the directory', undefined, ['guest'], true],
  ['a guest of the directory', known({ guest: true }), ['guest'], true],
  ['a guest who was given a role', known({ guest: true, groups: ['Nexus Team Leads'] }), ['team-lead'], true],
  ['a member without a group', known({}), ['developer'], false],
  [
    'in several groups',
    known({ groups: ['Nexus Admins', 'Nexus Team Leads', 'Chess'] }),
    ['admin', 'team-lead'],
    false,
  ],
  ['groups that are not a list', known({ groups: 'Nexus Admins' }), ['developer'], false],
  ['groups named like a prototype’s', known({ groups: ['constructor', '__proto__'] }), ['developer'], false],
])('%s', (_what, entity, roles, guest) => expect(person(entity)).toMatchObject({ roles, guest }))

test('the zone is the client’s, else the directory’s, else UTC; a name that no machine knows is passed over', () => {
  const zone = (client?: string, directory?: string) =>
    person(known({ ...(directory && { zone: directory }) }), { ...(client && { zone: client }) }).zone
  expect(zone('Europe/Berlin', 'Asia/Tokyo')).toBe('Europe/Berlin')
  expect(zone('Mars/Base', 'Asia/Tokyo')).toBe('Asia/Tokyo')
  expect(zone(undefined, '')).toBe('UTC')
})

test('a command needs its role or a higher one, and a refusal says who may and who can help', () => {
  const may = (roles: Role[], needed: Role) => permit({ person: { roles }, use: { title: '/x', role: needed } }).allowed
  expect([
    may(['admin'], 'team-lead'),
    may(['developer'], 'developer'),
    may(['guest', 'team-lead'], 'developer'),
  ]).toEqual([true, true, true])
  expect([may(['developer'], 'team-lead'), may([], 'guest'), may(['guest'], 'developer')]).toEqual([
    false,
    false,
    false,
  ])
  expect(permit({ person: { roles: ['guest'] }, use: { title: '/x', role: 'admin' } })).toEqual({
    allowed: false,
    reason: 'Only Admins may use /x. You have the role Guest; the role Admin is missing.',
    wayOn: 'An Admin of Nexus can add you to the group that has this role.',
  })
})
