/**
 * How an operation that takes time is answered:
 * - `sync`: it is done when the answer comes;
 * - `operation`: `Azure-AsyncOperation` to a status document, with `Retry-After`, and `Location` where the answer is 202;
 * - `location`: `Location` only, 202 until the result stands there;
 * - `state`: 200 without headers, the body's `provisioningState` says `Updating` until it is done.
 */
export type Style = 'sync' | 'operation' | 'location' | 'state'

/** A POST below a resource. */
export interface Action {
  style: Style
  /** Status of a synchronous success, where it is not 200. */
  status?: 204
  /** Dotted paths that the body must have. */
  required?: string[]
  /** Seconds of business time it takes. */
  seconds?: number
}

/** What Azure Resource Manager takes for one resource type. */
export interface TypeOperations {
  /** Full type in the case Azure writes it. */
  type: string
  /** Supported api-versions, newest first. */
  versions: string[]
  put?: Style
  patch?: Style
  delete?: Style
  /** Status of an accepted long-running PUT or PATCH, where it is not 201 or 200. */
  accepted?: 202
  /** Dotted paths that a PUT's body must have; `location` is required of every tracked resource. */
  required?: string[]
  /** Dotted paths that a PATCH's body must have. */
  patchRequired?: string[]
  actions?: Record<string, Action>
  /** GETs below a resource that are no resources of their own, such as `instanceView`. */
  reads?: string[]
  /** A resource without location and tags of its own; it is in no list of resources and not in Resource Graph. */
  proxy?: true
  /** The parent holds it in this array; `flat` elements have the properties beside the name, `nested` ones in `properties`. */
  within?: { property: string; shape: 'flat' | 'nested' }
  /** Where it stands: in a resource group (the default), a subscription, or upon any scope. */
  at?: 'subscription' | 'scope'
}

/** Long-running actions of one style, by name. */
export const actions = (style: Style, names: string, rest: Omit<Action, 'style'> = {}): Record<string, Action> =>
  Object.fromEntries(names.split(' ').map((name) => [name, { style, ...rest }]))

/** PUT and DELETE long-running, PATCH of tags at once: the custom of Microsoft.Network. */
export const networked = { put: 'operation', patch: 'sync', delete: 'location' } as const

/** Everything at once. */
export const immediate = { put: 'sync', patch: 'sync', delete: 'sync' } as const

/** Everything long-running with a status document. */
export const slow = { put: 'operation', patch: 'operation', delete: 'operation' } as const
