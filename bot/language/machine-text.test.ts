import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isMachineMade, withoutLooks } from './machine-text.js'

test.each([
  ['who owns <b>checkout</b>', 'who owns    checkout    '],
  ['<p style="margin:0">restart checkout</p>', `${' '.repeat(20)}restart checkout    `],
  ['one<br/>two', 'one     two'],
  ['<blockquote>restart checkout</blockquote>', '<blockquote>restart checkout</blockquote>'],
  ['<code>restart</code>', '<code>restart</code>'],
  ['cpu < 5 and b > 3', 'cpu < 5 and b > 3'],
  ['<button>', '<button>'],
])('%j is read as %j', (text, plain) => expect(withoutLooks(text)).toBe(plain))

test('what stands behind a tag stands where it stood, and nothing else is changed', () => {
  const piece = fc.constantFrom('<b>', '</b>', '<br>', '<i class="a">', 'restart', ' ', 'checkout', '<', '>', '<at>')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      const plain = withoutLooks(text)
      expect(plain).toHaveLength(text.length)
      expect([...plain].every((letter, at) => letter === text[at] || letter === ' ')).toBe(true)
      expect(withoutLooks(plain)).toBe(plain)
    }),
  )
})

test.each(['{{name}}', '${name}', '<% name %>', '%(name)', '<at>Nexus</at>'])('%s is made by a machine', (text) =>
  expect(isMachineMade(`restart ${text}`)).toBe(true),
)
test.each(['restart checkout', 'cpu < 5', '5 % more'])('%s is not', (text) => expect(isMachineMade(text)).toBe(false))
