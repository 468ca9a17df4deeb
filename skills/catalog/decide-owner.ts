import type { Ref } from '../kit/model.js'

/** One reason to think that a team owns something. */
export interface Evidence {
  ref: Ref
  /** Name of the team. */
  team: string
  source: string
  /** Where it stands: `CODEOWNERS`, `tag team`. */
  why: string
}

/** The owner by the strongest evidence, who agrees, and who says otherwise. */
export interface Ownership {
  owner: Evidence
  agree: Evidence[]
  differ: Evidence[]
}

/**
 * What is believed first: a declaration made for this very purpose, then who reviews its code, then a tag, then whose pager rings.
 * Evidence not named here comes last, in the order it came.
 */
const ownerPrecedence = ['catalog-info.yaml', 'CODEOWNERS', 'tag team', 'PagerDuty']

/** Decides the owner by precedence; undefined without evidence. Of equals the first by team name wins, so that answers do not vary. */
export function decideOwner(evidence: readonly Evidence[]): Ownership | undefined {
  const rank = ({ why }: Evidence) => {
    const place = ownerPrecedence.indexOf(why)
    return place < 0 ? ownerPrecedence.length : place
  }
  const [owner, ...others] = [...evidence].sort(
    (a, b) => rank(a) - rank(b) || (a.team < b.team ? -1 : a.team > b.team ? 1 : 0),
  )
  if (!owner) return undefined
  const same = ({ ref }: Evidence) => ref.id === owner.ref.id
  return { owner, agree: [owner, ...others.filter(same)], differ: others.filter((one) => !same(one)) }
}
