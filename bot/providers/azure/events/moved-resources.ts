import type { Moved, ReadMoved } from '../../../../skills/kit/delivery.js'
import { resourceRef } from '../../../../skills/kit/entity-ids.js'
import { parseFields } from '../../../fields.js'

/** Types of events after which a resource, or what is known of it, may be another. */
const moving =
  /^microsoft\.(resources\.resource(write|delete|action)success|resourcenotifications\.(healthresources|resources|resourcemanagement)\..+)$/i

/** A resource's part of an id that goes on below it, such as `/providers/Microsoft.ResourceHealth/availabilityStatuses/current`. */
const extension = /\/providers\/microsoft\.(resourcehealth|advisor|insights|security|authorization|maintenance)\/.*$/i

/**
 * Which resource of Azure an event of Event Grid moved, in either of its schemas. It is read anew; what the event says of it is not relied
 * on, because events come late and out of order (learn.microsoft.com/azure/event-grid/delivery-and-retry, "Delivery order").
 */
export const movedInEventGrid: ReadMoved = ({ body }): Moved | undefined => {
  const fields = parseFields(body)
  const type = fields?.text('eventType') ?? fields?.text('type')
  if (!fields || !type || !moving.test(type)) return undefined
  const data = fields.object('data')
  const target = data.object('resourceInfo').object('properties').text('targetResourceId', 600)
  const id =
    target ??
    data.text('resourceUri', 600) ??
    data.object('resourceInfo').text('id', 600) ??
    fields.text('subject', 600)
  const resource = id?.replace(extension, '').replace(/\/$/, '')
  if (!resource || !/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\//i.test(resource)) return undefined
  return { source: 'azure', reread: [resourceRef(resource)] }
}
