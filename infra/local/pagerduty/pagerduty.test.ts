import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { smallOrganisation } from '../testing/small-organisation.js'
import { startVendors, type Started } from '../testing/start-vendors.js'
import { pagerDutyToken } from './ids.js'
import { pagerDuty } from './pagerduty.js'

const org = smallOrganisation({
  schedules: [
    {
      id: 'identity-primary',
      name: 'Identity primary',
      team: 'identity',
      zone: 'Europe/Berlin',
      people: ['dana', 'lee', 'mei'],
      start: '2026-11-02T08:00:00Z',
      turn: { days: 7 },
      handover: '08:00',
      overrides: [{ person: 'lee', from: '2026-11-20T18:00:00Z', to: '2026-11-20T22:00:00Z' }],
      escalation: ['dana'],
    },
  ],
  incidents: [
    {
      number: 117,
      service: 'auth-api',
      title: 'Token cache full',
      severity: 'sev2',
      opened: '2026-11-14T02:14:00Z',
      acknowledged: '2026-11-14T02:18:00Z',
      resolved: '2026-11-14T02:55:00Z',
      assigned: 'dana',
      notes: [{ by: 'dana', at: '2026-11-14T02:30:00Z', text: 'Flushing the cache' }],
      cause: 'The cache had no limit.',
    },
    {
      number: 118,
      service: 'payments',
      title: 'Slow refunds',
      severity: 'sev3',
      opened: '2026-11-20T11:00:00Z',
      notes: [],
    },
  ],
})

let served: Started
beforeEach(async () => {
  served = await startVendors({ org, vendors: [pagerDuty], now: '2026-11-20T12:00:00Z' })
})
afterEach(() => served.close())

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the bodies are PagerDuty's, read property by property
type Json = any

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${served.base}/pagerduty${path}`, {
    method,
    headers: {
      authorization: `Token token=${pagerDutyToken(org)}`,
      accept: 'application/vnd.pagerduty+json;version=2',
      'content-type': 'application/json',
      ...(method !== 'GET' && { from: 'dana@northwind.example' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Json }
}
const get = (path: string) => call('GET', path)
const idOf = async (list: string, name: string): Promise<string> =>
  (await get(`/${list}?query=${encodeURIComponent(name)}`)).body[list][0].id

describe('who is on call', () => {
  test('the level, the shift and who comes next, in the zone asked for', async () => {
    const schedule = await idOf('schedules', 'Identity')
    const path = `/oncalls?schedule_ids[]=${schedule}&since=2026-11-20T12:00:00Z&until=2026-11-25T00:00:00Z&time_zone=Europe/Berlin&include[]=users`
    const { body } = await get(path)
    expect(body.oncalls.map((duty: Json) => [duty.user.name, duty.escalation_level, duty.start, duty.end])).toEqual([
      ['Mei Lin', 1, '2026-11-16T08:00:00+01:00', '2026-11-20T19:00:00+01:00'],
      ['Lee Park', 1, '2026-11-20T19:00:00+01:00', '2026-11-20T23:00:00+01:00'],
      ['Mei Lin', 1, '2026-11-20T23:00:00+01:00', '2026-11-23T08:00:00+01:00'],
      ['Dana Ortiz', 1, '2026-11-23T08:00:00+01:00', '2026-11-30T08:00:00+01:00'],
    ])
    const earliest = await get(`${path}&earliest=true`)
    expect(earliest.body.oncalls.map((duty: Json) => duty.user.name)).toEqual(['Mei Lin', 'Lee Park', 'Dana Ortiz'])
  })

  test('a team without a schedule pages its lead always, and levels after the schedule page people', async () => {
    const { body } = await get('/oncalls')
    expect(
      body.oncalls.map((duty: Json) => [
        duty.escalation_policy.summary,
        duty.escalation_level,
        duty.user.summary,
        duty.end,
      ]),
    ).toEqual([
      ['Identity', 1, 'Mei Lin', '2026-11-20T18:00:00Z'],
      ['Identity', 2, 'Dana Ortiz', null],
      ['Payments', 1, 'Sam Abara', null],
    ])
  })

  test('an override takes the time it covers, ends early when it has begun, and is gone when it has not', async () => {
    const id = await idOf('schedules', 'Identity')
    const lee = await idOf('users', 'Lee')
    const override = {
      start: '2026-11-21T00:00:00+01:00',
      end: '2026-11-22T00:00:00+01:00',
      user: { id: lee, type: 'user_reference' },
    }
    const created = await call('POST', `/schedules/${id}/overrides`, { override })
    expect(created).toMatchObject({
      status: 201,
      body: { override: { start: override.start, user: { summary: 'Lee Park' } } },
    })

    const rendered = await get(`/schedules/${id}?since=2026-11-20T23:00:00Z&until=2026-11-22T23:00:00Z`)
    const { final_schedule, overrides_subschedule, schedule_layers } = rendered.body.schedule
    expect(final_schedule.rendered_schedule_entries.map((e: Json) => [e.user.summary, e.start])).toEqual([
      ['Lee Park', '2026-11-21T00:00:00+01:00'],
      ['Mei Lin', '2026-11-22T00:00:00+01:00'],
    ])
    expect(final_schedule.rendered_coverage_percentage).toBe(100)
    expect(overrides_subschedule.rendered_coverage_percentage).toBe(50)
    expect(schedule_layers[0].rendered_schedule_entries).toHaveLength(1)

    served.clock.set(new Date('2026-11-21T06:00:00Z'))
    expect((await call('DELETE', `/schedules/${id}/overrides/${created.body.override.id}`)).status).toBe(200)
    expect((await get(`/oncalls?schedule_ids[]=${id}`)).body.oncalls[0].user.summary).toBe('Mei Lin')
    const again = await call('DELETE', `/schedules/${id}/overrides/${created.body.override.id}`)
    expect(again).toMatchObject({ status: 400, body: { error: { code: 2001 } } })
    const later = { ...override, start: '2026-11-25T00:00:00Z', end: '2026-11-26T00:00:00Z' }
    const second = await call('POST', `/schedules/${id}/overrides`, { overrides: [later] })
    expect((await call('DELETE', `/schedules/${id}/overrides/${second.body[0].override.id}`)).status).toBe(204)
  })
})

describe('incidents', () => {
  test('the past ones carry their history, severity as priority, and fall out of a list of the last month', async () => {
    const { body } = await get('/incidents?statuses[]=resolved&service_ids[]=' + (await idOf('services', 'auth-api')))
    expect(body.incidents).toHaveLength(1)
    const [incident] = body.incidents
    expect(incident).toMatchObject({
      incident_number: 117,
      status: 'resolved',
      urgency: 'high',
      priority: { name: 'P3' },
      created_at: '2026-11-14T02:14:00Z',
      resolved_at: '2026-11-14T02:55:00Z',
      escalation_policy: { summary: 'Identity' },
    })
    const log = await get(`/incidents/${incident.id}/log_entries`)
    expect(log.body.log_entries.map(({ type }: Json) => type).reverse()).toEqual([
      'trigger_log_entry',
      'assign_log_entry',
      'acknowledge_log_entry',
      'annotate_log_entry',
      'annotate_log_entry',
      'resolve_log_entry',
    ])
    served.clock.set(new Date('2027-02-01T00:00:00Z'))
    expect((await get('/incidents')).body.incidents).toEqual([])
    expect((await get('/incidents?date_range=all&sort_by=created_at:desc')).body.incidents[0].incident_number).toBe(118)
  })

  test('created, paged to who is on call, acknowledged, reassigned, snoozed until it rings again, resolved once', async () => {
    const incident = {
      type: 'incident',
      title: 'Sign-in fails',
      service: { id: await idOf('services', 'auth-api'), type: 'service_reference' },
      incident_key: 'sign-in',
    }
    const created = await call('POST', '/incidents', { incident })
    expect(created).toMatchObject({
      status: 201,
      body: {
        incident: { incident_number: 119, status: 'triggered', assignments: [{ assignee: { summary: 'Mei Lin' } }] },
      },
    })
    expect((await call('POST', '/incidents', { incident })).status).toBe(400)

    const path = `/incidents/${created.body.incident.id}`
    const acknowledged = await call('PUT', path, { incident: { type: 'incident_reference', status: 'acknowledged' } })
    expect(acknowledged.body.incident.acknowledgements[0].acknowledger.summary).toBe('Dana Ortiz')
    const assignments = [{ assignee: { id: await idOf('users', 'Lee'), type: 'user_reference' } }]
    expect((await call('PUT', path, { incident: { assignments } })).body.incident).toMatchObject({
      status: 'triggered',
      acknowledgements: [],
    })

    expect((await call('POST', `${path}/snooze`, { duration: 3600 })).body.incident).toMatchObject({
      status: 'acknowledged',
      pending_actions: [{ type: 'unacknowledge', at: '2026-11-20T13:00:00Z' }],
    })
    served.clock.set(new Date('2026-11-20T13:00:00Z'))
    expect((await get(path)).body.incident).toMatchObject({ status: 'triggered', pending_actions: [] })

    expect((await call('POST', `${path}/notes`, { note: { content: 'Rolled back' } })).body.note.content).toBe(
      'Rolled back',
    )
    expect((await call('PUT', path, { incident: { status: 'resolved' } })).body.incident.status).toBe('resolved')
    expect(await call('PUT', path, { incident: { status: 'resolved' } })).toMatchObject({
      status: 400,
      body: { error: { code: 2001, errors: ['Incident Already Resolved'] } },
    })
    expect((await get(`${path}/alerts`)).body.alerts).toMatchObject([{ status: 'resolved', alert_key: 'sign-in' }])
  })

  test('many at once are changed all or none', async () => {
    const all = (await get('/incidents')).body.incidents
    const incidents = all.map(({ id }: Json) => ({ id, type: 'incident_reference', status: 'resolved' })).reverse()
    expect((await call('PUT', '/incidents', { incidents })).status).toBe(400) // 117 is over already
    expect((await get('/incidents?statuses[]=triggered')).body.incidents).toHaveLength(1)
  })

  test('escalates along the policy', async () => {
    const created = await call('POST', '/incidents', {
      incident: { title: 'x', service: { id: await idOf('services', 'auth-api') } },
    })
    const path = `/incidents/${created.body.incident.id}`
    expect(
      (await call('PUT', path, { incident: { escalation_level: 2 } })).body.incident.assignments[0].assignee.summary,
    ).toBe('Dana Ortiz')
    expect((await call('PUT', path, { incident: { escalation_level: 9 } })).status).toBe(400)
  })
})

test('lists are paged by offset and limit', async () => {
  const first = await get('/users?limit=3&total=true')
  expect(first.body).toMatchObject({ limit: 3, offset: 0, more: true, total: 4 })
  const second = await get('/users?limit=3&offset=3')
  expect(second.body).toMatchObject({ more: false, total: null })
  expect([...first.body.users, ...second.body.users].map(({ email }: Json) => email)).toEqual(
    ['dana', 'lee', 'mei', 'sam'].map((id) => `${id}@northwind.example`),
  )
  expect((await get('/users?limit=50&offset=9990')).status).toBe(400)
})

test('contact methods, team members and services name what the organisation says', async () => {
  const methods = await get(`/users/${await idOf('users', 'Dana')}/contact_methods`)
  expect(methods.body.contact_methods).toMatchObject([
    { type: 'email_contact_method', address: 'dana@northwind.example' },
    { type: 'phone_contact_method', country_code: 49, address: '305550101' },
    { type: 'sms_contact_method' },
  ])
  const members = await get(`/teams/${await idOf('teams', 'Identity')}/members`)
  expect(members.body.members[0]).toMatchObject({ user: { summary: 'Dana Ortiz' }, role: 'manager' })
  const services = await get('/services?include[]=escalation_policies')
  expect(services.body.services.map(({ name, status }: Json) => [name, status])).toEqual([
    ['auth-api', 'active'],
    ['token-cache', 'active'],
    ['payments', 'critical'],
  ])
  expect(services.body.services[0].escalation_policy.escalation_rules).toHaveLength(2)
})

test.each([
  ['no token', 'GET', '/users', { authorization: '' }, 401, 2006],
  ['a wrong token', 'GET', '/users', { authorization: 'Token token=wrong' }, 401, 2006],
  ['another version', 'GET', '/users', { accept: 'application/vnd.pagerduty+json;version=1' }, 401, 2006],
  ['an unknown id', 'GET', '/services/PNOTHER', {}, 404, 2100],
  ['an unknown path', 'GET', '/rulesets', {}, 404, 2100],
  ['an unknown zone', 'GET', '/oncalls?time_zone=Mars/Base', {}, 400, 2001],
  ['no date', 'GET', '/oncalls?since=yesterday', {}, 400, 2001],
  ['a year of shifts', 'GET', '/oncalls?since=2026-01-01&until=2026-12-31', {}, 400, 2001],
  ['no From header', 'POST', '/incidents', { from: '' }, 400, 1008],
  ['no body', 'POST', '/incidents', {}, 400, 2001],
  ['an unknown sort', 'GET', '/incidents?sort_by=colour', {}, 400, 2001],
])('refuses %s', async (_what, method, path, headers, status, code) => {
  expect(await call(method, path, undefined, headers)).toMatchObject({ status, body: { error: { code } } })
})
