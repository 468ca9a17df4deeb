import { fieldsOf } from '../../../fields.js'
import { touchedBy } from '../api-management/touched-id.js'
import type { Moved } from './what-moved.js'

/** Events of what the catalog has of a service ("Azure API Management as an Event Grid source"), in either envelope. */
const counts = /^microsoft\.apimanagement\.(api|apirelease|product)(created|updated|deleted)$/i

/**
 * What an event of API Management moved. Pure. As with resources it names only what to read anew: an API, or a service of which a product
 * is different, by ARM id.
 * @param body one parsed event, in Event Grid's own schema or as a CloudEvent, of any form
 */
export function whatMovedInApiManagement(body: unknown): Moved {
  const event = fieldsOf(body)
  const type = event.text('eventType') ?? event.text('type') ?? event.text('Type') ?? ''
  const id = counts.test(type) ? touchedBy(event.object('data').text('resourceUri', 2_049) ?? '') : undefined
  return { reread: id === undefined ? [] : [{ kind: 'Api', id }] }
}
