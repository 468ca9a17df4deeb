import type { ReadDelivery, Reading } from '../../../../skills/kit/delivery.js'
import { parseFields } from '../../../fields.js'
import { gridEventIn, type GridEvent } from './grid-event.js'
import { readHealthAnnotation } from './health-annotation.js'
import { readHealthStatus } from './health-status.js'
import { readResourceChange } from './resource-change.js'
import { isNotification } from './what-moved.js'

/** Reads one event of Event Grid: its own schema has `eventType` and `eventTime`, CloudEvents 1.0 have `type` and `time`. */
export const readEventGrid: ReadDelivery = (delivery) => {
  const fields = parseFields(delivery.body)
  if (!fields) return { state: 'unreadable', reason: 'Its body is not JSON, or no object.' }
  const event = gridEventIn(fields, delivery)
  return event
    ? readEvent(event)
    : { state: 'unreadable', reason: 'It has no type of event: neither `eventType` nor `type`.' }
}

function readEvent(event: GridEvent): Reading {
  const type = event.type.toLowerCase()
  if (type === 'microsoft.resourcenotifications.healthresources.availabilitystatuschanged')
    return readHealthStatus(event)
  if (type === 'microsoft.resourcenotifications.healthresources.resourceannotated') return readHealthAnnotation(event)
  if (/^microsoft\.resources\.resource(write|delete|action)(success|failure|cancel)$/.test(type))
    return readResourceChange(event)
  if (isNotification(type) || type.startsWith('microsoft.apimanagement.'))
    return { state: 'ignored', reason: `${event.type} says only what to read anew, which the catalog does.` }
  if (type.startsWith('microsoft.eventgrid.'))
    return { state: 'ignored', reason: `${event.type} is about the subscription itself.` }
  return {
    state: 'unreadable',
    reason: `Nexus knows no events of type ${event.type}. Take the type out of the event subscription's filter.`,
  }
}
