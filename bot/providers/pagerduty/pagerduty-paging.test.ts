import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { pagerDutyToken } from '../../../infra/local/pagerduty/ids.js'
import { pagerDuty } from '../../../infra/local/pagerduty/pagerduty.js'
import { smallOrganisation } from '../../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../../infra/local/testing/start-vendors.js'
import type { Paging } from '../../../skills/kit/paging.js'
import { pagerDutyPaging } from './pagerduty-paging.js'

const org = smallOrganisation()
const mail = (name: string) => `${name}@${org.domain}`
const now = '2026-11-20T12:00:00Z'
const incident = { key: 'INC-131', title: 'sign-in fails', detail: 'for 38 %', urgent: true }
const auth = { kind: 'Service', id: 'auth-api' } as const
let served: Started
let paging: Paging
beforeEach(async () => {
  served = await startVendors({ org, vendors: [pagerDuty], now })
  paging = pagerDutyPaging({
    endpoint: `${served.base}/pagerduty`,
    token: pagerDutyToken(org),
    fetch,
    clock: { now: () => now },
    from: mail('dana'),
  })
})
afterEach(() => served.close())

test('the same key pages once, and again when its incident is over', async () => {
  const first = await paging.page(auth, incident)
  expect(first).toMatchObject({ pager: 'PagerDuty', state: 'triggered' })
  expect(await paging.page(auth, incident)).toMatchObject({ id: first.id })
  await paging.resolve(first.id, undefined)
  await paging.resolve(first.id, undefined)
  const second = await paging.page(auth, incident)
  expect(second.id).not.toBe(first.id)
  expect(await paging.find('INC-131')).toMatchObject({ id: second.id })
  expect(await paging.find('INC-999')).toBeUndefined()
})

test('it is moved in the name of who did it; somebody unknown there is Nexus', async () => {
  const { id } = await paging.page(auth, incident)
  await paging.acknowledge(id, { email: mail('lee') })
  expect(await paging.get(id)).toMatchObject({ state: 'acknowledged', by: { email: mail('lee') } })
  await paging.assign(id, { email: mail('lee') }, { email: mail('dana') })
  expect(await paging.get(id)).toMatchObject({ state: 'triggered' })
  await paging.snooze(id, '2026-11-20T13:00:00Z', { email: 'stranger@elsewhere.example' })
  expect(await paging.get(id)).toMatchObject({ state: 'acknowledged', by: { email: mail('dana') } })
  await paging.note(id, 'cache was full', { email: mail('lee') })
  await paging.note(id, 'cache was full', { email: mail('lee') })
})

test('what was opened as low rings when it is raised', async () => {
  const urgency = async (id: string) => {
    const headers = { authorization: `Token token=${pagerDutyToken(org)}`, accept: 'application/json' }
    const answer = await fetch(`${served.base}/pagerduty/incidents/${id}`, { headers })
    return ((await answer.json()) as { incident: { urgency: string } }).incident.urgency
  }
  const { id } = await paging.page(auth, { ...incident, urgent: false })
  expect(await urgency(id)).toBe('low')
  await paging.raise(id)
  expect(await urgency(id)).toBe('high')
})

test('what cannot be is said plainly', async () => {
  await expect(paging.page({ kind: 'Service', id: 'nothing' }, incident)).rejects.toMatchObject({
    code: 'NotFound',
    message: 'PagerDuty has no service nothing.',
  })
  const { id } = await paging.page(auth, incident)
  await expect(paging.assign(id, { email: 'nobody@elsewhere.example' }, undefined)).rejects.toMatchObject({
    code: 'Conflict',
  })
  await paging.resolve(id, undefined)
  await expect(paging.acknowledge(id, undefined)).rejects.toMatchObject({ code: 'Conflict' })
  expect(await paging.get('PNOTHING')).toBeUndefined()
})
