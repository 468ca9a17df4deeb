import type { Filter, FilterValue } from './filter.js'
import { nameOfStep } from './relation-types.js'

const unitsOfAge: readonly [suffix: string, milliseconds: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
]

/** A filter in its text form, which the parser reads back to the same filter. */
export function printFilter(filter: Filter): string {
  const kinds = 'all' in filter ? filter.all.find((one) => 'kinds' in one) : 'kinds' in filter ? filter : undefined
  if (!kinds || !('kinds' in kinds)) return printed(filter)
  const rest = 'all' in filter ? filter.all.filter((one) => one !== kinds) : []
  const head = kinds.kinds.join(', ')
  return rest.length ? `${head} where ${rest.map((one) => nested(one)).join(' and ')}` : head
}

function printed(filter: Filter): string {
  if ('all' in filter) return filter.all.length ? filter.all.map(nested).join(' and ') : 'everything'
  if ('any' in filter) return filter.any.length ? filter.any.map(nested).join(' or ') : 'nothing'
  if ('not' in filter) return `not ${nested(filter.not)}`
  if ('kinds' in filter) return `kind in (${filter.kinds.join(', ')})`
  if ('step' in filter) return `${nameOfStep(filter.step)}${filter.deep ? '+' : ''} (${printFilter(filter.of)})`
  if ('words' in filter) return `words ${JSON.stringify(filter.words)}`
  if ('is' in filter) return `${filter.property} ${filter.is} ${printValue(filter.value)}`
  if ('in' in filter) return `${filter.property} in (${filter.in.map(printValue).join(', ')})`
  if ('contains' in filter) return `${filter.property} contains ${printValue(filter.contains)}`
  if ('within' in filter) return `${filter.property} within ${printAge(filter.within)}`
  if ('older' in filter) return `${filter.property} older than ${printAge(filter.older)}`
  return `${filter.property} missing`
}

const nested = (filter: Filter): string =>
  ('all' in filter && filter.all.length > 1) || ('any' in filter && filter.any.length > 1)
    ? `(${printed(filter)})`
    : printed(filter)

const words = new Set(['and', 'or', 'not', 'in', 'where', 'contains', 'missing', 'within', 'older', 'true', 'false'])
const printValue = (value: FilterValue): string =>
  typeof value === 'string' && !(/^[a-z_][\w-]*$/i.test(value) && !words.has(value.toLowerCase()))
    ? JSON.stringify(value)
    : String(value)

function printAge(milliseconds: number): string {
  const [suffix, unit] = unitsOfAge.find(([, unit]) => milliseconds % unit === 0) ?? ['ms', 1]
  return `${milliseconds / unit}${suffix}`
}
