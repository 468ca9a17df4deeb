import type { DirectoryObject } from './directory.js'
import { badRequest, unsupportedQuery } from './refusals.js'

/** Whether an object passes. */
export type Predicate = (object: Record<string, unknown>) => boolean

/** A `$filter` that was understood. */
export interface Filter {
  passes: Predicate
  /** Uses an operator that the directory answers only with `ConsistencyLevel: eventual` and `$count=true`. */
  advanced: boolean
}

const operators: Record<string, (value: unknown, wanted: unknown) => boolean> = {
  eq: (value, wanted) => same(value, wanted),
  ne: (value, wanted) => !same(value, wanted),
  ge: (value, wanted) => compare(value, wanted) >= 0,
  le: (value, wanted) => compare(value, wanted) <= 0,
  gt: (value, wanted) => compare(value, wanted) > 0,
  lt: (value, wanted) => compare(value, wanted) < 0,
}
const functions: Record<string, (value: string, wanted: string) => boolean> = {
  startswith: (value, wanted) => value.startsWith(wanted),
  endswith: (value, wanted) => value.endsWith(wanted),
}
/** learn.microsoft.com, "Advanced query capabilities on Microsoft Entra ID objects". */
const advancedWords = ['ne', 'not', 'endswith']

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : (value ?? null))
const same = (value: unknown, wanted: unknown): boolean => lower(value) === lower(wanted)
const compare = (value: unknown, wanted: unknown): number =>
  value === undefined || value === null ? NaN : String(lower(value)).localeCompare(String(lower(wanted)))

/**
 * Understands OData's `$filter` as far as the directory does: comparisons, `in`, `startswith`, `endswith`, `and`, `or`, `not`,
 * parentheses, and `any` over lists (`groupTypes/any(c:c eq 'Unified')`). Text is compared without case.
 * @param known a sample object, whose keys are the properties there are.
 * @throws GraphError where it is malformed or names an unknown property.
 */
export function readFilter(text: string, known: DirectoryObject, type: string): Filter {
  const tokens = text.match(/'(?:[^']|'')*'|[()]|,|[^\s(),']+|\s+/g)?.filter((token) => token.trim() !== '') ?? []
  const parser = new Parser(tokens, text, known, type)
  return { passes: parser.whole(), advanced: tokens.some((token) => advancedWords.includes(token.toLowerCase())) }
}

class Parser {
  #at = 0

  constructor(
    private readonly tokens: string[],
    private readonly text: string,
    private readonly known: DirectoryObject,
    private readonly type: string,
  ) {}

  whole(): Predicate {
    const predicate = this.#or()
    if (this.#at < this.tokens.length) throw this.#invalid()
    return predicate
  }

  #or(): Predicate {
    const parts = [this.#and()]
    while (this.#take('or')) parts.push(this.#and())
    return (object) => parts.some((part) => part(object))
  }

  #and(): Predicate {
    const parts = [this.#not()]
    while (this.#take('and')) parts.push(this.#not())
    return (object) => parts.every((part) => part(object))
  }

  #not(): Predicate {
    if (!this.#take('not')) return this.#single()
    const inner = this.#not()
    return (object) => !inner(object)
  }

  #single(): Predicate {
    if (this.#take('(')) {
      const inner = this.#or()
      this.#expect(')')
      return inner
    }
    const word = this.#next()
    const list = /^(\w+)\/any$/i.exec(word)?.[1]
    if (list) return this.#any(this.#property(list))
    return this.tokens[this.#at] === '(' ? this.#call(word) : this.#comparison(this.#property(word))
  }

  #call(word: string): Predicate {
    const test = functions[word.toLowerCase()]
    if (!test) throw unsupportedQuery(`The function '${word}' is not supported in a filter of the directory.`)
    this.#expect('(')
    const path = this.#property(this.#next())
    this.#expect(',')
    const wanted = String(lower(this.#literal()))
    this.#expect(')')
    return (object) => typeof path(object) === 'string' && test(String(lower(path(object))), wanted)
  }

  /** `(c:c eq 'Unified')` after `groupTypes/any`. */
  #any(list: (object: Record<string, unknown>) => unknown): Predicate {
    this.#expect('(')
    const [variable, first] = this.#next().split(':')
    if ((first === '' || first === undefined ? this.#next() : first) !== variable) throw this.#invalid()
    const passes = this.#comparison((item) => item.value)
    this.#expect(')')
    return (object) => Array.isArray(list(object)) && (list(object) as unknown[]).some((value) => passes({ value }))
  }

  #comparison(path: (object: Record<string, unknown>) => unknown): Predicate {
    const operator = this.#next().toLowerCase()
    if (operator === 'in') {
      const wanted = this.#list()
      return (object) => wanted.some((each) => same(path(object), each))
    }
    const test = operators[operator]
    if (!test) throw this.#invalid()
    const wanted = this.#literal()
    return (object) => test(path(object), wanted)
  }

  #list(): unknown[] {
    this.#expect('(')
    const values = [this.#literal()]
    while (this.#take(',')) values.push(this.#literal())
    this.#expect(')')
    return values
  }

  #property(word: string): (object: Record<string, unknown>) => unknown {
    const [name = '', inner] = word.split('/')
    const key = Object.keys(this.known).find((each) => each.toLowerCase() === name.toLowerCase())
    if (!key) throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${this.type}'.`)
    return (object) => (inner === undefined ? object[key] : (object[key] as Record<string, unknown> | null)?.[inner])
  }

  #literal(): unknown {
    const token = this.#next()
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
    if (token === 'true' || token === 'false') return token === 'true'
    if (token === 'null') return null
    if (/^[\d-][\dT:.Z-]*$/.test(token)) return token
    throw this.#invalid()
  }

  #next(): string {
    const token = this.tokens[this.#at++]
    if (token === undefined) throw this.#invalid()
    return token
  }
  #take(word: string): boolean {
    const there = this.tokens[this.#at]?.toLowerCase() === word
    if (there) this.#at++
    return there
  }
  #expect(word: string): void {
    if (!this.#take(word)) throw this.#invalid()
  }
  #invalid = () => badRequest(`Invalid filter clause: syntax error at position ${this.#position()} in '${this.text}'.`)
  /** Where in the text the tokens read so far end. */
  #position(): number {
    let position = 0
    for (const token of this.tokens.slice(0, this.#at)) position = this.text.indexOf(token, position) + token.length
    return position
  }
}
