import { fieldsOf } from '../../../fields.js'
import type { Json } from '../../../../skills/kit/model.js'

/** From where deltas count, and which subscriptions were seen then. */
export interface Watermark {
  /** Azure's time. */
  at: string
  subscriptions: string[]
}

/** A watermark as the sync keeps it; undefined for anything else. */
export function watermarkIn(value: Json): Watermark | undefined {
  const fields = fieldsOf(value)
  const at = fields.instant('at')
  const { subscriptions } = (value ?? {}) as { subscriptions?: unknown }
  const known = Array.isArray(subscriptions) ? subscriptions.filter((one) => typeof one === 'string') : undefined
  return at && known ? { at, subscriptions: known } : undefined
}
