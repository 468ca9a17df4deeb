import { resource as resourceKind } from '../../../skills/kit/catalog/kinds/resource.js'
import type { Entity, Json } from '../../../skills/kit/model.js'
import type { DeclaredResource } from './declared-resource.js'

/** One thing that is not as it was declared. */
export interface Difference {
  /** A property of the kind `Resource`, or `tags.team`. */
  property: string
  declared: string
  /** Undefined where there is none. */
  live?: string
}

/**
 * How a live resource differs from its declaration. Pure. Compared is what both say: what Azure makes up is not declared, and what the
 * catalog does not know of the resource proves nothing. Tags that nobody declared are no difference, since deployments write some.
 */
export function driftOf({ props }: DeclaredResource, live: Pick<Entity, 'props'>): Difference[] {
  return Object.entries(props).flatMap(([property, declared]): Difference[] => {
    if (property === 'tags') return tagDifferences(declared as Record<string, string>, live.props['tags'])
    const is = liveValue(property, live.props)
    if (is === undefined || isSame(property, declared, is)) return []
    return [{ property, declared: written(declared), live: written(is) }]
  })
}

/** `Size is P1v3, declared as P2v3`. */
export function sayDifference({ property, declared, live }: Difference): string {
  const [name, tag] = property.split(/\.(.*)/s)
  const title = tag === undefined ? (resourceKind.properties[name!]?.title ?? name!) : `Tag ${tag}`
  return live === undefined
    ? `${title} is missing, declared as ${declared}`
    : `${title} is ${live}, declared as ${declared}`
}

/** A size that carries a count of instances says both: `P2v3 × 9`. */
const counted = /^(.*\S) × (\d+)$/

function liveValue(property: string, props: Entity['props']): Json | undefined {
  const value = props[property] ?? undefined
  const [, size, count] = counted.exec(typeof props['sku'] === 'string' ? props['sku'] : '') ?? []
  if (property === 'sku' && size !== undefined) return size
  return property === 'capacity' && value === undefined && count !== undefined ? Number(count) : value
}

function isSame(property: string, declared: Json, live: Json): boolean {
  if (Array.isArray(declared) || Array.isArray(live))
    return [declared, live].every(Array.isArray) && listed(declared) === listed(live)
  const [a, b] = [plain(property, declared), plain(property, live)]
  // A version that is declared by its first numbers is any that begins so.
  return a === b || (property === 'version' && b.startsWith(`${a}.`))
}

const listed = (list: Json): string => (list as Json[]).map(String).sort().join()
const plain = (property: string, value: Json): string => {
  const text = String(value).toLowerCase()
  return property === 'region' ? text.replace(/\s+/g, '') : text
}
const written = (value: Json): string =>
  typeof value === 'boolean'
    ? value
      ? 'yes'
      : 'no'
    : Array.isArray(value)
      ? value.map(String).join(', ')
      : String(value)

function tagDifferences(declared: Record<string, string>, live: Json | undefined): Difference[] {
  if (typeof live !== 'object' || live === null || Array.isArray(live)) return []
  // Azure compares the names of tags without case, and their values with it.
  const known = new Map(Object.entries(live).map(([name, value]) => [name.toLowerCase(), String(value)]))
  return Object.entries(declared).flatMap(([name, value]): Difference[] => {
    const is = known.get(name.toLowerCase())
    return is === value ? [] : [{ property: `tags.${name}`, declared: value, ...(is !== undefined && { live: is }) }]
  })
}
