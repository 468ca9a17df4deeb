import {
  checkClaim,
  relationMistakes,
  sayMistake,
  valueMistake,
  type ClaimMistake,
} from '../../../skills/kit/catalog/check-claim.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { byUsualNames } from '../../../skills/kit/catalog/usual-names.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import type { Skipped } from '../../../skills/kit/ports.js'
import { addSkipped } from './tallies.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** What of a source's claims is taken in. */
export interface Accepted {
  /** One an entity. */
  claims: Claim[]
  /** Every entity that was named, also by a claim that is passed over: it is there, whatever is wrong with what is said of it. */
  named: Ref[]
  skipped: Skipped[]
}

/** Most characters of a claim's JSON: a commit keeps what is claimed by all sources, and beside it what was before. */
const longestClaim = 400_000
/** Most characters of an id, as the store's keys have bytes. */
const longestKey = 600

/**
 * Holds claims against the declarations of their kinds. Pure. What cannot be kept is left out and said: a property that is of another type
 * than declared, a relation that points nowhere, relations that are too many; and the whole claim where its kind, id or name is wrong.
 * Properties and values that are not declared are the vendor's, and stay; what has a usual name goes by it. Of two claims of one entity the first stands.
 * @param isTold whether an entity was told before in the same reading
 */
export function acceptClaims(
  claims: readonly Claim[],
  kinds: readonly KindDeclaration[],
  isTold: (ref: Ref) => boolean = () => false,
): Accepted {
  const accepted = new Map<string, Claim>()
  const named: Ref[] = []
  const skipped: Skipped[] = []
  for (const claim of claims) {
    const { kept, reasons } = mend(claim, kinds)
    const isTwice = kept && (accepted.has(refKey(kept)) || isTold(kept))
    const said = isTwice ? [...reasons, 'told more than once; what was told first stands'] : reasons
    for (const reason of said) skipped.push({ reason: `${kindIn(claim)}: ${reason}`, count: 1, example: idIn(claim) })
    if (kept ?? isNamed(claim)) named.push({ kind: claim.kind, id: claim.id })
    if (kept && !isTwice) accepted.set(refKey(kept), kept)
  }
  return { claims: [...accepted.values()], named, skipped: addSkipped([], skipped) }
}

/** A claim without what cannot be kept of it, and what that is; without a claim where nothing can. */
function mend(claim: Claim, kinds: readonly KindDeclaration[]): { kept?: Claim; reasons: string[] } {
  try {
    const declared = kinds.find(({ kind }) => kind === claim.kind)
    const { short, left } = shorten(claim)
    const mistakes = checkClaim(short, kinds)
    const ofWhole = mistakes.filter((mistake) => isOfWhole(mistake))
    const bytes = Buffer.byteLength(refKey(claim))
    if (bytes > longestKey) ofWhole.push({ property: 'id', reason: `has ${bytes} bytes, at most ${longestKey}` })
    if (ofWhole.length || !declared) return { reasons: ofWhole.map(sayMistake) }
    if (!mistakes.length && !left.length) return { kept: byUsualNames(claim, declared), reasons: [] }
    const { props, wrong } = fittingProps(short, declared)
    const { relations, astray } = fittingRelations(short, declared)
    const aliases = (short.aliases ?? []).filter((alias) => typeof alias === 'string' && alias.trim() !== '')
    const reasons = [...left, ...wrong, ...astray, ...mistakes.filter(isOfAlias).map(sayMistake)]
    return { kept: byUsualNames({ ...short, aliases, props, relations }, declared), reasons }
  } catch {
    return { reasons: ['it is no claim: that has a kind, an id, a name and properties'] }
  }
}

const isOfWhole = ({ property }: ClaimMistake): boolean =>
  property === undefined || ['kind', 'id', 'name'].includes(property)

const isOfAlias = ({ property }: ClaimMistake): boolean => property === 'aliases'

/** Leaves out the relations at the end of a claim that is too large with them. */
function shorten(claim: Claim): { short: Claim; left: string[] } {
  const { relations = [] } = claim
  let room = longestClaim - JSON.stringify({ ...claim, relations: [] }).length
  const first = relations.findIndex((relation) => (room -= JSON.stringify(relation).length + 1) < 0)
  if (first < 0) return { short: claim, left: [] }
  const left = [`has ${relations.length} relations, of which the first ${first} fit`]
  return { short: { ...claim, relations: relations.slice(0, first) }, left }
}

/** The properties that are of the type that is declared; of those that are not declared nothing is asked. */
function fittingProps({ props }: Claim, { properties }: KindDeclaration): { props: Claim['props']; wrong: string[] } {
  const wrong: string[] = []
  const fitting = Object.entries(props).filter(([property, value]) => {
    const declared = Object.hasOwn(properties, property) ? properties[property] : undefined
    if (!declared || value === null || value === '') return true
    const { type, title } = declared
    const reason = valueMistake(value, { type, title })
    if (reason) wrong.push(sayMistake({ property, reason }))
    return !reason
  })
  return { props: Object.fromEntries(fitting), wrong }
}

function fittingRelations(claim: Claim, declared: KindDeclaration) {
  const astray: string[] = []
  const relations = (claim.relations ?? []).filter((relation) => {
    const [mistake] = relationMistakes([relation], declared)
    if (mistake) astray.push(sayMistake(mistake))
    return !mistake
  })
  return { relations, astray }
}

const isNamed = ({ kind, id }: Claim): boolean => typeof kind === 'string' && typeof id === 'string'
const kindIn = ({ kind }: Claim): string => (typeof kind === 'string' ? kind.slice(0, 60) : 'Without a kind')
const idIn = ({ id }: Claim): string => (typeof id === 'string' ? id.slice(0, 200) : '')
