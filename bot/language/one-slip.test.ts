import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { editDistance } from '../../skills/kit/edit-distance.js'
import { isOneSlip } from './one-slip.js'

test('it is what the edit distance says', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(isOneSlip(one, other)).toBe(editDistance(one, other, 1) === 1)
    }),
    { numRuns: 2000 },
  )
})
