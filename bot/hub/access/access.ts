import type { FilterWorld } from '../../../skills/kit/catalog/meets-filter.js'
import type { Filter } from '../../../skills/kit/catalog/filter.js'
import type { Entity, Person, Ref } from '../../../skills/kit/model.js'
import type { Catalog } from '../../../skills/kit/ports.js'
import type { AccessPolicy } from './access-policy.js'
import { permit, type SightDecision } from './permit.js'
import { sightOf, visibleTo, type Sight, type Standing } from './sight.js'

/** What decides who sees what. */
export interface AccessParts {
  /** The policy in force. */
  policy(): Promise<AccessPolicy>
  /** The whole catalog; only what decides reads it. */
  whole: Catalog
  /** The whole catalog as it is, for decisions on single things. */
  world(): FilterWorld
  /** A thing of the whole catalog as it is. */
  held(ref: Ref): Entity | undefined
  /** The catalog as if what does not meet a filter were not there. */
  trim(visible: Filter): Catalog
}

/** The catalog as one reader sees it. */
export interface Reader {
  /** All of these have to show it. */
  sights: readonly Sight[]
  /** Whether nothing is hidden from them. */
  seesAll: boolean
  catalog: Catalog
  /** Whether a thing may be seen, and why. */
  maySee(entity: Entity): SightDecision
  /** Whether what a ref names may be seen, as far as the catalog has it. */
  maySeeRef(ref: Ref): boolean
  /** Whether the name of a thing may be told: it is not there, or it may be seen, or its rule is no secret. */
  mayName(ref: Ref): boolean
}

/** Who sees what of the catalog: every turn's port is bound to its reader here. */
export interface Access {
  whole: Catalog
  policy(): Promise<AccessPolicy>
  of(person: Person): Promise<Reader>
  /** Who sees what all of some sights show, such as a person's and that of a channel's audience. */
  by(...sights: readonly Sight[]): Reader
}

export function createAccess({ policy, whole, world, held, trim }: AccessParts): Access {
  const by = (...sights: readonly Sight[]): Reader => {
    const filters = sights.map(visibleTo).filter((filter) => filter !== undefined)
    const visible = filters.length > 1 ? { all: filters } : filters[0]
    const maySee = (see: Entity): SightDecision => {
      const decisions = sights.map((sight) => permit({ sight, see, world: world() }))
      return decisions.find(({ allowed }) => !allowed) ?? decisions[0] ?? { allowed: true, reason: 'Nothing hides it.' }
    }
    return {
      sights,
      maySee,
      seesAll: !visible,
      catalog: visible ? trim(visible) : whole,
      maySeeRef(ref) {
        const thing = visible && held(ref)
        return !thing || maySee(thing).allowed
      },
      mayName(ref) {
        const thing = visible && held(ref)
        return !thing || !maySee(thing).secret
      },
    }
  }
  return {
    whole,
    policy,
    by,
    of: async (person) => by(sightOf(await standingOf(person, whole), await policy())),
  }
}

/** A person as rules are about them. */
export async function standingOf(person: Person, whole: Pick<Catalog, 'related'>): Promise<Standing> {
  const teams = await whole.related({ kind: 'Person', id: person.id }, { type: 'memberOf', direction: 'out' })
  const { id, roles, customRoles = [] } = person
  return { id, roles, customRoles, teams: teams.map(({ entity }) => entity.id) }
}
