import { expect, test } from '@jest/globals'
import { spellOut } from './spell-out.js'

test.each<[string, string[]]>([
  ['who owns {entity}', ['who owns {entity}']],
  ['(ack|take) {incident}', ['ack {incident}', 'take {incident}']],
  ['restart {target} [in {environment}]', ['restart {target} in {environment}', 'restart {target}']],
  ['[show|list] prs', ['show prs', 'list prs', 'prs']],
  [
    '[the (open|last) ]incident[s]',
    ['the open incidents', 'the open incident', 'the last incidents', 'the last incident', 'incidents', 'incident'],
  ],
  ['a [b] c', ['a b c', 'a c']],
  ['(a|a) b', ['a b']],
  ['', ['']],
])('%s', (pattern, spellings) => expect(spellOut(pattern)).toEqual(spellings))

test.each(['(a|b', 'a]', '[a)', 'a (b] c', ')'])('%s has a sign without its partner', (pattern) =>
  expect(() => spellOut(pattern)).toThrow(/lacks a|too many/),
)

test('of very many spellings some are given, and each alternative is in one of them', () => {
  const spellings = spellOut('(a|b|c|d) (e|f|g|h) [i|j|k (l|m)] {n} [o]')
  expect(spellings.length).toBeLessThanOrEqual(12)
  for (const word of 'abcdefghijklmo') expect(spellings.some((one) => one.split(' ').includes(word))).toBe(true)
  expect(spellings.every((one) => one.includes('{n}'))).toBe(true)
  expect(spellings.some((one) => one.endsWith('{n}'))).toBe(true)
  expect(spellOut('(a|b|c|d|e|f|g|h|i|j|k|l|m|n|o) [p]')).toHaveLength(15)
})
