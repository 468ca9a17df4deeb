import type { Ref } from '../kit/model.js'

/** One reason to think that a team owns something. */
export interface Evidence {
  ref: Ref
  /** Name of the team. */
  team: string
  source: string
  /** Where it stands: `CODEOWNERS`, `tag team`. */
  why: string
  /** What it was said of, where the thing itself says nothing: `service payments`, of which it is a part. */
  through?: string
}

/** The owner by the strongest evidence, who agrees, and who says otherwise. */
export interface Ownership {
  owner: Evidence
  agree: Evidence[]
  differ: Evidence[]
}

/**
 * What is believed first: a declaration made for this very purpose, then who reviews its code, then a tag, then the Entra group that may
 * change it, then on whose board it stands, then whose pager rings. Evidence not named here comes last, in the order it came.
 */
export const ownerPrecedence = [
  'catalog-info.yaml',
  'CODEOWNERS',
  'tag team',
  'Entra group',
  'area path',
  'PagerDuty',
  'Opsgenie',
]

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
  const same = ({ ref }: Evidence) => ref.kind === owner.ref.kind && ref.id === owner.ref.id
  return { owner, agree: [owner, ...others.filter(same)], differ: others.filter((one) => !same(one)) }
}

/** `by CODEOWNERS and tag team of its service payments`: on what a team's ownership stands. */
export function sayGrounds(agree: readonly Evidence[]): string {
  const grounds = [...new Set(agree.map(({ why }) => why))].join(', ')
  const through = agree[0]?.through
  return through ? `by ${grounds} of its ${through}` : `by ${grounds}`
}

/** `CODEOWNERS and PagerDuty say Platform`: who says otherwise, by what they say; empty where nobody does. */
export function sayOthers(differ: Ownership['differ']): string {
  const byTeam = new Map<string, Set<string>>()
  for (const { team, why } of differ) byTeam.set(team, (byTeam.get(team) ?? new Set()).add(why))
  const said = [...byTeam].map(([team, why]) => `${[...why].join(' and ')} ${why.size > 1 ? 'say' : 'says'} ${team}`)
  return said.join(', and ')
}
