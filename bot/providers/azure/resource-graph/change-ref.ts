import { createHash } from 'node:crypto'
import type { Ref } from '../../../../skills/kit/model.js'

/**
 * The catalog's id of a change: the same from the table and from an event, which both carry the correlation of the request that made it. What
 * one request changed several times on one resource is one change.
 */
export const changeRef = (correlation: string, target: string): Ref => ({
  kind: 'Change',
  id: `azure/${createHash('sha256').update(`${correlation.toLowerCase()}\n${target.toLowerCase()}`).digest('hex').slice(0, 32)}`,
})
