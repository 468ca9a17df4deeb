import { isJson } from './json.js'
import type { PropertyChange } from './state.js'

/** Properties that say how a write goes on rather than what it changed. */
const passing = new Set(['etag', 'properties.provisioningState', 'properties.lastModifiedTimeUtc'])

const textOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** A value's leaves by dotted path, an array's elements by `[index]`; an empty object or array is a leaf. */
function leaves(value: unknown, path: string, into: Map<string, unknown>): Map<string, unknown> {
  const entries = Array.isArray(value)
    ? value.map((item, index) => [`${path}[${index}]`, item] as const)
    : isJson(value)
      ? Object.entries(value).map(([key, item]) => [path ? `${path}.${key}` : key, item] as const)
      : []
  if (!entries.length) {
    if (value !== undefined && value !== null) into.set(path, value)
    return into
  }
  for (const [name, item] of entries) leaves(item, name, into)
  return into
}

/** What differs between two states of a resource, by path, as Resource Graph's change records say it. */
export function changesBetween(before: unknown, after: unknown): Record<string, PropertyChange> {
  const [old, now] = [leaves(before, '', new Map()), leaves(after, '', new Map())]
  const changes: Record<string, PropertyChange> = {}
  for (const path of new Set([...old.keys(), ...now.keys()])) {
    if (passing.has(path)) continue
    const [previousValue, newValue] = [textOf(old.get(path)), textOf(now.get(path))]
    if (previousValue === newValue) continue
    const propertyChangeType = previousValue === null ? 'Insert' : newValue === null ? 'Remove' : 'Update'
    changes[path] = { propertyChangeType, previousValue, newValue }
  }
  return changes
}
