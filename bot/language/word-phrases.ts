import type { Token } from './tokens.js'

/** Phrases of words, one a line, the longest first. */
export const phrasesOf = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '))
    .sort((a, b) => b.length - a.length)

export const startsWith = (tokens: readonly Token[], words: readonly string[]): boolean =>
  words.every((word, at) => tokens[at]?.word === word)

export const endsWith = (tokens: readonly Token[], words: readonly string[]): boolean =>
  words.every((word, at) => tokens.at(at - words.length)?.word === word)

/** Words that `tokensOf` passes over wherever they stand, so that no phrase may wait for them. */
const passedOver = new Set('please pls so the a an just kindly ok'.split(' '))

/** The same phrases as they are left of what people say. */
export const spokenPhrases = (text: string): string[][] =>
  phrasesOf(text)
    .map((words) => words.filter((word) => !passedOver.has(word)))
    .filter((words) => words.length)
