/** What a reference of a descriptor points at (backstage.io, "Entity References"). */
export interface EntityReference {
  /** In lower case: `component`, `group`. */
  kind: string
  /** In lower case. */
  namespace: string
  /** As it is written; references compare it without case. */
  name: string
}

/** The namespace of what names none. */
export const defaultNamespace = 'default'

const written = /^(?:([^:/\s]+):)?(?:([^:/\s]+)\/)?([^:/\s]+)$/

/**
 * Reads `[kind:][namespace/]name`.
 * @param fallback the kind and namespace of what is not said
 * @returns undefined where it is no reference
 */
export function parseReference(
  text: string,
  fallback: { kind: string; namespace: string },
): EntityReference | undefined {
  const match = written.exec(text.trim())
  if (!match) return undefined
  const [, kind = fallback.kind, namespace = fallback.namespace, name] = match
  return { kind: kind.toLowerCase(), namespace: namespace.toLowerCase(), name: name! }
}

/** `component:default/checkout`: the form in which two references to one entity are equal. */
export const printReference = ({ kind, namespace, name }: EntityReference): string =>
  `${kind}:${namespace}/${name.toLowerCase()}`
