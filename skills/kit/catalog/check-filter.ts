import { nearestName } from '../nearest-name.js'
import { kindCalled, kindsBehind, narrowed, nearestProperty, propertyCalled, propertyNames } from './asked-kinds.js'
import { canonicalFilter } from './canonical-filter.js'
import { checkTest } from './check-test.js'
import type { Filter } from './filter.js'
import { FilterFault } from './filter-fault.js'
import type { KindDeclaration } from './kind-declaration.js'
import { nameOfStep, relationTypes, stepNamed } from './relation-types.js'

/** Where a word of a part of a filter stands in its text; undefined where the filter came without one. */
export type PlaceOf = (part: Filter, word: string) => { raw: string; at: number } | undefined

/** What a check goes on: the kinds there are, those the part may be of, and how a fault is made. */
export interface Checking {
  all: readonly KindDeclaration[]
  asked: readonly KindDeclaration[]
  fault(part: Filter, word: string, what: string, wayOn: string): FilterFault
}

/**
 * Checks a filter against the declarations of the kinds it is asked of, and spells kinds, properties and values as they are declared: a day
 * compared with a moment is its midnight in UTC, a number compared with a text is its digits. A property must be one of the asked kinds at
 * least; `name`, `id`, `kind`, `source` and `tags.…` are everybody's.
 * @param placeOf where words stand in the text that the filter was read from
 * @returns its canonical form
 * @throws FilterFault (BadInput) naming the word, what there is, and what was probably meant
 */
export function checkFilter(filter: Filter, kinds: readonly KindDeclaration[], placeOf?: PlaceOf): Filter {
  const fault: Checking['fault'] = (part, word, what, wayOn) => {
    const place = placeOf?.(part, word)
    return new FilterFault(place?.raw ?? word, place?.at, what, wayOn)
  }
  return check(placeOf ? filter : canonicalFilter(filter), { all: kinds, asked: kinds, fault })
}

function check(filter: Filter, checking: Checking): Filter {
  if ('all' in filter) {
    const spelled = filter.all.map((one) => ('kinds' in one ? check(one, checking) : one))
    const asked = narrowed(spelled, checking.asked)
    return { all: spelled.map((one) => ('kinds' in one ? one : check(one, { ...checking, asked }))) }
  }
  if ('any' in filter) return { any: filter.any.map((one) => check(one, checking)) }
  if ('not' in filter) return { not: check(filter.not, checking) }
  if ('kinds' in filter) return { kinds: filter.kinds.map((word) => kindOf(filter, word, checking)) }
  if ('step' in filter) return checkStep(filter, checking)
  return 'property' in filter ? checkProperty(filter, checking) : filter
}

function kindOf(part: Filter, word: string, { all, fault }: Checking): string {
  const found = kindCalled(word, all)
  if (found) return found.kind
  const near = nearestName(
    word,
    all.flatMap(({ kind, plural }) => [kind, plural]),
  )
  const meant = near && kindCalled(near, all)
  const property = nearestProperty(word, all)
  const hint = meant
    ? `Did you mean ${meant.kind}? `
    : property
      ? `${property} is a property: compare it, such as ${property} = x. `
      : ''
  throw fault(part, word, 'there is no such kind', `${hint}Kinds are ${all.map(({ kind }) => kind).join(', ')}.`)
}

function checkStep(filter: Extract<Filter, { step: unknown }>, checking: Checking): Filter {
  const { step } = filter
  const name = nameOfStep(step)
  // On the way there may be others, so behind any number of steps stands what any of them leads to.
  const reached = filter.deep ? followed(filter, checking) : kindsBehind(step, checking.asked, checking.all)
  if (!reached.length) {
    throw checking.fault(filter, name, lacks('relation', checking), has(stepsFrom(checking), checking))
  }
  return { ...filter, of: check(filter.of, { ...checking, asked: reached }) }
}

function followed({ step }: Extract<Filter, { step: unknown }>, { asked, all }: Checking): readonly KindDeclaration[] {
  const reached = new Set<KindDeclaration>()
  let ring = kindsBehind(step, asked, all)
  while (ring.length) {
    for (const kind of ring) reached.add(kind)
    ring = kindsBehind(step, ring, all).filter((kind) => !reached.has(kind))
  }
  return [...reached]
}

const stepsFrom = ({ asked, all }: Checking): string[] =>
  Object.entries(relationTypes)
    .flatMap(([type, { inverse }]) => [type, inverse])
    .filter((name) => kindsBehind(stepNamed(name)!, asked, all).length)

function checkProperty(filter: Extract<Filter, { property: string }>, checking: Checking): Filter {
  const { asked, fault } = checking
  const word = filter.property
  const declared = propertyCalled(word, asked)
  const there = has([...propertyNames(asked), 'tags.…'], checking)
  if (!declared) {
    const near = nearestProperty(word, asked)
    throw fault(filter, word, lacks('property', checking), `${near ? `Did you mean ${near}? ` : ''}${there}`)
  }
  if (declared.as.every(({ personal }) => personal))
    throw fault(filter, word, 'this is personal, so nothing is found by it', there)
  // Of a map it can be asked whether there is anything in it; all else is asked of what it has by a name.
  if (declared.as.every(({ type }) => type === 'map') && !('missing' in filter))
    throw fault(filter, word, 'this has values by name', `Say which one, such as ${declared.name}.team.`)
  return checkTest({ ...filter, property: declared.name }, declared, (what, wayOn, at = word) =>
    fault(filter, at, what, wayOn),
  )
}

/** What the asked kinds lack, as a clause: a few of them are named. */
const lacks = (thing: string, checking: Checking): string =>
  isNamed(checking) ? `${names(checking)} has no such ${thing}` : `no kind has such a ${thing}`

/** What the asked kinds have, as a sentence. */
const has = (what: readonly string[], checking: Checking): string =>
  isNamed(checking) ? `${names(checking)} has ${what.join(', ') || 'none'}.` : `There are ${what.join(', ') || 'none'}.`

const isNamed = ({ asked, all }: Checking): boolean => asked.length < all.length && asked.length <= 4
const names = ({ asked }: Checking): string => asked.map(({ kind }) => kind).join(' or ')
