import { resourceRef } from '../../../../skills/kit/entity-ids.js'
import type { Ref } from '../../../../skills/kit/model.js'
import { fieldsOf } from '../../../fields.js'

/** What an event of Event Grid means for the catalog. */
export interface Moved {
  /** What to read anew; one that is not there any more turns out to be gone by that. */
  reread: Ref[]
}

/** Types of events after which a resource, or what is known of it, may be another. */
const moving = /^microsoft\.(resources\.resource(write|delete|action)success|resourcenotifications\.\w+\.\w+)$/i

/** What stands below a resource and tells of it, such as its health. */
const below = /\/providers\/microsoft\.(resourcehealth|advisor|insights|security|authorization)\/.*$/i

/**
 * What an event moved. Pure. It names only what to read anew and never what is so, because events come late, twice and out of order
 * (learn.microsoft.com, "Event Grid message delivery and retry").
 * @param body one parsed event, in Event Grid's own schema or as a CloudEvent, of any form
 */
export function whatMoved(body: unknown): Moved {
  const event = fieldsOf(body)
  const type = event.text('eventType') ?? event.text('type') ?? ''
  if (!moving.test(type)) return { reread: [] }
  const data = event.object('data')
  const info = data.object('resourceInfo')
  const target = info.object('properties').text('targetResourceId', 600) ?? info.text('id', 600)
  const id = (target ?? data.text('resourceUri', 600) ?? event.text('subject', 600) ?? '').replace(below, '')
  const isResource = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/[^/]+\/./i.test(id)
  return { reread: isResource ? [resourceRef(id.replace(/\/$/, ''))] : [] }
}
