import type { Ref } from '../../../../skills/kit/model.js'
import { fieldsOf, type Fields } from '../../../fields.js'
import { armId } from '../resource-graph/arm-ids.js'
import { isAlertRule } from '../resource-graph/alert-rule-types.js'

/** What an event of Event Grid means for the catalog. */
export interface Moved {
  /** What to read anew, each once; one that is not there any more turns out to be gone by that. */
  reread: Ref[]
}

/** Events of Azure Resource Notifications, of the system topics for resources, health and what comes (learn.microsoft.com, "Azure Resource Notifications"). */
const notification = /^microsoft\.resourcenotifications\.\w+\.\w+$/
/** Events of a subscription's or a group's own topic ("Azure subscription as an Event Grid source"). */
const subscriptionEvent = /^microsoft\.resources\.resource(write|delete|action)success$/

/** Whether a type, in lower case, is of Azure Resource Notifications. */
export const isNotification = (type: string): boolean => notification.test(type)

/** What stands below a resource and tells of it, without an entry of its own in the catalog. */
const below =
  /\/providers\/(microsoft\.resourcehealth|microsoft\.resources\/(tags|deployments)|microsoft\.authorization|microsoft\.advisor|microsoft\.policyinsights|microsoft\.security)\/.*$/

/**
 * What an event moved. Pure. It names only what to read anew and never what is so: an event that comes late, twice or before an earlier
 * one then changes nothing that is not so in Azure.
 * @param body one parsed event, in Event Grid's own schema or as a CloudEvent, of any form
 */
export function whatMoved(body: unknown): Moved {
  const event = fieldsOf(body)
  const type = (event.text('eventType') ?? event.text('type') ?? '').toLowerCase()
  const data = event.object('data')
  const target = notification.test(type)
    ? notifiedOf(data, event)
    : subscriptionEvent.test(type)
      ? (data.text('resourceUri', longest) ?? event.text('subject', longest))
      : undefined
  const id = armId(target)?.replace(below, '')
  return { reread: id ? [{ kind: isRule(id) ? 'AlertRule' : 'Resource', id }] : [] }
}

/** One more than an id may be long, so that a longer one is seen to be none. */
const longest = 2_049

/** What a notification is about: health names its target, anything else itself. */
function notifiedOf(data: Fields, event: Fields): string | undefined {
  const info = data.object('resourceInfo')
  return (
    info.object('properties').text('targetResourceId', longest) ??
    info.text('id', longest) ??
    event.text('subject', longest)
  )
}

/** Whether an id is an alert rule's, by its type. */
function isRule(id: string): boolean {
  const [, namespace, kind] = /\/providers\/([^/]+)\/([^/]+)\/[^/]+$/.exec(id) ?? []
  return namespace !== undefined && isAlertRule(`${namespace}/${kind}`)
}
