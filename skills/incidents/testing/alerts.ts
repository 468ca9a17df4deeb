import type { Alert } from '../../kit/alert.js'
import type { PlacedAlert } from '../correlation.js'
import { began } from './inhabitant.js'

/** A moment so many seconds after the beginning. */
export const after = (seconds: number): string => new Date(Date.parse(began) + seconds * 1000).toISOString()

/** An alert of a rule on a service: `alert('auth-api', 'sign-in fails', { severity: 1 })`. */
export const alert = (service: string, title: string, given: Partial<Alert> = {}): Alert => ({
  id: `${service} ${title} 1`,
  fingerprint: `${service} ${title}`,
  source: 'azure-monitor',
  rule: title,
  severity: 2,
  title,
  target: { name: service },
  at: began,
  status: 'fired',
  ...given,
})

/** The same with what the catalog found for it. */
export const placed = (service: string, title: string, given: Partial<PlacedAlert> = {}): PlacedAlert => {
  const made = alert(service, title, given)
  return { ...made, arrived: made.at, services: [service], ...given }
}
