import { describe, expect, test } from '@jest/globals'
import { spellOut, spellOutRequest } from './spell-out.js'

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

describe('a plain request', () => {
  const choices = (letters: string) => `(${[...letters].join('|')})`

  test('is spelt out as examples are', () =>
    expect(spellOutRequest('(ack|take) {incident} [for me]')).toEqual([
      'ack {incident} for me',
      'ack {incident}',
      'take {incident} for me',
      'take {incident}',
    ]))

  test('has every spelling where an example has a few, because one that is left out is not understood', () => {
    const pattern = `${choices('abcdefgh')} ${choices('ijklmnop')} {n}`
    expect(spellOut(pattern)).toHaveLength(12)
    expect(new Set(spellOutRequest(pattern)).size).toBe(64)
  })

  test('of very many spellings has some, and each alternative in one of them', () => {
    const pattern = `${choices('abcdefgh')} ${choices('ijklmnop')} ${choices('qrstuvwx')}`
    const spellings = spellOutRequest(pattern)
    expect(spellings.length).toBeLessThanOrEqual(80)
    for (const letter of 'abcdefghijklmnopqrstuvwx')
      expect(spellings.some((one) => one.split(' ').includes(letter))).toBe(true)
  })
})
