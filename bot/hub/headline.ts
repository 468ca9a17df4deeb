import type { Text } from '../../cards/model.js'
import { plainWriter } from '../../cards/spans.js'
import { english, type Words } from '../../cards/words.js'

/** Longest headline, in characters: a lock screen shows about two lines. */
const longest = 240

/** A reply's words for one reader, with times on their clock. */
export const writeHeadline = (text: Text, now: string, zone: string, words: Words = english): string =>
  plainWriter({ now, words, zone })(text, longest)
