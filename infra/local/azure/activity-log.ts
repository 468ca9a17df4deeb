import type { VendorRequest, VendorResponse } from '../frame/router.js'
import { ArmRefusal } from './refusals.js'
import { parsePath } from './resource-path.js'
import type { ActivityEvent } from './state.js'
import type { AzureStore } from './store.js'

const pageSize = 200
const keptDays = 90

type Conditions = Record<string, { operator: string; value: string }[]>

/** `$filter`: comparisons of a name with a quoted text, joined by `and`; the service takes no other form. */
function conditionsOf(filter: string): Conditions {
  const conditions: Conditions = {}
  for (const clause of filter.split(/\s+and\s+/i)) {
    const match = /^\s*(\w+)\s+(eq|ge|le)\s+'?([^']*)'?\s*$/i.exec(clause)
    if (!match) throw new ArmRefusal(400, 'BadRequest', `The filter clause '${clause.trim()}' is not supported.`)
    const [, name = '', operator = '', value = ''] = match
    ;(conditions[name.toLowerCase()] ??= []).push({ operator: operator.toLowerCase(), value })
  }
  return conditions
}

const equals: Record<string, (event: ActivityEvent) => string> = {
  resourceuri: ({ resourceId }) => resourceId,
  resourceid: ({ resourceId }) => resourceId,
  correlationid: ({ caller }) => caller.correlation,
  status: ({ status }) => status,
  resourcegroupname: ({ resourceId }) => /\/resourceGroups\/([^/]+)/i.exec(resourceId)?.[1] ?? '',
  resourceprovider: ({ operation }) => operation.split('/')[0] ?? '',
}

function moment(conditions: Conditions, operator: string): Date | undefined {
  const value = conditions['eventtimestamp']?.find((condition) => condition.operator === operator)?.value
  if (value === undefined) return undefined
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) throw new ArmRefusal(400, 'BadRequest', `'${value}' is not a date and time.`)
  return date
}

const localized = (value: string) => ({ value, localizedValue: value })

/** An event as the service shows it; field names of learn.microsoft.com, "Azure activity log event schema". */
function eventBody(event: ActivityEvent, tenant: string) {
  const { id, at, resourceId, operation, status, statusCode, caller } = event
  const path = parsePath(resourceId)
  const ticks = (BigInt(Date.parse(at)) + 62_135_596_800_000n) * 10_000n
  const begun = status === 'Started' || status === 'Accepted'
  return {
    authorization: { action: operation, scope: resourceId },
    caller: caller.name,
    channels: 'Operation',
    claims: {
      'http://schemas.microsoft.com/identity/claims/objectidentifier': caller.objectId,
      appid: caller.application,
    },
    correlationId: caller.correlation,
    description: event.message ?? '',
    eventDataId: id,
    eventName: localized(begun ? 'BeginRequest' : 'EndRequest'),
    category: localized('Administrative'),
    eventTimestamp: at,
    id: `${resourceId}/events/${id}/ticks/${ticks}`,
    level: status === 'Failed' ? 'Error' : 'Informational',
    operationId: caller.correlation,
    ...(caller.request ? { httpRequest: { clientRequestId: caller.request } } : {}),
    operationName: localized(operation),
    resourceGroupName: equals['resourcegroupname']!(event),
    resourceProviderName: localized(operation.split('/')[0] ?? ''),
    resourceType: localized(path?.type ?? 'Microsoft.Resources/subscriptions/resourceGroups'),
    resourceId,
    status: localized(status),
    subStatus: localized(statusCode),
    submissionTimestamp: at,
    subscriptionId: resourceId.split('/')[2] ?? '',
    tenantId: tenant,
    properties: { statusCode, eventCategory: 'Administrative', entity: resourceId, message: operation },
  }
}

/** Answers `Microsoft.Insights/eventtypes/management/values`: the events of a subscription, newest first. */
export function activityLog(store: AzureStore, request: VendorRequest, subscription: string): VendorResponse {
  const filter = request.query['$filter']
  const conditions = filter ? conditionsOf(filter) : {}
  const from = moment(conditions, 'ge')
  if (!from)
    throw new ArmRefusal(400, 'BadRequest', "The '$filter' must have 'eventTimestamp ge' with a date and time.")
  if (store.now().getTime() - from.getTime() > keptDays * 86_400_000)
    throw new ArmRefusal(400, 'BadRequest', `The start time cannot be more than ${keptDays} days in the past.`)
  const to = moment(conditions, 'le') ?? store.now()
  for (const name of Object.keys(conditions)) {
    if (name !== 'eventtimestamp' && !equals[name])
      throw new ArmRefusal(400, 'BadRequest', `The filter on '${name}' is not supported.`)
  }
  const prefix = `/subscriptions/${subscription}/`.toLowerCase()
  const found = store.state.activity.filter((event) => {
    const at = Date.parse(event.at)
    if (!`${event.resourceId}/`.toLowerCase().startsWith(prefix) || at < from.getTime() || at > to.getTime())
      return false
    return Object.entries(conditions).every(([name, list]) =>
      list.every(({ value }) => !equals[name] || equals[name](event).toLowerCase() === value.toLowerCase()),
    )
  })
  const skip = Number(request.query['$skiptoken'] ?? 0) || 0
  const page = found.toReversed().slice(skip, skip + pageSize)
  const next = new URL(request.url)
  next.searchParams.set('$skipToken', String(skip + pageSize))
  const link = found.length > skip + pageSize ? { nextLink: next.href } : {}
  return { status: 200, body: { value: page.map((event) => eventBody(event, store.services.org.tenant)), ...link } }
}
