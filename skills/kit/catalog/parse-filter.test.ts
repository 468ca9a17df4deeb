import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { canonicalFilter } from './canonical-filter.js'
import type { Filter } from './filter.js'
import { FilterFault } from './filter-fault.js'
import { deepestFilter, longestFilter, parseFilter } from './parse-filter.js'
import { printFilter } from './print-filter.js'
import { filters } from './testing/filters.js'

const day = 86_400_000
const eq = (property: string, value: string | number | boolean): Filter => ({ property, is: '=', value })

test('any filter is read back from its text, in its canonical form', () => {
  fc.assert(
    fc.property(filters(), (filter) => {
      const text = printFilter(filter)
      fc.pre(text.length <= longestFilter)
      expect(parseFilter(text)).toEqual(canonicalFilter(filter))
      expect(printFilter(parseFilter(text))).toBe(text)
    }),
    { numRuns: 1500 },
  )
})

const pieces = ['Service', 'where', 'and', 'or', 'not', '(', ')', ',', '=', '<=', '≠', 'in', 'contains', 'missing', 'within', '7d', 'older', 'than', 'partOf', 'dependsOn+', 'words', '"x', '"', '\\', '5', 'everything', '!', '“'] // prettier-ignore
test('whatever is written is a filter or BadInput that points into it', () => {
  const written = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((some) => some.join(' ')),
    fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((some) => some.join('')),
  )
  fc.assert(
    fc.property(written, (text) => {
      try {
        const read = parseFilter(text)
        expect(parseFilter(printFilter(read))).toEqual(read)
      } catch (error) {
        if (!(error instanceof FilterFault)) throw error
        expect(error.code).toBe('BadInput')
        expect(text.startsWith(error.word, error.at)).toBe(true)
      }
    }),
    { numRuns: 3000 },
  )
})

describe('what is written, and what it is', () => {
  test.each<[text: string, filter: Filter]>([
    ['Service', { kinds: ['Service'] }],
    ['Service, Team where name = auth', { all: [{ kinds: ['Service', 'Team'] }, eq('name', 'auth')] }],
    ['a = 1 or b = 2 and not c = 3', { any: [eq('a', 1), { all: [eq('b', 2), { not: eq('c', 3) }] }] }],
    ['(a = 1 or b = 2) and c = 3', { all: [{ any: [eq('a', 1), eq('b', 2)] }, eq('c', 3)] }],
    ['A where a = 1 or b = 2', { all: [{ kinds: ['A'] }, { any: [eq('a', 1), eq('b', 2)] }] }],
    ['(a = 1 and (b = 2 and c = 3))', { all: [eq('a', 1), eq('b', 2), eq('c', 3)] }],
    ['a != 1', { property: 'a', is: '!=', value: 1 }],
    ['a≠x', { property: 'a', is: '!=', value: 'x' }],
    ['a≥-2.5', { property: 'a', is: '>=', value: -2.5 }],
    ['a = TRUE', eq('a', true)],
    ['a = "true"', eq('a', 'true')],
    ['version = 1.10', eq('version', '1.10')],
    ['code = 0047', eq('code', '0047')],
    ['type = Microsoft.Sql/servers/databases', eq('type', 'Microsoft.Sql/servers/databases')],
    ['tags.cost-center = 4711', eq('tags.cost-center', 4711)],
    ['"tags.cost center" = x', eq('tags.cost center', 'x')],
    ['name = “it’s curly”', eq('name', 'it’s curly')],
    ["name = 'O\\'Brien'", eq('name', "O'Brien")],
    ["name = O'Brien", eq('name', "O'Brien")],
    ['opened > 2026-11-21T08:00Z', { property: 'opened', is: '>', value: '2026-11-21T08:00Z' }],
    ['a IN (x, 2, "y z")', { property: 'a', in: ['x', 2, 'y z'] }],
    ['a contains 5', { property: 'a', contains: '5' }],
    ['backup missing', { property: 'backup', missing: true }],
    ['backup within 7d', { property: 'backup', within: 7 * day }],
    ['backup older than 2 weeks', { property: 'backup', older: 14 * day }],
    ['backup within 1.5h', { property: 'backup', within: 5_400_000 }],
    ['backup within 250ms', { property: 'backup', within: 250 }],
    ['words "retry policy"', { words: 'retry policy' }],
    ['everything', { all: [] }],
    ['not nothing', { not: { any: [] } }],
    ['owns (Service)', { step: { type: 'ownedBy', direction: 'in' }, of: { kinds: ['Service'] } }],
    ['ownedBy At least 2 (everything)', { step: { type: 'ownedBy', direction: 'out' }, atLeast: 2, of: { all: [] } }],
    ['DEPENDSON+(name = x)', { step: { type: 'dependsOn', direction: 'out' }, deep: true, of: eq('name', 'x') }],
    ['Service where (Team where a = 1) or b = 2', { all: [{ kinds: ['Service'] }, { any: [{ all: [{ kinds: ['Team'] }, eq('a', 1)] }, eq('b', 2)] }] }], // prettier-ignore
  ])('%s', (text, filter) => expect(parseFilter(text)).toEqual(filter))
})

test('issue’s own example goes there and back', () => {
  const text =
    'Resource where type contains sql and partOf (Service where ownedBy (Team where id = atlas)) and not backup within 7d'
  expect(printFilter(parseFilter(text))).toBe(text)
})

describe('what is wrong is pointed at', () => {
  test.each<[text: string, wanted: RegExp]>([
    ['', /^The filter ends too early: a condition belongs here\. Here may stand a kind/],
    ['a =', /^The filter ends too early: a value belongs here\. A value is a word/],
    ['a = and', /^At “and” \(character 5\): a value belongs here\. .*“and” as a value is written in quotes/],
    ['a = x b = y', /^At “b” \(character 7\): and, or, or the end belongs here\. Text of several words stands in quotes: "x b"/],
    ['a = (', /^At “\(” \(character 5\): a value belongs here/],
    ['(a = 1', /ends too early: the bracket at character 1 is not closed/],
    ['a = 1)', /^At “\)” \(character 6\): no bracket is open here/],
    ['a = "x', /^At “"x” \(character 5\): these quotes do not end/],
    ['a = "\\d"', /^At “"\\d"” \(character 5\): this escape is not known/],
    ['a ! b', /^At “!” \(character 3\): this sign means nothing here/],
    ['a within soon', /^At “soon” \(character 10\): this is no age/],
    ['a within -7d', /^At “-7d”/],
    ['a within 0.0001ms', /^At “0\.0001ms”/],
    ['a older 7d', /^At “7d” \(character 9\): than belongs here/],
    ['a in b', /^At “b” \(character 6\): a bracket belongs here/],
    ['a in ()', /^At “\)” \(character 7\): a value belongs here/],
    ['a in (b c)', /^At “c” \(character 9\): a comma or a closing bracket belongs here/],
    ['dependOn (Service)', /^At “dependOn” \(character 1\): there is no such relation\. Did you mean dependsOn\?/],
    ['partOf', /^At “partOf” \(character 1\): what it leads to is missing\. Such as: partOf \(Service\)/],
    ['partOf at 2 (A)', /^At “2” \(character 11\): least belongs here\. Such as: ownedBy at least 2/],
    ['partOf at least 1 (A)', /^At “1” \(character 17\): a whole number from 2 to 1,000 belongs here/],
    ['partOf at least 2.5 (A)', /^At “2\.5” .* a whole number/],
    ['partOf at least 2', /ends too early: what it leads to is missing/],
    ['a = 1 where b = 2', /^At “where” \(character 7\): where stands behind kinds/],
    ['A where B where c = 1', /^At “where” \(character 11\): where stands behind kinds, once in a bracket/],
    ['Service,', /ends too early: another kind belongs here/],
    ['where a = 1', /^At “where” \(character 1\): a condition belongs here/],
  ])('%s', (text, wanted) => expect(faultOf(text)).toMatch(wanted)) // prettier-ignore
})

test('a filter is at most so long and so deep', () => {
  const nested = (levels: number) => `${'('.repeat(levels)}a = 1${')'.repeat(levels)}`
  expect(parseFilter(nested(deepestFilter))).toEqual(eq('a', 1))
  expect(faultOf(nested(deepestFilter + 1))).toMatch(/character 13\): a filter is at most 12 levels deep/)
  expect(faultOf('not '.repeat(400))).toMatch(/at most 12 levels deep/)
  expect(faultOf('x'.repeat(longestFilter + 1))).toMatch(/at most 2,000 characters, this one 2,001/)
})

function faultOf(text: string): string {
  try {
    parseFilter(text)
  } catch (error) {
    if (error instanceof FilterFault) return `${error.message} ${error.wayOn ?? ''}`
  }
  throw new Error(`“${text}” is read without a fault`)
}
