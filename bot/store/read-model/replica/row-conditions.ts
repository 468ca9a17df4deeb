import { searchWords } from '../../../../skills/kit/catalog/meets-filter.js'
import type { FactSet } from './fact-sets.js'
import { kindShift } from './schema.js'
import { joined, negated, places, type Sql } from './sql.js'
import type { Age, Row } from './statement.js'

/** Whether a number is of one of some kinds. */
export const ofKinds = (number: string, kinds: readonly string[]): Sql => ({
  sql: `(${number} >> ${kindShift}) IN (SELECT k FROM kind WHERE kind IN (${places(kinds.length)}))`,
  values: [...kinds],
})

/**
 * Numbers of the rows that have a fact of a set.
 * @param own the number of the one row that is asked, where it is one
 */
export function factSelect({ names, condition, kinds, others }: FactSet, age: Age, own?: string): Sql {
  const number = age === 'now' ? 'f.n' : 'f.v'
  const parts: Sql[] = [
    { sql: names.length === 1 ? 'f.property = ?' : `f.property IN (${places(names.length)})`, values: [...names] },
    condition,
    ...(kinds ? [ofKinds(number, kinds)] : []),
    ...(others ? [negated(ofKinds(number, others))] : []),
    ...(own ? [{ sql: `${number} = ${own}`, values: [] }] : []),
  ]
  return {
    sql: `SELECT ${number} FROM ${age}_fact f WHERE ${parts.map(({ sql }) => sql).join(' AND ')}`,
    values: parts.flatMap(({ values }) => values),
  }
}

/** Whether a row has a fact of one of some sets. @param narrow whether it is looked up for each row */
export function hasFact({ own, age }: Row, sets: readonly FactSet[], narrow: boolean): Sql {
  const parts = sets.map((set): Sql => {
    const { sql, values } = factSelect(set, age, narrow ? own : undefined)
    return { sql: narrow ? `EXISTS (${sql})` : `${own} IN (${sql})`, values }
  })
  return joined(parts, 'OR', '0')
}

/** Numbers of the rows that have all words of a text; undefined where it has none. */
export function wordSet(text: string, age: Age): Sql | undefined {
  const words = searchWords(text)
  if (!words.length) return undefined
  return {
    sql: `SELECT rowid FROM ${age}_words WHERE ${age}_words MATCH ?`,
    values: [`{name alias text} : (${matchOf(words)})`],
  }
}

/** Words as FTS5 wants them: each as the beginning of one. */
const matchOf = (words: readonly string[]): string => words.map((word) => `"${word}"*`).join(' AND ')
