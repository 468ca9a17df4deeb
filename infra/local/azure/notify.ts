import { randomUUID } from 'node:crypto'
import type { Services } from '../frame/services.js'
import type { ChangeRecord, StoredResource } from './state.js'
import { azureStore } from './store.js'

/** Brings an event to whoever subscribed, and gives the status of their answer; rejects where nobody answers. */
export type DeliverEvent = (event: object) => Promise<number>

/** Seconds after a change until it is told, and until it is told again to one who did not take it ("Event Grid message delivery and retry"). */
const waits = [2, 10, 30, 60]
/** Answers after which an event is not brought again. */
const final = [400, 401, 403, 413]

/**
 * Tells of changed resources as Azure Resource Notifications do, in CloudEvents 1.0: an organisation's system topic for resources has one
 * subscriber, which is the hub. Health is not told so here: what Azure Monitor notices comes as alerts.
 */
export function notifyOfResources(services: Services, deliver: DeliverEvent): void {
  const tell = (event: object, [seconds, ...later]: number[]): void => {
    if (seconds === undefined) return
    services.after(seconds * 1000, () => {
      deliver(event).then(
        (status) => status >= 300 && !final.includes(status) && tell(event, later),
        () => tell(event, later),
      )
    })
  }
  azureStore(services).hear((change, stored) => {
    if (/^microsoft\.apimanagement\/service\//i.test(change.targetType)) {
      const event = apiEvent(change, stored)
      if (event) tell(event, waits)
    } else if (stored ? stored.resource.location !== undefined : change.changeType === 'Delete')
      tell(notification(change, stored, services.org.tenant), waits)
  })
}

/** What API Management tells of by its own topic, in the words of its events' types. */
const told: Record<string, string> = { apis: 'API', products: 'Product', 'apis/releases': 'APIRelease' }
const deeds: Record<ChangeRecord['changeType'], string> = { Create: 'Created', Update: 'Updated', Delete: 'Deleted' }

/** An event of learn.microsoft.com, "Azure API Management as an Event Grid source"; undefined for what it has no event for. */
function apiEvent({ targetId, targetType, changeType, at }: ChangeRecord, stored?: StoredResource): object | undefined {
  const what = told[targetType.split('/').slice(2).join('/')]
  const [, service = '', name = ''] = /^(.*?\/service\/[^/]+)(\/.*)$/i.exec(targetId) ?? []
  if (what === undefined) return undefined
  const revision = stored?.resource.properties['apiRevision'] ?? 1
  const subject = what === 'API' && !/;rev=/i.test(name) ? `${name};Rev=${String(revision)}` : name
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: service,
    subject,
    type: `Microsoft.ApiManagement.${what}${deeds[changeType]}`,
    time: at,
    data: { resourceUri: `${service}${subject}` },
  }
}

/** An event of learn.microsoft.com, "Azure Resource Notifications - Resource Management events". */
function notification(change: ChangeRecord, stored: StoredResource | undefined, tenantId: string): object {
  const { targetId: id, targetType: type, changeType, at } = change
  const subscription = id.split('/').slice(0, 3).join('/')
  const { name = id.split('/').at(-1), location, tags, properties } = stored?.resource ?? {}
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: subscription,
    subject: id,
    type: `Microsoft.ResourceNotifications.Resources.${changeType === 'Delete' ? 'Deleted' : 'CreatedOrUpdated'}`,
    time: at,
    data: {
      resourceInfo: {
        tenantId,
        id,
        name,
        type,
        ...(location && { location }),
        ...(tags && { tags }),
        ...(properties && { properties }),
      },
      operationalInfo: { resourceEventTime: at },
      apiVersion: '2024-03-01',
    },
  }
}
