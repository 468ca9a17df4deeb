import { BicepError, tokensOf, type Token } from './bicep-tokens.js'
import { BicepExpressions } from './bicep-expressions.js'
import type { Expression, Loop } from './expression.js'

/** A resource or a module: what it is, and its body, perhaps under a condition or once for each item of a list. */
export interface BicepBlock {
  is: 'resource' | 'module'
  symbol: string
  /** `Microsoft.Storage/storageAccounts@2023-01-01`, or the path of the module. */
  names: Expression
  existing: boolean
  condition?: Expression
  loop?: Omit<Loop, 'body'>
  body: Expression
  /** Resources that are written in its body. */
  inside: BicepBlock[]
  /** Offset in the file. */
  at: number
}

/** As much of a Bicep file as says what stands in Azure. */
export interface BicepFile {
  /** By name; a parameter without a default has none. */
  parameters: Map<string, Expression | undefined>
  variables: Map<string, Expression>
  metadata: Map<string, Expression>
  blocks: BicepBlock[]
  /** The template that a parameter file is for. */
  using?: string
  /** What could not be read, with its offset: what stands after it is read. */
  faults: BicepError[]
}

/** Statements that say nothing of what stands in Azure. */
const passedOver = new Set([
  'targetScope',
  'output',
  'type',
  'func',
  'import',
  'extension',
  'provider',
  'assert',
  'extends',
])
const mostFaults = 20

/**
 * Reads a Bicep or Bicep parameter file (learn.microsoft.com, "Bicep file structure and syntax"; "Create parameters files"). A statement
 * that cannot be read is a fault, and reading goes on with the next. Throws nothing.
 */
export function parseBicep(source: string): BicepFile {
  const file: BicepFile = { parameters: new Map(), variables: new Map(), metadata: new Map(), blocks: [], faults: [] }
  let tokens: Token[]
  try {
    tokens = tokensOf(source)
  } catch (error) {
    return { ...file, faults: [faultOf(error)] }
  }
  const parser = new BicepParser(tokens)
  while (!parser.ended && file.faults.length < mostFaults) {
    const before = parser.position
    try {
      parser.statement(file)
    } catch (error) {
      file.faults.push(faultOf(error))
      parser.skipStatement(before)
    }
  }
  return file
}

/** A fault of the reader itself would be told as one too: whatever a file holds, it takes no other file with it. */
const faultOf = (error: unknown): BicepError =>
  error instanceof BicepError ? error : new BicepError('it is nested too deeply to be read', 0)

class BicepParser extends BicepExpressions {
  /** Blocks in the body that is read at the moment. */
  #inside: BicepBlock[] = []

  get ended(): boolean {
    this.skipLines()
    return this.peek().is === 'end'
  }

  statement(file: BicepFile): void {
    this.begin()
    this.skipLines()
    while (this.takes('@')) {
      this.expression()
      this.skipLines()
    }
    const { text: word, at } = this.word('a statement')
    if (word === 'param') this.#parameter(file)
    else if (word === 'var') file.variables.set(...this.#named(true))
    else if (word === 'metadata') file.metadata.set(...this.#named(false))
    else if (word === 'using') file.using = this.#using()
    else if (word === 'resource' || word === 'module') file.blocks.push(this.#block(word, at))
    else if (passedOver.has(word)) this.skipStatement(this.position - 1)
    else throw new BicepError(`${word} begins no statement`, at)
    this.endOfLine()
  }

  /** Goes to the line after a statement, past all that is open in it. */
  skipStatement(from: number): void {
    this.position = from + 1
    const open: string[] = []
    for (let token = this.peek(); token.is !== 'end'; token = this.peek()) {
      if (token.is === 'line' && !open.length) return
      const closing = token.is === 'sign' ? pairs[token.text] : undefined
      if (closing) open.push(closing)
      else if (token.is === 'sign' && token.text === open.at(-1)) open.pop()
      this.position++
    }
  }

  #parameter(file: BicepFile): void {
    const { text: name } = this.word('the name of the parameter')
    // Between the name and the default stands its type, which says nothing of its value.
    let open = 0
    for (let token = this.peek(); open > 0 || !isSign(token, '='); token = this.peek()) {
      if (token.is === 'end' || (token.is === 'line' && open === 0)) break
      if (token.is === 'sign' && /^[[({]/.test(token.text)) open++
      if (token.is === 'sign' && /^[\])}]$/.test(token.text)) open--
      this.position++
    }
    file.parameters.set(name, this.takes('=') ? this.expression() : undefined)
  }

  #named(typed: boolean): [string, Expression] {
    const { text: name } = this.word('a name')
    if (typed) while (!isSign(this.peek(), '=') && this.peek().is === 'word') this.position++
    this.expect('=')
    return [name, this.expression()]
  }

  #using(): string {
    const path = this.expression()
    return path.is === 'value' ? String(path.value) : ''
  }

  #block(is: BicepBlock['is'], at: number): BicepBlock {
    const { text: symbol } = this.word('a name')
    const names = this.expression()
    const existing = this.takesWord('existing')
    this.expect('=')
    const outer = this.#inside
    this.#inside = []
    try {
      const block: BicepBlock = { is, symbol, names, existing, body: { is: 'unread', why: 'is empty' }, inside: [], at }
      this.#bodyOf(block)
      return { ...block, inside: this.#inside }
    } finally {
      this.#inside = outer
    }
  }

  /** `{…}`, `if (…) {…}`, `[for item in items: …]` */
  #bodyOf(block: BicepBlock): void {
    if (this.takesWord('if')) {
      this.expect('(')
      block.condition = this.expression()
      this.expect(')')
    }
    if (isSign(this.peek(), '[')) {
      this.expect('[')
      this.skipLines()
      const { item, index, of } = this.loopHead()
      block.loop = { item, ...(index && { index }), of }
      if (this.takesWord('if')) {
        this.expect('(')
        block.condition = this.expression()
        this.expect(')')
      }
      block.body = this.expression()
      this.skipLines()
      this.expect(']')
    } else block.body = this.expression()
  }

  /** A resource in the body of another. */
  protected override declared(): boolean {
    const [word, name, type] = [this.peek(), this.peek(1), this.peek(2)]
    if (word.is !== 'word' || word.text !== 'resource' || name.is !== 'word' || type.is !== 'text') return false
    this.position++
    this.#inside.push(this.#block('resource', word.at))
    return true
  }
}

const pairs: Readonly<Record<string, string>> = { '[': ']', '[?': ']', '(': ')', '{': '}' }
const isSign = (token: Token, text: string): boolean => token.is === 'sign' && token.text === text
