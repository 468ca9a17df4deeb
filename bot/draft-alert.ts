import { createHash } from 'node:crypto'
import type { Alert, Severity } from '../skills/kit/alert.js'
import type { About, Draft } from '../skills/kit/delivery.js'
import type { Json } from '../skills/kit/model.js'

/** An alert as the event that skills hear. */
export const draftAlert = (alert: Alert, about: readonly About[]): Draft => ({
  type: alert.status === 'fired' ? 'alert.fired' : 'alert.resolved',
  at: alert.at,
  data: alert as unknown as Json,
  about,
  thread: alert.id,
})

/** A short text that is the same for the same parts, whatever their case. */
export const fingerprintOf = (...parts: (string | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(parts).toLowerCase()).digest('base64url').slice(0, 24)

/** An address that a person may be sent to; undefined for anything else. */
export const webAddress = (text: string | undefined): string | undefined =>
  text !== undefined && /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? text : undefined

/** A severity's number within bounds. */
export const severityOf = (number: number): Severity | undefined =>
  Number.isInteger(number) && number >= 0 && number <= 4 ? (number as Severity) : undefined

/** Dimensions and labels that name what an alert is about, the most telling first. */
const telling = [
  'service',
  'service_name',
  'cloud_rolename',
  'app',
  'application',
  'appname',
  'app_kubernetes_io_name',
  'deployment',
  'controllername',
  'job',
  'container',
  'computer',
  'host',
  'hostname',
  'instance',
  'cluster',
]
/** Dimensions of an alert that are kept. */
const mostDimensions = 30

/** Dimensions as an alert carries them; absent where there are none. */
export const dimensionsOf = (entries: readonly (readonly [string, string])[]): Pick<Alert, 'dimensions'> =>
  entries.length ? { dimensions: Object.fromEntries(entries.slice(0, mostDimensions)) } : {}

/** What an alert's dimensions say it is about: ARM ids among their values, and names. */
export function aboutDimensions({
  dimensions = {},
}: Pick<Alert, 'dimensions'>): Required<Pick<About, 'resources' | 'names'>> {
  const entries = Object.entries(dimensions).map(([name, value]) => [name.toLowerCase(), value] as const)
  return {
    resources: entries.flatMap(([, value]) => (/^\/subscriptions\//i.test(value) ? [value] : [])),
    names: telling.flatMap((name) =>
      entries.flatMap(([key, value]) => (key === name ? [value.replace(/:\d+$/, '')] : [])),
    ),
  }
}
