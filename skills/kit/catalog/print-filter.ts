import { canonicalFilter } from './canonical-filter.js'
import type { Filter, FilterValue } from './filter.js'
import { agesByUnit, bareName, isBareText } from './filter-words.js'
import { nameOfStep } from './relation-types.js'

/** A filter in its text form, which `parseFilter` reads back to the same filter in its canonical form. */
export const printFilter = (filter: Filter): string => printed(canonicalFilter(filter))

function printed(filter: Filter): string {
  if ('all' in filter) return printAll(filter.all)
  if ('any' in filter) return filter.any.length ? filter.any.map(nested).join(' or ') : 'nothing'
  if ('not' in filter) return `not ${nested(filter.not)}`
  if ('kinds' in filter) return filter.kinds.map(printName).join(', ')
  if ('step' in filter) return `${nameOfStep(filter.step)}${howFar(filter)} (${printed(filter.of)})`
  if ('words' in filter) return `words ${JSON.stringify(filter.words)}`
  return `${printName(filter.property)} ${printTest(filter)}`
}

/** How often a step is followed, and to how many. */
const howFar = ({ deep, atLeast }: Extract<Filter, { step: unknown }>): string =>
  deep ? '+' : atLeast ? ` at least ${atLeast}` : ''

function printTest(filter: Extract<Filter, { property: string }>): string {
  if ('is' in filter) return `${filter.is} ${printValue(filter.value)}`
  if ('in' in filter) return `in (${filter.in.map(printValue).join(', ')})`
  if ('contains' in filter) return `contains ${printValue(filter.contains)}`
  if ('within' in filter) return `within ${printAge(filter.within)}`
  if ('older' in filter) return `older than ${printAge(filter.older)}`
  return 'missing'
}

function printAll(filters: readonly Filter[]): string {
  const [first, ...rest] = filters
  if (!first) return 'everything'
  if (!('kinds' in first)) return filters.map(nested).join(' and ')
  return `${printed(first)} where ${rest.map(nested).join(' and ')}`
}

const nested = (filter: Filter): string =>
  ('all' in filter && filter.all.length > 1) || ('any' in filter && filter.any.length > 1)
    ? `(${printed(filter)})`
    : printed(filter)

const printName = (name: string): string => (bareName(name) ? name : JSON.stringify(name))

/** A value as a person would write it; a text that could be read as something else stands in quotes. */
export const printValue = (value: FilterValue): string =>
  typeof value === 'string' && !isBareText(value) ? JSON.stringify(value) : String(value)

function printAge(milliseconds: number): string {
  const [suffix, unit] = agesByUnit.find(([, unit]) => milliseconds % unit === 0)!
  return `${milliseconds / unit}${suffix}`
}
