import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { splitArray } from './split-array.js'

test('the elements come back as they were written', () => {
  expect(splitArray('[ {"a": 1.0, "b": "],[\\"{" } ,\n[1,[2]], "x,y" , 1502709956288000110 ]')).toEqual([
    '{"a": 1.0, "b": "],[\\"{" }',
    '[1,[2]]',
    '"x,y"',
    '1502709956288000110',
  ])
  expect(splitArray(' [] ')).toEqual([])
})

test('whatever is in an array, its parts are its elements', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2, '\t'), (list, space) => {
      const values = JSON.parse(JSON.stringify(list)) as unknown[]
      expect(splitArray(JSON.stringify(values, null, space)).map((part) => JSON.parse(part) as unknown)).toEqual(values)
    }),
  )
})
