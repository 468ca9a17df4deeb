import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readWhole } from '../../../skills/kit/catalog-source.js'
import { pagerDutyToken } from '../../../infra/local/pagerduty/ids.js'
import { pagerDuty } from '../../../infra/local/pagerduty/pagerduty.js'
import { smallOrganisation } from '../../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../../infra/local/testing/start-vendors.js'
import type { Entity } from '../../../skills/kit/model.js'
import type { ScheduleSystem } from '../../../skills/kit/schedules.js'
import { pagerDutySchedules } from './pagerduty-schedules.js'
import { pagerDutySource } from './pagerduty-source.js'

const org = smallOrganisation({
  schedules: [
    {
      ...{ id: 'identity-primary', name: 'Identity primary', team: 'identity', zone: 'Europe/Berlin' },
      people: ['dana', 'lee'],
      start: '2026-11-02T08:00:00Z',
      turn: { days: 7 },
      handover: '08:00',
      overrides: [{ person: 'mei', from: '2026-11-10T10:00:00Z', to: '2026-11-10T12:00:00Z' }],
      escalation: ['dana'],
    },
  ],
})
const mail = (name: string) => `${name}@${org.domain}`
const now = '2026-11-20T12:00:00.000Z'
let served: Started
let schedules: ScheduleSystem
let schedule: Entity
beforeEach(async () => {
  served = await startVendors({ org, vendors: [pagerDuty], now })
  const options = { endpoint: `${served.base}/pagerduty`, token: pagerDutyToken(org), fetch }
  schedules = pagerDutySchedules(options)
  const source = pagerDutySource({ ...options, clock: { now: () => now }, isTaken: () => false })
  const claims = await readWhole(source, new AbortController().signal)
  schedule = { tenant: '', aliases: [], sources: [], from: now, ...claims.find(({ kind }) => kind === 'Schedule')! }
})
afterEach(() => served.close())

test('the past is what PagerDuty rendered, overrides in it, cut to what was asked for', async () => {
  const range = { from: '2026-11-10T08:00:00.000Z', to: '2026-11-10T14:00:00.000Z' }
  expect(await schedules.shifts(schedule, range)).toEqual([
    { person: mail('lee'), from: '2026-11-10T08:00:00.000Z', to: '2026-11-10T10:00:00.000Z' },
    { person: mail('mei'), from: '2026-11-10T10:00:00.000Z', to: '2026-11-10T12:00:00.000Z' },
    { person: mail('lee'), from: '2026-11-10T12:00:00.000Z', to: '2026-11-10T14:00:00.000Z' },
  ])
})

test('an override is there at once, whoever asked for it', async () => {
  const duty = { person: mail('mei'), from: '2026-11-21T09:00:00.000Z', to: '2026-11-21T17:00:00.000Z' }
  await schedules.override(schedule, duty, { email: 'stranger@elsewhere.example' })
  const range = { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' }
  expect(await schedules.shifts(schedule, range)).toContainEqual(duty)
})

test('who is not in PagerDuty cannot take a pager there, and a stretch that is over is refused', async () => {
  const duty = { from: '2026-11-21T09:00:00.000Z', to: '2026-11-21T17:00:00.000Z' }
  await expect(schedules.override(schedule, { ...duty, person: mail('nobody') }, undefined)).rejects.toMatchObject({
    code: 'Conflict',
    message: `${mail('nobody')} is not in PagerDuty.`,
  })
  const past = { person: mail('mei'), from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' }
  await expect(schedules.override(schedule, past, undefined)).rejects.toThrow('PagerDuty refuses it: Override must end')
})

test('a schedule of another system is none of it, and one that does not answer is unavailable', async () => {
  await expect(
    schedules.shifts({ ...schedule, props: {} }, { from: now, to: '2026-11-21T00:00:00.000Z' }),
  ).rejects.toMatchObject({ code: 'NotFound' })
  served.services.faults.add({ target: 'pagerduty', status: 503 })
  await expect(schedules.shifts(schedule, { from: now, to: '2026-11-21T00:00:00.000Z' })).rejects.toMatchObject({
    code: 'Unavailable',
  })
})
