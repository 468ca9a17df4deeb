import type { Entity } from '../../../skills/kit/model.js'
import type { DeclaredResource } from './declared-resource.js'
import { typeAndName } from './read-terraform-state.js'

/** The resources that stand in Azure, by what a file may say of them. */
export class LiveResources {
  readonly #byId = new Map<string, Entity>()
  readonly #types = new Set<string>()
  readonly #byName = new Map<string, { entity: Entity; resourceGroup: string; subscription: string }[]>()

  /** @param resources as sources other than the files know them */
  constructor(resources: Iterable<Entity>) {
    for (const entity of resources) {
      this.#byId.set(entity.id, entity)
      const named = typeAndName(entity.id)
      if (!named) continue
      this.#types.add(named.type)
      const key = keyOf(named)
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), { entity, ...named }])
    }
  }

  /** Whether resources of a type are listed at all: of what is listed nowhere, such as a blob service, absence says nothing. */
  lists(type: string): boolean {
    return this.#types.has(type)
  }

  /**
   * The resource that a declaration means: by its ARM id, else by type and name in its resource group.
   * @returns undefined where it does not stand; `several` where the file does not say which of them
   */
  find(declared: DeclaredResource): Entity | 'several' | undefined {
    if (declared.id) return this.#byId.get(declared.id)
    const { resourceGroup, subscription } = declared
    const found = (this.#byName.get(keyOf(declared)) ?? []).filter(
      (one) =>
        (!resourceGroup || one.resourceGroup === resourceGroup) && (!subscription || one.subscription === subscription),
    )
    return found.length > 1 ? 'several' : found[0]?.entity
  }
}

const keyOf = ({ type, name }: { type: string; name: string }): string => `${type} ${name.toLowerCase()}`
