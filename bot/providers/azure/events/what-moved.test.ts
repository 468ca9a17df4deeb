import { expect, test } from '@jest/globals'
import { whatMoved } from './what-moved.js'

const site = '/subscriptions/1/resourceGroups/RG/providers/Microsoft.Web/sites/Shop'
const ref = { kind: 'Resource', id: site.toLowerCase() }

test.each<[what: string, event: unknown]>([
  [
    'a write, in its own schema',
    { eventType: 'Microsoft.Resources.ResourceWriteSuccess', data: { resourceUri: site } },
  ],
  ['a deletion, as a CloudEvent', { type: 'Microsoft.Resources.ResourceDeleteSuccess', subject: site, data: {} }],
  [
    'a resource that was created',
    { type: 'Microsoft.ResourceNotifications.Resources.CreatedOrUpdated', data: { resourceInfo: { id: site } } },
  ],
  [
    'its health',
    {
      type: 'Microsoft.ResourceNotifications.HealthResources.AvailabilityStatusChanged',
      subject: `${site}/providers/Microsoft.ResourceHealth/availabilityStatuses/current`,
      data: { resourceInfo: { properties: { targetResourceId: site } } },
    },
  ],
])('%s has the resource read anew', (_what, event) => {
  expect(whatMoved(event)).toEqual({ reread: [ref] })
})

test.each<[what: string, event: unknown]>([
  ['a failed write', { eventType: 'Microsoft.Resources.ResourceWriteFailure', data: { resourceUri: site } }],
  ['the subscription itself', { eventType: 'Microsoft.Resources.ResourceWriteSuccess', subject: '/subscriptions/1' }],
  ['another topic', { type: 'Microsoft.Storage.BlobCreated', subject: site }],
  ['nothing', {}],
  ['a list', []],
  ['a text', 'x'],
])('%s has nothing read', (_what, event) => {
  expect(whatMoved(event)).toEqual({ reread: [] })
})
