/** A piece of a Bicep file. A text holds its pieces: letters, and the tokens of what stands in `${…}`. */
export type Token = { at: number } & (
  | { is: 'word' | 'sign'; text: string }
  | { is: 'number'; value: number }
  | { is: 'text'; parts: (string | Token[])[] }
  | { is: 'line' }
  | { is: 'end' }
)

/** Where a Bicep file cannot be read on. */
export class BicepError extends Error {
  /** @param at the offset in the file */
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message)
  }
}

const signs = ['!=', '!~', '==', '=~', '=>', '<=', '>=', '&&', '||', '??', '::', '.?', '[?', '...']
const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", $: '$' }
/** How deep texts may stand in texts. */
const mostNested = 20

/** Cuts a Bicep file into tokens (learn.microsoft.com, "Bicep file structure and syntax"). @throws BicepError */
export const tokensOf = (source: string): Token[] => new Tokenizer(source).all()

class Tokenizer {
  #at = 0
  #nested = 0
  constructor(private readonly source: string) {}

  all(): Token[] {
    const tokens = this.#until(undefined)
    return [...tokens, { is: 'end', at: this.source.length }]
  }

  /** The tokens up to the end, or to the brace that closes an interpolation. */
  #until(closing: '}' | undefined): Token[] {
    const { source } = this
    const tokens: Token[] = []
    let open = 0
    while (this.#at < source.length) {
      const at = this.#at
      const char = source[at]!
      if (char === '\n') {
        this.#at++
        if (tokens.at(-1)?.is !== 'line') tokens.push({ is: 'line', at })
      } else if (/\s|\ufeff/.test(char)) this.#at++
      else if (source.startsWith('//', at)) this.#at = this.#end('\n', at, source.length)
      else if (source.startsWith('/*', at)) this.#at = this.#end('*/', at, undefined, 'a comment is not closed') + 2
      else if (closing && char === closing && open === 0) return tokens
      else {
        const token = this.#token(at, char)
        if (token.is === 'sign' && token.text === '{') open++
        if (token.is === 'sign' && token.text === '}') open--
        tokens.push(token)
      }
    }
    if (closing) throw new BicepError('a text is not closed', source.length)
    return tokens
  }

  #token(at: number, char: string): Token {
    const { source } = this
    if (source.startsWith("'''", at)) {
      const end = this.#end("'''", at + 3, undefined, 'a text is not closed')
      this.#at = end + 3
      return { is: 'text', at, parts: [source.slice(at + 3, end).replace(/^\r?\n/, '')] }
    }
    if (char === "'") return this.#text(at)
    const rest = source.slice(at, at + 200)
    const word = /^[A-Za-z_]\w*/.exec(rest)?.[0]
    if (word) return this.#take({ is: 'word', at, text: word }, word.length)
    const digits = /^\d+/.exec(rest)?.[0]
    if (digits) return this.#take({ is: 'number', at, value: Number(digits) }, digits.length)
    const sign = signs.find((one) => rest.startsWith(one)) ?? char
    if (!/^[!=<>&|?:.[\](){},@+\-*/%~]/.test(sign))
      throw new BicepError(`${JSON.stringify(char)} has no meaning here`, at)
    return this.#take({ is: 'sign', at, text: sign }, sign.length)
  }

  #take(token: Token, length: number): Token {
    this.#at += length
    return token
  }

  #text(at: number): Token {
    const { source } = this
    if (++this.#nested > mostNested) throw new BicepError('texts stand too deep in each other', at)
    const parts: (string | Token[])[] = []
    let letters = ''
    for (this.#at = at + 1; ;) {
      const char = source[this.#at]
      if (char === undefined || char === '\n') throw new BicepError('a text is not closed', at)
      if (char === "'") break
      if (char === '\\') letters += this.#escape()
      else if (source.startsWith('${', this.#at)) {
        this.#at += 2
        parts.push(letters, this.#until('}'))
        letters = ''
        this.#at++
      } else {
        letters += char
        this.#at++
      }
    }
    this.#at++
    this.#nested--
    return { is: 'text', at, parts: [...parts, letters].filter((part) => part !== '') }
  }

  #escape(): string {
    const [whole, code, char] =
      /^\\(?:u\{([0-9a-f]{1,6})\}|(.))/is.exec(this.source.slice(this.#at, this.#at + 12)) ?? []
    const point = code === undefined ? undefined : parseInt(code, 16)
    if (!whole || (point !== undefined && point > 0x10ffff)) throw new BicepError('an escape is not finished', this.#at)
    this.#at += whole.length
    return point === undefined ? (escapes[char!] ?? char!) : String.fromCodePoint(point)
  }

  /** Where something stands from a place on. */
  #end(what: string, from: number, otherwise: number | undefined, fault = ''): number {
    const found = this.source.indexOf(what, from)
    if (found >= 0) return found
    if (otherwise === undefined) throw new BicepError(fault, from)
    return otherwise
  }
}
