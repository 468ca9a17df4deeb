import { expect, test } from '@jest/globals'
import { levelOfReport } from './level-of-report.js'

test.each([
  ['sent', 1, 'info'],
  ['sent', 9, 'info'],
  ['retry', 1, 'info'],
  ['retry', 4, 'info'],
  ['retry', 5, 'warn'],
  ['unknown', 1, 'warn'],
  ['dead', 1, 'warn'],
] as const)('%s at attempt %d is %s', (state, attempts, level) => {
  expect(levelOfReport({ state, attempts })).toBe(level)
})
