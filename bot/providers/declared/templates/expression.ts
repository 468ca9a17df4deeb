import { callFunction } from './functions.js'
import { isMap, longestList, longestText, mapOf, memberOf, Unknown, type Value } from './value.js'

/** An expression of Bicep or of an ARM template, as its parser read it. */
export type Expression =
  | { is: 'value'; value: Value }
  | { is: 'name'; name: string }
  | { is: 'text'; parts: Expression[] }
  | { is: 'list'; items: Expression[] }
  | { is: 'map'; entries: [key: Expression, value: Expression][] }
  | { is: 'call'; name: string; args: Expression[] }
  | { is: 'member'; of: Expression; key: Expression; optional: boolean }
  | { is: 'choice'; test: Expression; yes: Expression; no: Expression }
  | { is: 'operator'; operator: string; operands: Expression[] }
  | { is: 'loop'; loop: Loop }
  | { is: 'unread'; why: string }

/** `for (item, index) in items: body` */
export interface Loop {
  item: string
  index?: string
  of: Expression
  body: Expression
}

/** What names and functions of its own a place in a template has. */
export interface Scope {
  name(name: string): Value
  /** A function that hangs on the template: `parameters`, `resourceGroup`; undefined where it is none of those. */
  call?(name: string, args: Value[]): Value | undefined
  /** Steps that are left to the whole file. */
  budget: { steps: number }
}

const mostDepth = 200

/** Works out an expression as far as it is constant. Throws nothing. */
export function evaluate(expression: Expression, scope: Scope, depth = 0): Value {
  if (depth > mostDepth || --scope.budget.steps < 0) return new Unknown('is worked out in too many steps')
  const value = (one: Expression): Value => evaluate(one, scope, depth + 1)
  switch (expression.is) {
    case 'value':
      return expression.value
    case 'name':
      return scope.name(expression.name)
    case 'text':
      return textOf(expression.parts.map(value))
    case 'list':
      return expression.items.slice(0, longestList).map(value)
    case 'map':
      return mapOfEntries(expression.entries.map(([key, one]) => [value(key), value(one)]))
    case 'call': {
      const args = expression.args.map(value)
      return scope.call?.(expression.name, args) ?? callFunction(expression.name, args)
    }
    case 'member':
      return member(value(expression.of), value(expression.key), expression.optional)
    case 'choice': {
      const test = value(expression.test)
      if (test instanceof Unknown) return test
      return value(test === true ? expression.yes : expression.no)
    }
    case 'operator':
      return operate(expression.operator, expression.operands, value)
    case 'loop':
      return loopOver(expression.loop, scope, depth)
    case 'unread':
      return new Unknown(expression.why)
  }
}

function textOf(parts: readonly Value[]): Value {
  const unknown = parts.find((part) => part instanceof Unknown)
  if (unknown !== undefined) return unknown
  const text = parts.map((part) => (typeof part === 'object' ? JSON.stringify(part) : String(part))).join('')
  return text.length > longestText ? new Unknown('is longer than any name') : text
}

function mapOfEntries(entries: readonly (readonly [Value, Value])[]): Value {
  const unknown = entries.find(([key]) => key instanceof Unknown)?.[0]
  return unknown ?? mapOf(entries.map(([key, one]) => [String(key), one]))
}

function member(of: Value, key: Value, optional: boolean): Value {
  if (of instanceof Unknown) return of
  if (key instanceof Unknown) return key
  const found = Array.isArray(of) && typeof key === 'number' ? of.at(key) : memberOf(of, String(key))
  return found ?? (optional || of === null ? null : new Unknown(`asks for ${String(key)}, which is not there`))
}

/** The items of a loop, each with its own names; what is not constant is unknown as a whole. */
function loopOver({ item, index, of, body }: Loop, scope: Scope, depth: number): Value {
  const items = evaluate(of, scope, depth + 1)
  if (items instanceof Unknown) return items
  if (!Array.isArray(items)) return new Unknown('goes over what is no list')
  return items.slice(0, longestList).map((one, at) => {
    const inner: Scope = {
      ...scope,
      name: (name) => (name === item ? one : name === index ? at : scope.name(name)),
    }
    return evaluate(body, inner, depth + 1)
  })
}

function operate(operator: string, operands: readonly Expression[], value: (one: Expression) => Value): Value {
  const left = value(operands[0]!)
  if (operator === '??') return left === null || left === undefined ? value(operands[1]!) : left
  if (left instanceof Unknown) return left
  if (operator === '&&' && left === false) return false
  if (operator === '||' && left === true) return true
  const right = operands.length > 1 ? value(operands[1]!) : null
  if (right instanceof Unknown) return right
  if (operands.length === 1) return operator === '!' ? left !== true : typeof left === 'number' ? -left : left
  return binary(operator, left, right)
}

function binary(operator: string, left: Value, right: Value): Value {
  const fold = (one: Value) => (typeof one === 'string' ? one.toLowerCase() : one)
  switch (operator) {
    case '&&':
    case '||':
      return right === true
    case '==':
      return equal(left, right)
    case '!=':
      return !equal(left, right)
    case '=~':
      return fold(left) === fold(right)
    case '!~':
      return fold(left) !== fold(right)
  }
  if (typeof left === 'string' && typeof right === 'string' && /^[<>]=?$/.test(operator))
    return compare(operator, left < right ? -1 : left > right ? 1 : 0)
  if (typeof left !== 'number' || typeof right !== 'number') return new Unknown(`uses ${operator} on what is no number`)
  if (/^[<>]=?$/.test(operator)) return compare(operator, left - right)
  if ((operator === '/' || operator === '%') && right === 0) return new Unknown('divides by zero')
  return operator === '+'
    ? left + right
    : operator === '-'
      ? left - right
      : operator === '*'
        ? left * right
        : operator === '/'
          ? Math.trunc(left / right)
          : left % right
}

const compare = (operator: string, difference: number): boolean =>
  operator === '<'
    ? difference < 0
    : operator === '<='
      ? difference <= 0
      : operator === '>'
        ? difference > 0
        : difference >= 0

/** Equality of plain values; lists and maps are the same only where they are one. */
const equal = (left: Value, right: Value): boolean => left === right || (isMap(left) && isMap(right) && left === right)
