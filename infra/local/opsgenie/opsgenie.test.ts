import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { smallOrganisation } from '../testing/small-organisation.js'
import { startVendors, type Started } from '../testing/start-vendors.js'
import { opsgenieId, opsgenieKey } from './ids.js'
import { opsgenie } from './opsgenie.js'

const org = smallOrganisation({
  schedules: [
    {
      ...{ id: 'identity-ops', name: 'Identity on-call', team: 'identity', zone: 'Europe/Berlin', pager: 'opsgenie' },
      people: ['dana', 'lee'],
      start: '2026-11-02T08:00:00Z',
      turn: { days: 7 },
      handover: '08:00',
      overrides: [],
      escalation: [],
    },
  ],
})
const schedule = opsgenieId('schedule', 'identity-ops')
let served: Started
beforeEach(async () => {
  served = await startVendors({ org, vendors: [opsgenie], now: '2026-11-20T12:00:00Z' })
})
afterEach(() => served.close())

async function call(method: string, path: string, body?: unknown, authorization = `GenieKey ${opsgenieKey(org)}`) {
  const response = await fetch(`${served.base}/opsgenie${path}`, {
    method,
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('an override lives by its alias: made once, listed, changed, deleted', async () => {
  const user = { type: 'user', username: `mei@${org.domain}` }
  const made = { alias: 'swap-1', user, startDate: '2026-11-21T09:00:00Z', endDate: '2026-11-21T17:00:00Z' }
  const path = `/v2/schedules/${schedule}/overrides`
  expect(await call('POST', path, made)).toMatchObject({ status: 201, body: { data: { alias: 'swap-1' } } })
  expect(await call('POST', path, made)).toMatchObject({ status: 409 })
  expect((await call('GET', path)).body['data']).toMatchObject([{ alias: 'swap-1', user, startDate: made.startDate }])
  const onCall = `/v2/schedules/Identity%20on-call/on-calls?scheduleIdentifierType=name&flat=true&date=2026-11-21T10:00:00Z`
  expect((await call('GET', onCall)).body['data']).toMatchObject({ onCallRecipients: [user.username] })
  expect(await call('PUT', `${path}/swap-1`, { ...made, endDate: '2026-11-21T09:30:00Z' })).toMatchObject({
    status: 200,
  })
  expect((await call('GET', onCall)).body['data']).toMatchObject({ onCallRecipients: [`dana@${org.domain}`] })
  expect(await call('DELETE', `${path}/swap-1`)).toMatchObject({ status: 200, body: { result: 'Deleted' } })
  expect(await call('GET', `${path}/swap-1`)).toMatchObject({
    status: 404,
    body: { message: 'Override does not exist' },
  })
})

test('the timeline begins with a day of the schedule’s zone and is cut to its interval', async () => {
  const asked = `/v2/schedules/${schedule}/timeline?interval=2&intervalUnit=days&date=2026-11-22T12:00:00Z`
  expect((await call('GET', asked)).body['data']).toMatchObject({
    startDate: '2026-11-21T23:00:00Z',
    endDate: '2026-11-23T23:00:00Z',
    finalTimeline: {
      rotations: [
        {
          periods: [
            {
              startDate: '2026-11-21T23:00:00Z',
              endDate: '2026-11-23T07:00:00Z',
              recipient: { name: `dana@${org.domain}` },
            },
            {
              startDate: '2026-11-23T07:00:00Z',
              endDate: '2026-11-23T23:00:00Z',
              recipient: { name: `lee@${org.domain}` },
            },
          ],
        },
      ],
    },
  })
})

const refusals: [what: string, method: string, path: string, status: number, body?: unknown][] = [
  ['a schedule it does not have', 'GET', '/v2/schedules/nothing', 404],
  ['a unit it does not know', 'GET', `/v2/schedules/${schedule}/timeline?intervalUnit=years`, 400],
  ['an interval that is none', 'GET', `/v2/schedules/${schedule}/timeline?interval=0`, 400],
  ['a date without a zone', 'GET', `/v2/schedules/${schedule}/on-calls?date=2026-11-21`, 400],
  ['a page too long', 'GET', '/v2/users?limit=101', 400],
  ['an override of nothing', 'POST', `/v2/schedules/${schedule}/overrides`, 422, {}],
  ['a path it does not have', 'GET', '/v1/schedules', 404],
  ['a method it does not take', 'PATCH', `/v2/schedules/${schedule}/overrides`, 404, {}],
]
test.each(refusals.map(([what, method, path, status, body]) => ({ what, method, path, status, body })))(
  'refuses $what',
  async ({ method, path, status, body }) => {
    expect(await call(method, path, body)).toMatchObject({
      status,
      body: { message: expect.any(String), requestId: expect.any(String) },
    })
  },
)

test('without the key it says nothing', async () => {
  expect(await call('GET', '/v2/schedules', undefined, 'GenieKey another')).toMatchObject({
    status: 401,
    body: { message: 'Could not authenticate' },
  })
})
