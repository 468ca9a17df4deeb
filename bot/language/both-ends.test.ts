import { expect, test } from '@jest/globals'
import { bothEnds } from './both-ends.js'

const spoken = { now: '2026-11-18T09:00:00.000Z', zone: 'Europe/Berlin' }

test.each([
  ['tomorrow from 9 to 17', 'tomorrow 9', '17'],
  ['from 2 till 4', 'at 2', '4'],
  ['13-15h today', '13h today', '15h today'],
  ['18-22 tonight', 'at 18', '22 tonight'],
  ['Friday 17:00 to Monday 9:00', 'Friday 17:00', 'Monday 9:00'],
])('%s', (words, begin, end) => expect(bothEnds(words, spoken)).toEqual({ begin, end }))

test.each(['tomorrow', 'checkout to staging', '9 to five hundred', 'from web to ledger'])(
  '%s has no two ends',
  (words) => expect(bothEnds(words, spoken)).toBeUndefined(),
)
