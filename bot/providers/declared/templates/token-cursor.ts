import { BicepError, type Token } from './bicep-tokens.js'

/** A place in the tokens of a Bicep file. What is not as expected throws BicepError. */
export class TokenCursor {
  position = 0

  constructor(protected tokens: readonly Token[]) {}

  peek(ahead = 0): Token {
    return this.tokens[this.position + ahead] ?? this.tokens.at(-1) ?? { is: 'end', at: 0 }
  }

  skipLines(): void {
    while (this.peek().is === 'line') this.position++
  }

  takes(sign: string): boolean {
    const token = this.peek()
    if (token.is !== 'sign' || token.text !== sign) return false
    this.position++
    return true
  }

  takesWord(word: string): boolean {
    const token = this.peek()
    if (token.is !== 'word' || token.text !== word) return false
    this.position++
    return true
  }

  expect(sign: string): void {
    if (!this.takes(sign)) throw new BicepError(`${sign} is expected`, this.peek().at)
  }

  word(what: string): { text: string; at: number } {
    const token = this.peek()
    if (token.is !== 'word') throw new BicepError(`${what} is expected`, token.at)
    this.position++
    return token
  }

  endOfLine(): void {
    const token = this.peek()
    if (token.is !== 'line' && token.is !== 'end') throw new BicepError('the end of the line is expected', token.at)
  }
}
