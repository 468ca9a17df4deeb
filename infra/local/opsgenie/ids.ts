import { createHash } from 'node:crypto'
import type { Organisation } from '../organisation/model.js'
import { uuidOf } from '../frame/ids.js'

/** A stable id in Opsgenie's style, which is a UUID. */
export const opsgenieId = (kind: 'user' | 'team' | 'schedule' | 'rotation', name: string): string =>
  uuidOf(`opsgenie/${kind}/${name}`)

/** The key of the local Opsgenie's API integration; a fact of the local tenant, not a secret of anybody's. */
export const opsgenieKey = (org: Pick<Organisation, 'domain'>): string => uuidOf(`opsgenie/key/${org.domain}`)

/** An id for a request, as answers carry it; the same request has the same one. */
export const requestIdOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
