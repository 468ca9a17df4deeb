import { editDistance } from '../../../skills/kit/edit-distance.js'
import { glue } from '../glue-words.js'
import { isOneSlip } from '../one-slip.js'

/** Words that are no typos, and what typos of them mean. */
export interface Vocabulary {
  has(word: string): boolean
  /** The known word that was meant by one with a slip in it, or the word itself. */
  meant(word: string): string
}

/** Words are mended only from these lengths on, shorter ones are near to too many. */
const shortest = { swap: 4, slip: 5, anywhere: 7, twoSlips: 9 }

/** How surely a word was meant: letters are swapped anywhere, and a word's beginning is rarely misspelt. */
const slips = { swapped: 0, within: 1, beginning: 2, twice: 3 }

/**
 * Knows words.
 * @param counts how often each is said; of several that are as near the commonest is meant
 */
export function createVocabulary(counts: ReadonlyMap<string, number>): Vocabulary {
  const byLength: string[][] = []
  for (const word of counts.keys()) (byLength[word.length] ??= []).push(word)
  const meant = (word: string): string => {
    if (counts.has(word) || glue.has(word) || word.length < shortest.swap || /\d/.test(word)) return word
    let best: { word: string; slip: number; count: number } | undefined
    for (let length = word.length - 2; length <= word.length + 2; length++)
      for (const other of byLength[length] ?? []) {
        const slip = slipIn(word, other)
        if (slip === undefined) continue
        const count = counts.get(other)!
        if (!best || slip < best.slip || (slip === best.slip && count > best.count)) best = { word: other, slip, count }
      }
    return best?.word ?? word
  }
  return { has: (word) => counts.has(word), meant }
}

function slipIn(word: string, other: string): number | undefined {
  if (isOneSlip(word, other)) {
    if (word.length === other.length && sorted(word) === sorted(other)) return slips.swapped
    if (word.length < shortest.slip) return undefined
    if (word[0] === other[0] && word[1] === other[1]) return slips.within
    return word.length >= shortest.anywhere ? slips.beginning : undefined
  }
  if (word.length < shortest.twoSlips || word[0] !== other[0]) return undefined
  return editDistance(word, other, 2) <= 2 ? slips.twice : undefined
}

const sorted = (word: string): string => [...word].sort().join('')
