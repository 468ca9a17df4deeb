import { wordLikeness, type Phrase } from './phrases.js'
import type { Token } from './tokens.js'

/**
 * Phrases by their rarest word: of thousands only those are held against a text all of whose words were said, be it with a typo. A word
 * is found by what is left of it without one of its letters, as a typo of one letter leaves the same.
 */
export class PhraseBook {
  readonly #phrases: readonly { phrase: Phrase; words: readonly string[] }[]
  readonly #wordless: number[] = []
  /** Places of phrases by the rarest of their words. */
  readonly #byWord = new Map<string, number[]>()
  /** The phrases' words by themselves and by themselves less a letter. */
  readonly #near = new Map<string, string[]>()

  constructor(phrases: readonly Phrase[]) {
    this.#phrases = phrases.map((phrase) => ({
      phrase,
      words: [...new Set(phrase.pieces.flatMap((piece) => ('word' in piece ? piece.word : [])))],
    }))
    const uses = new Map<string, number>()
    for (const { words } of this.#phrases) for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1)
    for (const [at, { words }] of this.#phrases.entries()) {
      const [rarest] = words.toSorted((a, b) => uses.get(a)! - uses.get(b)!)
      if (rarest === undefined) this.#wordless.push(at)
      else append(this.#byWord, rarest, at)
    }
    for (const word of uses.keys()) for (const key of nearKeys(word)) append(this.#near, key, word)
  }

  /** The phrases that may fit a text, in the order in which they were given: all that `matchPhrase` finds a match of, and few others. */
  mayFit(tokens: readonly Token[]): Phrase[] {
    const said = new Set<string>()
    for (const token of new Set(tokens.map(({ word }) => word)))
      for (const key of nearKeys(token))
        for (const word of this.#near.get(key) ?? []) if (!said.has(word) && wordLikeness(word, token)) said.add(word)
    const places = [...said].flatMap((word) => this.#byWord.get(word) ?? [])
    return [...this.#wordless, ...places]
      .filter((at) => this.#phrases[at]!.words.every((word) => said.has(word)))
      .sort((a, b) => a - b)
      .map((at) => this.#phrases[at]!.phrase)
  }
}

/** Longest word of which a typo is looked for; no phrase has a longer one. */
const longestWord = 30

/** A word, and what is left of it without each of its letters. */
const nearKeys = (word: string): Set<string> =>
  new Set([
    word,
    ...(word.length <= longestWord
      ? Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1))
      : []),
  ])

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}
