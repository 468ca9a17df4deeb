import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { changeRef } from '../resource-graph/change-ref.js'
import { readEventGrid } from './read-event-grid.js'
import { whatMoved } from './what-moved.js'

const id =
  '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-Shop/providers/Microsoft.Web/sites/Shop'
const moved = { reread: [{ kind: 'Resource', id: id.toLowerCase() }] }

/** An event in both envelopes. */
const envelopes = (type: string, data: object, subject = id): [string, object][] => [
  [
    'Event Grid schema',
    { id: '1', eventType: type, eventTime: '2026-11-20T10:00:00Z', topic: '/x', subject, data, dataVersion: '1' },
  ],
  ['CloudEvents', { specversion: '1.0', id: '1', type, time: '2026-11-20T10:00:00Z', source: '/x', subject, data }],
]
const resourceInfo = (name: string, properties: object = {}) => ({ resourceInfo: { id: name, properties } })
const health = `${id}/providers/Microsoft.ResourceHealth/availabilityStatuses/current`

test.each([
  ...envelopes('Microsoft.ResourceNotifications.Resources.CreatedOrUpdated', resourceInfo(id)),
  ...envelopes('Microsoft.ResourceNotifications.Resources.Deleted', resourceInfo(id.toUpperCase())),
  ...envelopes(
    'Microsoft.ResourceNotifications.HealthResources.AvailabilityStatusChanged',
    resourceInfo(health, { targetResourceId: id }),
  ),
  ...envelopes('Microsoft.ResourceNotifications.HealthResources.ResourceAnnotated', resourceInfo(health)),
  ...envelopes(
    'Microsoft.ResourceNotifications.ContainerServiceEventResources.ScheduledEventEmitted',
    resourceInfo(id),
  ),
  ...envelopes('Microsoft.Resources.ResourceWriteSuccess', {
    resourceUri: id,
    operationName: 'Microsoft.Web/sites/write',
  }),
  ...envelopes('Microsoft.Resources.ResourceDeleteSuccess', { resourceUri: id }),
  ...envelopes('Microsoft.Resources.ResourceActionSuccess', { resourceUri: id }),
  ...envelopes('Microsoft.Resources.ResourceWriteSuccess', {
    resourceUri: `${id}/providers/Microsoft.Resources/tags/default`,
  }),
  ...envelopes('Microsoft.ResourceNotifications.Resources.CreatedOrUpdated', {}),
])('%s: %j names its resource', (_, event) => {
  expect(whatMoved(event)).toEqual(moved)
})

test('an alert rule is named as one', () => {
  const rule = id.replace('Microsoft.Web/sites', 'Microsoft.Insights/metricAlerts')
  const [[, event]] = envelopes('Microsoft.ResourceNotifications.Resources.CreatedOrUpdated', resourceInfo(rule)) as [
    [string, object],
  ]
  expect(whatMoved(event)).toEqual({ reread: [{ kind: 'AlertRule', id: rule.toLowerCase() }] })
})

test.each([
  ['what failed', 'Microsoft.Resources.ResourceWriteFailure', { resourceUri: id }, id],
  ['the handshake', 'Microsoft.EventGrid.SubscriptionValidationEvent', { validationCode: 'x' }, ''],
  ['a blob', 'Microsoft.Storage.BlobCreated', { url: 'https://x' }, id],
  ['what is no id', 'Microsoft.ResourceNotifications.Resources.Deleted', resourceInfo("/subscriptions/x' or 1==1"), ''],
  ['a huge id', 'Microsoft.ResourceNotifications.Resources.Deleted', resourceInfo(`${id}${'x'.repeat(3_000)}`), ''],
])('%s moves nothing', (_, type, data, subject) => {
  for (const [, event] of envelopes(type, data, subject)) expect(whatMoved(event)).toEqual({ reread: [] })
})

test('whatever comes, it names ids or nothing, and never throws', () => {
  const types = fc.constantFrom(
    'Microsoft.ResourceNotifications.Resources.Deleted',
    'microsoft.resources.resourcewritesuccess',
    'x',
  )
  const odd = fc.oneof(fc.jsonValue(), fc.constant(id))
  const event = fc.record(
    {
      type: fc.oneof(types, odd),
      eventType: fc.oneof(types, odd),
      subject: odd,
      data: fc.oneof(
        odd,
        fc.record({ resourceUri: odd, resourceInfo: fc.oneof(odd, fc.record({ id: odd, properties: odd })) }),
      ),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(event, odd), (body) => {
      const { reread } = whatMoved(body)
      for (const ref of reread)
        expect(ref).toEqual({ kind: 'Resource', id: expect.stringMatching(/^\/(subscriptions|providers)\/[^'"\\]+$/) })
      const delivery = {
        source: 'event-grid',
        id: 'x',
        arrived: '2026-11-20T10:00:00.000Z',
        headers: {},
        body: JSON.stringify(body),
      }
      expect(['read', 'ignored', 'unreadable']).toContain(readEventGrid(delivery).state)
    }),
  )
})

test('a notification is nothing to be heard of; a change is the same in the catalog whoever tells of it', () => {
  const read = (event: object) =>
    readEventGrid({
      source: 'event-grid',
      id: 'x',
      arrived: '2026-11-20T10:00:00.000Z',
      headers: {},
      body: JSON.stringify(event),
    })
  for (const [, event] of envelopes('Microsoft.ResourceNotifications.Resources.CreatedOrUpdated', resourceInfo(id)))
    expect(read(event)).toMatchObject({ state: 'ignored' })
  const data = { resourceUri: id, correlationId: 'ABC', operationName: 'Microsoft.Web/sites/write' }
  for (const [, event] of envelopes('Microsoft.Resources.ResourceWriteSuccess', data))
    expect(read(event)).toMatchObject({
      state: 'read',
      drafts: [{ type: 'change.recorded', data: { entity: changeRef('abc', id.toLowerCase()).id } }],
    })
})
