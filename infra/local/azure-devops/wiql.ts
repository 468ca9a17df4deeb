import { Refusal } from './answers.js'

/** A value in a query: a literal, or a macro with an offset in days. */
export type Value = { literal: string | number } | { macro: string; offset: number; argument?: string }

/** A condition of a query. */
export type Condition =
  | { op: 'and' | 'or'; of: Condition[] }
  | { op: 'not'; of: Condition }
  | { op: Comparison; field: string; negated: boolean; values: Value[] }
export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'in' | 'contains' | 'under' | 'empty'

/** A flat query: what to select, from which items, in which order. */
export interface Query {
  select: string[]
  where: Condition | undefined
  orderBy: { field: string; descending: boolean }[]
}

const refusal = (message: string): Refusal => new Refusal(400, 'WorkItemTrackingQueryException', message)
/** TF51006 and its kin: what is wrong and next to what. */
const syntax = (what: string, near: string | undefined): Refusal =>
  refusal(`TF51006: ${what}. The error is caused by «${near ?? 'the end of the query'}».`)

const TOKEN =
  /\s*(?:\[([^\]]+)\]|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|(@\w+)|(<>|<=|>=|[=<>(),+*-])|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*))/y

interface Token {
  kind: 'field' | 'text' | 'macro' | 'sign' | 'number' | 'word'
  text: string
}

function tokensOf(wiql: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < wiql.trimEnd().length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(wiql)
    if (!match) throw syntax('The query has a character that does not belong there', wiql.slice(at, at + 10))
    const [, field, single, double, macro, sign, number, word] = match
    if (field !== undefined) tokens.push({ kind: 'field', text: field })
    else if (single !== undefined) tokens.push({ kind: 'text', text: single.replaceAll("''", "'") })
    else if (double !== undefined) tokens.push({ kind: 'text', text: double.replaceAll('""', '"') })
    else if (macro !== undefined) tokens.push({ kind: 'macro', text: macro.toLowerCase() })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else tokens.push({ kind: 'word', text: word! })
  }
  return tokens
}

/**
 * Parses a flat work item query. The subset: SELECT … FROM WorkItems WHERE with =, <>, <, <=, >, >=, [NOT] IN,
 * [NOT] CONTAINS [WORDS], [NOT] UNDER, IS [NOT] EMPTY, AND, OR, NOT, parentheses, macros; ORDER BY.
 * Source: learn.microsoft.com, "Work Item Query Language (WIQL) syntax reference".
 */
export function parseWiql(wiql: string): Query {
  return new Parser(tokensOf(wiql)).query()
}

class Parser {
  #at = 0
  constructor(readonly tokens: Token[]) {}

  get #next(): Token | undefined {
    return this.tokens[this.#at]
  }
  #isWord = (word: string): boolean => this.#next?.kind === 'word' && this.#next.text.toLowerCase() === word
  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false
    this.#at++
    return true
  }
  #takeSign(sign: string): boolean {
    if (this.#next?.kind !== 'sign' || this.#next.text !== sign) return false
    this.#at++
    return true
  }
  #fail = (what: string): Refusal => syntax(what, this.#next?.text)

  query(): Query {
    if (!this.#takeWord('select')) throw this.#fail('The query statement is missing a SELECT clause')
    const select = this.#takeSign('*') ? ['System.Id'] : this.#list(() => this.#field())
    if (!this.#takeWord('from')) throw this.#fail('The query statement is missing a FROM clause')
    if (!this.#takeWord('workitems')) throw this.#fail('The local tenant answers flat queries FROM WorkItems only')
    const where = this.#takeWord('where') ? this.#or() : undefined
    const orderBy = this.#takeWord('order') ? this.#order() : []
    if (this.#next) throw this.#fail('Expecting end of string')
    return { select, where, orderBy }
  }

  #list<T>(one: () => T): T[] {
    const found = [one()]
    while (this.#takeSign(',')) found.push(one())
    return found
  }
  #field(): string {
    const token = this.#next
    if (token?.kind !== 'field' && token?.kind !== 'word') throw this.#fail('Expecting field name or expression')
    this.#at++
    return token.text
  }
  #order(): Query['orderBy'] {
    if (!this.#takeWord('by')) throw this.#fail('Expecting BY')
    return this.#list(() => {
      const field = this.#field()
      const descending = this.#takeWord('desc')
      if (!descending) this.#takeWord('asc')
      return { field, descending }
    })
  }

  #or(): Condition {
    const of = [this.#and()]
    while (this.#takeWord('or')) of.push(this.#and())
    return of.length === 1 ? of[0]! : { op: 'or', of }
  }
  #and(): Condition {
    const of = [this.#not()]
    while (this.#takeWord('and')) of.push(this.#not())
    return of.length === 1 ? of[0]! : { op: 'and', of }
  }
  #not(): Condition {
    if (this.#takeWord('not')) return { op: 'not', of: this.#not() }
    if (!this.#takeSign('(')) return this.#comparison()
    const inner = this.#or()
    if (!this.#takeSign(')')) throw this.#fail('Expecting closing parenthesis')
    return inner
  }

  #comparison(): Condition {
    const field = this.#field()
    const sign = (['<>', '<=', '>=', '=', '<', '>'] as const).find((each) => this.#takeSign(each))
    if (sign) return { op: sign, field, negated: false, values: [this.#value()] }
    if (this.#takeWord('is')) {
      const negated = this.#takeWord('not')
      if (!this.#takeWord('empty')) throw this.#fail('Expecting EMPTY')
      return { op: 'empty', field, negated, values: [] }
    }
    const negated = this.#takeWord('not')
    if (this.#takeWord('in')) return { op: 'in', field, negated, values: this.#group() }
    if (this.#takeWord('under')) return { op: 'under', field, negated, values: [this.#value()] }
    if (!this.#takeWord('contains')) throw this.#fail('Expecting comparison operator')
    this.#takeWord('words')
    return { op: 'contains', field, negated, values: [this.#value()] }
  }
  #group(): Value[] {
    if (!this.#takeSign('(')) throw this.#fail('Expecting opening parenthesis')
    const values = this.#list(() => this.#value())
    if (!this.#takeSign(')')) throw this.#fail('Expecting closing parenthesis')
    return values
  }

  #value(): Value {
    const token = this.#next
    if (!token || token.kind === 'field' || token.kind === 'sign') throw this.#fail('Expecting a value')
    this.#at++
    if (token.kind === 'number') return { literal: Number(token.text) }
    if (token.kind !== 'macro') return { literal: token.text }
    const argument = this.#argument()
    return { macro: token.text, offset: this.#offset(), ...(argument !== undefined && { argument }) }
  }
  /** What stands in parentheses behind a macro, such as `@CurrentIteration('[Shop]\\Payments')`. */
  #argument(): string | undefined {
    if (!this.#takeSign('(')) return undefined
    const text = this.#next?.text ?? ''
    this.#at++
    if (!this.#takeSign(')')) throw this.#fail('Expecting closing parenthesis')
    return text
  }
  #offset(): number {
    const sign = this.#takeSign('-') ? -1 : this.#takeSign('+') ? 1 : 0
    const token = this.#next
    if (sign === 0 && !(token?.kind === 'number' && token.text.startsWith('-'))) return 0
    if (token?.kind !== 'number') throw this.#fail('Expecting a number of days')
    this.#at++
    return sign === 0 ? Number(token.text) : sign * Number(token.text)
  }
}

/** The refusal for a field that does not exist. */
export const unknownField = (name: string): Refusal =>
  refusal(`TF51005: The query references a field that does not exist. The error is caused by «[${name}]».`)
/** The refusal for a macro that the local tenant does not know. */
export const unknownMacro = (name: string): Refusal => refusal(`TF51007: The macro ${name} is not known.`)
/** The refusal for a date that is none, or that has a time where the query compares days. */
export const wrongDate = (text: string): Refusal =>
  refusal(`TF51008: «${text}» is not a date that the query can compare; a query by date precision takes no time.`)
