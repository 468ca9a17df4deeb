import type { VendorResponse } from '../frame/router.js'
import { changesBetween } from './changes.js'
import { isJson, objectAt, objectsAt } from './json.js'
import type { Json } from './json.js'
import { operationsOf } from './operations/table.js'
import { ArmRefusal, methodNotAllowed } from './refusals.js'
import { bodyOf, requireProperties } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import type { ResourcePath } from './resource-path.js'
import type { TypeOperations } from './operations/model.js'
import { seedDefaults } from './seed-defaults.js'
import { storedResource } from './stored-resource.js'
import { scopeOf } from './resource-path.js'
import type { ArmResource, Operation } from './state.js'
import type { AzureStore } from './store.js'

const invalidTemplate = (why: string): ArmRefusal =>
  new ArmRefusal(400, 'InvalidTemplate', `Deployment template validation failed: '${why}'.`)

/** Evaluates the template expressions that are a single look-up: parameters, variables, the group's location. */
function evaluate(value: unknown, look: (name: string, argument: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, look))
  if (isJson(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, look)]))
  if (typeof value !== 'string' || !value.startsWith('[') || value.startsWith('[[')) return value
  const match =
    /^\[(parameters|variables)\('([^']+)'\)\]$/.exec(value) ?? /^\[(resourceGroup)\(\)\.(location|name)\]$/.exec(value)
  if (!match)
    throw invalidTemplate(`The template language expression '${value}' is outside what the local tenant evaluates`)
  return evaluate(look(match[1] ?? '', match[2] ?? ''), look)
}

/** The resources that a deployment's template asks for, with their ids. */
function resourcesOf(store: AzureStore, groupId: string, properties: Json): ArmResource[] {
  const template = objectAt(properties, 'template')
  const { subscription = '', group = '' } = scopeOf(groupId)
  const declared = objectAt(template, 'parameters')
  const look = (kind: string, name: string): unknown => {
    if (kind === 'resourceGroup') return name === 'name' ? group : store.group(subscription, group)?.location
    if (kind === 'variables') return objectAt(template, 'variables')[name]
    const given = objectAt(objectAt(properties, 'parameters'), name)['value']
    const value = given ?? objectAt(declared, name)['defaultValue']
    if (value === undefined) throw invalidTemplate(`The value for the template parameter '${name}' is not provided`)
    return value
  }
  for (const name of Object.keys(objectAt(properties, 'parameters')))
    if (!(name in declared)) throw invalidTemplate(`The parameter '${name}' is not declared in the template`)
  return objectsAt(template, 'resources').map((raw) => {
    const resource = evaluate(raw, look) as Json
    const type = String(resource['type'] ?? '')
    const entry = operationsOf(type)
    if (!entry) throw invalidTemplate(`The resource type '${type}' is not known`)
    if (!entry.versions.includes(String(resource['apiVersion'])))
      throw invalidTemplate(
        `The api-version '${String(resource['apiVersion'])}' of '${type}' is not one of ${entry.versions.join(', ')}`,
      )
    const names = String(resource['name'] ?? '').split('/')
    const segments = entry.type.split('/').slice(1)
    if (names.length !== segments.length)
      throw invalidTemplate(`The name '${names.join('/')}' does not fit the type '${type}'`)
    const id = `${groupId}/providers/${entry.type.split('/')[0]}/${segments.map((segment, index) => `${segment}/${names[index]}`).join('/')}`
    const { apiVersion: _, dependsOn: __, ...rest } = resource
    return {
      ...rest,
      id,
      name: names.at(-1) ?? '',
      type: entry.type,
      properties: objectAt(resource, 'properties'),
    } as ArmResource
  })
}

const groupIdOf = (id: string): string => id.split('/').slice(0, 5).join('/')

/** The end of a deployment: its resources are there. */
export function deploy(store: AzureStore, operation: Operation): unknown {
  const { resourceId, body, caller } = operation
  const deployment = store.find(resourceId)
  const resources = resourcesOf(store, groupIdOf(resourceId), objectAt(body, 'properties'))
  for (const resource of resources) {
    const existing = store.find(resource.id)
    const name = `${resource.type}/write`
    if (existing) {
      store.write(existing, caller, name, () => {
        existing.resource = {
          ...existing.resource,
          ...resource,
          properties: { ...existing.resource.properties, ...resource.properties },
        }
      })
      continue
    }
    const now = store.now()
    const stored = { ...storedResource(resource, now), created: now.toISOString(), changed: now.toISOString() }
    store.add(stored, caller, name)
    for (const child of seedDefaults(stored, now)) store.add(child, caller, name)
  }
  if (!deployment) return undefined
  store.write(deployment, caller, operation.operation, () => {
    deployment.resource.properties = {
      ...deployment.resource.properties,
      provisioningState: 'Succeeded',
      outputResources: resources.map(({ id }) => ({ id })),
    }
  })
  return deployment.resource
}

/** The end of a what-if: what each resource of the template would become. */
export function whatIf(store: AzureStore, { resourceId, body }: Operation): unknown {
  const resources = resourcesOf(store, groupIdOf(resourceId), objectAt(body, 'properties'))
  const changes = resources.map((after) => {
    const before = store.find(after.id)?.resource
    if (!before) return { resourceId: after.id, changeType: 'Create', after }
    const merged = { ...before, ...after, properties: { ...before.properties, ...after.properties } }
    const delta = Object.entries(changesBetween(before, merged)).map(([path, { previousValue, newValue }]) => ({
      path,
      propertyChangeType: 'Modify',
      before: previousValue,
      after: newValue,
    }))
    return { resourceId: after.id, changeType: delta.length ? 'Modify' : 'NoChange', before, after: merged, delta }
  })
  return { status: 'Succeeded', properties: { changes } }
}

/** Answers PUT of a deployment, `whatIf` and `validate`; the rest of deployments is the generic store's. */
export function deploymentRequest(
  arm: ArmRequest,
  path: ResourcePath,
  entry: TypeOperations,
): VendorResponse | undefined {
  const { request, store, caller, version, running } = arm
  const action = path.action?.toLowerCase()
  const writes = request.method === 'PUT' && !action
  const asks = request.method === 'POST' && (action === 'whatif' || action === 'validate')
  if (!writes && !asks) return undefined
  if (!path.names.length) throw methodNotAllowed(request.method)
  const body = bodyOf(arm)
  requireProperties(entry.type, body, entry.required)
  const properties = objectAt(body, 'properties')
  if (properties['mode'] !== 'Incremental')
    throw invalidTemplate(
      `The deployment mode '${String(properties['mode'])}' is not one the local tenant has; it has Incremental`,
    )
  const resources = resourcesOf(store, groupIdOf(path.id), properties) // a template that is not valid is refused at once
  if (action === 'validate')
    return {
      status: 200,
      body: { properties: { ...properties, validatedResources: resources.map(({ id }) => ({ id })) } },
    }
  running.requireIdle(path.id)
  if (writes && !store.find(path.id)) {
    const kept = { mode: 'Incremental', provisioningState: 'Accepted', timestamp: store.now().toISOString() }
    const resource = { id: path.id, name: path.names[0] ?? '', type: entry.type, properties: kept }
    store.add(storedResource(resource, store.now()), caller, `${entry.type}/write`)
  }
  const { headers } = running.accept({
    resourceId: path.id,
    work: writes ? 'deploy' : 'what-if',
    action: writes ? 'PUT' : 'whatIf',
    type: entry.type,
    operation: `${entry.type}/${writes ? 'write' : 'whatIf/action'}`,
    style: writes ? 'operation' : 'location',
    subscription: path.subscription ?? '',
    caller,
    body,
    query: {},
    version,
    seconds: writes ? 6 : 3,
  })
  if (!writes) return { status: 202, headers }
  const { location: _, ...withoutLocation } = headers
  return { status: 201, headers: withoutLocation, body: store.find(path.id)?.resource }
}
