import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readDuration } from './read-duration.js'
import { readMoment } from './read-moment.js'
import { readRange } from './read-range.js'
import { readWeekdays } from './read-weekdays.js'
import { timeWord } from './time-words.js'

/** A Wednesday, ten o'clock in Berlin. */
const spoken = { now: '2026-11-18T09:00:00.000Z', zone: 'Europe/Berlin' }
const here = (at: string | undefined) => at && new Date(at).toLocaleString('sv', { timeZone: spoken.zone }).slice(0, 16)

describe('a stretch of time as people type it:', () => {
  test.each<[words: string, from: string, to: string]>([
    ['for last week', '2026-11-09 00:00', '2026-11-16 00:00'],
    ['for the last week', '2026-11-11 10:00', '2026-11-18 10:00'],
    ['lst wk', '2026-11-09 00:00', '2026-11-16 00:00'],
    ['yday', '2026-11-17 00:00', '2026-11-18 00:00'],
    ['since yestreday evening', '2026-11-17 18:00', '2026-11-18 10:00'],
    ['last motnh', '2026-10-01 00:00', '2026-11-01 00:00'],
    ["October's", '2026-10-01 00:00', '2026-11-01 00:00'],
    ['mtd', '2026-11-01 00:00', '2026-11-18 10:00'],
    ['year to date', '2026-01-01 00:00', '2026-11-18 10:00'],
    ['this week so far', '2026-11-16 00:00', '2026-11-18 10:00'],
    ['earlier today', '2026-11-18 00:00', '2026-11-18 10:00'],
    ['the past few hours', '2026-11-18 07:00', '2026-11-18 10:00'],
    ['the last 12 months', '2025-11-18 10:00', '2026-11-18 10:00'],
    ['overnight', '2026-11-17 20:00', '2026-11-18 06:00'],
    ['last night between 1 and 3', '2026-11-18 01:00', '2026-11-18 03:00'],
    ['between 3 and 4 in the morning', '2026-11-18 03:00', '2026-11-18 04:00'],
    ['10-12 November', '2026-11-10 00:00', '2026-11-13 00:00'],
    ['November 10 to 12', '2026-11-10 00:00', '2026-11-13 00:00'],
    ['Mon-Tue', '2026-11-16 00:00', '2026-11-18 00:00'],
    ['September and October', '2026-09-01 00:00', '2026-11-01 00:00'],
    ['since the 1st', '2026-11-01 00:00', '2026-11-18 10:00'],
    ['since the 20th', '2026-10-20 00:00', '2026-11-18 10:00'],
    ['around noon yesterday', '2026-11-17 11:30', '2026-11-17 12:30'],
    ['before 9 today', '2026-11-18 00:00', '2026-11-18 09:00'],
    ['the week before last', '2026-11-02 00:00', '2026-11-09 00:00'],
    ['week of Nov 3', '2026-11-02 00:00', '2026-11-09 00:00'],
    ['KW46', '2026-11-09 00:00', '2026-11-16 00:00'],
    ['calendar week 50', '2025-12-08 00:00', '2025-12-15 00:00'],
    ['H1', '2026-01-01 00:00', '2026-07-01 00:00'],
    ['FY25', '2025-01-01 00:00', '2026-01-01 00:00'],
    ['from midnight', '2026-11-18 00:00', '2026-11-18 10:00'],
  ])('%s', (words, from, to) => {
    const range = readRange(words, spoken)
    expect([here(range?.from), here(range?.to)]).toEqual([from, to])
  })
})

describe('a moment as people type it:', () => {
  test.each<[words: string, at: string]>([
    ['tmrw 8am', '2026-11-19 08:00'],
    ['tomorow at 9', '2026-11-19 09:00'],
    ['tonite', '2026-11-18 22:00'],
    ['yday noon', '2026-11-17 12:00'],
    ['first thing tomorrow', '2026-11-19 09:00'],
    ['about 3pm', '2026-11-18 15:00'],
    ['930pm', '2026-11-18 21:30'],
    ['till Monday 9am', '2026-11-23 09:00'],
    ['eom', '2026-11-30 17:00'],
    ['as of mon 12:00', '2026-11-16 12:00'],
    ['as of 11:00', '2026-11-17 11:00'],
    ['Christmas Eve at 18:00', '2026-12-24 18:00'],
    ["new year's day", '2027-01-01 10:00'],
    ['black friday 0:00', '2026-11-27 00:00'],
    ['easter monday 2027', '2027-03-29 10:00'],
    ['tonight at 2', '2026-11-19 02:00'],
  ])('%s', (words, at) => expect(here(readMoment(words, spoken))).toBe(at))
})

test.each<[words: string, minutes: number]>([
  ['about 30 minutes', 30],
  ['another 30 minutes', 30],
  ['30 more minutes', 30],
  ['quarter of an hour', 15],
  ['90 seconds', 2],
  ['two horus', 120],
])('“%s” is %i minutes', (words, minutes) => expect(readDuration(words)).toBe(minutes))

test('days of the week with a slip are those days', () => expect(readWeekdays('weekdyas')).toHaveLength(5))

test('Easter is where the Church has it', () => {
  for (const [year, day] of [
    ['2024', '03-31'],
    ['2025', '04-20'],
    ['2026', '04-05'],
    ['2038', '04-25'],
  ] as const)
    // prettier-ignore
    expect(readMoment(`easter sunday ${year}`, { ...spoken, zone: 'UTC' })?.slice(0, 10)).toBe(`${year}-${day}`)
})

test('one slip in a word of time is mended, and a word that is none stays', () => {
  const long = ['yesterday', 'tomorrow', 'morning', 'wednesday', 'november', 'weekend']
  fc.assert(
    fc.property(fc.constantFrom(...long), fc.nat(), (word, at) => {
      const place = 1 + (at % (word.length - 2))
      const swapped = word.slice(0, place) + word[place + 1]! + word[place]! + word.slice(place + 2)
      expect(timeWord(swapped)).toBe(word)
    }),
  )
  for (const word of ['checkout', 'payments', 'months', 'latency', 'mondo', 'house', 'monitor', 'dates'])
    expect(timeWord(word)).toBe(word)
})

test('a stretch that is read begins before it ends', () => {
  const words = fc.constantFrom(
    ...'last this since between and to from 3 10 yday monday tuesday morning night week month november half past at the before around few 12th'.split(
      ' ',
    ),
  )
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), (said) => {
      const range = readRange(said.join(' '), spoken)
      if (range) expect(range.from < range.to).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
