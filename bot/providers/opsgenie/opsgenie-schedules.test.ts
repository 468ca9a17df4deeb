import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readWhole } from '../../../skills/kit/catalog-source.js'
import { opsgenieKey } from '../../../infra/local/opsgenie/ids.js'
import { opsgenie } from '../../../infra/local/opsgenie/opsgenie.js'
import { smallOrganisation } from '../../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../../infra/local/testing/start-vendors.js'
import type { Claim, Entity } from '../../../skills/kit/model.js'
import type { ScheduleSystem } from '../../../skills/kit/schedules.js'
import { opsgenieSchedules } from './opsgenie-schedules.js'
import { opsgenieSource } from './opsgenie-source.js'

const org = smallOrganisation({
  schedules: [
    {
      ...{ id: 'identity-ops', name: 'Identity on-call', team: 'identity', zone: 'Europe/Berlin', pager: 'opsgenie' },
      people: ['dana', 'lee'],
      start: '2026-11-02T08:00:00Z',
      turn: { days: 7 },
      handover: '08:00',
      overrides: [{ person: 'mei', from: '2026-11-10T10:00:00Z', to: '2026-11-10T12:00:00Z' }],
      escalation: [],
    },
  ],
})
const mail = (name: string) => `${name}@${org.domain}`
const now = '2026-11-20T12:00:00.000Z'
let served: Started
let schedules: ScheduleSystem
let claims: Claim[]
let schedule: Entity
const optionsOf = (key: string) => ({ endpoint: `${served.base}/opsgenie`, key, fetch })
const pull = (key = opsgenieKey(org)) =>
  readWhole(opsgenieSource({ ...optionsOf(key), clock: { now: () => now } }), new AbortController().signal)
beforeEach(async () => {
  served = await startVendors({ org, vendors: [opsgenie], now })
  schedules = opsgenieSchedules(optionsOf(opsgenieKey(org)))
  claims = await pull()
  schedule = { tenant: '', aliases: [], sources: [], from: now, ...claims.find(({ kind }) => kind === 'Schedule')! }
})
afterEach(() => served.close())

test('its schedules stand beside those of others, with their team and the shifts to come', () => {
  expect(schedule).toMatchObject({
    id: 'opsgenie/identity-on-call',
    name: 'Identity on-call',
    props: { zone: 'Europe/Berlin' },
    relations: [{ type: 'ownedBy', to: { kind: 'Team', id: 'identity' } }],
  })
  expect((schedule.props.shifts as unknown[])[0]).toEqual({
    person: mail('dana'),
    from: '2026-11-20T00:00:00.000Z',
    to: '2026-11-23T07:00:00.000Z',
  })
  expect(claims.filter(({ kind }) => kind === 'Person').map(({ id }) => id)).toContain(mail('lee'))
})

test('the past is what the timeline says, overrides in it', async () => {
  const range = { from: '2026-11-10T08:00:00.000Z', to: '2026-11-10T14:00:00.000Z' }
  expect(await schedules.shifts(schedule, range)).toEqual([
    { person: mail('lee'), from: '2026-11-10T08:00:00.000Z', to: '2026-11-10T10:00:00.000Z' },
    { person: mail('mei'), from: '2026-11-10T10:00:00.000Z', to: '2026-11-10T12:00:00.000Z' },
    { person: mail('lee'), from: '2026-11-10T12:00:00.000Z', to: '2026-11-10T14:00:00.000Z' },
  ])
})

test('an override is there at once', async () => {
  const duty = { person: mail('mei'), from: '2026-11-21T09:00:00.000Z', to: '2026-11-21T17:00:00.000Z' }
  await schedules.override(schedule, duty, { email: mail('dana') })
  const range = { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' }
  expect(await schedules.shifts(schedule, range)).toContainEqual(duty)
})

test('what it refuses is said in its words: somebody it does not know, a stretch that is over', async () => {
  const duty = { from: '2026-11-21T09:00:00.000Z', to: '2026-11-21T17:00:00.000Z' }
  await expect(schedules.override(schedule, { ...duty, person: 'x@y.example' }, undefined)).rejects.toMatchObject({
    code: 'Conflict',
    message: 'Opsgenie refuses it: user User does not exist.',
  })
  const past = { person: mail('mei'), from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' }
  await expect(schedules.override(schedule, past, undefined)).rejects.toThrow('endDate should be in the future')
})

test('a wrong key, too many requests and a breakdown are all said to be no answer', async () => {
  await expect(pull('another')).rejects.toMatchObject({ code: 'Unavailable', message: "Opsgenie refuses Nexus's key." })
  for (const status of [429, 503]) {
    served.services.faults.add({ target: 'opsgenie', status, count: 1 })
    await expect(schedules.shifts(schedule, { from: now, to: '2026-11-21T00:00:00.000Z' })).rejects.toMatchObject({
      code: 'Unavailable',
    })
  }
})
