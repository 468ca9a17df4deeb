import type { VendorRequest } from '../frame/router.js'
import { isJson, valueAt } from './json.js'
import type { Json } from './json.js'
import type { LongRunning } from './long-running.js'
import type { TypeOperations } from './operations/model.js'
import { namespaces, operationsOf, typesIn } from './operations/table.js'
import {
  groupNotFound,
  invalidContent,
  invalidVersion,
  missingProperty,
  missingVersion,
  namespaceNotFound,
  subscriptionForbidden,
  subscriptionNotFound,
  typeNotFound,
  versionNotRegistered,
} from './refusals.js'
import type { ResourcePath } from './resource-path.js'
import type { Caller } from './state.js'
import type { AzureStore } from './store.js'

/** What every operation of Resource Manager is given. */
export interface ArmRequest {
  request: VendorRequest
  store: AzureStore
  running: LongRunning
  caller: Caller
  /** The request's api-version. */
  version: string
}

/** The body as an object; refuses any other. */
export function bodyOf({ request }: ArmRequest): Json {
  if (isJson(request.body)) return request.body
  if (request.body === undefined && request.raw.length === 0) return {}
  throw invalidContent('The request body is not a JSON object.')
}

/** The api-version, or the refusal for a request without one. */
export function versionOf({ query }: VendorRequest): string {
  const version = query['api-version']
  if (!version) throw missingVersion()
  return version
}

/** Refuses an api-version that an operation of Resource Manager itself has not. */
export function requireVersion(version: string, supported: string[]): void {
  if (!supported.includes(version.toLowerCase())) throw invalidVersion(version, supported)
}

/** Refuses a subscription that the organisation has not. */
export function requireSubscription(store: AzureStore, id: string): void {
  const known = store.services.org.subscriptions.some((subscription) => subscription.id === id.toLowerCase())
  const closed = store.closed(id)
  if (!known || closed === 'deleted') throw subscriptionNotFound(id)
  if (closed) throw subscriptionForbidden(id)
}

/** Refuses a path in a subscription or group that is not there. */
export function requireScope(
  store: AzureStore,
  { subscription, group }: { subscription?: string; group?: string },
): void {
  if (subscription) requireSubscription(store, subscription)
  if (subscription && group && !store.group(subscription, group)) throw groupNotFound(group)
}

/** The table's entry for a path's type in an api-version it has; else the refusal that says what there is. */
export function entryOf({ namespace, type }: ResourcePath, version: string): TypeOperations {
  const entry = operationsOf(type)
  if (!entry) {
    if (!namespaces.some((known) => known.toLowerCase() === namespace.toLowerCase())) throw namespaceNotFound(namespace)
    const known = typesIn(namespace).map((each) => each.type.slice(namespace.length + 1))
    throw typeNotFound(namespace, type.slice(namespace.length + 1), version, known)
  }
  if (!entry.versions.includes(version.toLowerCase()))
    throw versionNotRegistered(entry.type.slice(namespace.length + 1), version, entry.versions)
  return entry
}

/** Refuses a body without one of the properties; `a|b` asks for either. */
export function requireProperties(type: string, body: Json, paths: string[] = []): void {
  for (const path of paths) {
    const there = path.split('|').some((each) => {
      const value = valueAt(body, each)
      return value !== undefined && value !== null
    })
    if (!there) throw missingProperty(type, path)
  }
}
