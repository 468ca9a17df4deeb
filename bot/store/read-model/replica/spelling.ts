import { editDistance } from '../../../../skills/kit/edit-distance.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import type { Words } from './facts-of.js'

/** Letters of the shortest word in which a typo is forgiven; below, every other word is one away. */
const leastLetters = 4
/** Words that a misspelt one may have been at most. */
const mostCorrections = 12

/** Learns the words of an entity's names. Words are never unlearnt: one that nobody has any more finds nothing. */
export function keepSpellings(database: ScratchDatabase, [name, alias, , whole]: Words): void {
  for (const word of new Set(`${name} ${alias} ${whole}`.split(' '))) {
    const { letters, figures } = partsOf(word)
    if (letters.length < leastLetters) continue
    const { head, tail } = keysOf(letters, figures)
    database.run('INSERT OR IGNORE INTO spelling VALUES (?, ?, ?)', word, head, tail)
  }
}

/**
 * The words of names that differ from a word by one typo: a letter more, less or another, or two neighbours swapped. Figures never differ,
 * because another number is another thing. One typo leaves the beginning or the end of a word as it is, so those are looked up.
 */
export function correctionsOf(database: ScratchDatabase, word: string): string[] {
  const { letters, figures } = partsOf(word)
  if (letters.length < leastLetters - 1) return []
  const intact = Math.floor((letters.length - 1) / 2)
  const near = new Set<string>()
  for (const length of [letters.length - 1, letters.length, letters.length + 1]) {
    const key = `${length}|${figures}|`
    const ends: [column: string, beginning: string][] = [
      ['head', key + letters.slice(0, intact).join('')],
      ['tail', key + letters.toReversed().slice(0, intact).join('')],
    ]
    for (const [column, beginning] of ends) {
      const words = database.all<{ word: string }>(
        `SELECT word FROM spelling WHERE ${column} >= ? AND ${column} < ?`,
        ...[beginning, `${beginning}\u{10ffff}`],
      )
      for (const known of words) if (known.word !== word && editDistance(word, known.word, 1) <= 1) near.add(known.word)
    }
  }
  return [...near].slice(0, mostCorrections)
}

function partsOf(word: string): { letters: string[]; figures: string } {
  const signs = [...word]
  return {
    letters: signs.filter((sign) => !/\p{N}/u.test(sign)),
    figures: signs.filter((sign) => /\p{N}/u.test(sign)).join(''),
  }
}

const keysOf = (letters: readonly string[], figures: string): { head: string; tail: string } => {
  const key = `${letters.length}|${figures}|`
  return { head: key + letters.join(''), tail: key + letters.toReversed().join('') }
}
