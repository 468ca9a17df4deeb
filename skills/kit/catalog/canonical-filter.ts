import { nothing, type Filter, type FilterValue } from './filter.js'

/** All of them, as the text form says it: without brackets that change nothing, and the kinds first. */
export function allOf(filters: readonly Filter[]): Filter {
  const flat = filters.flatMap((one) => ('all' in one ? one.all : [one]))
  if (flat.length === 1) return flat[0]!
  const isKinds = (one: Filter): boolean => 'kinds' in one
  return { all: [...flat.filter(isKinds), ...flat.filter((one) => !isKinds(one))] }
}

/** One of them at least, without brackets that change nothing. */
export function anyOf(filters: readonly Filter[]): Filter {
  const flat = filters.flatMap((one) => ('any' in one ? one.any : [one]))
  return flat.length === 1 ? flat[0]! : { any: flat }
}

/**
 * The same filter in the one form that its text has: `parseFilter(printFilter(filter))` is this. What it means stays: brackets that change
 * nothing are gone, the kinds stand first, and a choice among no values is nothing.
 */
export function canonicalFilter(filter: Filter): Filter {
  if ('all' in filter) return allOf(filter.all.map(canonicalFilter))
  if ('any' in filter) return anyOf(filter.any.map(canonicalFilter))
  if ('not' in filter) return { not: canonicalFilter(filter.not) }
  if ('step' in filter) return { ...filter, of: canonicalFilter(filter.of) }
  if ('kinds' in filter) return filter.kinds.length ? filter : nothing
  if ('in' in filter) return filter.in.length ? { ...filter, in: filter.in.map(withoutMinusZero) } : nothing
  if ('is' in filter) return { ...filter, value: withoutMinusZero(filter.value) }
  return filter
}

const withoutMinusZero = (value: FilterValue): FilterValue => (value === 0 ? 0 : value)
