import { describe, expect, test } from '@jest/globals'
import { choice } from '../../skills/kit/arguments.js'
import { tokensOf } from './tokens.js'
import { toldChoice } from './told-choice.js'

const way = choice('which way', ['up', 'down'], undefined, {
  consumers: 'up',
  'of what depends': 'down',
  'depends …': 'up',
  '… depends': 'down',
  'uses …': 'up',
  '… uses': 'down',
  users: 'up',
  downstream: 'down',
})

/** Where a name of one word stands in a text. */
const told = (text: string, name = 'orders') => {
  const tokens = tokensOf(text)
  const from = tokens.findIndex(({ word }) => word === name)
  return toldChoice(way, tokens, from < 0 ? [] : [{ from, to: from + 1 }])
}

describe('what a whole question tells of a choice', () => {
  test('a verb before the name asks the contrary of the same verb behind it', () => {
    expect(told('what depends on orders')).toBe('up')
    expect(told('what orders depends on')).toBe('down')
    expect(told('who uses orders')).toBe('up')
    expect(told('what orders uses')).toBe('down')
  })

  test('a word that stands for the name counts as the name', () => {
    expect(told('if orders stops, what depends on it')).toBe('up')
    expect(told('i only look at orders, who uses that')).toBe('up')
  })

  test('what is written first tells most, wherever it stands', () => {
    expect(told('downstream consumers of orders')).toBe('up')
    expect(told('of what depends orders')).toBe('down')
  })

  test('a slip is passed over where no word is said as it is', () => {
    expect(told('what depnds on orders')).toBe('up')
    expect(told('what orders uses')).toBe('down')
  })

  test('nothing is told by other words', () => {
    expect(told('topology of orders')).toBeUndefined()
    expect(told('who runs orders')).toBeUndefined()
  })
})
