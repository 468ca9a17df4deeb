import { faultAt, FilterFault } from './filter-fault.js'
import type { FilterValue } from './filter.js'
import type { Token } from './filter-tokens.js'
import { ageOf, isKeyword, numberOf } from './filter-words.js'

const signs = new Set(['=', '!=', '<', '<=', '>', '>='])
const tests = new Set(['in', 'contains', 'missing', 'within', 'older'])

/** Whether a comparison begins here, so that a property stands before it. */
export const isTest = (token: Token | undefined): boolean =>
  token?.kind === 'sign' ? signs.has(token.says) : token?.kind === 'word' && tests.has(token.says.toLowerCase())

const fitsValue = 'A value is a word, a number, true, false, or text in quotes.'
const fitsAge = 'An age is a number and a unit: ms, s, m, h, d or w, such as 7d.'

/** Walks over the tokens of a filter, one ahead, and reads its values. Each read throws FilterFault where something else stands there. */
export class FilterCursor {
  readonly #tokens: readonly Token[]
  #place = 0

  /** @param tokens the last is the end */
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get next(): Token {
    return this.#tokens[this.#place]!
  }

  get follows(): Token | undefined {
    return this.#tokens[this.#place + 1]
  }

  get before(): Token | undefined {
    return this.#tokens[this.#place - 1]
  }

  /** What was taken after a token. */
  takenSince(token: Token): readonly Token[] {
    return this.#tokens.slice(this.#tokens.indexOf(token) + 1, this.#place)
  }

  /** Takes what is next; the end stays. */
  take(): Token {
    const token = this.next
    if (token.kind !== 'end') this.#place++
    return token
  }

  /** Takes a word of the language, if it is next. */
  took(word: string): boolean {
    const is = this.next.kind === 'word' && this.next.says.toLowerCase() === word
    if (is) this.#place++
    return is
  }

  tookSign(sign: string): boolean {
    const is = this.next.kind === 'sign' && this.next.says === sign
    if (is) this.#place++
    return is
  }

  /** Values in brackets, one at least. */
  values(): FilterValue[] {
    const open = this.next
    if (!this.tookSign('(')) throw faultAt(open, 'a bracket belongs here', 'Such as: in (staging, production).')
    const values = [this.value()]
    while (this.tookSign(',')) values.push(this.value())
    const close = this.next
    if (!this.tookSign(')')) throw faultAt(close, 'a comma or a closing bracket belongs here', 'Such as: (a, b).')
    return values
  }

  /** A value: what is in quotes is a text, whatever it says. */
  value(): FilterValue {
    const { kind, says } = this.#valueToken()
    if (kind === 'text') return says
    const lower = says.toLowerCase()
    return lower === 'true' || lower === 'false' ? lower === 'true' : (numberOf(says) ?? says)
  }

  /** A value as the text it is. */
  text(): string {
    return this.#valueToken().says
  }

  #valueToken(): Token {
    const token = this.next
    const boolean = /^(true|false)$/i.test(token.says)
    if (token.kind === 'text' || (token.kind === 'word' && (boolean || !isKeyword(token.says)))) return this.take()
    const quoted = token.kind === 'word' ? ` “${token.says}” as a value is written in quotes.` : ''
    throw faultAt(token, 'a value belongs here', `${fitsValue}${quoted}`)
  }

  /** A length of time in milliseconds. */
  age(): number {
    const token = this.next
    if (token.kind !== 'word') throw faultAt(token, 'an age belongs here', fitsAge)
    this.take()
    const apart = /^[\d.]+$/.test(token.says) && this.next.kind === 'word' ? this.take().says : ''
    const age = ageOf(`${token.says}${apart}`)
    if (age === undefined) throw new FilterFault(token.raw, token.at, 'this is no age', fitsAge)
    return age
  }
}
