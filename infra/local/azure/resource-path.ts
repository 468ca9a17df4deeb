import { operationsOf } from './operations/table.js'

/** What a path of Azure Resource Manager names, case kept as the client wrote it. */
export interface ResourcePath {
  /** What the resource stands on: a group, a subscription, or another resource; empty for the tenant. */
  scope: string
  subscription?: string
  group?: string
  namespace: string
  /** `Microsoft.Web/sites/slots`, as written. */
  type: string
  /** Names, as many as there are segments in the type beyond the namespace; one fewer for a collection. */
  names: string[]
  /** Full id of the resource, without the action; of the parent for a collection. */
  id: string
  /** What follows the resource: `restart`, `instanceView`, `upgradeProfiles/default`. */
  action?: string
}

/** Subscription and group of a path, as written. */
export function scopeOf(path: string): { subscription?: string; group?: string } {
  const match = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(path)
  return { ...(match?.[1] ? { subscription: match[1] } : {}), ...(match?.[2] ? { group: match[2] } : {}) }
}

/**
 * Reads a path with a provider in it; undefined for one without. The last `/providers/` counts, so that a lock or a tag
 * set upon a resource is seen as what it is. A segment that ends no known type is taken for an action.
 */
export function parsePath(path: string): ResourcePath | undefined {
  const match = /^(.*)\/providers\/([^/]+)\/(.+)$/i.exec(path)
  if (!match) return undefined
  const [, scope = '', namespace = '', rest = ''] = match
  const segments = rest.split('/')
  const base = { scope, ...scopeOf(path), namespace }
  const prefix = `${scope}/providers/${namespace}`
  const upTo = (pairs: number) => ({
    type: [namespace, ...segments.filter((_, index) => index % 2 === 0).slice(0, pairs)].join('/'),
    names: segments.filter((_, index) => index % 2 === 1).slice(0, pairs),
    id: [prefix, ...segments.slice(0, pairs * 2)].join('/'),
  })
  const collection = segments.length % 2 === 1
  const whole = upTo(Math.ceil(segments.length / 2))
  if (operationsOf(whole.type)) {
    const id = collection ? [prefix, ...segments.slice(0, -1)].join('/') : whole.id
    return { ...base, ...whole, id }
  }
  // The longest known type; what follows is an action.
  for (let pairs = Math.floor(segments.length / 2); pairs > 0; pairs--) {
    const known = upTo(pairs)
    const action = segments.slice(pairs * 2).join('/')
    if (operationsOf(known.type)) return { ...base, ...known, ...(action ? { action } : {}) }
  }
  return { ...base, ...whole }
}

/** Whether the path names a resource and not a collection of them. */
export const namesResource = (path: ResourcePath): boolean => path.names.length === path.type.split('/').length - 1

/** `Microsoft.Web/sites/checkout/slots/staging`: type and names as error messages join them. */
export function typeAndNames(path: ResourcePath): string {
  const [namespace = '', ...types] = path.type.split('/')
  return [namespace, ...types.flatMap((type, index) => [type, path.names[index] ?? ''])].join('/').replace(/\/$/, '')
}

/** The id of the resource that a child of this path belongs to; undefined for one that stands by itself. */
export function parentId(path: ResourcePath): string | undefined {
  if (path.names.length < 2) return undefined
  return path.id.split('/').slice(0, -2).join('/')
}
