import type { VendorResponse } from '../frame/router.js'
import { isJson } from './json.js'
import { namespaces, typesIn } from './operations/table.js'
import { ArmRefusal, missingProperty, namespaceNotFound, noSuchUri } from './refusals.js'
import { requireSubscription, requireVersion } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import type { ArmResource } from './state.js'
import type { AzureStore } from './store.js'

const subscriptionVersions = [
  '2022-12-01',
  '2022-09-01',
  '2021-01-01',
  '2020-01-01',
  '2019-11-01',
  '2019-06-01',
  '2016-06-01',
]

/** Api-versions of groups, resources, tags and deployments. */
export const resourceVersions = [
  '2025-04-01',
  '2025-03-01',
  '2024-11-01',
  '2024-07-01',
  '2024-03-01',
  '2023-07-01',
  '2022-09-01',
  '2021-04-01',
  '2020-10-01',
  '2020-06-01',
  '2019-10-01',
  '2018-05-01',
]

/** Regions, with the names people see. */
const regions: Record<string, string> = {
  westeurope: 'West Europe',
  northeurope: 'North Europe',
  germanywestcentral: 'Germany West Central',
  francecentral: 'France Central',
  swedencentral: 'Sweden Central',
  switzerlandnorth: 'Switzerland North',
  uksouth: 'UK South',
  eastus: 'East US',
  eastus2: 'East US 2',
  centralus: 'Central US',
  westus2: 'West US 2',
  westus3: 'West US 3',
  canadacentral: 'Canada Central',
  brazilsouth: 'Brazil South',
  southeastasia: 'Southeast Asia',
  japaneast: 'Japan East',
  australiaeast: 'Australia East',
  centralindia: 'Central India',
}

const plainName = (location: string): string => location.toLowerCase().replaceAll(' ', '')

/** Checks and normalises a PUT's location: there, known, and the one the resource has already. */
export function requireLocation(
  store: AzureStore,
  type: string,
  body: Record<string, unknown>,
  existing: ArmResource | undefined,
): void {
  const given = body['location']
  if (typeof given !== 'string' || !given) throw missingProperty(type, 'location')
  const location = plainName(given)
  if (location !== 'global' && !regions[location] && !store.services.org.regions.includes(location))
    throw new ArmRefusal(
      400,
      'LocationNotAvailableForResourceType',
      `The provided location '${given}' is not available for resource type '${type}'. List of available regions for the resource type is '${Object.keys(regions).join(',')}'.`,
    )
  if (existing?.location && plainName(existing.location) !== location)
    throw new ArmRefusal(
      409,
      'InvalidResourceLocation',
      `The resource '${existing.name}' already exists in location '${existing.location}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
    )
  body['location'] = location
}

function subscriptionBody(store: AzureStore, id: string) {
  const { org } = store.services
  const found = org.subscriptions.find((each) => each.id === id.toLowerCase())
  return {
    id: `/subscriptions/${id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: id,
    tenantId: org.tenant,
    displayName: found?.name ?? '',
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off',
    },
    tags: { environment: found?.environment ?? '' },
  }
}

function locations(store: AzureStore, subscription: string) {
  const names = new Set([...store.services.org.regions, ...Object.keys(regions)])
  return [...names].map((name) => {
    const displayName = regions[name] ?? name
    const metadata = { regionType: 'Physical', regionCategory: 'Recommended' }
    return {
      id: `/subscriptions/${subscription}/locations/${name}`,
      name,
      type: 'Region',
      displayName,
      regionalDisplayName: displayName,
      metadata,
    }
  })
}

function providerBody(subscription: string, namespace: string) {
  const available = Object.values(regions)
  return {
    id: `/subscriptions/${subscription}/providers/${namespace}`,
    namespace,
    registrationState: 'Registered',
    registrationPolicy: 'RegistrationRequired',
    resourceTypes: typesIn(namespace).map(({ type, versions }) => ({
      resourceType: type.slice(namespace.length + 1),
      locations: available,
      apiVersions: versions,
    })),
  }
}

/** A resource in lists of all types: without its properties. */
const listed = ({ properties: _, etag: __, ...resource }: ArmResource) => resource

const filters: Record<string, (resource: ArmResource) => string> = {
  resourcetype: ({ type }) => type,
  name: ({ name }) => name,
  location: ({ location = '' }) => location,
  resourcegroup: ({ id }) => id.split('/')[4] ?? '',
  tagname: ({ tags = {} }) => Object.keys(tags).join('\n'),
}

/** `$filter` of a list of resources: equalities joined by `and`; `tagName` goes with `tagValue`. */
function matching(filter: string | undefined): (resource: ArmResource) => boolean {
  if (!filter) return () => true
  const clauses = filter.split(/\s+and\s+/i).map((clause) => {
    const match = /^\s*(\w+)\s+eq\s+'([^']*)'\s*$/i.exec(clause)
    const [, name = '', value = ''] = match ?? []
    if (!match || (!filters[name.toLowerCase()] && name.toLowerCase() !== 'tagvalue'))
      throw new ArmRefusal(
        400,
        'InvalidFilterInQueryString',
        `Invalid $filter '${filter}' specified in the query string.`,
      )
    return { name: name.toLowerCase(), value }
  })
  const tag = clauses.find(({ name }) => name === 'tagname')?.value ?? ''
  return (resource) =>
    clauses.every(({ name, value }) => {
      if (name === 'tagname') return value in (resource.tags ?? {})
      if (name === 'tagvalue') return resource.tags?.[tag] === value
      return filters[name]?.(resource).toLowerCase() === value.toLowerCase()
    })
}

/** The resources below a subscription or group, in pages of `$top` (1000 at most). */
export function listAll(arm: ArmRequest, scope: string): VendorResponse {
  const { request, store } = arm
  requireVersion(arm.version, resourceVersions)
  const keep = matching(request.query['$filter'])
  const tracked = store.below(scope).filter(({ resource }) => resource.location && keep(resource))
  const size = Math.min(1000, Number(request.query['$top'] ?? 1000) || 1000)
  const skip = Number(request.query['$skiptoken'] ?? 0) || 0
  const value = tracked.slice(skip, skip + size).map(({ resource }) => listed(resource))
  const next = new URL(request.url)
  next.searchParams.set('$skiptoken', String(skip + size))
  return { status: 200, body: { value, ...(tracked.length > skip + size ? { nextLink: next.href } : {}) } }
}

/** Answers what stands below `/subscriptions` and is no resource: subscriptions, locations, providers, tenants. */
export function subscriptionRequest(arm: ArmRequest): VendorResponse | undefined {
  const { request, store, version } = arm
  const { org } = store.services
  const [root = '', id, ...rest] = request.path.slice(1).split('/')
  if (request.method !== 'GET') return undefined
  if (root.toLowerCase() === 'tenants' && !id) {
    requireVersion(version, subscriptionVersions)
    const value = [
      {
        id: `/tenants/${org.tenant}`,
        tenantId: org.tenant,
        displayName: org.name,
        defaultDomain: org.domain,
        tenantType: 'AAD',
      },
    ]
    return { status: 200, body: { value } }
  }
  if (root.toLowerCase() !== 'subscriptions') return undefined
  if (!id) {
    requireVersion(version, subscriptionVersions)
    const value = org.subscriptions.map((each) => subscriptionBody(store, each.id))
    return { status: 200, body: { value, count: { type: 'Total', value: value.length } } }
  }
  const [kind = '', name, ...deeper] = rest
  if (deeper.length) return undefined
  requireSubscription(store, id)
  switch (kind.toLowerCase()) {
    case '':
      requireVersion(version, subscriptionVersions)
      return { status: 200, body: subscriptionBody(store, id) }
    case 'locations':
      if (name) return undefined
      requireVersion(version, subscriptionVersions)
      return { status: 200, body: { value: locations(store, id) } }
    case 'resources':
      return name ? undefined : listAll(arm, `/subscriptions/${id}`)
    case 'providers':
      requireVersion(version, resourceVersions)
      if (!name) return { status: 200, body: { value: namespaces.map((each) => providerBody(id, each)) } }
      return { status: 200, body: providerBody(id, knownNamespace(name)) }
  }
  return undefined
}

function knownNamespace(name: string): string {
  const known = namespaces.find((each) => each.toLowerCase() === name.toLowerCase())
  if (!known) throw namespaceNotFound(name)
  return known
}

/** The refusal of a path that nothing answers. */
export const unknownPath = ({ request }: ArmRequest): ArmRefusal => noSuchUri(request.url.pathname)

/** Tags as a body gives them: an object of texts; 50 at most, as Azure takes. */
export function tagsIn(value: unknown): Record<string, string> {
  const tags = isJson(value) ? value : {}
  const wrong = Object.entries(tags).find(([, text]) => typeof text !== 'string')
  if (wrong) throw new ArmRefusal(400, 'InvalidTagValueType', `The value of tag '${wrong[0]}' is not a string.`)
  if (Object.keys(tags).length > 50)
    throw new ArmRefusal(400, 'InvalidTagCount', 'The number of tags exceeds the maximum of 50.')
  return tags as Record<string, string>
}
