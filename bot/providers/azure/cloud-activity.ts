import type { Json } from '../../../skills/kit/model.js'
import type { CloudActivity } from '../../../skills/kit/ports.js'
import { isObject } from './json-object.js'

const activityVersion = '2015-04-01'

/**
 * The query for a resource's events since a moment. The service takes few filters (learn.microsoft.com, "Activity Logs - List"): a time
 * and one of resource group, resource, provider or correlation id; never two of these. The resource is the narrowest that is sure: a
 * correlation id is Azure's to choose, the client's request id is not to be filtered by.
 */
export function activityQuery(resource: string, since: string, until: string): string {
  const subscription = /^\/subscriptions\/([0-9a-f-]{36})\//i.exec(resource)?.[1]
  if (!subscription) throw new Error(`No subscription in ${resource}`)
  const filter = `eventTimestamp ge '${since}' and eventTimestamp le '${until}' and resourceUri eq '${resource.replace(/'/g, "''")}'`
  const query = new URLSearchParams({ 'api-version': activityVersion, $filter: filter })
  return `/subscriptions/${subscription}/providers/Microsoft.Insights/eventtypes/management/values?${query.toString()}`
}

/** The events of a page that are about the requests with a correlation id: as the client's request id, or where Azure took it over as its own. */
export function activitiesIn(page: Json, correlation: string): CloudActivity[] {
  const rows = isObject(page) && Array.isArray(page.value) ? page.value.filter(isObject) : []
  const wanted = correlation.toLowerCase()
  return rows.filter((row) => idsOf(row).includes(wanted)).flatMap(activityOf)
}

/** Where the next page stands. */
export const nextPage = (page: Json): string | undefined =>
  isObject(page) && typeof page.nextLink === 'string' ? page.nextLink : undefined

const idsOf = ({ httpRequest, correlationId }: { [key: string]: Json }): string[] =>
  [isObject(httpRequest) ? httpRequest.clientRequestId : undefined, correlationId]
    .filter((id) => typeof id === 'string')
    .map((id) => id.toLowerCase())

function activityOf(row: { [key: string]: Json }): CloudActivity[] {
  const operation = valueOf(row.operationName)
  const status = statuses[valueOf(row.status)?.toLowerCase() ?? '']
  const at = typeof row.eventTimestamp === 'string' ? Date.parse(row.eventTimestamp) : NaN
  return operation && status && !Number.isNaN(at) ? [{ operation, status, at: new Date(at).toISOString() }] : []
}

/** The statuses of the log ("Azure Activity Log event schema"). */
const statuses: Record<string, CloudActivity['status']> = {
  started: 'started',
  accepted: 'started',
  'in progress': 'started',
  active: 'started',
  succeeded: 'succeeded',
  resolved: 'succeeded',
  failed: 'failed',
}

const valueOf = (localized: Json | undefined): string | undefined =>
  isObject(localized) && typeof localized.value === 'string' ? localized.value : undefined
