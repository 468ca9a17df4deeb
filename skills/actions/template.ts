import type { Json } from '../kit/model.js'
import { evaluate, ExpressionError, parseExpression, type Expression, type Scope } from './expression.js'

/** A text with expressions in braces: "It has {capacity} already." */
export type Template = readonly (string | Expression)[]

/** Reads a template. @throws ExpressionError, its position counted in the whole text */
export function parseTemplate(text: string): Template {
  const parts: (string | Expression)[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    const said = text.slice(at, open < 0 ? undefined : open)
    if (said.includes('}')) throw new ExpressionError('a closing brace without an opening one', at + said.indexOf('}'))
    if (said) parts.push(said)
    if (open < 0) break
    const close = text.indexOf('}', open)
    if (close < 0) throw new ExpressionError('a brace that is not closed', open)
    parts.push(inside(text.slice(open + 1, close), open + 1))
    at = close + 1
  }
  return parts
}

function inside(text: string, from: number): Expression {
  try {
    return parseExpression(text)
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(error.message, from + error.position)
    throw error
  }
}

/** The text with its values in place, as people read it; what is not known is said to be so. */
export const fill = (template: Template, scope: Scope): string =>
  template.map((part) => (typeof part === 'string' ? part : said(evaluate(part, scope)))).join('')

const said = (value: Json): string =>
  value === null ? 'unknown' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** An ARM id whose segments can stand in a path as they are. */
const armId = /^(?:\/(?!\.{1,2}(?:\/|$))[^/?#%\\\s]+)+$/

/**
 * A path of Resource Manager with its values in place. An ARM id at the beginning stands as it is, any other value is encoded, so that no
 * value leads elsewhere.
 * @throws Error where a value is absent or no text
 */
export function fillPath(template: Template, scope: Scope): string {
  return template
    .map((part, index) => {
      if (typeof part === 'string') return part
      const value = evaluate(part, scope)
      if (typeof value !== 'string' || value === '') throw new Error('A value of the path is not known')
      if (index === 0 && value.startsWith('/subscriptions/') && armId.test(value)) return value
      return encodeURIComponent(value)
    })
    .join('')
}

/** A body with its values in place; a text that is one expression and nothing else becomes its value, a number a number. */
export function fillBody(body: Json, scope: Scope): Json {
  if (typeof body === 'string') {
    const template = parseTemplate(body)
    const [only, ...more] = template
    return only !== undefined && typeof only !== 'string' && !more.length
      ? evaluate(only, scope)
      : fill(template, scope)
  }
  if (Array.isArray(body)) return body.map((item) => fillBody(item, scope))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, fillBody(value, scope)]))
}

/** The texts in a body, with where they stand. */
export function textsIn(body: Json, at: (string | number)[] = []): { text: string; at: (string | number)[] }[] {
  if (typeof body === 'string') return [{ text: body, at }]
  if (typeof body !== 'object' || body === null) return []
  const entries = Array.isArray(body) ? body.map((value, index) => [index, value] as const) : Object.entries(body)
  return entries.flatMap(([key, value]) => textsIn(value, [...at, key]))
}
