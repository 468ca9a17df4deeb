import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readDuration } from './read-duration.js'
import { readMoment } from './read-moment.js'
import { readNumber } from './number-words.js'
import { readRange } from './read-range.js'
import { readSeverity } from './read-severity.js'
import { readTimeOfDay } from './read-time-of-day.js'
import { readWeekdays } from './read-weekdays.js'

/** A Wednesday, 10:00 in Berlin. */
const now = '2026-11-18T09:00:00.000Z'
const spoken = { now, zone: 'Europe/Berlin' }

test.each<[words: string, stretch: { from: string; to: string } | undefined]>([
  ['since lunch', { from: '2026-11-17T11:00:00.000Z', to: now }],
  ['between 10 and 11 this morning', { from: '2026-11-18T09:00:00.000Z', to: '2026-11-18T10:00:00.000Z' }],
  ['last Tuesday', { from: '2026-11-16T23:00:00.000Z', to: '2026-11-17T23:00:00.000Z' }],
  ['on Tuesday', { from: '2026-11-16T23:00:00.000Z', to: '2026-11-17T23:00:00.000Z' }],
  ['the weekend', { from: '2026-11-13T23:00:00.000Z', to: '2026-11-15T23:00:00.000Z' }],
  ['over the weekend', { from: '2026-11-13T23:00:00.000Z', to: '2026-11-15T23:00:00.000Z' }],
  ['last weekend', { from: '2026-11-13T23:00:00.000Z', to: '2026-11-15T23:00:00.000Z' }],
  ['in the last couple of hours', { from: '2026-11-18T07:00:00.000Z', to: now }],
  ['in the past hour and a half', { from: '2026-11-18T07:30:00.000Z', to: now }],
  ['last 30 minutes', { from: '2026-11-18T08:30:00.000Z', to: now }],
  ['Q3', { from: '2026-06-30T22:00:00.000Z', to: '2026-09-30T22:00:00.000Z' }],
  ['Q4 2025', { from: '2025-09-30T22:00:00.000Z', to: '2025-12-31T23:00:00.000Z' }],
  ['November 3rd', { from: '2026-11-02T23:00:00.000Z', to: '2026-11-03T23:00:00.000Z' }],
  ['3.11.', { from: '2026-11-02T23:00:00.000Z', to: '2026-11-03T23:00:00.000Z' }],
  ['November', { from: '2026-10-31T23:00:00.000Z', to: now }],
  ['March', { from: '2026-02-28T23:00:00.000Z', to: '2026-03-31T22:00:00.000Z' }],
  ['2025', { from: '2024-12-31T23:00:00.000Z', to: '2025-12-31T23:00:00.000Z' }],
  ['from 9 to 5 yesterday', { from: '2026-11-17T08:00:00.000Z', to: '2026-11-17T16:00:00.000Z' }],
  ['yesterday between 2 and 4 pm', { from: '2026-11-17T13:00:00.000Z', to: '2026-11-17T15:00:00.000Z' }],
  ['last Tuesday between 3 and 4', { from: '2026-11-17T14:00:00.000Z', to: '2026-11-17T15:00:00.000Z' }],
  ['9am to 11am', { from: '2026-11-18T08:00:00.000Z', to: '2026-11-18T10:00:00.000Z' }],
  ['14:00-15:30 yesterday', { from: '2026-11-17T13:00:00.000Z', to: '2026-11-17T14:30:00.000Z' }],
  ['from 10 pm to 2 am', { from: '2026-11-17T21:00:00.000Z', to: '2026-11-18T01:00:00.000Z' }],
  ['between noon and 2', { from: '2026-11-17T11:00:00.000Z', to: '2026-11-17T13:00:00.000Z' }],
  ['between Monday 9:00 and Tuesday 17:00', { from: '2026-11-16T08:00:00.000Z', to: '2026-11-17T16:00:00.000Z' }],
  ['from yesterday 22:00 to today 2:00', { from: '2026-11-17T21:00:00.000Z', to: '2026-11-18T01:00:00.000Z' }],
  ['Monday to Wednesday', { from: '2026-11-15T23:00:00.000Z', to: now }],
  ['Nov 1 to Nov 3', { from: '2026-10-31T23:00:00.000Z', to: '2026-11-03T23:00:00.000Z' }],
  ['this morning', { from: '2026-11-18T05:00:00.000Z', to: now }],
  ['yesterday evening', { from: '2026-11-17T17:00:00.000Z', to: '2026-11-17T21:00:00.000Z' }],
  ['last night', { from: '2026-11-17T19:00:00.000Z', to: '2026-11-18T05:00:00.000Z' }],
  ['tonight', { from: '2026-11-18T19:00:00.000Z', to: '2026-11-19T05:00:00.000Z' }],
  ['since 9', { from: '2026-11-18T08:00:00.000Z', to: now }],
  ['since 11', { from: '2026-11-17T22:00:00.000Z', to: now }],
  ['since 23:00', { from: '2026-11-17T22:00:00.000Z', to: now }],
  ['since half past nine', { from: '2026-11-18T08:30:00.000Z', to: now }],
  ['since Friday 17:00', { from: '2026-11-13T16:00:00.000Z', to: now }],
  ['since the weekend', { from: '2026-11-13T23:00:00.000Z', to: now }],
  ['since last night', { from: '2026-11-17T19:00:00.000Z', to: now }],
  ['since yesterday evening', { from: '2026-11-17T17:00:00.000Z', to: now }],
  ['since monday morning', { from: '2026-11-16T05:00:00.000Z', to: now }],
  ['since the beginning of the week', { from: '2026-11-15T23:00:00.000Z', to: now }],
  ['since November 3rd', { from: '2026-11-02T23:00:00.000Z', to: now }],
  ['since an hour ago', { from: '2026-11-18T08:00:00.000Z', to: now }],
  ['since 2 days ago', { from: '2026-11-16T09:00:00.000Z', to: now }],
  ['last week', { from: '2026-11-08T23:00:00.000Z', to: '2026-11-15T23:00:00.000Z' }],
  ['in the last week', { from: '2026-11-11T09:00:00.000Z', to: now }],
  ['this week', { from: '2026-11-15T23:00:00.000Z', to: now }],
  ['last month', { from: '2026-09-30T22:00:00.000Z', to: '2026-10-31T23:00:00.000Z' }],
  ['last quarter', { from: '2026-06-30T22:00:00.000Z', to: '2026-09-30T22:00:00.000Z' }],
  ['this month', { from: '2026-10-31T23:00:00.000Z', to: now }],
  ['since the deploy', undefined],
  ['since ever', undefined],
  ['twice as long', undefined],
  ['10-11', undefined],
  ['half past nine', undefined],
  ['between lunch', undefined],
  ['from 9', undefined],
  ['since 25:00', undefined],
  ['Q5', undefined],
  ['the last days', undefined],
  ['the weekend of my life', undefined],
  ['since lunch at 3 or so', undefined],
])('“%s” is the stretch %j', (words, stretch) => expect(readRange(words, spoken)).toEqual(stretch)) // prettier-ignore

test.each<[words: string, at: string | undefined]>([
  ['last Tuesday at 3', '2026-11-17T14:00:00.000Z'],
  ['half past nine', '2026-11-18T08:30:00.000Z'],
  ['half past three', '2026-11-18T14:30:00.000Z'],
  ["3 o'clock", '2026-11-18T14:00:00.000Z'],
  ['this time yesterday', '2026-11-17T09:00:00.000Z'],
  ['same time tomorrow', '2026-11-19T09:00:00.000Z'],
  ['end of week', '2026-11-20T16:00:00.000Z'],
  ['end of day', '2026-11-18T16:00:00.000Z'],
  ['eod', '2026-11-18T16:00:00.000Z'],
  ['end of the month', '2026-11-30T16:00:00.000Z'],
  ['start of next week', '2026-11-22T23:00:00.000Z'],
  ['tomorrow morning', '2026-11-19T08:00:00.000Z'],
  ['this evening', '2026-11-18T18:00:00.000Z'],
  ['tonight', '2026-11-18T21:00:00.000Z'],
  ['8 tonight', '2026-11-18T19:00:00.000Z'],
  ['at 8 pm tonight', '2026-11-18T19:00:00.000Z'],
  ['22:00 tonight', '2026-11-18T21:00:00.000Z'],
  ['friday night', '2026-11-20T21:00:00.000Z'],
  ['friday 5pm', '2026-11-20T16:00:00.000Z'],
  ['11 this morning', '2026-11-18T10:00:00.000Z'],
  ['monday morning at 8', '2026-11-23T07:00:00.000Z'],
  ['November 3rd', '2026-11-03T09:00:00.000Z'],
  ['3.11.', '2026-11-03T09:00:00.000Z'],
  ['the 3rd', '2026-11-03T09:00:00.000Z'],
  ['2026-11-03 14:00Z', '2026-11-03T14:00:00.000Z'],
  ['9:00 utc', '2026-11-18T09:00:00.000Z'],
  ['14:00Z', '2026-11-18T14:00:00.000Z'],
  ['9 am berlin time', '2026-11-18T08:00:00.000Z'],
  ['tomorrow 9:00 new york time', '2026-11-19T14:00:00.000Z'],
  ['an hour ago', '2026-11-18T08:00:00.000Z'],
  ['in a couple of hours', '2026-11-18T11:00:00.000Z'],
  ['2 days ago at 15:00', '2026-11-16T14:00:00.000Z'],
  ['a month ago', '2026-10-18T08:00:00.000Z'],
  ['tuesday next week', '2026-11-24T09:00:00.000Z'],
  ['this weekend', '2026-11-21T09:00:00.000Z'],
  ['lunchtime', '2026-11-18T11:00:00.000Z'],
  ['14:00 this morning', undefined],
  ['since the deploy', undefined],
  ['9:00 mars time', undefined],
  ['the 32nd', undefined],
  ['end of the deploy', undefined],
  ['friday friday', undefined],
])('“%s” is the moment %s', (words, at) => expect(readMoment(words, spoken)).toBe(at)) // prettier-ignore

test.each<[words: string, minutes: number | undefined]>([
  ['half an hour', 30],
  ['90 min', 90],
  ['a day and a half', 2160],
  ['two and a half hours', 150],
  ['2½ hours', 150],
  ['2h30m', 150],
  ['1h30', 90],
  ['an hour and fifteen minutes', 75],
  ['1 day, 4 hours and 10 min', 1690],
  ['three quarters of an hour', 45],
  ['a quarter of an hour', 15],
  ['a couple of weeks', 20160],
  ['a fortnight', 20160],
  ['twice as long', undefined],
  ['2 hours 3 hours', undefined],
  ['a while and a half', undefined],
  ['two hours of pain', undefined],
  ['30 min ago', undefined],
])('“%s” is a length of %s minutes', (words, minutes) => expect(readDuration(words)).toBe(minutes))

test.each<[words: string, number: number | undefined]>([
  ['2k', 2000],
  ['1.5k', 1500],
  ['1.1k', 1100],
  ['40 %', 40],
  ['40 percent', 40],
  ['a couple', 2],
  ['sixty', 60],
  ['two hundred', 200],
  ['1e400', undefined],
  ['minus minus one', undefined],
  ['twice as many', undefined],
  ['a few', undefined],
  ['2kk', undefined],
  ['five or six', undefined],
])('“%s” is the number %s', (words, number) => expect(readNumber(words)).toBe(number))

test.each<[words: string, severity: string | undefined]>([
  ['sev 1', 'sev1'],
  ['SEV-2', 'sev2'],
  ['severity 0', 'sev0'],
  ['s3', 'sev3'],
  ['critical', 'sev0'],
  ['P1', 'sev0'],
  ['prio 2', 'sev1'],
  ['warning', 'sev2'],
  ['sev 7', undefined],
  ['severe', undefined],
  ['', undefined],
])('“%s” is the severity %s', (words, severity) => expect(readSeverity(words)).toBe(severity))

test('at night an hour alone is of the night, and what was is before now', () => {
  const night = { now: '2026-11-18T02:14:00.000Z', zone: 'Europe/Berlin' }
  expect(readMoment('at 3', night)).toBe('2026-11-18T02:00:00.000Z')
  expect(readRange('since 2', night)?.from).toBe('2026-11-18T01:00:00.000Z')
  expect(readRange('since 11', night)?.from).toBe('2026-11-17T22:00:00.000Z')
})

describe('over a change of the clocks', () => {
  test.each([
    ['2026-03-29T10:00:00.000Z', 'today', '2026-03-28T23:00:00.000Z', '2026-03-29T10:00:00.000Z'],
    ['2026-03-30T10:00:00.000Z', 'yesterday', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-26T10:00:00.000Z', 'yesterday', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2026-10-26T10:00:00.000Z', 'in the last 24 hours', '2026-10-25T10:00:00.000Z', '2026-10-26T10:00:00.000Z'],
  ])('%s: %s', (now, words, from, to) => expect(readRange(words, { ...spoken, now })).toEqual({ from, to }))

  test('days ago are days of the calendar, hours are hours', () => {
    const monday = { now: '2026-10-26T10:00:00.000Z', zone: 'Europe/Berlin' }
    expect(readMoment('2 days ago', monday)).toBe('2026-10-24T09:00:00.000Z')
    expect(readMoment('48 hours ago', monday)).toBe('2026-10-24T10:00:00.000Z')
  })
})

const words = fc
  .array(
    fc.constantFrom(
      ...'since last next this the between from to and in at on of end start 3 11 17:30 9am pm monday tuesday weekend week month morning night noon half past hour hours days ago yesterday today tomorrow q3 november 3rd 2026-11-18 utc berlin time couple a an .. -'.split(
        ' ',
      ),
    ),
    { maxLength: 8 },
  )
  .map((list) => list.join(' '))
const anything = fc.oneof(words, fc.string(), fc.string({ unit: 'grapheme' }))
const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC')

test('whatever is said whenever and wherever, a stretch begins before it ends, and a moment is one', () => {
  fc.assert(
    fc.property(anything, instant, zone, (said, at, zone) => {
      const spoken = { now: at.toISOString(), zone }
      const stretch = readRange(said, spoken)
      if (stretch) expect(stretch.from < stretch.to).toBe(true)
      const moment = readMoment(said, spoken)
      if (moment !== undefined) expect(new Date(moment).toISOString()).toBe(moment)
    }),
    { numRuns: 1_000 },
  )
})

test('what is understood is all of the words: a word that means nothing makes them mean nothing', () => {
  fc.assert(
    fc.property(words, fc.constantFrom('deploy', 'zebra', 'not', '???'), fc.nat(), (said, alien, place) => {
      const parts = said.split(' ')
      const more = parts.toSpliced(place % (parts.length + 1), 0, alien).join(' ')
      for (const read of [readRange, readMoment])
        expect({ more, read: read(more, spoken) }).toEqual({ more, read: undefined })
      for (const read of [readDuration, readNumber, readTimeOfDay, readWeekdays])
        expect({ more, read: read(more) }).toEqual({ more, read: undefined })
    }),
    { numRuns: 500 },
  )
})
