import type { Filter } from '../../../skills/kit/catalog/filter.js'
import type { KindDeclaration, PropertyDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { standsAt, type Part } from './asking.js'
import { quantityAt } from './quantities.js'

/** What never is the value of a property. */
export const noValues = new Set(
  'and or but that which who with without no not in of for on from is are has have was were to by since than over under at owned'.split(
    ' ',
  ),
)

/** What is said by a measure or a tag, without the name of a property: how long, for how much, tagged how. */
export const measuredAt = (words: readonly string[], at: number, kind: KindDeclaration): Part | undefined =>
  lastingAt(words, at, kind) ??
  costingAt(words, at, kind) ??
  (words[at] === 'tagged' && kind.properties.tags ? taggedAt(words, at) : undefined)

/** A number that a property is compared with. */
export function numberAt(
  words: readonly string[],
  at: number,
  property: string,
  { unit }: PropertyDeclaration,
): Part | undefined {
  const quantity = quantityAt(words, at, unit === 'min')
  return quantity && { filter: { property, is: quantity.is, value: quantity.value }, next: quantity.next }
}

/** "longer than an hour", of what takes time. */
function lastingAt(words: readonly string[], at: number, { properties }: KindDeclaration): Part | undefined {
  if (properties.duration?.unit !== 'min' || !/^(?:longer|shorter)$/.test(words[at] ?? '')) return undefined
  return numberAt(words, at, 'duration', properties.duration)
}

/** "over 500 EUR", of what has a price. */
function costingAt(words: readonly string[], at: number, { properties }: KindDeclaration): Part | undefined {
  const quantity = properties.cost?.type === 'number' ? quantityAt(words, at) : undefined
  return quantity && quantity.is !== '=' && /^(?:eur|euros?|€)$/.test(words[quantity.next - 1] ?? '')
    ? { filter: { property: 'cost', is: quantity.is, value: quantity.value }, next: quantity.next }
    : undefined
}

/** "tagged with data-class cardholder", "tag tier is gold". */
export function taggedAt(words: readonly string[], at: number): Part | undefined {
  const begun = ['tagged with', 'tagged as', 'tagged', 'tag', 'tags'].find((said) => standsAt(words, at, said))
  if (begun === undefined) return undefined
  const from = at + begun.split(' ').length
  const [name, ...behind] = words.slice(from)
  const isSaid = behind[0] === 'is' || behind[0] === 'of' ? 1 : 0
  const value = behind[isSaid]
  if (name === undefined || value === undefined || noValues.has(name) || noValues.has(value)) return undefined
  return { filter: { property: `tags.${name}`, is: '=', value }, next: from + 2 + isSaid }
}

/** Whether a filter says what a property is, or what it is beyond; of what is counted it says only that there is some. */
export const isCompared = (filter: Filter, { properties }: KindDeclaration): boolean =>
  'is' in filter && (filter.is === '=' || properties[filter.property]?.type === 'ordered')
