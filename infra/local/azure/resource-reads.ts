import type { VendorResponse } from '../frame/router.js'
import { containedIn, containedNamed } from './contained.js'
import { objectAt } from './json.js'
import type { TypeOperations } from './operations/model.js'
import { hasPower, instanceView } from './power.js'
import { noSuchUri, resourceNotFound } from './refusals.js'
import type { ArmRequest } from './request-context.js'
import { namesResource, parentId, typeAndNames } from './resource-path.js'
import type { ResourcePath } from './resource-path.js'
import type { ArmResource, StoredResource } from './state.js'

/** A resource as Resource Manager shows it: only Microsoft.Network writes the ETag into the body. */
export function armView({ etag, ...resource }: ArmResource): ArmResource {
  return /^microsoft\.network\//i.test(resource.type) && etag ? { ...resource, etag } : resource
}

/** The resource at a path, or the 404 that Resource Manager gives. */
export function requireStored({ store }: ArmRequest, path: ResourcePath): StoredResource {
  const stored = store.find(path.id)
  if (!stored) throw resourceNotFound(typeAndNames(path), path.group)
  return stored
}

/** The resource that holds another in one of its properties. */
export function requireHolder({ store }: ArmRequest, path: ResourcePath): StoredResource {
  const holder = store.find(namesResource(path) ? (parentId(path) ?? '') : path.id)
  if (!holder)
    throw resourceNotFound(typeAndNames({ ...path, type: path.type.split('/').slice(0, -1).join('/') }), path.group)
  return holder
}

/** A resource of the path's type, wherever it is kept. */
export function findResource(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): ArmResource {
  const found = entry.within
    ? containedNamed(requireHolder(arm, path), entry, path.names.at(-1) ?? '')
    : requireStored(arm, path).resource
  if (!found) throw resourceNotFound(typeAndNames(path), path.group)
  return found
}

/** GET of one resource. */
export function getResource(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  const resource = findResource(arm, path, entry)
  const headers = resource.etag ? { etag: `"${resource.etag}"` } : {}
  const body = armView(resource)
  const stored = arm.store.find(path.id)
  if (stored && hasPower(resource.type) && /instanceView/i.test(arm.request.query['$expand'] ?? ''))
    return {
      status: 200,
      headers,
      body: { ...body, properties: { ...body.properties, instanceView: instanceView(stored) } },
    }
  return { status: 200, headers, body }
}

/** GET of a collection: those of the type below the scope, or those a parent holds. */
export function listResources(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  if (entry.within) return { status: 200, body: { value: containedIn(requireHolder(arm, path), entry).map(armView) } }
  if (path.names.length) requireStored(arm, { ...path, type: path.type.split('/').slice(0, -1).join('/') })
  const type = entry.type.toLowerCase()
  const below = arm.store.below(path.names.length ? path.id : path.scope)
  const value = below
    .filter(({ resource }) => resource.type.toLowerCase() === type)
    .map(({ resource }) => armView(resource))
  return { status: 200, body: { value } }
}

const sizes = [
  'Standard_D2s_v5',
  'Standard_D4s_v5',
  'Standard_D8s_v5',
  'Standard_D16s_v5',
  'Standard_E4s_v5',
  'Standard_E8s_v5',
  'Standard_F4s_v2',
  'Standard_B2ms',
]

type Read = (stored: StoredResource, arm: ArmRequest) => unknown

const instancesView: Read = (set, { store }) => {
  const instances = store.below(set.resource.id).filter(({ resource }) => hasPower(resource.type))
  const codes = instances.map((stored) => (instanceView(stored)['statuses'] as { code: string }[])[1]?.code ?? '')
  const counted = [...new Set(codes)].map((code) => ({ code, count: codes.filter((each) => each === code).length }))
  return {
    virtualMachine: { statusesSummary: counted },
    statuses: [{ code: 'ProvisioningState/succeeded', level: 'Info', time: set.changed }],
  }
}

const latestUpgrade: Read = ({ hidden, resource }) => {
  const { status, started, ended } = objectAt(hidden, 'rollingUpgrade')
  if (!status) throw resourceNotFound(`${resource.type}/${resource.name}/rollingUpgrades/latest`, undefined)
  return {
    type: `${resource.type}/rollingUpgrades`,
    properties: { runningStatus: { code: status, startTime: started, lastActionTime: ended ?? started } },
  }
}

const reads: Record<string, Read> = {
  'microsoft.compute/virtualmachines/instanceview': (stored) => instanceView(stored),
  'microsoft.compute/virtualmachinescalesets/virtualmachines/instanceview': (stored) => instanceView(stored),
  'microsoft.compute/virtualmachinescalesets/instanceview': instancesView,
  'microsoft.compute/virtualmachinescalesets/rollingupgrades/latest': latestUpgrade,
  'microsoft.compute/virtualmachines/vmsizes': () => ({
    value: sizes.map((name) => {
      const cores = Number(/\d+/.exec(name)?.[0])
      return { name, numberOfCores: cores, memoryInMB: cores * 4096, maxDataDiskCount: cores * 2 }
    }),
  }),
  'microsoft.compute/virtualmachinescalesets/skus': ({ resource }) => ({
    value: sizes.map((name) => ({
      resourceType: resource.type,
      sku: { name, tier: 'Standard' },
      capacity: { minimum: 0, maximum: 100, defaultCapacity: 1, scaleType: 'Automatic' },
    })),
  }),
  'microsoft.containerservice/managedclusters/upgradeprofiles/default': ({ resource }) => ({
    name: 'default',
    properties: {
      controlPlaneProfile: {
        kubernetesVersion: resource.properties['kubernetesVersion'] ?? '1.33.3',
        upgrades: [{ kubernetesVersion: '1.34.1' }],
      },
    },
  }),
  'microsoft.network/networksecuritygroups/defaultsecurityrules': () => ({
    value: [
      {
        name: 'AllowVnetInBound',
        properties: { priority: 65000, access: 'Allow', direction: 'Inbound', protocol: '*' },
      },
      { name: 'DenyAllInBound', properties: { priority: 65500, access: 'Deny', direction: 'Inbound', protocol: '*' } },
    ],
  }),
  'microsoft.insights/metricalerts/status': ({ resource, health }) => ({
    value: [
      {
        name: resource.name,
        type: `${resource.type}/status`,
        properties: { status: 'Healthy', timestamp: health.occurredTime },
      },
    ],
  }),
}

/** GET of something below a resource that is no resource of its own, such as `instanceView`. */
export function readBelow(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  const action = path.action ?? ''
  const known = entry.reads?.some((name) => name.toLowerCase() === action.toLowerCase())
  if (!known) throw noSuchUri(arm.request.url.pathname)
  if (entry.within) {
    const { id, type, name, properties } = findResource(arm, path, entry)
    const upgrades = {
      kubernetesVersion: '1.33.3',
      latestNodeImageVersion: 'AKSUbuntu-2204gen2containerd',
      osType: properties['osType'] ?? 'Linux',
    }
    return {
      status: 200,
      body: {
        id: `${id}/${action}`,
        name: 'default',
        type: `${type}/${action.split('/')[0]}`,
        properties: { ...upgrades, pool: name },
      },
    }
  }
  const read = reads[`${entry.type}/${action}`.toLowerCase()]
  if (!read) throw noSuchUri(arm.request.url.pathname)
  return { status: 200, body: read(requireStored(arm, path), arm) }
}
