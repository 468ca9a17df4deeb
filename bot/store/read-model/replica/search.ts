import type { Hit } from '../../../../skills/kit/catalog/catalog.js'
import { folded, searchWords, textsOf } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Entity, Kind } from '../../../../skills/kit/model.js'
import type { ScratchDatabase, ScratchValue } from '../../sqlite/scratch-database.js'
import { ofKinds } from './compile-filter.js'
import { correctionsOf } from './spelling.js'
import type { Sees } from './walk.js'

/** Words of a question that count; what is pasted as a whole page is not searched for. */
const mostWords = 12
/** Matches that are ranked: of words that more entities have than this, any are as good. */
const ranked = 1_000
/** How much a match in a column counts: name, alias, texts, and names as one word. */
const weights = '10.0, 6.0, 1.0, 6.0'
/** What the exact name or id is worth beside any match of words, and a match by words with typos. */
const [exact, misspelt] = [1_000, 0.5]

interface Match {
  n: number
  score: number
}

/** Finds entities by words, the best first: those named exactly so, those that have the words, then those whose names differ by a typo. */
export function searchEntities(
  database: ScratchDatabase,
  text: string,
  { kinds, limit = 20 }: { kinds?: readonly Kind[]; limit?: number },
  sees: Sees,
): Hit[] {
  const words = [...new Set(searchWords(text))].slice(0, mostWords)
  if (!words.length) return []
  const hits: Hit[] = []
  const seen = new Set<number>()
  for (const find of [byName, byWords, byTypos])
    for (const { n, score } of hits.length < limit ? find(database, text, words, kinds) : []) {
      if (seen.has(n) || hits.length >= limit) continue
      seen.add(n)
      const row = database.get<{ data: string }>('SELECT data FROM now_version WHERE n = ?', n)
      const entity = row && (JSON.parse(row.data) as Entity)
      if (!entity || !sees(entity)) continue
      const excerpt = excerptOf(entity, words)
      hits.push({ entity, score, ...(excerpt !== undefined && { excerpt }) })
    }
  return hits
}

function byName(database: ScratchDatabase, text: string, _words: readonly string[], kinds: readonly Kind[] | undefined): Match[] {
  const of = kinds && ofKinds('n', kinds)
  return database
    .all<{ n: number }>(
      `SELECT n FROM now_fact WHERE property IN ('name', 'id') AND value = ?${of ? ` AND ${of.sql}` : ''} LIMIT ${ranked}`,
      ...[folded(text.trim()), ...(of?.values ?? [])],
    )
    .map(({ n }) => ({ n, score: exact }))
}

function byWords(database: ScratchDatabase, _text: string, words: readonly string[], kinds: readonly Kind[] | undefined): Match[] {
  const all = words.map(beginning).join(' AND ')
  return matching(database, words.length > 1 ? `(${all}) OR whole : ${beginning(words.join(''))}` : all, kinds)
}

function byTypos(database: ScratchDatabase, _text: string, words: readonly string[], kinds: readonly Kind[] | undefined): Match[] {
  const corrected = words.map((word) => ({ word, near: correctionsOf(database, word) }))
  const whole = correctionsOf(database, words.join(''))
  const all = corrected.map(({ word, near }) => `(${[beginning(word), ...near.map(quoted)].join(' OR ')})`).join(' AND ')
  const queries = [
    ...(corrected.some(({ near }) => near.length) ? [`(${all})`] : []),
    ...(whole.length ? [`({name alias whole} : (${whole.map(quoted).join(' OR ')}))`] : []),
  ]
  if (!queries.length) return []
  return matching(database, queries.join(' OR '), kinds).map(({ n, score }) => ({ n, score: score * misspelt }))
}

/** What matches words of full text, the best first. */
function matching(database: ScratchDatabase, match: string, kinds: readonly Kind[] | undefined): Match[] {
  const of = kinds && ofKinds('rowid', kinds)
  const values: ScratchValue[] = [match, ...(of?.values ?? [])]
  return database.all<Match>(
    `SELECT n, -score AS score FROM (SELECT rowid AS n, bm25(now_words, ${weights}) AS score FROM now_words
       WHERE now_words MATCH ?${of ? ` AND ${of.sql}` : ''} LIMIT ${ranked}) ORDER BY score DESC, n`,
    ...values,
  )
}

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
