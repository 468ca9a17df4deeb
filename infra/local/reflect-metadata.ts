/**
 * The three functions of the Reflect Metadata proposal that @peculiar/x509 needs (its dependency tsyringe refuses to load without
 * them). Imported for its effect, before @peculiar/x509; where the real polyfill is loaded already, it does nothing.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>()

const own = (key: unknown, target: object): unknown => metadata.get(target)?.get(key)

function inherited(key: unknown, target: object | null): unknown {
  for (let at = target; at; at = Object.getPrototypeOf(at) as object | null) {
    const value = own(key, at)
    if (value !== undefined) return value
  }
  return undefined
}

function define(key: unknown, value: unknown, target: object): void {
  const entries = metadata.get(target) ?? new Map<unknown, unknown>()
  metadata.set(target, entries.set(key, value))
}

if (!('getMetadata' in Reflect))
  Object.assign(Reflect, { getMetadata: inherited, getOwnMetadata: own, defineMetadata: define })
