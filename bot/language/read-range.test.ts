import { expect, test } from '@jest/globals'
import { readRange } from './read-range.js'

/** A Saturday, 03:14 in Berlin. */
const spoken = { now: '2026-11-21T02:14:00.000Z', zone: 'Europe/Berlin' }

test.each<[words: string, from: string | undefined, to: string | undefined]>([
  ['yesterday to now', '2026-11-20T02:14:00.000Z', spoken.now],
  ['2026-11-20..2026-11-21', '2026-11-19T23:00:00.000Z', '2026-11-20T23:00:00.000Z'],
  ['between 2026-11-18 and 2026-11-19', '2026-11-17T23:00:00.000Z', '2026-11-18T23:00:00.000Z'],
  ['since Monday', '2026-11-15T23:00:00.000Z', spoken.now],
  ['since Monday 9:00', '2026-11-16T08:00:00.000Z', spoken.now],
  ['since yesterday', '2026-11-19T23:00:00.000Z', spoken.now],
  ['since 2 hours ago', '2026-11-21T00:14:00.000Z', spoken.now],
  ['in the last 24 hours', '2026-11-20T02:14:00.000Z', spoken.now],
  ['last hour', '2026-11-21T01:14:00.000Z', spoken.now],
  ['the past week', '2026-11-14T02:14:00.000Z', spoken.now],
  ['today', '2026-11-20T23:00:00.000Z', spoken.now],
  ['Yesterday', '2026-11-19T23:00:00.000Z', '2026-11-20T23:00:00.000Z'],
  ['since ever', undefined, undefined],
  ['now to yesterday', undefined, undefined],
  ['in the last 0 hours', undefined, undefined],
  ['a to b to c', undefined, undefined],
])('%s', (words, from, to) => expect(readRange(words, spoken)).toEqual(from && { from, to }))

test('without a speaker both ends are written as machines do', () => {
  expect(readRange('since Monday', undefined)).toBeUndefined()
  expect(readRange('2026-11-20..2026-11-21', undefined)).toEqual({
    from: '2026-11-20T00:00:00.000Z',
    to: '2026-11-21T00:00:00.000Z',
  })
})
