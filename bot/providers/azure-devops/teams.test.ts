import { expect, test } from '@jest/globals'
import { personRef } from '../../../skills/kit/entity-ids.js'
import { fieldsOf } from '../../fields.js'
import type { TeamOfProject } from './read-teams.js'
import { Teams } from './teams.js'

const team = (project: string, name: string, members: string[], over: Partial<TeamOfProject> = {}): TeamOfProject => ({
  ...{ id: `${project}/${name}`, name, project, isDefault: false, boards: [], hours: new Map(), url: '' },
  members: members.map((one) => ({ ref: personRef(`${one}@northwind.example`), name: one })),
  areas: [{ path: `${project}\\${name}`, below: false }],
  ...over,
})
const teamsOf = ({ claims }: Teams) => claims.filter(({ kind }) => kind === 'Team')

test('two teams of one name and the same people are one, that works in two projects', () => {
  const teams = new Teams([team('Shop', 'Payments', ['sam', 'lee']), team('Platform', 'Payments', ['sam'])])
  expect(teamsOf(teams)).toMatchObject([
    { id: 'payments', name: 'Payments', props: { project: 'Platform, Shop', members: 2 } },
  ])
  for (const area of ['Shop\\Payments', 'platform\\payments']) expect(teams.ofArea(area)?.id).toBe('payments')
})

test('two teams of one name and other people are two, each called by its project, whichever is read first', () => {
  const both = [team('Shop', 'Core Team', ['sam']), team('Platform', 'Core', ['dana'])]
  for (const order of [both, [...both].reverse()]) {
    const teams = new Teams(order)
    expect(
      teamsOf(teams)
        .map(({ id, name }) => [id, name])
        .sort(),
    ).toEqual([
      ['platform-core', 'Core (Platform)'],
      ['shop-core', 'Core Team (Shop)'],
    ])
    const dana = teams.claims.find(({ id }) => id === 'dana@northwind.example')
    expect(dana?.relations).toEqual([{ type: 'memberOf', to: { kind: 'Team', id: 'platform-core' } }])
    expect(teams.refOf(fieldsOf({ displayName: '[Shop]\\Core Team', isContainer: true }))?.id).toBe('shop-core')
  }
})

test("a project's default team counts where there is no other", () => {
  const shop = team('Shop', 'Shop Team', ['sam'], { isDefault: true, areas: [{ path: 'Shop', below: true }] })
  expect(teamsOf(new Teams([shop])).map(({ id }) => id)).toEqual(['shop'])
  const teams = new Teams([shop, team('Shop', 'Payments', ['lee'])])
  expect(teamsOf(teams).map(({ id }) => id)).toEqual(['payments'])
  // People who are in no other are still known.
  expect(teams.claims.find(({ id }) => id === 'sam@northwind.example')?.relations).toEqual([])
  expect(teams.ofArea('Shop\\Elsewhere')).toBeUndefined()
})

test('the nearest area decides, and what is below it only where the team says so', () => {
  const teams = new Teams([
    team('Shop', 'All', ['sam'], { areas: [{ path: 'Shop', below: true }] }),
    team('Shop', 'Till', ['lee'], { areas: [{ path: 'Shop\\Till', below: false }] }),
  ])
  const owner = (path: string) => teams.ofArea(path)?.id
  expect([owner('Shop'), owner('shop\\till'), owner('Shop\\Till\\Receipts'), owner('Shopping')]).toEqual([
    ...['all', 'till', 'all', undefined],
  ])
})

test('services and groups that are no team are nobody', () => {
  const teams = new Teams([team('Shop', 'Payments', ['sam'])])
  const identities = [
    { displayName: 'Project Collection Build Service', uniqueName: 'Build\\5f0c' },
    { displayName: '[Shop]\\Contributors', uniqueName: 'vstfs:///Classification/TeamProject/1\\Contributors' },
    { displayName: 'Nobody' },
    {},
  ]
  expect(identities.map((one) => teams.refOf(fieldsOf(one)))).toEqual([undefined, undefined, undefined, undefined])
  expect(teams.refOf(fieldsOf({ uniqueName: 'Sam@Northwind.Example' }))).toEqual(personRef('sam@northwind.example'))
})
