import { apiManagement } from './api-management.js'
import { compute } from './compute.js'
import { containers } from './containers.js'
import { data } from './data.js'
import { databases } from './databases.js'
import { management } from './management.js'
import type { TypeOperations } from './model.js'
import { networks } from './network.js'
import { web } from './web.js'

/**
 * What the local Azure Resource Manager accepts: types, api-versions, methods, actions, how they answer, and what bodies
 * must have. Facts from Microsoft's published REST descriptions (learn.microsoft.com/rest/api/azure); a test compares
 * them with such a list where one is at hand.
 */
export const operations: TypeOperations[] = [
  ...compute,
  ...containers,
  ...web,
  ...apiManagement,
  ...databases,
  ...networks,
  ...data,
  ...management,
]

const byType = new Map(operations.map((entry) => [entry.type.toLowerCase(), entry]))

/** The entry of a type, in whatever case; undefined for a type that is not in the table. */
export const operationsOf = (type: string): TypeOperations | undefined => byType.get(type.toLowerCase())

/** The types of a namespace, without it; empty for an unknown namespace. */
export function typesIn(namespace: string): TypeOperations[] {
  const prefix = `${namespace.toLowerCase()}/`
  return operations.filter(({ type }) => type.toLowerCase().startsWith(prefix))
}

/** The namespaces of the table, each once, such as `Microsoft.Compute`. */
export const namespaces = [...new Set(operations.map(({ type }) => type.slice(0, type.indexOf('/'))))].sort()
