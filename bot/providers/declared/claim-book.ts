import type { Claim, Ref } from '../../../skills/kit/model.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** Claims by entity: what several files say of one is put together, since a source makes one claim of each. */
export class ClaimBook {
  readonly #claims = new Map<string, Claim>()

  /** Whether something is claimed of an entity already. */
  has(ref: Ref): boolean {
    return this.#claims.has(refKey(ref))
  }

  /** Adds what is said of an entity: what was said first stands, and relations are added to each other. */
  add(claim: Claim): void {
    const before = this.#claims.get(refKey(claim))
    this.#claims.set(refKey(claim), before ? joined(before, claim) : claim)
  }

  /** Every claim, by kind and id. */
  all(): Claim[] {
    return [...this.#claims].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, claim]) => claim)
  }
}

function joined(before: Claim, claim: Claim): Claim {
  const relations = new Map<string, NonNullable<Claim['relations']>[number]>()
  for (const one of [...(before.relations ?? []), ...(claim.relations ?? [])]) {
    const key = `${one.type} ${refKey(one.to)}`
    const first = relations.get(key)
    // What several files of a repository declare is declared in each of them; of other relations the first reason stands.
    const both = first?.why && one.why && first.why !== one.why && one.type === 'declaredBy'
    relations.set(key, both ? { ...first, why: `${first.why}; ${one.why}` } : (first ?? one))
  }
  return {
    ...before,
    aliases: [...new Set([...(before.aliases ?? []), ...(claim.aliases ?? [])])],
    props: { ...claim.props, ...before.props },
    relations: [...relations.values()],
  }
}
