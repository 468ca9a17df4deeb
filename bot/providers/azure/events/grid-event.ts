import type { Delivery } from '../../../../skills/kit/delivery.js'
import type { Instant } from '../../../../skills/kit/model.js'
import type { Fields } from '../../../fields.js'

/** An event of Event Grid in either of its schemas. */
export interface GridEvent {
  id: string
  /** "Microsoft.Resources.ResourceWriteSuccess" … */
  type: string
  /** When it happened, else when it arrived. */
  at: Instant
  subject?: string
  data: Fields
}

/** The name at the end of an ARM id. */
export const nameAtEnd = (id: string): string => id.replace(/\/$/, '').split('/').at(-1) ?? id

/**
 * An event in either envelope: Event Grid's own schema has `eventType` and `eventTime`, CloudEvents 1.0 have `type` and `time`.
 */
export function gridEventIn(fields: Fields, { id, arrived }: Pick<Delivery, 'id' | 'arrived'>): GridEvent | undefined {
  const type = fields.text('eventType') ?? fields.text('type')
  if (!type) return undefined
  const subject = fields.text('subject', 600)
  return {
    id: fields.text('id') ?? id,
    type,
    at: fields.instant('eventTime') ?? fields.instant('time') ?? arrived,
    data: fields.object('data'),
    ...(subject && { subject }),
  }
}
