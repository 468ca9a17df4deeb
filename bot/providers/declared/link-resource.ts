import type { Entity } from '../../../skills/kit/model.js'
import type { DeclaredResource } from './declared-resource.js'
import type { LiveCatalog } from './live-catalog.js'
import { typeAndName } from './read-terraform-state.js'

/**
 * The resources that stand in Azure, by what a file may say of them. Each is looked up: files declare a few hundred, and there may be a
 * hundred thousand.
 */
export class LiveResources {
  /**
   * @param isLive whether a resource stands there: it is known otherwise than by files
   */
  constructor(
    readonly live: Pick<LiveCatalog, 'get' | 'having'>,
    readonly isLive: (entity: Entity) => boolean,
  ) {}

  /** Whether resources of a type are listed at all: of what is listed nowhere, such as a blob service, absence says nothing. */
  lists(type: string): boolean {
    return [...this.live.having('Resource', 'type', type, 1)].some(this.isLive)
  }

  /**
   * The resource that a declaration means: by its ARM id, else by type and name in its resource group.
   * @returns undefined where it does not stand; `several` where the file does not say which of them
   */
  find(declared: DeclaredResource): Entity | 'several' | undefined {
    const { id, type, resourceGroup, subscription } = declared
    if (id) {
      const entity = this.live.get({ kind: 'Resource', id })
      return entity && this.isLive(entity) ? entity : undefined
    }
    const found = this.#called(declared.name).filter((entity) => {
      const named = typeAndName(entity.id)
      return (
        named?.type === type &&
        named.name.toLowerCase() === declared.name.toLowerCase() &&
        (!resourceGroup || named.resourceGroup === resourceGroup) &&
        (!subscription || named.subscription === subscription)
      )
    })
    return found.length > 1 ? 'several' : found[0]
  }

  /** What has a name; Azure calls what is in something by its last name, and some services by all of them. */
  #called(name: string): Entity[] {
    const names = [...new Set([name, name.split('/').at(-1)!])]
    const found = names.flatMap((one) => [...this.live.having('Resource', 'name', one)]).filter(this.isLive)
    return [...new Map(found.map((entity) => [entity.id, entity])).values()]
  }
}
