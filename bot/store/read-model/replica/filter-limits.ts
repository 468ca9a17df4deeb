import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import { badInput } from '../../../../skills/kit/errors.js'

/** What one filter may hold: more than anybody writes, and less than SQLite refuses. */
export const filterLimits = {
  /** Of `and`, `or`, `not` and steps within each other. */
  depth: 20,
  /** Conditions in all: SQLite's expressions are at most 1,000 deep, and an `or` of many is as deep as it is long. */
  parts: 400,
  /** Values of `in`, and kinds, in all. */
  values: 5_000,
} as const

/** Refuses a filter that is too large to be asked. @throws Fault BadInput that says the limit */
export function refuseHugeFilter(filter: Filter): void {
  let [parts, values] = [0, 0]
  const count = (one: Filter, depth: number): void => {
    if (depth > filterLimits.depth)
      throw badInput(
        `This filter is nested deeper than ${filterLimits.depth} levels.`,
        'Ask for less at once, or take brackets out that change nothing.',
      )
    parts++
    values += ('in' in one ? one.in.length : 0) + ('kinds' in one ? one.kinds.length : 0)
    if (parts > filterLimits.parts)
      throw badInput(`This filter has more than ${filterLimits.parts} conditions.`, 'Ask in several questions.')
    if (values > filterLimits.values)
      throw badInput(`This filter names more than ${filterLimits.values} values.`, 'Ask in several questions.')
    const within =
      'all' in one ? one.all : 'any' in one ? one.any : 'not' in one ? [one.not] : 'of' in one ? [one.of] : []
    for (const inner of within) count(inner, depth + 1)
  }
  count(filter, 1)
}
