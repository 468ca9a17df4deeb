import type { GroupRoles } from '../../../skills/kit/group-roles.js'
import type { Entity, Person, Ref } from '../../../skills/kit/model.js'
import type { Identity } from '../../identity.js'
import type { CatalogIndex } from './catalog-index.js'
import { personOf } from './person-of.js'

/** The people of one tenant, found by the object id that a channel vouches for. */
export interface Directory {
  /** Somebody of this tenant; unknown to the catalog they are a guest. */
  person(identity: Identity & { objectId: string }): Person
  /** The person of a sender, or undefined where the sender is of another tenant or has no account. */
  find(identity: Identity): Person | undefined
  /** The catalog's entity of an account. */
  refOf(objectId: string): Ref | undefined
  /** A person of the catalog, where the directory gives them an account. */
  of(entity: Entity): Person | undefined
}

/** @param given what the groups of the directory give, as it is at the moment */
export function createDirectory(tenant: string, index: CatalogIndex, given: () => GroupRoles): Directory {
  const known = (objectId: string): Entity | undefined =>
    index.having('Person', 'objectId', objectId).find(({ props }) => props.objectId === objectId)
  const person = (identity: Identity & { objectId: string }) =>
    personOf(tenant, identity, known(identity.objectId), given())
  return {
    person,
    find: ({ tenantId, objectId, ...identity }) =>
      tenantId === tenant && objectId ? person({ ...identity, objectId }) : undefined,
    of: (entity) => {
      const { objectId } = entity.props
      return typeof objectId === 'string'
        ? personOf(tenant, { objectId, name: entity.name }, entity, given())
        : undefined
    },
    refOf: (objectId) => {
      const entity = known(objectId)
      return entity && { kind: entity.kind, id: entity.id }
    },
  }
}
