import type { Filter, FilterValue } from '../../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../../skills/kit/catalog/kind-declaration.js'
import { folded, instantOf } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Instant } from '../../../../skills/kit/model.js'
import type { ScratchValue } from '../../sqlite/scratch-database.js'
import { commonProperties, storedBoolean } from './facts-of.js'
import { places, type Sql } from './sql.js'

/** Facts of which one is enough: of a property under any of its names, whose value (`f.value`) meets a condition. */
export interface FactSet {
  names: readonly string[]
  condition: Sql
  /** Only of entities of these kinds. */
  kinds?: readonly string[]
  /** Not of entities of these kinds. */
  others?: readonly string[]
}

/** A filter on the value of a property. */
export type PropertyFilter = Extract<Filter, { property: string }>

/** The facts that make an entity meet a filter on a property; of `missing` those that make it fail. */
export function factSets(
  filter: PropertyFilter,
  scope: { now: Instant; kinds: readonly KindDeclaration[] },
): FactSet[] {
  const names = namesOf(filter.property)
  const moments = names.map((name) => `${name}@`)
  if ('missing' in filter) return [{ names, condition: { sql: '1', values: [] } }]
  if ('in' in filter)
    return [{ names, condition: { sql: `f.value IN (${places(filter.in.length)})`, values: filter.in.map(stored) } }]
  if ('contains' in filter)
    return [
      {
        names,
        condition: { sql: `typeof(f.value) = 'text' AND instr(f.value, ?) > 0`, values: [folded(filter.contains)] },
      },
    ]
  if ('within' in filter)
    return [{ names: moments, condition: { sql: 'f.value >= ?', values: [Date.parse(scope.now) - filter.within] } }]
  if ('older' in filter)
    return [{ names: moments, condition: { sql: 'f.value < ?', values: [Date.parse(scope.now) - filter.older] } }]
  if (filter.is === '=') return [{ names, condition: { sql: 'f.value = ?', values: [stored(filter.value)] } }]
  return orderSets(filter, names, moments, scope.kinds)
}

/** `<`, `<=`, `>` and `>=`: of numbers, of moments, and of the values of ordered properties by their place, which each kind declares. */
function orderSets(
  { property, is, value }: Extract<PropertyFilter, { is: string }>,
  names: readonly string[],
  moments: readonly string[],
  kinds: readonly KindDeclaration[],
): FactSet[] {
  // Numbers come before texts in SQLite, so an upper bound keeps texts out.
  if (typeof value === 'number')
    return [{ names, condition: { sql: `f.value ${is} ? AND f.value < ''`, values: [value] } }]
  if (typeof value === 'boolean') return []
  const ordering = kinds.filter((kind) => kind.properties[property]?.type === 'ordered')
  const ranked = ordering.map((kind): FactSet => {
    const order = (kind.properties[property]?.values ?? []).map(folded)
    const place = order.indexOf(folded(value))
    const fits = order.filter((_, index) => place >= 0 && holds(index, is, place))
    return { names, condition: { sql: `f.value IN (${places(fits.length)})`, values: fits }, kinds: [kind.kind] }
  })
  const moment = instantOf(value)
  if (moment === undefined) return ranked
  const others = ordering.map(({ kind }) => kind)
  return [...ranked, { names: moments, condition: { sql: `f.value ${is} ?`, values: [moment] }, others }]
}

const holds = (a: number, is: string, b: number): boolean =>
  is === '<' ? a < b : is === '<=' ? a <= b : is === '>' ? a > b : a >= b

/** The names a property is stored under: a tag has no case. */
export function namesOf(property: string): string[] {
  const dot = property.indexOf('.')
  if (dot < 0 || commonProperties.includes(property)) return [property]
  return [...new Set([property, property.slice(0, dot) + property.slice(dot).toLowerCase()])]
}

/** A value as facts are stored. */
export const stored = (value: FilterValue): ScratchValue =>
  typeof value === 'string' ? folded(value) : typeof value === 'boolean' ? storedBoolean(value) : value
