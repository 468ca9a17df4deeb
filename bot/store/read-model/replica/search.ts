import type { Hit } from '../../../../skills/kit/catalog/catalog.js'
import { folded, searchWords, textsOf } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Entity, Kind } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { everything } from '../../../../skills/kit/catalog/filter.js'
import { compileVisible } from './compile-filter.js'
import { ask, rowsOf } from './plan.js'
import { ofKinds } from './row-conditions.js'
import { statementOf, type FilterScope } from './statement.js'
import { correctionsOf } from './spelling.js'
import { aliasProperty } from './facts-of.js'
import { joined, places, type Sql } from './sql.js'

/** Words of a question that count; what is pasted as a whole page is not searched for. */
const mostWords = 12
/** Matches of one kind that are compared: of words that more entities have than this, any are as good. */
const compared = 200
/** What a word counts where it is a word of the name, of an alias, of a text; less where it only begins one. */
const [inName, inAlias, inText, begun] = [10, 6, 1, 0.7]
/** What the exact name or id, and another name of its own, is worth beside any match of words, and a match by words with typos. */
const [exact, exactAlias, misspelt] = [1_000, 500, 0.5]

/**
 * Finds entities by words, the best first: those named exactly so, those that have all of the words, most of them in their names; where
 * there are none, those whose names differ by a typo; where there are none of these either, those that have some of the words. Full text
 * gives the candidates; they are compared here, because ranking by the rarity of words reads all that have one of them.
 */
export function searchEntities(
  database: ScratchDatabase,
  text: string,
  { kinds, limit = 20 }: { kinds?: readonly Kind[]; limit?: number },
  scope: FilterScope,
): Hit[] {
  const words = [...new Set(searchWords(text))].slice(0, mostWords)
  if (!words.length) return []
  const asked: Asked = { database, scope, ...(kinds && { kinds }) }
  const found = new Map<number, Hit>()
  const add = (numbers: readonly number[], score: (entity: Entity) => number): void => {
    const others = numbers.filter((n) => !found.has(n))
    const rows = database.all<{ n: number; data: string }>(
      'SELECT e.n, e.data FROM json_each(?) j CROSS JOIN now_version e ON e.n = j.value',
      JSON.stringify(others),
    )
    for (const { n, data } of rows) {
      const entity = JSON.parse(data) as Entity
      found.set(n, { entity, score: score(entity) })
    }
  }
  const asWritten: Spellings = { words: words.map((word) => [word]), whole: [] }
  const ofWords = (entity: Entity): number => scoreOf(entity, asWritten)
  add(named(asked, ['name', 'id'], text), () => exact)
  add(named(asked, [aliasProperty], text), () => exactAlias)
  add(matching(asked, `{name alias} : (${words.map(quoted).join(' AND ')})`), ofWords)
  if (found.size < limit) add(matching(asked, unfinished(words)), ofWords)
  if (!found.size) add(matching(asked, words.map(beginning).join(' AND ')), ofWords)
  const spellings = found.size ? undefined : spellingsOf(database, words)
  const misspelling = spellings && misspeltAs(spellings)
  if (misspelling) add(matching(asked, misspelling), (entity) => misspelt * scoreOf(entity, spellings))
  const telling = words.filter((word) => word.length >= shortestTelling)
  const partial = !found.size && words.length > 1
  if (partial) for (const word of telling) add(matching(asked, quoted(word)), (entity) => shareOf(entity, telling))
  return [...found.values()]
    .map((hit): Hit => (partial ? { ...hit, partial } : hit))
    .sort((a, b) => b.score - a.score || (a.entity.name < b.entity.name ? -1 : Number(a.entity.name > b.entity.name)))
    .slice(0, limit)
    .map((hit) => {
      const excerpt = excerptOf(hit.entity, words)
      return excerpt === undefined ? hit : { ...hit, excerpt }
    })
}

/** What the words of a question may be, in its order, and what they may be together as one name. */
interface Spellings {
  words: readonly (readonly string[])[]
  whole: readonly string[]
}

/** How well words fit an entity that has all of them: where each stands, and how much of the name they are. */
function scoreOf({ name, aliases }: Entity, { words, whole }: Spellings): number {
  const own = searchWords(name)
  if (whole.includes(own.join(''))) return inName + 1
  const others = aliases.flatMap(searchWords)
  const rate = (word: string): number => {
    for (const [some, weight] of [
      [own, inName],
      [others, inAlias],
    ] as const) {
      if (some.includes(word)) return weight
      if (some.some((one) => one.startsWith(word))) return weight * begun
    }
    return inText
  }
  const sum = words.reduce((total, spellings) => total + Math.max(...spellings.map(rate)), 0)
  return sum / words.length + Math.min(1, words.length / Math.max(1, own.length))
}

/** Letters of a word that may tell something by itself. */
const shortestTelling = 4

/** How many of the words an entity has, between 0 and 1. */
function shareOf({ name, aliases, props }: Entity, words: readonly string[]): number {
  const own = [name, ...aliases, ...textsOf(props)].flatMap(searchWords)
  return words.filter((word) => own.includes(word)).length / words.length
}

/** Who searches where: what they may not see is no candidate, so that it takes the place of nothing. */
interface Asked {
  database: ScratchDatabase
  scope: FilterScope
  kinds?: readonly Kind[]
}

/** Numbers of rows that a condition is true of, as far as they may be seen. @param column what the number is called in the table */
function candidates({ database, scope, kinds }: Asked, table: string, column: string, condition: Sql): number[] {
  const statement = statementOf(ask(database, scope))
  const where = joined(
    [
      condition,
      ...(kinds ? [ofKinds(column, kinds)] : []),
      compileVisible(everything, { age: 'now', own: column, node: column }, statement, true),
    ],
    'AND',
    '1',
  )
  const sql = `SELECT ${column} AS n FROM ${table} WHERE ${where.sql} LIMIT ${compared}`
  return rowsOf<{ n: number }>(statement, { ...where, sql }).map(({ n }) => n)
}

const named = (asked: Asked, properties: readonly string[], text: string): number[] =>
  candidates(asked, 'now_fact', 'now_fact.n', {
    sql: `now_fact.property IN (${places(properties.length)}) AND now_fact.value = ?`,
    values: [...properties, folded(text.trim())],
  })

/** All of the words anywhere, the last of them perhaps not finished, or together as one name. */
function unfinished(words: readonly string[]): string {
  const all = [...words.slice(0, -1).map(quoted), beginning(words.at(-1)!)].join(' AND ')
  return words.length > 1 ? `(${all}) OR whole : ${beginning(words.join(''))}` : all
}

/** The words as they were written, and as names have them that differ by a typo. */
const spellingsOf = (database: ScratchDatabase, words: readonly string[]): Spellings => ({
  words: words.map((word) => [word, ...correctionsOf(database, word)]),
  whole: correctionsOf(database, words.join('')),
})

/** Matches words as names have them that differ by a typo each; undefined where there are none. */
function misspeltAs({ words, whole }: Spellings): string | undefined {
  const all = words.map(([word, ...near]) => `(${[beginning(word!), ...near.map(quoted)].join(' OR ')})`)
  const queries = [
    ...(words.some(({ length }) => length > 1) ? [`(${all.join(' AND ')})`] : []),
    ...(whole.length ? [`({name alias whole} : (${whole.map(quoted).join(' OR ')}))`] : []),
  ]
  return queries.length ? queries.join(' OR ') : undefined
}

/** Numbers of what matches words of full text. */
const matching = (asked: Asked, match: string): number[] =>
  candidates(asked, 'now_words', 'now_words.rowid', { sql: 'now_words MATCH ?', values: [match] })

const quoted = (word: string): string => `"${word}"`
const beginning = (word: string): string => `${quoted(word)}*`

/** Letters of an excerpt on either side of what was found. */
const around = 60

/** The text around the first word that is found in a text of the entity and not in its name. */
function excerptOf({ name, aliases, props }: Entity, words: readonly string[]): string | undefined {
  const named = [name, ...aliases].flatMap(searchWords)
  const others = words.filter((word) => !named.some((one) => one.startsWith(word)))
  for (const text of others.length ? textsOf(props) : []) {
    for (const { 0: found, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      if (!searchWords(found).some((one) => others.some((word) => one.startsWith(word)))) continue
      const [from, to] = [Math.max(0, index - around), index + found.length + around]
      const part = text.slice(from, to).replace(/\s+/g, ' ').trim()
      return `${from > 0 ? '…' : ''}${part}${to < text.length ? '…' : ''}`
    }
  }
  return undefined
}
