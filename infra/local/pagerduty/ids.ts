import { createHash } from 'node:crypto'
import type { Organisation } from '../organisation/model.js'
import { uuidOf } from '../frame/ids.js'

/** PagerDuty's resource types that the stand-in has, as they appear in `type`. */
export type Kind = 'user' | 'team' | 'service' | 'schedule' | 'escalation_policy' | 'priority' | 'incident' | 'override'

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** A stable id in PagerDuty's style: `P` and six capitals or digits; an incident's is `Q` and thirteen. */
export function pagerDutyId(
  kind: Kind | 'contact_method' | 'layer' | 'log_entry' | 'alert' | 'note',
  name: string,
): string {
  const length = kind === 'incident' || kind === 'log_entry' || kind === 'alert' ? 13 : 6
  const bytes = createHash('sha256').update(`${kind}/${name}`).digest().subarray(0, length)
  return (length === 13 ? 'Q' : 'P') + [...bytes].map((byte) => digits[byte % digits.length]).join('')
}

/** The REST API token that the local PagerDuty takes; a fact of the local tenant, not a secret of anybody's. */
export const pagerDutyToken = (org: Pick<Organisation, 'domain'>): string =>
  `local-${uuidOf(`pagerduty/${org.domain}`)}`

/** A reference to a resource, as PagerDuty embeds it where it is not expanded by `include[]`. */
export interface Reference {
  id: string
  type: string
  summary: string
  self: string
  html_url: string
}
