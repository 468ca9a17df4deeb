/** A JSON object, as bodies and resources are. */
export type Json = Record<string, unknown>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object at a key, or an empty one. */
export const objectAt = (value: unknown, key: string): Json => {
  const found = isJson(value) ? value[key] : undefined
  return isJson(found) ? found : {}
}

/** The objects of the array at a key, or none. */
export const objectsAt = (value: unknown, key: string): Json[] => {
  const found = isJson(value) ? value[key] : undefined
  return Array.isArray(found) ? found.filter(isJson) : []
}

/** The value at a dotted path, matched in the case given. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isJson(at) ? at[key] : undefined), value)
}

/** Merges a patch into a copy of a value: objects member by member, anything else replaced, null removed (RFC 7396). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJson(patch)) return structuredClone(patch)
  const merged: Json = isJson(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = mergePatch(merged[key], value)
  }
  return merged
}
