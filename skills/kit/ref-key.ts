import type { Ref } from './model.js'

/** A thing's name in maps, records and forms: its kind, a slash, its id. Kinds have no slash, so that `refOfKey` reads it back. */
export const refKey = ({ kind, id }: Pick<Ref, 'kind' | 'id'>): string => `${kind}/${id}`

/** Reads `refKey` back. */
export function refOfKey(key: string): Ref {
  const slash = key.indexOf('/')
  return { kind: key.slice(0, slash), id: key.slice(slash + 1) }
}

/** Each thing once, at the place where it was named first; of several that name one thing the last. */
export const eachOnce = <T extends Pick<Ref, 'kind' | 'id'>>(refs: readonly T[]): T[] => [
  ...new Map(refs.map((ref) => [refKey(ref), ref])).values(),
]
