import type { Json } from '../kit/model.js'

/**
 * The expressions of action manifests: enough to pick a value and compare it, and nothing that can loop, call out or reach what it was not
 * given.
 *
 *     scaleSet.sku.capacity                          a value by its path; what is not there is null
 *     5   'Running'   true   false   null            a value as it stands; a quote in a text is doubled
 *     a == b   a != b   a < b   a <= b   a > b   a >= b   numbers with numbers, texts with texts; anything else is false
 *     not a   a and b   a or b   (a)                 only true is true
 *     same(a, b)                                     the same text, in any case, as ARM ids are compared
 *     any(list, condition)   count(list, condition)  over a list; the condition sees each as `item`
 *     names(list, condition)                         the names of those, as people list them
 */
export type Expression =
  | { is: 'value'; value: string | number | boolean | null }
  | { is: 'path'; path: readonly string[] }
  | { is: 'not'; of: Expression }
  | { is: 'and' | 'or'; left: Expression; right: Expression }
  | { is: 'compare'; by: Comparison; left: Expression; right: Expression }
  | { is: 'call'; name: FunctionName; args: readonly Expression[] }

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='
export type FunctionName = 'same' | 'any' | 'count' | 'names'

/** Why a text is no expression, and where in it. */
export class ExpressionError extends Error {
  constructor(
    message: string,
    /** Characters before it. */
    readonly position: number,
  ) {
    super(message)
  }
}

const functions: ReadonlySet<string> = new Set<FunctionName>(['same', 'any', 'count', 'names'])
const comparisons: ReadonlySet<string> = new Set<Comparison>(['==', '!=', '<', '<=', '>', '>='])
const longest = 500
const deepest = 20

interface Lexeme {
  kind: 'word' | 'number' | 'text' | 'sign' | 'end'
  text: string
  position: number
}

const lexical =
  /\s*(?:(?<word>[A-Za-z_][\w-]*(?:\.[A-Za-z_$][\w$-]*)*)|(?<number>-?\d+(?:\.\d+)?)|'(?<text>(?:[^']|'')*)'|(?<sign>==|!=|<=|>=|[<>(),]))/y

function lexemesOf(text: string): Lexeme[] {
  if (text.length > longest) throw new ExpressionError(`it is longer than ${longest} characters`, longest)
  const lexemes: Lexeme[] = []
  lexical.lastIndex = 0
  while (text.slice(lexical.lastIndex).trim() !== '') {
    const from = lexical.lastIndex
    const groups = lexical.exec(text)?.groups
    if (!groups) {
      const position = from + text.slice(from).search(/\S/)
      throw new ExpressionError(`“${text.slice(position, position + 10)}” is not understood`, position)
    }
    const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined)!
    lexemes.push({ kind: kind as Lexeme['kind'], text: found, position: lexical.lastIndex - found.length })
  }
  return [...lexemes, { kind: 'end', text: 'its end', position: text.length }]
}

/** Reads an expression. @throws ExpressionError */
export function parseExpression(text: string): Expression {
  const parser = new Parser(lexemesOf(text))
  const expression = parser.either()
  parser.end()
  return expression
}

class Parser {
  #at = 0
  #depth = 0
  constructor(private readonly lexemes: readonly Lexeme[]) {}

  either(): Expression {
    if (++this.#depth > deepest) throw new ExpressionError('it is nested too deeply', this.next.position)
    let left = this.both()
    while (this.take('word', 'or')) left = { is: 'or', left, right: this.both() }
    this.#depth--
    return left
  }

  end(): void {
    if (this.next.kind !== 'end') this.fail('something joins it to what stands before')
  }

  private get next(): Lexeme {
    return this.lexemes[this.#at]!
  }

  private take(kind: Lexeme['kind'], text: string): boolean {
    const fits = this.next.kind === kind && this.next.text === text
    if (fits) this.#at++
    return fits
  }

  private fail(wanted: string): never {
    throw new ExpressionError(`“${this.next.text}” stands where ${wanted} is wanted`, this.next.position)
  }

  private both(): Expression {
    let left = this.negated()
    while (this.take('word', 'and')) left = { is: 'and', left, right: this.negated() }
    return left
  }

  private negated(): Expression {
    let times = 0
    while (this.take('word', 'not')) times++
    let of = this.compared()
    for (; times > 0; times--) of = { is: 'not', of }
    return of
  }

  private compared(): Expression {
    const left = this.value()
    const { kind, text } = this.next
    if (kind !== 'sign' || !comparisons.has(text)) return left
    this.#at++
    return { is: 'compare', by: text as Comparison, left, right: this.value() }
  }

  private value(): Expression {
    const { kind, text, position } = this.next
    if (this.take('sign', '(')) {
      const inner = this.either()
      this.close()
      return inner
    }
    if (kind === 'end' || kind === 'sign' || ['and', 'or', 'not'].includes(text)) this.fail('a value')
    this.#at++
    if (kind === 'number') return { is: 'value', value: Number(text) }
    if (kind === 'text') return { is: 'value', value: text.replaceAll("''", "'") }
    if (text === 'true' || text === 'false') return { is: 'value', value: text === 'true' }
    if (text === 'null') return { is: 'value', value: null }
    return this.take('sign', '(') ? this.call(text, position) : { is: 'path', path: text.split('.') }
  }

  private call(name: string, position: number): Expression {
    if (!functions.has(name))
      throw new ExpressionError(`there is no function ${name}; there is ${[...functions].join(', ')}`, position)
    const args = [this.either()]
    if (!this.take('sign', ',')) this.fail('a comma and a second value')
    args.push(this.either())
    this.close()
    return { is: 'call', name: name as FunctionName, args }
  }

  private close(): void {
    if (!this.take('sign', ')')) this.fail('a closing bracket')
  }
}

/** What an expression may see, by name. */
export type Scope = Readonly<Record<string, Json>>

/** The value of an expression. It always has one: what cannot be looked up is null, and what cannot be compared is false. */
export function evaluate(expression: Expression, scope: Scope): Json {
  switch (expression.is) {
    case 'value':
      return expression.value
    case 'path':
      return expression.path.reduce<Json>(memberOf, scope as Json)
    case 'not':
      return evaluate(expression.of, scope) !== true
    case 'and':
      return evaluate(expression.left, scope) === true && evaluate(expression.right, scope) === true
    case 'or':
      return evaluate(expression.left, scope) === true || evaluate(expression.right, scope) === true
    case 'compare':
      return compare(expression.by, evaluate(expression.left, scope), evaluate(expression.right, scope))
    case 'call':
      return call(expression.name, expression.args, scope)
  }
}

/** A member of an object by its very own name: nothing is inherited. */
const memberOf = (value: Json, name: string): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value[name] ?? null)
    : null

function compare(by: Comparison, left: Json, right: Json): boolean {
  if (by === '==' || by === '!=') return (left === right) === (by === '==')
  const alike = typeof left === typeof right && (typeof left === 'number' || typeof left === 'string')
  if (!alike) return false
  const [a, b] = [left as number, right as number]
  return by === '<' ? a < b : by === '<=' ? a <= b : by === '>' ? a > b : a >= b
}

function call(name: FunctionName, [first, second]: readonly Expression[], scope: Scope): Json {
  if (name === 'same') return sameText(evaluate(first!, scope), evaluate(second!, scope))
  const list = evaluate(first!, scope)
  const found = Array.isArray(list) ? list.filter((item) => evaluate(second!, { ...scope, item }) === true) : []
  if (name === 'names') return listed(found.map((item) => memberOf(item, 'name')).map(String))
  return name === 'any' ? found.length > 0 : found.length
}

const sameText = (a: Json, b: Json): boolean =>
  typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase()

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** The names an expression begins its paths with, `item` inside a condition left out. */
export function rootsOf(expression: Expression): string[] {
  switch (expression.is) {
    case 'value':
      return []
    case 'path':
      return [expression.path[0]!]
    case 'not':
      return rootsOf(expression.of)
    case 'call': {
      const [first, second] = expression.args.map(rootsOf) as [string[], string[]]
      return [...first, ...(expression.name === 'same' ? second : second.filter((root) => root !== 'item'))]
    }
    default:
      return [...rootsOf(expression.left), ...rootsOf(expression.right)]
  }
}
