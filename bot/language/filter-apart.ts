import type { Args } from '../../skills/kit/arguments.js'
import { canonicalFilter } from '../../skills/kit/catalog/canonical-filter.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { OtherWay } from '../../skills/kit/catalog/other-way.js'
import { printFilter } from '../../skills/kit/catalog/print-filter.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import { Fault } from '../../skills/kit/errors.js'
import { takesKind, type Instant, type Json } from '../../skills/kit/model.js'

/**
 * The arguments of a command whose filter says what others of them say too: "incidents of payments in October" are those of a scope in a range,
 * however they were asked for. What the others cannot say stays in the filter.
 * @param now the end of what was "since" a moment
 */
export function filterApart(
  args: Args,
  given: Readonly<Record<string, Json>>,
  kinds: readonly KindDeclaration[],
  now: Instant,
): Record<string, Json> {
  const [name, arg] = Object.entries(args).find(([, { type }]) => type === 'filter') ?? []
  const text = name === undefined ? undefined : given[name]
  if (name === undefined || arg?.type !== 'filter' || !arg.others || typeof text !== 'string') return { ...given }
  const conditions = conditionsOf(text, kinds)
  if (!conditions) return { ...given }
  const { [name]: _filter, ...rest } = given
  const apart: Record<string, Json> = rest
  let left = conditions.filter((one) => !('kinds' in one))
  for (const way of arg.others) {
    if (way.argument in apart) continue
    const taken = takenBy(way, left, kinds, now)
    if (!taken || !takes(args[way.argument], taken.value)) continue
    apart[way.argument] = taken.value
    left = left.filter((one) => !taken.conditions.includes(one))
  }
  const named = conditions.filter((one) => 'kinds' in one)
  return left.length ? { ...apart, [name]: printFilter({ all: [...named, ...left] }) } : apart
}

/** Of things an argument takes those of its kinds. */
const takes = (arg: Args[string] | undefined, value: Value): boolean =>
  arg?.type !== 'entity' || (typeof value === 'object' && 'kind' in value && takesKind(arg.kinds, value.kind))

/** What an argument says in place of conditions. */
type Value = string | { kind: string; id: string } | { from: Instant; to: Instant }

/** What one argument says of the conditions, and those that it says. */
function takenBy(
  way: OtherWay,
  conditions: readonly Filter[],
  kinds: readonly KindDeclaration[],
  now: Instant,
): { value: Value; conditions: readonly Filter[] } | undefined {
  if ('when' in way) return during(way.when, conditions, now)
  for (const one of conditions) {
    if ('relation' in way) {
      const ref =
        'step' in one && one.step.type === way.relation && one.step.direction === 'out' ? refIn(one.of) : undefined
      if (ref) return { value: ref, conditions: [one] }
    } else if (printFilter(one) === printFilter(readFilter(way.where, kinds)))
      return { value: way.value, conditions: [one] }
  }
  return undefined
}

/** The one thing that a filter names by its id. */
function refIn(filter: Filter): { kind: string; id: string } | undefined {
  if (!('all' in filter) || filter.all.length !== 2) return undefined
  const [named, id] = filter.all as [Filter, Filter]
  if (!('kinds' in named) || named.kinds.length !== 1 || !('is' in id) || id.property !== 'id' || id.is !== '=')
    return undefined
  return { kind: named.kinds[0]!, id: String(id.value) }
}

/** The stretch of time that conditions on one property say; of two beginnings nobody knows which is meant. */
function during(property: string, conditions: readonly Filter[], now: Instant) {
  const about = conditions.filter((one) => 'property' in one && one.property === property)
  const begins = about.flatMap((one) =>
    'within' in one
      ? [new Date(Date.parse(now) - one.within).toISOString()]
      : 'is' in one && one.is === '>='
        ? [String(one.value)]
        : [],
  )
  const ends = about.flatMap((one) => ('is' in one && one.is === '<' ? [String(one.value)] : []))
  const [from, to = now] = [begins[0], ends[0]]
  if (from === undefined || begins.length > 1 || begins.length + ends.length !== about.length || from >= to)
    return undefined
  return { value: { from, to }, conditions: about }
}

function conditionsOf(text: string, kinds: readonly KindDeclaration[]): readonly Filter[] | undefined {
  try {
    const filter = canonicalFilter(readFilter(text, kinds))
    return 'all' in filter ? filter.all : [filter]
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}
