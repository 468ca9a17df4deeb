import { isJson, objectsAt } from './json.js'
import type { Json } from './json.js'
import type { TypeOperations } from './operations/model.js'
import type { ArmResource, StoredResource } from './state.js'

type Within = NonNullable<TypeOperations['within']>

/** A child as its parent holds it, in the form of a resource of its own. */
function asResource(parent: StoredResource, { type, within }: TypeOperations, element: Json): ArmResource {
  const name = String(element['name'])
  const { name: _, properties, ...flat } = element
  const collection = type.split('/').at(-1)
  const inner = within?.shape === 'nested' ? (isJson(properties) ? properties : {}) : flat
  return {
    id: `${parent.resource.id}/${collection}/${name}`,
    name,
    type,
    ...(parent.resource.etag ? { etag: parent.resource.etag } : {}),
    properties: { provisioningState: 'Succeeded', ...inner },
  }
}

/** The children of a kind that a parent holds in one of its properties (security rules, subnets, agent pools). */
export const containedIn = (parent: StoredResource, entry: TypeOperations): ArmResource[] =>
  objectsAt(parent.resource.properties, entry.within?.property ?? '').map((element) =>
    asResource(parent, entry, element),
  )

/** One of them by its name, in any case. */
export const containedNamed = (parent: StoredResource, entry: TypeOperations, name: string): ArmResource | undefined =>
  containedIn(parent, entry).find((child) => child.name.toLowerCase() === name.toLowerCase())

/** Writes a child into its parent's property, over the one of its name; `properties` undefined removes it. */
export function setContained(parent: StoredResource, within: Within, name: string, properties: Json | undefined): void {
  const elements = objectsAt(parent.resource.properties, within.property)
  const index = elements.findIndex((element) => String(element['name']).toLowerCase() === name.toLowerCase())
  const kept = index < 0 ? name : String(elements[index]?.['name'])
  const element = within.shape === 'nested' ? { name: kept, properties } : { ...properties, name: kept }
  const position = index < 0 ? elements.length : index
  parent.resource.properties[within.property] = properties
    ? elements.toSpliced(position, 1, element)
    : elements.filter((_, each) => each !== index)
}
