import type { Expression } from './expression.js'

const mostDepth = 100

/**
 * Reads a text of an ARM template: an expression in brackets, or itself (learn.microsoft.com, "Syntax and expressions in ARM templates").
 * Throws nothing: what cannot be read is an expression without a value.
 */
export function parseArmText(text: string): Expression {
  if (!text.startsWith('[') || !text.endsWith(']')) return { is: 'value', value: text }
  if (text.startsWith('[[')) return { is: 'value', value: text.slice(1) }
  const reader = new ArmExpression(text.slice(1, -1))
  return reader.whole()
}

class ArmExpression {
  #at = 0
  #depth = 0
  constructor(private readonly source: string) {}

  whole(): Expression {
    const read = this.#value()
    this.#space()
    return read && this.#at === this.source.length
      ? read
      : { is: 'unread', why: `cannot be read: [${this.source.slice(0, 60)}]` }
  }

  #value(): Expression | undefined {
    if (++this.#depth > mostDepth) return undefined
    let read = this.#primary()
    while (read) {
      if (this.#takes(/^\s*\.\s*([A-Za-z_]\w*)/)) read = member(read, { is: 'value', value: this.#found })
      else if (this.#takes(/^\s*\[/)) {
        const key = this.#value()
        if (!key || !this.#takes(/^\s*\]/)) return undefined
        read = member(read, key)
      } else break
    }
    this.#depth--
    return read
  }

  #primary(): Expression | undefined {
    if (this.#takes(/^\s*'((?:[^']|'')*)'/)) return { is: 'value', value: this.#found.replaceAll("''", "'") }
    if (this.#takes(/^\s*(-?\d{1,15})(?![\w.])/)) return { is: 'value', value: Number(this.#found) }
    if (!this.#takes(/^\s*([A-Za-z_][\w.]*)\s*\(/)) return undefined
    const name = this.#found
    const args: Expression[] = []
    if (this.#takes(/^\s*\)/)) return { is: 'call', name, args }
    for (;;) {
      const arg = this.#value()
      if (!arg) return undefined
      args.push(arg)
      if (this.#takes(/^\s*\)/)) return { is: 'call', name, args }
      if (!this.#takes(/^\s*,/)) return undefined
    }
  }

  #found = ''

  /** Takes what stands next where it is of a form; its first group is then `#found`. */
  #takes(form: RegExp): boolean {
    const match = form.exec(this.source.slice(this.#at))
    if (!match) return false
    this.#at += match[0].length
    this.#found = match[1] ?? ''
    return true
  }

  #space(): void {
    this.#takes(/^\s+/)
  }
}

const member = (of: Expression, key: Expression): Expression => ({ is: 'member', of, key, optional: false })
