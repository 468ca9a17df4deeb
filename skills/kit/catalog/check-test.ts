import { nearestName } from '../nearest-name.js'
import type { Declared } from './asked-kinds.js'
import type { Filter, FilterValue } from './filter.js'
import type { FilterFault } from './filter-fault.js'
import type { PropertyDeclaration, PropertyType } from './kind-declaration.js'
import { usualValue } from './usual-names.js'

type Test = Extract<Filter, { property: string }>
/** Makes a fault of a test, at the property unless told. */
type FaultOf = (what: string, wayOn: string, at?: string) => FilterFault

const typeNames: Readonly<Record<PropertyType, string>> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  instant: 'a moment',
  list: 'a list of texts',
  map: 'texts by name',
  ordered: 'one of an order',
  data: 'data of Nexus itself',
}
const orderedTypes: readonly PropertyType[] = ['number', 'instant', 'ordered']
const textTypes: readonly PropertyType[] = ['text', 'list', 'ordered']

/**
 * Checks that a comparison makes sense for what the property holds, and spells its values as it holds them. Where kinds declare it
 * differently, it must make sense for one of them.
 * @throws FilterFault
 */
export function checkTest(test: Test, { name, as }: Declared, fault: FaultOf): Test {
  const holds = `${name} is ${[...new Set(as.map(({ type }) => typeNames[type]))].join(' or ')}`
  const demand = (types: readonly PropertyType[], asked: string) => {
    if (!as.some(({ type }) => types.includes(type))) throw fault(holds, `${asked} ${sayTypes(types)}.`)
  }
  if ('missing' in test) return test
  if ('within' in test || 'older' in test) {
    demand(['instant'], 'within and older than are asked of')
    return test
  }
  if ('contains' in test) {
    demand(textTypes, 'contains is asked of')
    return test
  }
  if ('in' in test) return { ...test, in: test.in.map((value) => fitted(value, as, holds, fault)) }
  if (test.is === '=' || test.is === '!=') return { ...test, value: fitted(test.value, as, holds, fault) }
  demand(orderedTypes, `${test.is} is asked of`)
  const ordered = as.filter(({ type }) => orderedTypes.includes(type))
  const value = fitted(test.value, ordered, holds, fault)
  const places = ordered.flatMap(({ type, values = [] }) => (type === 'ordered' ? values : []))
  if (ordered.every(({ type }) => type === 'ordered') && !places.includes(String(value))) {
    const near = nearestName(String(value), places)
    throw fault(
      `${name} has no such value`,
      `${near ? `Did you mean ${near}? ` : ''}From least to most: ${places.join(', ')}.`,
      String(test.value),
    )
  }
  return { ...test, value }
}

const sayTypes = (types: readonly PropertyType[]): string =>
  types
    .map((type) => typeNames[type].replace(/^a /, '') + (type === 'number' || type === 'instant' ? 's' : ''))
    .join(', ')

function fitted(value: FilterValue, as: readonly PropertyDeclaration[], holds: string, fault: FaultOf): FilterValue {
  const fits = as.map((one) => fit(value, one)).filter((one) => one !== undefined)
  // Of several readings the one that was written.
  const found = fits.find((one) => typeof one === typeof value) ?? fits[0]
  if (found === undefined) throw fault(holds, examples[as[0]!.type], String(value))
  return found
}

const examples: Readonly<Record<PropertyType, string>> = {
  text: 'Compare it with text.',
  list: 'Compare it with text.',
  map: 'Compare it with text.',
  ordered: 'Compare it with one of its values.',
  number: 'Compare it with a number, such as 5 or 0.5.',
  data: 'Nothing compares with it.',
  boolean: 'Compare it with true or false.',
  instant: 'Compare it with a day or a moment in ISO 8601, such as 2026-11-21 or 2026-11-21T08:00Z, or say within 7d.',
}

/** A value as a property of a type holds it; undefined where it cannot. */
function fit(value: FilterValue, declared: PropertyDeclaration): FilterValue | undefined {
  const { type, values = [] } = declared
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined
  if (type === 'number') return numberIn(value)
  if (type === 'instant') return typeof value === 'string' ? instantIn(value) : undefined
  const text = usualValue(String(value), declared)
  return values.find((one) => one.toLowerCase() === text.toLowerCase()) ?? text
}

/** Numbers as people write them, such as `1.50`. */
function numberIn(value: FilterValue): number | undefined {
  if (typeof value !== 'string') return typeof value === 'number' ? value : undefined
  return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : undefined
}

const isoForm = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)?(Z|[+-]\d\d:\d\d)?$/i

/** A day or moment of ISO 8601 as the catalog keeps moments; without a zone it is UTC. A day that no month has is none. */
function instantIn(value: string): string | undefined {
  const [, day, time, zone] = isoForm.exec(value) ?? []
  if (day === undefined || (zone !== undefined && time === undefined)) return undefined
  const midnight = Date.parse(`${day}T00:00Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined
  const moment = time === undefined ? midnight : Date.parse(`${day}${time}${zone ?? 'Z'}`.toUpperCase())
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString()
}
