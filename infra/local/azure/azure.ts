import { randomUUID } from 'node:crypto'
import type { Vendor, VendorRequest, VendorResponse } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { act, failAction, finishAction } from './actions.js'
import { activityLog } from './activity-log.js'
import { apiManagementRequest } from './api-management/api-management-requests.js'
import { authenticate } from './authentication.js'
import { costRequest } from './costs/cost-query.js'
import { QueryUnits } from './costs/query-units.js'
import { putContained, removeContained } from './contained-writes.js'
import { deploy, deploymentRequest, whatIf } from './deployments.js'
import { deleteGroup, groupRequest } from './group-requests.js'
import { LongRunning } from './long-running.js'
import type { Work } from './long-running.js'
import { move, moveRequest } from './move.js'
import type { TypeOperations } from './operations/model.js'
import { ArmRefusal, methodNotAllowed } from './refusals.js'
import { entryOf, requireScope, requireVersion, versionOf } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import { namesResource, parsePath } from './resource-path.js'
import type { ResourcePath } from './resource-path.js'
import { remove } from './resource-deletes.js'
import { findResource, getResource, listResources, readBelow, requireStored } from './resource-reads.js'
import { failWrite, finishWrite, patch, put } from './resource-writes.js'
import { alertsRequest, healthRequest, tagsRequest } from './scope-requests.js'
import { siteConfig } from './site-config.js'
import type { Operation, StoredResource } from './state.js'
import { azureStore } from './store.js'
import type { AzureStore } from './store.js'
import { subscriptionRequest, unknownPath } from './subscription-requests.js'
import { Throttle } from './throttle.js'

/** What an operation works on; the refusal where it was deleted meanwhile. */
function stillThere(store: AzureStore, { resourceId }: Operation): StoredResource {
  const stored = store.find(resourceId)
  if (!stored) throw new ArmRefusal(404, 'ResourceNotFound', `The resource '${resourceId}' is gone.`)
  return stored
}

/** What each kind of long-running operation does at its end. */
const worksOn = (store: AzureStore): Record<Operation['work'], Work> => ({
  write: {
    finish: (operation) =>
      finishWrite({ store, caller: operation.caller }, stillThere(store, operation), operation.action, operation.body),
    fail: (operation) => failWrite(store, operation),
  },
  delete: {
    finish: ({ resourceId, caller, operation }) => {
      const stored = store.find(resourceId)
      if (stored) store.remove(stored, caller, operation)
      return undefined
    },
  },
  action: {
    finish: (operation) => finishAction(store, stillThere(store, operation), operation),
    fail: (operation) => failAction(store, operation),
  },
  'delete-group': { finish: (operation) => deleteGroup(store, operation) },
  move: { finish: (operation) => move(store, operation) },
  deploy: { finish: (operation) => deploy(store, operation) },
  'what-if': { finish: (operation) => whatIf(store, operation) },
})

/** Operations by the generic store, for every type that no file of its own answers. */
function resourceRequest(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  const { method } = arm.request
  if (!namesResource(path)) {
    if (method !== 'GET') throw methodNotAllowed(method)
    return listResources(arm, path, entry)
  }
  if (path.action) {
    if (method === 'POST') return act(arm, path, entry)
    if (method === 'GET') return readBelow(arm, path, entry)
    throw methodNotAllowed(method)
  }
  switch (method) {
    case 'GET':
      return getResource(arm, path, entry)
    case 'HEAD':
      findResource(arm, path, entry)
      return { status: 204 }
    case 'PUT':
      return entry.within ? putContained(arm, path, entry) : put(arm, path, entry)
    case 'PATCH':
      return patch(arm, path, entry, requireStored(arm, path))
    case 'DELETE':
      return entry.within ? removeContained(arm, path, entry) : remove(arm, path, entry)
  }
  throw methodNotAllowed(method)
}

/** Types that are answered by a file of their own; undefined goes on to the generic store. */
const own: Record<string, (arm: ArmRequest, path: ResourcePath, entry: TypeOperations) => VendorResponse | undefined> =
  {
    'Microsoft.Web/sites/config': siteConfig,
    'Microsoft.Web/sites/slots/config': siteConfig,
    'Microsoft.Resources/tags': tagsRequest,
    'Microsoft.Resources/deployments': deploymentRequest,
    'Microsoft.AlertsManagement/alerts': alertsRequest,
    'Microsoft.ResourceHealth/availabilityStatuses': healthRequest,
  }

const eventVersions = ['2015-04-01']
const operationPath = /\/providers\/[^/]+\/locations\/[^/]+\/(operations|operationResults)\/([^/]+)$/i
const commandPath = /\/managedClusters\/[^/]+\/commandResults\/([^/]+)$/i
const eventsPath = /^\/subscriptions\/([^/]+)\/providers\/Microsoft\.Insights\/eventtypes\/management\/values$/i

/** What a poll of a long-running operation is given; undefined for other paths. */
function pollRequest({ request, running }: ArmRequest): VendorResponse | undefined {
  if (request.method !== 'GET') return undefined
  const [, kind = '', id = ''] = operationPath.exec(request.path) ?? []
  if (kind.toLowerCase() === 'operations') return running.status(id, request.path)
  if (kind) return running.result(id, request.url.href)
  const command = commandPath.exec(request.path)?.[1]
  return command ? running.result(command, request.url.href) : undefined
}

function route(arm: ArmRequest, units: QueryUnits): VendorResponse {
  const { request, store, version } = arm
  const polled = pollRequest(arm)
  if (polled) return polled
  const events = eventsPath.exec(request.path)
  if (events) {
    if (request.method !== 'GET') throw methodNotAllowed(request.method)
    requireVersion(version, eventVersions)
    requireScope(store, { subscription: events[1] ?? '' })
    return activityLog(store, request, events[1] ?? '')
  }
  const answered = costRequest(arm, units) ?? subscriptionRequest(arm) ?? groupRequest(arm) ?? moveRequest(arm)
  if (answered) return answered
  const path = parsePath(request.path)
  if (!path) throw unknownPath(arm)
  requireScope(store, path)
  const entry = entryOf(path, version)
  const inside = entry.type.startsWith('Microsoft.ApiManagement/') ? apiManagementRequest(arm, path, entry) : undefined
  return inside ?? own[entry.type]?.(arm, path, entry) ?? resourceRequest(arm, path, entry)
}

/**
 * Azure Resource Manager below `/arm`: subscriptions, groups, and every resource of the organisation, checked against the
 * table of operations. Faults of its own: `arm-operation` makes long-running operations fail at their end, and so does a tag
 * `local-fails` on a resource (an action's name, a method, or `*`); with a delay only they take so much longer; `arm-endless`
 * never ends them. Both may name a resource: `arm-operation/subscriptions/…`.
 */
export function azure(services: Services): Vendor {
  const store = azureStore(services)
  const running = new LongRunning(store, services, worksOn(store))
  const throttle = new Throttle()
  const units = new QueryUnits()

  async function handle(request: VendorRequest): Promise<VendorResponse> {
    const headers: Record<string, string> = {
      'x-ms-request-id': randomUUID(),
      'x-ms-correlation-request-id': request.headers['x-ms-correlation-request-id'] ?? randomUUID(),
      'x-ms-routing-request-id': `LOCAL:${store.now().toISOString()}:${randomUUID()}`,
      'cache-control': 'no-cache',
    }
    try {
      const caller = await authenticate(services, request)
      const subscription = /^\/subscriptions\/([^/]+)/i.exec(request.path)?.[1]
      Object.assign(headers, throttle.take(request.method, subscription, caller.objectId))
      const version = versionOf(request)
      running.settle()
      const response = route({ request, store, running, caller, version }, units)
      return { ...response, headers: { ...headers, ...response.headers } }
    } catch (error) {
      if (!(error instanceof ArmRefusal)) throw error
      const response = error.response()
      return { ...response, headers: { ...headers, ...response.headers } }
    }
  }
  return { name: 'arm', prefixes: ['/arm'], faults: ['arm-operation', 'arm-endless'], handle }
}
