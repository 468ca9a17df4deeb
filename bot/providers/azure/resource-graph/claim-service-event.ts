import type { Claim, Json, Ref } from '../../../../skills/kit/model.js'
import { resourceRef } from '../../../../skills/kit/entity-ids.js'
import type { Fields } from '../../../fields.js'
import { armId } from './arm-ids.js'

/** What an event of Service Health touches, by tracking id. */
export type Touched = ReadonlyMap<string, readonly string[]>

/** Tracking id in the id of an event, or of what is below it. */
export const trackingIdIn = (id: string): string | undefined =>
  /\/providers\/microsoft\.resourcehealth\/events\/([^/]+)/i.exec(id)?.[1]?.toLowerCase()

/** Types of events that are news of something to come, not of something broken, as the catalog calls them. */
const announcements: Record<string, string> = {
  plannedmaintenance: 'maintenance',
  healthadvisory: 'advisory',
  securityadvisory: 'advisory',
  rca: 'advisory',
}

/** Most resources that one event names: more are in its subscriptions. */
const mostTouched = 500

/**
 * What Azure says of itself: an outage is an incident, maintenance and advisories are changes. One event comes once for each of the
 * subscriptions it touches; it is one in the catalog.
 */
export function claimsOfServiceEvents(rows: readonly Fields[], touched: Touched): Claim[] {
  const events = new Map<string, { row: Fields; subscriptions: string[] }>()
  for (const row of rows) {
    const id = armId(row.text('id', 2_049))
    const tracking = id && trackingIdIn(id)
    if (!id || !tracking) continue
    const known = events.get(tracking) ?? { row, subscriptions: [] }
    const subscription = row.text('subscriptionId')?.toLowerCase()
    if (subscription) known.subscriptions.push(`/subscriptions/${subscription}`)
    events.set(tracking, known)
  }
  return [...events].flatMap(([tracking, { row, subscriptions }]) => {
    const named = touched.get(tracking) ?? []
    const affected = (named.length ? named : subscriptions).slice(0, mostTouched)
    const claim = claimOfEvent(tracking, row, affected.map(resourceRef))
    return claim ? [claim] : []
  })
}

function claimOfEvent(tracking: string, row: Fields, affected: readonly Ref[]): Claim | undefined {
  const [kind, title, at] = [row.text('kind')?.toLowerCase() ?? '', row.text('title'), row.instant('started')]
  if (!title || !at) return undefined
  const [summary, ended] = [row.text('summary', 1_000), row.instant('ended')]
  const affects = affected.map((to) => ({ type: 'affects' as const, to }))
  const named = { id: `azure/${tracking}`, name: `Azure ${tracking.toUpperCase()}`, relations: affects }
  const isOver = row.text('status')?.toLowerCase() !== 'active'
  if (kind === 'serviceissue') {
    const props: Record<string, Json> = {
      title,
      state: isOver ? 'resolved' : 'triggered',
      opened: at,
      ...(isOver && ended && { resolved: ended }),
      ...(summary && { summary }),
    }
    return { kind: 'Incident', ...named, props }
  }
  const what = Object.hasOwn(announcements, kind) ? announcements[kind]! : undefined
  if (what === undefined) return undefined
  return { kind: 'Change', ...named, props: { title, what, source: 'azure', at, ...(summary && { summary }) } }
}
