import type { ScratchValue } from '../../sqlite/scratch-database.js'

/** A piece of SQL and what is bound in it, in order. */
export interface Sql {
  sql: string
  values: ScratchValue[]
}

/** So many places for values. */
export const places = (count: number): string => Array.from({ length: count }, () => '?').join(', ')

export const negated = ({ sql, values }: Sql): Sql => ({ sql: `NOT (${sql})`, values })

/**
 * Conditions as one.
 * @param empty what none of them comes to
 */
export function joined(parts: readonly Sql[], by: 'AND' | 'OR', empty: '0' | '1'): Sql {
  const [first] = parts
  if (!first) return { sql: empty, values: [] }
  if (parts.length === 1) return first
  return { sql: `(${parts.map(({ sql }) => sql).join(` ${by} `)})`, values: parts.flatMap(({ values }) => values) }
}

/** Several SELECTs as one, with each row as often as it comes, or (`UNION`) once. */
export const united = (parts: readonly Sql[], by: 'UNION ALL' | 'UNION' = 'UNION ALL'): Sql => ({
  sql: parts.map(({ sql }) => sql).join(` ${by} `),
  values: parts.flatMap(({ values }) => values),
})

/** About how many symbols SQLite's parser keeps of what is around the innermost place of a piece of SQL; it bears 100. */
export function stackOf(sql: string): number {
  const open: number[] = []
  let [sum, most] = [0, 0]
  for (const [sign, word] of sql.matchAll(/\((SELECT|WITH)?|\)/g)) {
    if (sign === ')') sum -= open.pop() ?? 0
    else {
      const symbols = word === 'SELECT' ? 9 : word ? 10 : 3
      open.push(symbols)
      most = Math.max(most, (sum += symbols))
    }
  }
  return most
}
