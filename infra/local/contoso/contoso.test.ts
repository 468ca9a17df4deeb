import { expect, test } from '@jest/globals'
import { loadOrganisation } from '../organisation/load-organisation.js'

// A night in November, five hours before the hand-over in Berlin.
const start = new Date('2026-11-19T02:20:00Z')
const org = await loadOrganisation('infra/local/contoso', start)
const teamOf = (person: string | undefined) => org.people.find(({ id }) => id === person)?.team
const service = (id: string) => org.services.find((each) => each.id === id)!
const minutes = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000

test('it is as large as a company that would want Nexus', () => {
  const open = org.repositories.flatMap(({ pulls }) => pulls).filter(({ state }) => state === 'open')
  expect({
    teams: org.teams.length,
    people: org.people.length,
    guests: org.people.filter(({ guest }) => guest).length,
    zones: new Set(org.people.map(({ zone }) => zone)).size,
    services: org.services.length,
    repositories: org.repositories.length,
    pipelines: org.pipelines.length,
    pulls: open.length,
    workItems: org.workItems.length,
    schedules: org.schedules.length,
    openIncidents: org.incidents.filter(({ resolved }) => !resolved).length,
    pastIncidents: org.incidents.filter(({ resolved }) => resolved).length,
  }).toEqual({
    teams: 6,
    people: 25,
    guests: 1,
    zones: 16,
    services: 20,
    repositories: 20,
    pipelines: 15,
    pulls: 27,
    workItems: 36,
    schedules: 7,
    openIncidents: 3,
    pastIncidents: 30,
  })
  expect(org.channels.map(({ id }) => id)).toContain('incidents')
})

test('everybody but the guest is in the groups of their roles', () => {
  const groups = {
    developer: 'nexus-developers',
    'team-lead': 'nexus-team-leads',
    'platform-engineer': 'nexus-platform-engineers',
    admin: 'nexus-admins',
  } as const
  for (const [role, group] of Object.entries(groups))
    expect([...org.groups.find(({ id }) => id === group)!.members].sort()).toEqual(
      org.people
        .filter(({ roles, guest }) => !guest && roles.some((each) => each === role))
        .map(({ id }) => id)
        .sort(),
    )
  for (const { id, lead } of org.teams) expect([id, teamOf(lead)]).toEqual([id, id])
})

test('phone numbers are of the ranges that regulators keep for fiction', () => {
  const fiction = [
    /^\+49 30 23125 \d{3}$/, // Bundesnetzagentur, numbers for media productions
    /^\+44 (7700 900\d{3}|20 7946 0\d{3})$/, // Ofcom, numbers for drama
    /^\+1 \d{3} 555 01\d\d$/, // North American Numbering Plan
    /^\+33 6 39 98 \d\d \d\d$/, // Arcep
    /^\+46 8 465 004 \d\d$/, // Post- och telestyrelsen
    /^\+61 491 570 (006|110|156|157|158|159)$/, // ACMA
  ]
  for (const { phone } of org.people)
    if (phone) expect([phone, fiction.some((range) => range.test(phone))]).toEqual([phone, true])
})

/** Longest way down from a service, in steps; throws where it comes back to itself. */
function depth(id: string, way: string[] = []): number {
  if (way.includes(id)) throw new Error(`a cycle: ${[...way, id].join(' → ')}`)
  return Math.max(0, ...service(id).dependsOn.map((below) => 1 + depth(below, [...way, id])))
}
const above = (id: string): string[] =>
  org.services.filter((each) => each.dependsOn.includes(id)).flatMap((each) => [each.id, ...above(each.id)])

test('services stand on each other, deep and without a cycle', () => {
  expect(Math.max(...org.services.map(({ id }) => depth(id)))).toBe(6)
  expect(depth('web')).toBe(5)
  expect(new Set(above('payments-db'))).toEqual(
    new Set(['payments-api', 'gift-cards-api', 'orders-api', 'checkout-web', 'mobile-bff', 'web', 'edge-gateway']),
  )
  expect(above('ledger-db')).toContain('web')
  for (const stands of ['checkout-web', 'payments-api', 'mobile-bff'])
    expect(service(stands).dependsOn.concat(service('orders-api').dependsOn)).toContain('auth-api')
  expect(org.services.filter(({ team }) => !team).map(({ id }) => id)).toEqual(['gift-cards-api'])
})

test('no two services answer to the same name', () => {
  const names = org.services.flatMap(({ id, name, aliases }) =>
    [...new Set([id, name.toLowerCase(), ...aliases])].map((each) => each.toLowerCase()),
  )
  expect(names.filter((each, at) => names.indexOf(each) !== at)).toEqual([])
  expect(service('auth-api').aliases).toEqual(expect.arrayContaining(['auth', 'auth service', 'sign-in', 'login']))
})

test('every paged service has somebody who carries its pager', () => {
  for (const { id, team, paged } of org.services)
    if (paged)
      expect([id, org.schedules.filter((each) => each.team === team && each.pager !== 'opsgenie').length]).toEqual([
        id,
        1,
      ])
  for (const { team, people, escalation, overrides } of org.schedules) {
    expect(people.length).toBeGreaterThanOrEqual(3)
    for (const each of [...people, ...escalation, ...overrides.map(({ person }) => person)])
      expect([each, teamOf(each)]).toEqual([each, team])
    for (const { from, to } of overrides) expect(from < to).toBe(true)
  }
  expect(new Set(org.schedules.map(({ zone }) => zone)).size).toBe(6)
  expect(new Set(org.schedules.map(({ handover }) => handover)).size).toBeGreaterThanOrEqual(4)
})

test.each([0, 2, 6, 7, 8, 13, 23])('at %i:00 UTC Dana carries the pager of auth, and Lee is next', async (hour) => {
  const at = new Date(Date.UTC(2026, 10, 19, hour))
  const { schedules } = await loadOrganisation('infra/local/contoso', at)
  const { overrides } = schedules.find(({ team }) => team === service('auth-api').team)!
  const now = overrides.find(({ from, to }) => from <= at.toISOString() && at.toISOString() < to)!
  expect(now.person).toBe('dana')
  expect(overrides.find(({ from }) => from === now.to)!.person).toBe('lee')
  expect(now.to.slice(11, 16)).toBe('07:00') // 08:00 in Berlin in winter
})

test('rotations begin at their hand-over in their own zone, summer or winter', () => {
  for (const { start: first, zone, handover } of org.schedules) {
    const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
    expect([zone, time.format(new Date(first))]).toEqual([zone, handover])
  }
})

test('incidents happen in order, and to people who were there', () => {
  const numbers = org.incidents.map(({ number }) => number)
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a))
  const openings = org.incidents.map(({ opened }) => opened).sort()
  for (const { number, opened, acknowledged, resolved, notes, cause, assigned, ...rest } of org.incidents) {
    const told = [opened, acknowledged, ...notes.map(({ at }) => at), resolved].filter((at) => at !== undefined)
    expect([number, told]).toEqual([number, [...told].sort()])
    expect([number, told.at(-1)! <= start.toISOString()]).toEqual([number, true])
    expect([number, Boolean(resolved)]).toEqual([number, Boolean(cause)])
    expect([number, teamOf(assigned)]).toEqual([number, service(rest.service).team])
  }
  expect(minutes(openings[0]!, start.toISOString()) / 1440).toBeLessThan(90)
})

test('the incident of everybody’s memory is as it is told', () => {
  const full = org.incidents.find(({ number }) => number === 118)!
  expect(full).toMatchObject({ title: 'Token cache full', service: 'auth-api', opened: '2026-11-13T02:14:00.000Z' })
  expect(minutes(full.opened, full.resolved!)).toBe(41)
  const incidents = org.incidents.filter((each) => each.service === 'auth-api' && each.opened > full.opened)
  expect(incidents.map(({ number, severity }) => [number, severity])).toEqual([[123, 'sev3']])
})

test('the books, the board and the incidents speak of the same things', () => {
  const incidents = new Set(org.incidents.map(({ number }) => number))
  const items = new Map(org.workItems.map((item) => [item.id, item]))
  const told = JSON.stringify([org.incidents, org.repositories, org.workItems, org.costs])
  for (const [, number] of told.matchAll(/\binc-0*(\d+)/gi)) expect(incidents).toContain(Number(number))
  for (const [, id] of told.matchAll(/work item (\d+)/gi)) expect([...items.keys()]).toContain(Number(id))
  for (const { id, created, changed, assigned, team } of org.workItems) {
    expect([id, !changed || created <= changed]).toEqual([id, true])
    if (assigned) expect([id, teamOf(assigned)]).toEqual([id, team])
  }
})

test('the bill rose this quarter, and each step says why', () => {
  const at = (moment: string) =>
    org.costs.reduce((sum, { monthly, changes }) => {
      const passed = changes.filter(({ from }) => from <= moment)
      return sum + passed.reduce((level, { factor }) => level * factor, monthly)
    }, 0)
  const [before, now] = [at('2026-08-20'), at(start.toISOString())]
  expect(now / before).toBeGreaterThan(1.15)
  expect(now / before).toBeLessThan(1.5)
  for (const { service: id, environment } of org.costs) {
    const there = org.resources.filter((each) => each.service === id && each.environment === environment)
    expect([id, environment, there.length > 0]).toEqual([id, environment, true])
  }
})
