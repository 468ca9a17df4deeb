import { expect, test } from '@jest/globals'
import { azureTenant, production, type AzureTenant } from '../testing/azure-tenant.js'
import { notifyOfResources } from './notify.js'

const group = `/subscriptions/${production}/resourceGroups/rg-shop/providers`
const account = `${group}/Microsoft.Storage/storageAccounts/stshop`

/** A tenant whose one subscriber answers with these statuses, the last one again and again; undefined is nobody there. */
function told(...answers: (number | undefined)[]): {
  tenant: AzureTenant
  events: Record<string, unknown>[]
  settle(): Promise<void>
} {
  const tenant = azureTenant()
  const events: Record<string, unknown>[] = []
  notifyOfResources(tenant.services, async (event) => {
    events.push(event as Record<string, unknown>)
    const status = answers.length > 1 ? answers.shift() : answers[0]
    if (status === undefined) throw new Error('nobody is there')
    return status
  })
  return { tenant, events, settle: () => new Promise((resolve) => setImmediate(resolve)) }
}
const tag = (tenant: AzureTenant, team: string) =>
  tenant.call('PATCH', `${account}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`, {
    operation: 'Merge',
    properties: { tags: { team } },
  })

test('a change and a deletion are told a moment later, as Azure Resource Notifications tell them', async () => {
  const { tenant, events } = told(200)
  await tag(tenant, 'core')
  expect(events).toEqual([])
  tenant.advance(3)
  await tenant.call('DELETE', `${account}?api-version=2025-08-01`)
  tenant.advance(3)
  expect(events).toEqual([
    expect.objectContaining({
      specversion: '1.0',
      type: 'Microsoft.ResourceNotifications.Resources.CreatedOrUpdated',
      subject: account,
      data: expect.objectContaining({
        resourceInfo: expect.objectContaining({ id: account, tags: expect.objectContaining({ team: 'core' }) }),
      }),
    }),
    expect.objectContaining({ type: 'Microsoft.ResourceNotifications.Resources.Deleted', subject: account }),
  ])
  expect(new Set(events.map(({ id }) => id)).size).toBe(2)
})

test('what changes nothing is not told', async () => {
  const { tenant, events } = told(200)
  await tag(tenant, 'shop')
  tenant.advance(60)
  expect(events).toEqual([])
})

test('who is not there, or busy, is told again, and not for ever; who refuses is not', async () => {
  const patient = told(undefined, 503, 202)
  await tag(patient.tenant, 'core')
  for (const seconds of [2, 10, 30, 60, 600]) {
    patient.tenant.advance(seconds)
    await patient.settle()
  }
  expect(patient.events).toHaveLength(3)
  expect(new Set(patient.events.map(({ id }) => id)).size).toBe(1)

  const away = told(undefined)
  await tag(away.tenant, 'core')
  for (let round = 0; round < 9; round++) {
    away.tenant.advance(60)
    await away.settle()
  }
  expect(away.events).toHaveLength(4)

  const refusing = told(401)
  await tag(refusing.tenant, 'core')
  for (const seconds of [2, 10, 30]) {
    refusing.tenant.advance(seconds)
    await refusing.settle()
  }
  expect(refusing.events).toHaveLength(1)
})
