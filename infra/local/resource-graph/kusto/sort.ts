import type { Row, Scalar, Value } from './types.js'

/** Orders two values that are there; strings by code unit, as Kusto's ordinal order. */
export function compareValues(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  return Number(left?.valueOf()) - Number(right?.valueOf())
}

/** One key of `order by`. */
export interface SortKey {
  scalar: Scalar
  descending: boolean
  nullsFirst: boolean
}

/** The rows in order; equal ones keep theirs. */
export function sortRows(rows: Row[], keys: SortKey[]): Row[] {
  const keyed = rows.map((row) => ({ row, values: keys.map(({ scalar }) => scalar.evaluate(row)) }))
  keyed.sort((a, b) => {
    for (const [index, { descending, nullsFirst }] of keys.entries()) {
      const [left = null, right = null] = [a.values[index], b.values[index]]
      if (left === null && right === null) continue
      if (left === null || right === null) return (left === null) === nullsFirst ? -1 : 1
      const order = compareValues(left, right)
      if (order) return descending ? -order : order
    }
    return 0
  })
  return keyed.map(({ row }) => row)
}
