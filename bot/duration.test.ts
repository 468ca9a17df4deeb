import { expect, test } from '@jest/globals'
import { readDuration } from './duration.js'

test('a duration is read as milliseconds; what has no length of its own, or is none, is not', () => {
  expect(['P1D', 'PT1H30M', 'P1W', 'P1DT12H', 'PT0S', 'PT90S'].map(readDuration)).toEqual([
    86_400_000, 5_400_000, 604_800_000, 129_600_000, 0, 90_000,
  ])
  for (const text of ['', 'P', 'PT', 'P1DT', '1D', 'P1M', 'P1Y', 'PT1.5H', 'P-1D', '30 days', 'p1d'])
    expect([text, readDuration(text)]).toEqual([text, undefined])
})
