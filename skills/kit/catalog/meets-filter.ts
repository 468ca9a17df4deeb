import type { Entity, Instant, Json, Ref } from '../model.js'
import type { Filter, FilterValue } from './filter.js'
import type { KindDeclaration } from './kind-declaration.js'
import type { Step } from './relation-types.js'
import { readableText } from '../readable-text.js'
import { refKey } from '../ref-key.js'

/** What a filter is held against besides the entity itself. */
export interface FilterWorld {
  now: Instant
  /** The entities one step away. */
  neighbours(of: Ref, step: Step): Iterable<Entity>
  kindOf(kind: string): KindDeclaration | undefined
}

/**
 * Whether an entity meets a filter: the meaning of the filter language, said as plainly as it can be. The read model answers the same by
 * SQL, and is tested against this.
 */
export function meetsFilter(entity: Entity, filter: Filter, world: FilterWorld): boolean {
  if ('all' in filter) return filter.all.every((one) => meetsFilter(entity, one, world))
  if ('any' in filter) return filter.any.some((one) => meetsFilter(entity, one, world))
  if ('not' in filter) return !meetsFilter(entity, filter.not, world)
  if ('kinds' in filter) return filter.kinds.includes(entity.kind)
  if ('step' in filter) return reachable(entity, filter, world)
  if ('words' in filter) return hasWords(entity, filter.words)
  if ('is' in filter && filter.is === '!=') return !meetsFilter(entity, { ...filter, is: '=' }, world)
  const values = valuesOf(entity, filter.property)
  if ('missing' in filter) return values.length === 0
  return values.some((value) => {
    if ('is' in filter) return compare(entity, filter.property, value, filter.is, filter.value, world)
    if ('in' in filter) return filter.in.some((one) => same(value, one))
    if ('contains' in filter) return typeof value === 'string' && folded(value).includes(folded(filter.contains))
    const age = Date.parse(world.now) - (instantOf(value) ?? NaN)
    return 'within' in filter ? age <= filter.within : age > filter.older
  })
}

/** The values of a property, none where it is missing: an empty text and an empty list are missing too. */
export function valuesOf(entity: Entity, property: string): FilterValue[] {
  if (property === 'name' || property === 'id' || property === 'kind') return [entity[property]]
  if (property === 'source') return entity.sources.map(({ source }) => source)
  const value = Object.hasOwn(entity.props, property) ? entity.props[property] : undefined
  const own = isFilledMap(value) ? [true] : scalarsOf(value)
  const dot = property.indexOf('.')
  const map = dot < 0 ? undefined : entity.props[property.slice(0, dot)]
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return own
  // Names of tags have no case in Azure.
  const name = property.slice(dot + 1).toLowerCase()
  return [...own, ...Object.entries(map).flatMap(([key, item]) => (key.toLowerCase() === name ? scalarsOf(item) : []))]
}

/** Values by name, such as tags: whether there are any is what can be asked of all of them. */
export const isFilledMap = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0

function scalarsOf(value: Json | undefined): FilterValue[] {
  if (Array.isArray(value)) return value.flatMap((item) => (Array.isArray(item) ? [] : scalarsOf(item)))
  if (value === undefined || value === null || value === '' || typeof value === 'object') return []
  return [value]
}

/** A text as it is compared: without case, in one Unicode form. */
export const folded = (text: string): string => readableText(text).normalize('NFC').toLowerCase()

const same = (a: FilterValue, b: FilterValue): boolean =>
  typeof a === 'string' && typeof b === 'string' ? folded(a) === folded(b) : a === b

/** A moment in milliseconds since 1970, where a value is one: ISO 8601 with a zone. */
export function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value))
    return undefined
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : at
}

/** Numbers with numbers, moments with moments, and the values of an ordered property by their place. */
function compare(
  { kind }: Entity,
  property: string,
  value: FilterValue,
  is: '=' | '!=' | '<' | '<=' | '>' | '>=',
  wanted: FilterValue,
  world: FilterWorld,
): boolean {
  if (is === '=' || is === '!=') return same(value, wanted) === (is === '=')
  const declared = world.kindOf(kind)?.properties[property]
  const order = declared?.type === 'ordered' ? (declared.values ?? []) : undefined
  const rank = (of: FilterValue): number => {
    if (typeof value === 'number' && typeof wanted === 'number') return Number(of)
    if (!order) return instantOf(of) ?? NaN
    const place = order.findIndex((one) => same(one, of))
    return place < 0 ? NaN : place
  }
  const [a, b] = [rank(value), rank(wanted)]
  return is === '<' ? a < b : is === '<=' ? a <= b : is === '>' ? a > b : a >= b
}

function reachable(
  start: Entity,
  { step, deep, atLeast = 1, of }: Extract<Filter, { step: unknown }>,
  world: FilterWorld,
): boolean {
  let found = 0
  const seen = new Set<string>()
  const waiting = [...world.neighbours(start, step)]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(refKey(next))) continue
    seen.add(refKey(next))
    if (meetsFilter(next, of, world) && ++found === atLeast) return true
    if (deep) waiting.push(...world.neighbours(next, step))
  }
  return false
}

/** Texts as search sees them: words of letters and digits, without case and accents. */
export const searchWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

function hasWords(entity: Entity, text: string): boolean {
  const all = [entity.name, ...entity.aliases, ...textsOf(entity.props)].flatMap(searchWords)
  const wanted = searchWords(text)
  return wanted.length > 0 && wanted.every((word) => all.some((one) => one.startsWith(word)))
}

/** Every text within a value. */
export const textsOf = (value: Json): string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.flatMap(textsOf)
      : value && typeof value === 'object'
        ? Object.values(value).flatMap(textsOf)
        : []
