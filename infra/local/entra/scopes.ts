import { EntraError, missing } from './errors.js'
import type { Resource } from './registrations.js'

/** What a `scope` parameter asks for. */
export interface Asked {
  resource: Resource
  /** Names of permissions without their resource: `User.Read`, `.default`. */
  permissions: string[]
  /** An id token is wanted. */
  openid: boolean
  /** A refresh token is wanted. */
  offline: boolean
}

const oidc = ['openid', 'profile', 'email', 'offline_access']
const graph = 'https://graph.microsoft.com'

/**
 * Reads a space-separated list of scopes. Scopes without a resource are Graph's.
 * @throws EntraError where the list is absent or names an unknown API, or more than one.
 */
export function readScope(scope: string | undefined, resources: Resource[]): Asked {
  const words = scope?.split(' ').filter((word) => word !== '') ?? []
  if (words.length === 0) throw missing('scope')
  const wanted = words.filter((word) => !oidc.includes(word.toLowerCase())).map((word) => split(word, resources))
  const [first] = wanted
  if (wanted.some(({ resource }) => resource !== first!.resource))
    throw new EntraError(
      'invalid_scope',
      70011,
      `The scope '${scope}' names more than one resource; ask for one at a time.`,
    )
  return {
    resource: first?.resource ?? find(graph, resources)!,
    permissions: wanted.length > 0 ? wanted.map(({ permission }) => permission) : ['User.Read'],
    openid: words.includes('openid'),
    offline: words.includes('offline_access'),
  }
}

/** An application by itself may ask for `<resource>/.default` and for nothing else. */
export function readApplicationScope(scope: string | undefined, resources: Resource[]): Asked {
  const asked = readScope(scope, resources)
  if (asked.permissions.length === 1 && asked.permissions[0] === '.default' && !asked.openid) return asked
  throw new EntraError(
    'invalid_scope',
    1002012,
    `The scope '${scope}' is not valid for client credentials: give the resource followed by /.default.`,
  )
}

function split(word: string, resources: Resource[]): { resource: Resource; permission: string } {
  const slash = word.lastIndexOf('/')
  const name = slash < 0 ? graph : word.slice(0, slash)
  const resource = find(name, resources)
  if (resource) return { resource, permission: word.slice(slash + 1) }
  throw new EntraError(
    'invalid_resource',
    500011,
    `The resource principal named ${name} was not found in the tenant. Check the scope '${word}'.`,
  )
}

/** `https://management.azure.com//.default` is a usual way to write it: a trailing slash is part of the resource's name. */
const find = (name: string, resources: Resource[]): Resource | undefined => {
  const plain = name.replace(/\/+$/, '').toLowerCase()
  return resources.find(({ names }) => names.some((known) => known.toLowerCase() === plain))
}
