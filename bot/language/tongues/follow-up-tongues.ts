import { tongues, type Tongue } from '../../../skills/kit/tongues.js'
import { tongueWords } from './tongue-words.js'

/** A text that goes on from the last one in another language: what it says anew, and in which. */
export interface GoingOnIn {
  rest: string
  tongue: Tongue
}

/** Letters without their accents, one for one, so that what stands in one text stands there in the other. */
const bare = (text: string): string =>
  text.replace(/\p{L}/gu, (letter) => String.fromCodePoint(letter.normalize('NFD').codePointAt(0)!))

/** Words with one space between them, and no other signs. */
const wordsIn = (text: string): string =>
  bare(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/**
 * Reads "und für payments", "et pour payments", "y para payments".
 * @param said lower case, nothing but words at its ends
 */
export function goesOnIn(said: string): GoingOnIn | undefined {
  const plain = bare(said)
  for (const tongue of tongues) {
    const { goingOn, leading, idle, no } = tongueWords[tongue]
    const opens = [...goingOn, ...no]
      .map((words) => new RegExp(`^${words.replaceAll(' ', "[ ',-]+")}(?=[ ,])`).exec(plain)?.[0].length ?? 0)
      .find((length) => length > 0)
    if (opens === undefined) continue
    const behind = said.slice(opens).split(/(?<=[ ,])/)
    const at = behind.findIndex((word) => {
      const one = wordsIn(word)
      return one !== '' && !leading.has(one) && !idle.has(one)
    })
    if (at >= 0) return { rest: behind.slice(at).join(''), tongue }
  }
  return undefined
}

/** Whether a text only says yes, in any of the languages. */
export const saysYesIn = (said: string): boolean => isOne(said, 'yes')

/** Whether a text only says that none of what was offered is meant, in any of the languages. */
export const refusesAllIn = (said: string): boolean => isOne(said, 'no')

const isOne = (said: string, which: 'yes' | 'no'): boolean =>
  tongues.some((tongue) => tongueWords[tongue][which].has(wordsIn(said)))
