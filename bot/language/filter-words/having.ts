import { allOf, anyOf } from '../../../skills/kit/catalog/canonical-filter.js'
import { kindsBehind } from '../../../skills/kit/catalog/asked-kinds.js'
import { everything, type Filter } from '../../../skills/kit/catalog/filter.js'
import type { KindDeclaration, PropertyDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { asAskedOf, disputed, unowned } from '../../../skills/kit/catalog/ownership-filters.js'
import { steppedTo } from '../../../skills/kit/catalog/parse-filter.js'
import { readSeverity } from '../read-severity.js'
import { kindsOf, negated, phraseAt, standsAt, wordsAt, type Asking, type Part } from './asking.js'
import { propertyAt, type PropertySaid } from './properties.js'
import { andBeyondAt, comparatorAt, quantityAt, type Quantity } from './quantities.js'
import { stepBetween, stepNouns } from './steps.js'
import { noValues, numberAt, taggedAt } from './measures.js'
import { namedAt } from './targets.js'
import { timeAt } from './times.js'
import { valueAt } from './values.js'

/** Reads a noun with what is said of it, at a place within another question. */
export type Nested = (at: number) => Part | undefined

/** What stands between a property and how it is said to be. */
const verbs = new Set(['is', 'are', 'was', 'were'])
const owners = new Set(['owner', 'owners', 'ownership'])

/** What a thing has: a property, as it is said to be; so many of something; somebody it belongs to. */
export function hasAt(asking: Asking, at: number, kind: KindDeclaration, nested: Nested): Part | undefined {
  return (
    countAt(asking, at, kind, nested) ??
    ownerAt(asking, at, kind) ??
    tagsAt(asking, at, kind) ??
    orRelated(propertySaidAt(asking, at, kind), relatedAt(asking, at, kind, nested))
  )
}

/** What it lacks, one thing or several: "without an owner or a runbook" lacks both. */
export function lackingAt(asking: Asking, at: number, kind: KindDeclaration, nested: Nested): Part | undefined {
  const { words } = asking
  const first = hasAt(asking, at, kind, nested) ?? valueAt(asking, at, kind)
  if (!first) return undefined
  const filters = [negated(first.filter)]
  let { next } = first
  while (['or', 'nor', 'and'].includes(words[next] ?? '')) {
    const more: Part | undefined = noValues.has(words[next + 1] ?? '')
      ? undefined
      : hasAt(asking, next + 1, kind, nested)
    // Only what there is or is not: "without a backup and costing more than 5" goes on with what is said of the thing itself.
    if (!more || !isThere(more.filter)) break
    filters.push(negated(more.filter))
    next = more.next
  }
  return { filter: filters.length === 1 ? filters[0]! : allOf(filters), next }
}

/** "more than 3 open incidents", "at least two owners", "over 500 EUR cost". */
function countAt(asking: Asking, at: number, kind: KindDeclaration, nested: Nested): Part | undefined {
  const { words } = asking
  const quantity = quantityAt(words, at)
  if (!quantity) return undefined
  const property = propertyAt(words, quantity.next, kind)
  if (property?.declared.type === 'number')
    return { filter: { property: property.name, is: quantity.is, value: quantity.value }, next: property.next }
  if (kind.ownable && owners.has(words[quantity.next] ?? ''))
    return leastOf(quantity) === 2 ? { filter: disputed, next: quantity.next + 1 } : undefined
  const related = relatedAt(asking, quantity.next, kind, nested)
  const counted = related && 'step' in related.filter ? counting(related.filter, quantity) : undefined
  return counted && { filter: counted, next: related!.next }
}

/** The least that a quantity asks for; undefined where it asks for the most. */
const leastOf = ({ is, value }: Quantity): number | undefined =>
  !Number.isInteger(value) ? undefined : is === '>' ? value + 1 : is === '>=' || is === '=' ? value : undefined

/** A step that leads to so many; exactly so many is no less and no more. */
export function counting(filter: Extract<Filter, { step: unknown }>, quantity: Quantity): Filter | undefined {
  const { is, value } = quantity
  if (!Number.isInteger(value) || value < 0) return undefined
  const atLeast = (least: number): Filter | undefined =>
    least < 1 || least > steppedTo.most ? undefined : least < steppedTo.least ? filter : { ...filter, atLeast: least }
  const not = (one: Filter | undefined): Filter | undefined => one && { not: one }
  if (is === '>') return atLeast(value + 1)
  if (is === '>=') return atLeast(value)
  if (is === '<') return not(atLeast(value))
  if (is === '<=') return not(atLeast(value + 1))
  const [least, more] = [atLeast(value), not(atLeast(value + 1))]
  return more && (value === 0 ? more : least && allOf([least, more]))
}

function ownerAt({ words, kinds }: Asking, at: number, kind: KindDeclaration): Part | undefined {
  if (!kind.ownable) return undefined
  const several = ['more than one owner', 'several owners', 'multiple owners', 'many owners'].find((said) =>
    standsAt(words, at, said),
  )
  if (several) return { filter: disputed, next: at + several.split(' ').length }
  return owners.has(words[at] ?? '') ? { filter: negated(asAskedOf(kind, kinds, unowned)), next: at + 1 } : undefined
}

function tagsAt({ words }: Asking, at: number, { properties }: KindDeclaration): Part | undefined {
  const tagged = properties.tags?.type === 'map' ? taggedAt(words, at) : undefined
  if (tagged) return tagged
  const name = words[at]
  if (
    properties.tags?.type === 'map' &&
    name !== undefined &&
    !noValues.has(name) &&
    /^tags?$/.test(words[at + 1] ?? '')
  )
    return { filter: { not: { property: `tags.${name}`, missing: true } }, next: at + 2 }
  return properties.tags && ['tags', 'tag'].includes(words[at] ?? '')
    ? { filter: { not: { property: 'tags', missing: true } }, next: at + 1 }
    : undefined
}

/** A property, and how it is said to be; alone that there is one. */
function propertySaidAt(asking: Asking, at: number, kind: KindDeclaration): Part | undefined {
  const { words } = asking
  const said = propertyAt(words, at, kind)
  if (!said || said.declared.type === 'map') return undefined
  const { name, declared, next } = said
  const told = verbs.has(words[next] ?? '') ? next + 1 : next
  const is: Part | undefined =
    declared.type === 'instant'
      ? timeAt(asking, told, name)
      : declared.type === 'number'
        ? (numberAt(words, told, name, declared) ?? numberAt(words, next, name, declared))
        : declared.type === 'boolean'
          ? { filter: { property: name, is: '=', value: true }, next }
          : (byWhomAt(asking, said) ?? comparedAt(words, next, name, declared))
  if (is) return is
  if (words[next] === 'missing') return { filter: { property: name, missing: true }, next: next + 1 }
  // Of what is counted there is one at least; a count that nobody told is none.
  if (declared.integer) return { filter: { property: name, is: '>', value: 0 }, next }
  return { filter: { not: { property: name, missing: true } }, next }
}

/** "changed by dana": people are in texts by their mail address, as in the catalog. */
function byWhomAt(asking: Asking, { name, next }: PropertySaid): Part | undefined {
  const named = asking.words[next - 1] === 'by' ? namedAt(asking, next, ['Person']) : undefined
  const person = named && 'all' in named.filter ? named.filter.all[1] : undefined
  if (!named || !person || !('property' in person)) return undefined
  return { filter: { ...person, property: name }, next: named.next }
}

/** The same with "is" before it: "whose minimum TLS is below 1.2". */
const comparedAt = (words: readonly string[], at: number, property: string, declared: PropertyDeclaration) =>
  (declared.type === 'ordered' && verbs.has(words[at] ?? '') ? textAt(words, at + 1, property, declared) : undefined) ??
  textAt(words, at, property, declared)

/** "tier above normal", "severity sev 2 or worse", "state failed", "language python". */
function textAt(
  words: readonly string[],
  at: number,
  property: string,
  declared: PropertyDeclaration,
): Part | undefined {
  const compared = declared.type === 'ordered' ? comparatorAt(words, at) : phraseAt(words, at, equals)
  const from = compared?.next ?? at
  for (const width of [3, 2, 1]) {
    const said = wordsAt(words, from, width)
    const value =
      said === undefined
        ? undefined
        : declared.values?.find((one) => [said, readSeverity(said)].includes(one.toLowerCase()))
    if (value === undefined) continue
    const beyond = declared.type === 'ordered' && !compared ? andBeyondAt(words, from + width) : undefined
    return {
      filter: { property, is: beyond?.means ?? compared?.means ?? '=', value },
      next: beyond?.next ?? from + width,
    }
  }
  const word = words[from]
  if (declared.values || word === undefined || noValues.has(word)) return undefined
  if (['contains', 'containing', 'like'].includes(word)) {
    const part = words[from + 1]
    return part === undefined ? undefined : { filter: { property, contains: part }, next: from + 2 }
  }
  return { filter: { property, is: '=', value: word }, next: from + 1 }
}

const equals = new Map<string, '='>([
  ['is', '='],
  ['are', '='],
  ['of', '='],
  ['named', '='],
  ['called', '='],
])

/** Something of another kind that it has by a relation: "an incident this month", "dependencies", "a reviewer". */
function relatedAt({ words, kinds }: Asking, at: number, kind: KindDeclaration, nested: Nested): Part | undefined {
  const noun = phraseAt(words, at, stepNouns)
  if (noun && kindsBehind(noun.means, [kind], kinds).length)
    return { filter: { step: noun.means, of: everything }, next: noun.next }
  const part = nested(at)
  const [target] = part ? kindsOf(part.filter) : []
  const to = kinds.find((one) => one.kind === target)
  const step = to && stepBetween(kind, to, kinds)
  return part && step ? { filter: { step, of: part.filter }, next: part.next } : undefined
}

/** What a property says as well as a thing of its own, such as a runbook: either is enough. */
const orRelated = (property: Part | undefined, related: Part | undefined): Part | undefined =>
  property && related && property.next === related.next && isThere(property.filter)
    ? { filter: anyOf([property.filter, related.filter]), next: property.next }
    : (longer(property, related) ?? related)

/** Whether a filter says no more than that there is something. */
const isThere = (filter: Filter): boolean =>
  ('not' in filter && 'missing' in filter.not) ||
  ('is' in filter && filter.is === '>' && filter.value === 0) ||
  ('step' in filter && !filter.atLeast) ||
  ('any' in filter && filter.any.every(isThere))

const longer = (a: Part | undefined, b: Part | undefined): Part | undefined => (a && b && b.next > a.next ? b : a)
