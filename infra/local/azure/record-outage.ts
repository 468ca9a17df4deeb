import { randomUUID } from 'node:crypto'
import { personObjectId, upnOf } from '../organisation/object-ids.js'
import type { Services } from '../frame/services.js'
import { actionEffect } from './effects/registry.js'
import type { Caller } from './state.js'
import { azureStore } from './store.js'

/** What a story tells of Azure beside what its clients ask: what people do in the portal, and what Azure Monitor notices. */

/**
 * Brings a version live by swapping a web app with one of its slots, as a person does it in the portal: change records and the Activity
 * Log have it. An app that has the version already stays as it is.
 */
export function swapSlot(
  services: Services,
  { siteId, slot, version, person }: { siteId: string; slot: string; version: string; person: string },
): void {
  const store = azureStore(services)
  const stored = store.find(siteId)
  if (!stored || stored.resource.tags?.['version'] === version) return
  const operation = `${stored.resource.type}/slotsswap/action`
  const caller: Caller = {
    objectId: personObjectId(services.org, person),
    application: '',
    name: upnOf(services.org, person),
    kind: 'User',
    correlation: randomUUID(),
    client: 'Azure Portal',
  }
  const body = { targetSlot: slot, preserveVnet: true }
  const context = { store, stored, body, query: {}, now: store.now(), caller, operation }
  const effect = actionEffect(stored.resource.type, 'slotsswap')
  store.write(stored, caller, operation, () => {
    effect.begin?.(context)
    effect.finish?.(context)
  })
  store.recordActivity({ resourceId: stored.resource.id, operation, status: 'Succeeded', statusCode: 'OK', caller })
}

/** An alert as Azure's alert management lists it. */
export interface NoticedAlert {
  /** GUID. */
  id: string
  subscription: string
  name: string
  severity: string
  target: string
  rule: string
  fired: Date
  resolved?: Date
}

/** Notes that an alert fired, or was resolved. */
export function recordAlert(services: Services, { id, fired, resolved, ...alert }: NoticedAlert): void {
  const store = azureStore(services)
  const known = store.state.alerts.findIndex((each) => each.id === id)
  const noted = {
    ...{ id, ...alert, state: resolved ? ('Closed' as const) : ('New' as const) },
    ...{ condition: resolved ? ('Resolved' as const) : ('Fired' as const), started: fired.toISOString() },
    modified: (resolved ?? fired).toISOString(),
    ...(resolved && { resolved: resolved.toISOString() }),
  }
  if (known < 0) store.state.alerts.push(noted)
  else store.state.alerts[known] = noted
  store.changed()
}

/** Sets what Resource Health says of a resource. */
export function recordHealth(services: Services, resource: string, state: string, summary: string): void {
  const store = azureStore(services)
  const stored = store.find(resource)
  if (stored) store.setHealth(stored, { availabilityState: state, summary, reasonType: 'Unplanned' })
}

/** Closes a subscription to every caller, or opens it again: it is deleted, or their access to it was taken. */
export function closeSubscription(
  services: Services,
  subscription: string,
  how: 'deleted' | 'forbidden' | 'open',
): void {
  const store = azureStore(services)
  const { [subscription.toLowerCase()]: _before, ...closed } = store.state.closed ?? {}
  store.state.closed = how === 'open' ? closed : { ...closed, [subscription.toLowerCase()]: how }
  store.changed()
}
