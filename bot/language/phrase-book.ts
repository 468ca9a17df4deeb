import { wordLikeness, type Phrase } from './phrases.js'
import type { Token } from './tokens.js'

/**
 * Phrases by their rarest word: of thousands only those are held against a text all of whose words were said, be it with a typo. A word
 * is found by what is left of it without one of its letters, as a typo of one letter leaves the same.
 */
export class PhraseBook {
  readonly #phrases: readonly Phrase[]
  readonly #wordless: number[] = []
  /** The phrases' words, each known by its place here. */
  readonly #words: readonly string[]
  /** The words of all phrases one behind the other, and where those of each begin: there are tens of thousands, gone over for every text. */
  readonly #wordsOf: Int32Array
  readonly #begins: Int32Array
  /** Places of phrases by the rarest of their words. */
  readonly #byWord: readonly (readonly number[] | undefined)[]
  /** The words by themselves and by themselves less a letter. */
  readonly #near = new Map<string, number[]>()

  constructor(phrases: readonly Phrase[]) {
    this.#phrases = phrases
    const numbers = new Map<string, number>()
    const uses: number[] = []
    const wordsOf: number[] = []
    const begins = [0]
    for (const { pieces } of phrases) {
      const begin = wordsOf.length
      for (const piece of pieces) {
        if (!('word' in piece)) continue
        const word = numbers.get(piece.word) ?? numbers.size
        numbers.set(piece.word, word)
        if (wordsOf.includes(word, begin)) continue
        wordsOf.push(word)
        uses[word] = (uses[word] ?? 0) + 1
      }
      begins.push(wordsOf.length)
    }
    this.#words = [...numbers.keys()]
    this.#wordsOf = Int32Array.from(wordsOf)
    this.#begins = Int32Array.from(begins)
    const byWord: number[][] = []
    phrases.forEach((_, at) => {
      const words = this.#wordsOf.subarray(begins[at], begins[at + 1])
      const rarest = words.reduce((least, word) => (least < 0 || uses[word]! < uses[least]! ? word : least), -1)
      if (rarest < 0) this.#wordless.push(at)
      else (byWord[rarest] ??= []).push(at)
    })
    this.#byWord = byWord
    this.#words.forEach((word, number) => {
      for (const key of nearKeys(word)) append(this.#near, key, number)
    })
  }

  /** The phrases that may fit a text, in the order in which they were given: all that `matchPhrase` finds a match of, and few others. */
  mayFit(tokens: readonly Token[]): Phrase[] {
    const said = new Uint8Array(this.#words.length)
    const places = [...this.#wordless]
    const heard = this.#wordsIn(tokens, said)
    for (const word of heard)
      for (const place of this.#byWord[word] ?? []) if (this.#isSaid(place, said)) places.push(place)
    return places.sort((a, b) => a - b).map((at) => this.#phrases[at]!)
  }

  /** The words that a text has; in `said` each is marked. */
  #wordsIn(tokens: readonly Token[], said: Uint8Array): number[] {
    const heard: number[] = []
    for (const token of new Set(tokens.map(({ word }) => word)))
      for (const key of nearKeys(token))
        for (const word of this.#near.get(key) ?? [])
          if (!said[word] && wordLikeness(this.#words[word]!, token)) {
            said[word] = 1
            heard.push(word)
          }
    return heard
  }

  #isSaid(phrase: number, said: Uint8Array): boolean {
    for (let at = this.#begins[phrase]!; at < this.#begins[phrase + 1]!; at++)
      if (!said[this.#wordsOf[at]!]) return false
    return true
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
