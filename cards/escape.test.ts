import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { clean, markdown, mentionName, plain, safeUrl } from './escape.js'

const visible = (text: string) => text.replaceAll('\u200B', '')

describe('markdown', () => {
  test.each([
    ['**bold** _it_', '\\*\\*bold\\*\\* \\_it\\_'],
    ['[pay](https://evil.example)', '\\[pay\\]\u200B(https://evil.example)'],
    ['<at>Dana</at> <https://evil.example>', '<\u200Bat>Dana<\u200B/at> <\u200Bhttps://evil.example>'],
    ['{{TIME(2026-01-01T00:00:00Z)}}', '{\u200B{TIME(2026-01-01T00:00:00Z)}}'],
    ['${$root.secret}', '$\u200B{$root.secret}'],
    ['&lt;at&gt;', '&\u200Blt;at&\u200Bgt;'],
    ['- a', '\u200B- a'],
    ['1. a', '\u200B1. a'],
    ['# a', '\u200B# a'],
    ['`x_y`', "'x_y'"],
    ['C:\\_tmp', 'C:\\\u200B\\_tmp'],
  ])('%s shows as it is', (given, expected) => expect(markdown(given)).toBe(expected))

  test.each(['kv_auth_prd', 'CONTOSO\\dana', 'a-b', '2026-11-19', '38 %', 'rg/payments (prd)', 'a & b'])(
    '%s needs no escape, so a phone shows no stray backslash',
    (name) => expect(markdown(name)).toBe(name),
  )

  test('never leaves anything that a client would read', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'*_[]()<>at/{}$`~\\&;#-+1. \nx') }), (text) => {
        const said = markdown(text)
        expect(said).not.toMatch(/(?<!\\)[*[\]]|<[a-z/!]|\{\{|\$\{|`|~~|(^|\n\n)([-+#>=]|\d+[.)])/i)
        // Each bracket's and star's backslash is its own: no backslash of the data can undo it.
        expect(said).not.toMatch(/\\\\[*[\]_]/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('clean', () => {
  test('takes out what does not show or deceives', () => {
    expect(clean('a\u0007b\u202Ecod.exe\uFEFF\u200B \uD800c\u001b[31m', 100)).toBe('a b cod.exe c [31m')
    expect(clean('a\n\n  b', 100)).toBe('a b')
    expect(clean('a \n\n  b\r\nc', 100, true)).toBe('a\nb\nc')
  })

  test('cuts between characters, and quickly', () => {
    expect(clean('😀😀😀😀', 3)).toBe('😀😀…')
    expect(clean('abc', 3)).toBe('abc')
    const started = performance.now()
    expect(clean('x'.repeat(5_000_000), 10)).toBe('xxxxxxxxx…')
    expect(performance.now() - started).toBeLessThan(100)
  })

  test('never gives more than the limit, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
        expect(Array.from(clean(text, limit)).length).toBeLessThanOrEqual(limit)
      }),
    )
  })
})

test('plain text keeps its letters', () => {
  expect(visible(plain('<at>x</at> [a](b) {{c}} ${d}'))).toBe('<at>x</at> [a](b) {{c}} ${d}')
})

test('a name in a mention cannot end it', () => {
  expect(mentionName('Dana</at> <b>*Ortiz*')).toBe('Dana /at b Ortiz')
  expect(mentionName('***')).toBe('?')
})

test.each([
  ['https://contoso.example/a?b=c', 'https://contoso.example/a?b=c'],
  ['javascript:alert(1)', undefined],
  ['http://contoso.example', undefined],
  ['https://user:pass@contoso.example', undefined],
  ['not an address', undefined],
  [`https://contoso.example/${'x'.repeat(700)}`, undefined],
])('%s opens %s', (given, expected) => expect(safeUrl(given)).toBe(expected))
