import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { evaluate, ExpressionError, parseExpression, rootsOf, type Comparison, type Expression } from './expression.js'

const scope = {
  site: { properties: { state: 'Running', slots: 2 }, 'cost-center': 'cc-1' },
  capacity: 5,
  rules: [
    { name: 'one', enabled: true, target: '/A/b' },
    { name: 'two', enabled: false, target: '/a/B' },
    { name: 'three', enabled: true, target: '/c' },
  ],
}
const valueOf = (text: string) => evaluate(parseExpression(text), scope)

test.each([
  ['site.properties.state', 'Running'],
  ['site.cost-center', 'cc-1'],
  ['site.nothing.below', null],
  ['constructor', null],
  ['site.constructor.name', null],
  ['site.__proto__', null],
  ["'it''s'", "it's"],
  ['-1.5', -1.5],
  ["site.properties.state == 'Running'", true],
  ['capacity != 5', false],
  ['capacity >= 5 and capacity < 6', true],
  ["capacity < '9'", false],
  ['nothing < 1', false],
  ['nothing == null', true],
  ['not nothing', true],
  ['not not capacity', false],
  ['false or true and false', false],
  ['(false or true) and true', true],
  ["same('/A/b', '/a/B')", true],
  ['same(capacity, capacity)', false],
  ["any(rules, item.enabled and same(item.target, '/a/b'))", true],
  ['count(rules, item.enabled)', 2],
  ['any(site, true)', false],
  ['names(rules, item.enabled)', 'one and three'],
  ['names(rules, true)', 'one, two and three'],
])('%s is %j', (text, value) => expect(valueOf(text)).toEqual(value))

test.each([
  ['', 0],
  ['a ==', 4],
  ['a = b', 2],
  ['a b', 2],
  ['(a', 2],
  ['any(a)', 5],
  ['eval(a, b)', 0],
  ['a == b == c', 7],
  ["'open", 0],
  ['a; b', 1],
  ['a.b.', 3],
  [`${'('.repeat(30)}a${')'.repeat(30)}`, 20],
  ['x'.repeat(501), 500],
])('%s is no expression, from character %d on', (text, position) => {
  try {
    parseExpression(text)
  } catch (error) {
    expect([error instanceof ExpressionError, (error as ExpressionError).position]).toEqual([true, position])
    return
  }
  throw new Error('It was read')
})

describe('any expression', () => {
  const word = fc.constantFrom('a', 'b2', 'scaleSet', 'x-y')
  const comparisons: Comparison[] = ['==', '!=', '<', '<=', '>', '>=']
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      fc.record({
        is: fc.constant('value' as const),
        value: fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean(), fc.constant(null)),
      }),
      fc.record({ is: fc.constant('path' as const), path: fc.array(word, { minLength: 1, maxLength: 3 }) }),
      fc.record({ is: fc.constant('not' as const), of: tie('expression') }),
      fc.record({
        is: fc.constantFrom('and' as const, 'or' as const),
        left: tie('expression'),
        right: tie('expression'),
      }),
      fc.record({
        is: fc.constant('compare' as const),
        by: fc.constantFrom(...comparisons),
        left: tie('expression'),
        right: tie('expression'),
      }),
      fc.record({
        is: fc.constant('call' as const),
        name: fc.constantFrom('same' as const, 'any' as const, 'count' as const, 'names' as const),
        args: fc.tuple(tie('expression'), tie('expression')),
      }),
    ),
  }))

  /** An expression as it could be written, everything in brackets. */
  function written(one: Expression): string {
    switch (one.is) {
      case 'value':
        return typeof one.value === 'string' ? `'${one.value.replaceAll("'", "''")}'` : String(one.value)
      case 'path':
        return one.path.join('.')
      case 'not':
        return `(not (${written(one.of)}))`
      case 'and':
      case 'or':
        return `((${written(one.left)}) ${one.is} (${written(one.right)}))`
      case 'compare':
        return `((${written(one.left)}) ${one.by} (${written(one.right)}))`
      case 'call':
        return `${one.name}(${one.args.map(written).join(', ')})`
    }
  }

  test('is read as it was written', () => {
    fc.assert(
      fc.property(expression, (one) => {
        const text = written(one)
        fc.pre(text.length <= 500)
        expect(parseExpression(text)).toEqual(one)
      }),
    )
  })

  test('has a value, whatever it sees', () => {
    fc.assert(
      fc.property(expression, fc.dictionary(word, fc.jsonValue()), (one, seen) => {
        expect(evaluate(one, seen as never)).not.toBeUndefined()
        expect(rootsOf(one).every((root) => typeof root === 'string')).toBe(true)
      }),
    )
  })

  test('is read, or refused with a place within the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab.(),=<>!\' 01-"{}$\n'), maxLength: 60 }), (text) => {
        try {
          parseExpression(text)
        } catch (error) {
          if (!(error instanceof ExpressionError)) throw error
          expect(error.position).toBeGreaterThanOrEqual(0)
          expect(error.position).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })
})
