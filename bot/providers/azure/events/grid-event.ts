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
