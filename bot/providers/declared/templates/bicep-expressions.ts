import { BicepError, type Token } from './bicep-tokens.js'
import type { Expression, Loop } from './expression.js'
import { TokenCursor } from './token-cursor.js'

/** Operators of two sides, those that bind least first. */
const ladder = [['??'], ['||'], ['&&'], ['==', '!=', '=~', '!~'], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']]
const mostDepth = 150

/** Reads the expressions of a Bicep file. Its methods throw BicepError. */
export class BicepExpressions extends TokenCursor {
  #depth = 0

  /** Before a statement: what a fault in the one before left open is closed. */
  protected begin(): void {
    this.#depth = 0
  }

  /** Told at each entry of a map whether a declaration stands there, which is then read. */
  protected declared(): boolean {
    return false
  }

  expression(): Expression {
    if (++this.#depth > mostDepth) throw new BicepError('it is nested too deeply to be read', this.peek().at)
    const test = this.#binary(0)
    let read = test
    if (this.#continues('?')) {
      const yes = this.expression()
      this.skipLines()
      this.expect(':')
      this.skipLines()
      read = { is: 'choice', test, yes, no: this.expression() }
    }
    this.#depth--
    return read
  }

  /** `for item in items:` or `for (item, index) in items:` */
  loopHead(): Omit<Loop, 'body'> {
    if (!this.takesWord('for')) throw new BicepError('for is expected', this.peek().at)
    const pair = this.takes('(')
    const { text: item } = this.word('the name of an item')
    let index: string | undefined
    if (pair) {
      this.expect(',')
      index = this.word('the name of the index').text
      this.expect(')')
    }
    if (!this.takesWord('in')) throw new BicepError('in is expected', this.peek().at)
    const of = this.expression()
    this.expect(':')
    return { item, ...(index && { index }), of }
  }

  /** An operator may stand at the start of the next line. */
  #continues(sign: string): boolean {
    const before = this.position
    this.skipLines()
    if (this.takes(sign)) {
      this.skipLines()
      return true
    }
    this.position = before
    return false
  }

  #binary(level: number): Expression {
    const operators = ladder[level]
    if (!operators) return this.#unary()
    let left = this.#binary(level + 1)
    for (;;) {
      const operator = operators.find((sign) => this.#continues(sign))
      if (!operator) return left
      left = { is: 'operator', operator, operands: [left, this.#binary(level + 1)] }
    }
  }

  #unary(): Expression {
    for (const sign of ['!', '-']) {
      if (!this.takes(sign)) continue
      if (++this.#depth > mostDepth) throw new BicepError('it is nested too deeply to be read', this.peek().at)
      const read: Expression = { is: 'operator', operator: sign, operands: [this.#unary()] }
      this.#depth--
      return read
    }
    return this.#reach(this.#primary())
  }

  /** What follows a value: `.name`, `[at]`, `::child`, and `!`, which only says that it is there. */
  #reach(of: Expression): Expression {
    let read = of
    for (;;) {
      const optional = this.takes('.?') || false
      if (optional || this.takes('.')) {
        const { text } = this.word('a name')
        if (this.takes('(')) {
          const args = this.#list(')')
          read = {
            is: 'call',
            name: text,
            args: read.is === 'name' && /^(az|sys)$/.test(read.name) ? args : [read, ...args],
          }
        } else read = { is: 'member', of: read, key: { is: 'value', value: text }, optional }
      } else if (this.takes('[?')) read = this.#index(read, true)
      else if (this.takes('[')) read = this.#index(read, false)
      else if (this.takes('::')) read = { is: 'unread', why: `hangs on the child resource ${this.word('a name').text}` }
      else if (!this.takes('!')) return read
    }
  }

  #index(of: Expression, optional: boolean): Expression {
    const key = this.expression()
    this.expect(']')
    return { is: 'member', of, key, optional }
  }

  #primary(): Expression {
    const token = this.peek()
    this.position++
    if (token.is === 'number') return { is: 'value', value: token.value }
    if (token.is === 'text') return this.#text(token.parts)
    if (token.is === 'word') return this.#word(token.text)
    if (token.is === 'sign') {
      if (token.text === '{') return this.#map()
      if (token.text === '[') return this.#array()
      if (token.text === '(') return this.#group()
    }
    throw new BicepError('a value is expected', token.at)
  }

  #word(text: string): Expression {
    if (text === 'true' || text === 'false') return { is: 'value', value: text === 'true' }
    if (text === 'null') return { is: 'value', value: null }
    if (this.takes('(')) return { is: 'call', name: text, args: this.#list(')') }
    if (this.takes('=>')) return this.#lambda()
    return { is: 'name', name: text }
  }

  #group(): Expression {
    const start = this.position
    this.skipLines()
    // `(a, b) => …` looks like a group up to its arrow.
    while (this.peek().is === 'word' || (this.peek().is === 'sign' && this.takes(',')))
      if (this.peek().is === 'word') this.position++
    if (this.takes(')') && this.takes('=>')) return this.#lambda()
    this.position = start
    this.skipLines()
    const read = this.expression()
    this.skipLines()
    this.expect(')')
    return read
  }

  #lambda(): Expression {
    this.expression()
    return { is: 'unread', why: 'hangs on a lambda' }
  }

  #text(parts: readonly (string | Token[])[]): Expression {
    if (parts.every((part) => typeof part === 'string')) return { is: 'value', value: parts.join('') }
    return {
      is: 'text',
      parts: parts.map((part): Expression =>
        typeof part === 'string' ? { is: 'value', value: part } : this.#within(part),
      ),
    }
  }

  /** The expression in an interpolation, which has tokens of its own. */
  #within(tokens: readonly Token[]): Expression {
    const [outer, position] = [this.tokens, this.position]
    this.tokens = [...tokens, { is: 'end', at: tokens.at(-1)?.at ?? this.peek().at }]
    this.position = 0
    try {
      this.skipLines()
      const read = this.expression()
      this.skipLines()
      const left = this.peek()
      if (left.is !== 'end') throw new BicepError('} is expected', left.at)
      return read
    } finally {
      this.tokens = outer
      this.position = position
    }
  }

  #array(): Expression {
    this.skipLines()
    const next = this.peek()
    if (next.is === 'word' && next.text === 'for') {
      const head = this.loopHead()
      this.skipLines()
      const body = this.expression()
      this.skipLines()
      this.expect(']')
      return { is: 'loop', loop: { ...head, body } }
    }
    return { is: 'list', items: this.#list(']') }
  }

  /** Values up to a closing sign, between commas or on lines of their own. */
  #list(closing: string): Expression[] {
    const items: Expression[] = []
    for (;;) {
      this.#separators()
      if (this.takes(closing)) return items
      if (this.takes('...')) {
        this.expression()
        items.push({ is: 'unread', why: 'hangs on a spread' })
      } else items.push(this.expression())
    }
  }

  #map(): Expression {
    const entries: [Expression, Expression][] = []
    for (;;) {
      this.#separators()
      if (this.takes('}')) return { is: 'map', entries }
      if (this.takes('...')) this.expression()
      else if (!this.declared()) entries.push(this.#entry())
    }
  }

  #entry(): [Expression, Expression] {
    const token = this.peek()
    this.position++
    const key: Expression | undefined =
      token.is === 'word'
        ? { is: 'value', value: token.text }
        : token.is === 'text'
          ? this.#text(token.parts)
          : undefined
    if (!key) throw new BicepError('the name of a property is expected', token.at)
    this.expect(':')
    this.skipLines()
    return [key, this.expression()]
  }

  #separators(): void {
    while (this.peek().is === 'line' || this.takes(',')) this.skipLines()
  }
}
