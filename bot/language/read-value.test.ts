import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { faultOf } from '../../skills/kit/argument-faults.js'
import { duration, number, optional, time, timeOfDay, weekdays, zone } from '../../skills/kit/arguments.js'
import { readMoment } from './read-moment.js'
import { readNumber } from './number-words.js'
import { readDuration } from './read-duration.js'
import { readTimeOfDay } from './read-time-of-day.js'
import { readValue } from './read-value.js'
import { readWeekdays } from './read-weekdays.js'
import { readZone } from './read-zone.js'

test.each<[words: string, time: string | undefined]>([
  ['8:30', '08:30'],
  ['08:30', '08:30'],
  ['07.30', '07:30'],
  ['0830', '08:30'],
  ['8', '08:00'],
  ['17h', '17:00'],
  ['7h15', '07:15'],
  ['8 am', '08:00'],
  ['8:30pm', '20:30'],
  ['12 am', '00:00'],
  ['12 p.m.', '12:00'],
  ['half past nine', '09:30'],
  ['half past 8', '08:30'],
  ['quarter to nine', '08:45'],
  ['a quarter past seven', '07:15'],
  ['ten to nine', '08:50'],
  ['twenty-five past six', '06:25'],
  ['quarter to one in the afternoon', '12:45'],
  ['eight thirty', '08:30'],
  ['nine oh five', '09:05'],
  ['eight', '08:00'],
  ["eight o'clock", '08:00'],
  ["8 o'clock in the evening", '20:00'],
  ['noon', '12:00'],
  ['midnight', '00:00'],
  ['0:00', '00:00'],
  ['23:59', '23:59'],
  ['25:00', undefined],
  ['24:00', undefined],
  ['8:60', undefined],
  ['13 pm', undefined],
  ['half eight', undefined],
  ['half to nine', undefined],
  ['-8:30', undefined],
  ['8:30:00', undefined],
  ['', undefined],
  ['soon', undefined],
  ['constructor', undefined],
])('“%s” is the time of day %s', (words, time) => expect(readTimeOfDay(words)).toBe(time))

test('a long word where a time of day stands is read at once', () => {
  const started = performance.now()
  expect(readTimeOfDay(`${'kernel'.repeat(500)} of atlantis`)).toBeUndefined()
  expect(readTimeOfDay('kernel '.repeat(500))).toBeUndefined()
  expect(performance.now() - started).toBeLessThan(500)
})

const work = ['mon', 'tue', 'wed', 'thu', 'fri']
test.each<[words: string, days: string[] | undefined]>([
  ['weekdays', work],
  ['on weekdays', work],
  ['every weekday', work],
  ['every day', [...work, 'sat', 'sun']],
  ['daily', [...work, 'sat', 'sun']],
  ['weekends', ['sat', 'sun']],
  ['Mon-Thu', ['mon', 'tue', 'wed', 'thu']],
  ['Mon – Thu', ['mon', 'tue', 'wed', 'thu']],
  ['Monday to Friday', work],
  ['fri to mon', ['mon', 'fri', 'sat', 'sun']],
  ['Mondays and Thursdays', ['mon', 'thu']],
  ['Thursdays and Mondays', ['mon', 'thu']],
  ['mon, wed and fri', ['mon', 'wed', 'fri']],
  ['mon,wed', ['mon', 'wed']],
  ['mon wed fri', ['mon', 'wed', 'fri']],
  ['every Monday', ['mon']],
  ['weekdays except Friday', ['mon', 'tue', 'wed', 'thu']],
  ['weekdays and Saturday', [...work, 'sat']],
  ['every other day', undefined],
  ['weekdays except weekdays', undefined],
  ['Mondays and holidays', undefined],
  ['mon-', undefined],
  ['s', undefined],
  ['', undefined],
])('“%s” are the days %s', (words, days) => expect(readWeekdays(words)).toEqual(days))

test.each<[words: string, name: string | undefined]>([
  ['Berlin', 'Europe/Berlin'],
  ['Berlin time', 'Europe/Berlin'],
  ['New York', 'America/New_York'],
  ['new york time zone', 'America/New_York'],
  ['São Paulo', 'America/Sao_Paulo'],
  ['Bengaluru', 'Asia/Kolkata'],
  ['europe/berlin', 'Europe/Berlin'],
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['australia/lord_howe', 'Australia/Lord_Howe'],
  ['America/Port of Spain', 'America/Port_of_Spain'],
  ['UTC', 'UTC'],
  ['my time', 'own'],
  ['my time zone', 'own'],
  ['Mars/Olympus', undefined],
  ['EST', undefined],
  ['time', undefined],
  ['', undefined],
])('“%s” is the zone %s', (words, name) => expect(readZone(words)).toBe(name))

/** A Saturday, 09:30 in Berlin. */
const spoken = { now: '2026-11-21T08:30:00.000Z', zone: 'Europe/Berlin' }
test.each<[words: string, at: string | undefined]>([
  ['now', '2026-11-21T08:30:00.000Z'],
  ['tomorrow', '2026-11-22T08:30:00.000Z'],
  ['tomorrow at 9', '2026-11-22T08:00:00.000Z'],
  ['at 9 tomorrow', '2026-11-22T08:00:00.000Z'],
  ['tomorrow half past nine', '2026-11-22T08:30:00.000Z'],
  ['yesterday at noon', '2026-11-20T11:00:00.000Z'],
  ['today at 6 pm', '2026-11-21T17:00:00.000Z'],
  ['noon', '2026-11-21T11:00:00.000Z'],
  ['at 9', '2026-11-21T08:00:00.000Z'],
  ['17:15', '2026-11-21T16:15:00.000Z'],
  ['on Friday at 8', '2026-11-27T07:00:00.000Z'],
  ['Saturday', '2026-11-28T08:30:00.000Z'],
  ['last Tuesday at 3 pm', '2026-11-17T14:00:00.000Z'],
  ['the day after tomorrow', '2026-11-23T08:30:00.000Z'],
  ['in 2 hours', '2026-11-21T10:30:00.000Z'],
  ['in an hour', '2026-11-21T09:30:00.000Z'],
  ['3 days ago', '2026-11-18T08:30:00.000Z'],
  ['2026-11-21T08:00Z', '2026-11-21T08:00:00.000Z'],
  ['2026-11-21', '2026-11-20T23:00:00.000Z'],
  ['2026-11-24 17:00', '2026-11-24T16:00:00.000Z'],
  ['2026-11-24T17:00', '2026-11-24T16:00:00.000Z'],
  ['tomorrow 9', '2026-11-22T08:00:00.000Z'],
  ['24 November 17:00', '2026-11-24T16:00:00.000Z'],
  ['November 24th, 5 pm', '2026-11-24T16:00:00.000Z'],
  ['24.11. 17:00', '2026-11-24T16:00:00.000Z'],
  ['3 January 8:00', '2027-01-03T07:00:00.000Z'],
  ['29 February 2027', undefined],
  ['31 February', undefined],
  ['2026-02-31', undefined],
  ['2026-02-31T08:00Z', undefined],
  ['2026-11-24 25:00', undefined],
  ['in half an hour', '2026-11-21T09:00:00.000Z'],
  ['two hours ago', '2026-11-21T06:30:00.000Z'],
  ['in 99999999 years', undefined],
  ['9', undefined],
  ['tomorrow at 25:00', undefined],
  ['tomorrow tomorrow', undefined],
  ['in hours', undefined],
  ['last', undefined],
  ['teatime', undefined],
  ['', undefined],
])('“%s” is the moment %s', (words, at) => expect(readMoment(words, spoken)).toBe(at))

test.each<[words: string, number: number | undefined]>([
  ['5', 5],
  ['1,000', 1000],
  ['-1', -1],
  ['minus one', -1],
  ['2.5', 2.5],
  ['80%', 80],
  ['five', 5],
  ['Twenty', 20],
  ['twenty-five', 25],
  ['a dozen', 12],
  ['half a dozen', 6],
  ['two dozen', 24],
  ['a hundred', 100],
  ['lots', undefined],
  ['five six', undefined],
  ['0x10', undefined],
  ['Infinity', undefined],
  ['', undefined],
])('“%s” is the number %s', (words, value) => expect(readNumber(words)).toBe(value))

test.each<[words: string, minutes: number | undefined]>([
  ['30 min', 30],
  ['30min', 30],
  ['an hour', 60],
  ['hour', 60],
  ['half an hour', 30],
  ['an hour and a half', 90],
  ['two hours', 120],
  ['1 h 30', 90],
  ['1 hour and 30 minutes', 90],
  ['1.5 hours', 90],
  ['a day', 1_440],
  ['a week', 10_080],
  ['3 years', 1_576_800],
  ['-5 minutes', -5],
  ['hours', undefined],
  ['a while', undefined],
  ['30', undefined],
  ['', undefined],
])('“%s” is a length of %s minutes', (words, minutes) => expect(readDuration(words)).toBe(minutes))

test('a day is as long as its clocks make it: tomorrow at 9 over a change is at 9', () => {
  expect(readMoment('tomorrow at 9', { now: '2026-10-24T08:30:00.000Z', zone: 'Europe/Berlin' })).toBe(
    '2026-10-25T08:00:00.000Z',
  )
})

test('what is read is a value of its argument, and whatever is said fails nothing', () => {
  const args = [
    time('when'),
    duration('how long', { min: 0, max: Number.MAX_SAFE_INTEGER }),
    timeOfDay('when'),
    weekdays('on which days'),
    zone('where'),
    optional(zone('where')),
  ]
  fc.assert(
    fc.property(fc.constantFrom(...args), fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), (arg, words) => {
      const value = readValue(arg, words, spoken)
      if (value !== undefined) expect(faultOf(arg, value)).toBeUndefined()
    }),
  )
})

test.each([
  [number('how many', { min: 0, max: 1000 }), 5000, 'how many must be a whole number from 0 to 1,000, not 5,000'],
  [number('how many', { min: 0, max: 1000 }), 2.5, 'how many must be a whole number from 0 to 1,000, not 2.5'],
  [duration('how long', { min: 5, max: 10_080 }), 1_576_800, 'how long must be from 5 min to 7 days, not 1,095 days'],
  [
    duration('how long', { min: 5, max: 10_080 }),
    'ever',
    'ever is no length of time: say 30 min, 2 hours or 1 day, from 5 min to 7 days',
  ],
  [
    time('when'),
    '31 February',
    '31 February is no moment: say tomorrow 9:00, in 2 hours, Friday 17:00 or 24 November 8:30',
  ],
  [timeOfDay('when'), '25:00', '25:00 is no time of day: say 8:30 or 17:15'],
  [timeOfDay('when'), 8, '8 is no time of day: say 8:30 or 17:15'],
  [weekdays('days'), [], 'no day is chosen: say weekdays, every day or Mon-Thu'],
  [weekdays('days'), ['mon', 'pizza'], 'pizza is no weekday: they are mon, tue, wed, thu, fri, sat, sun'],
  [weekdays('days'), 'every other day', 'every other day is no set of weekdays: say weekdays, every day or Mon-Thu'],
  [
    zone('zone'),
    'Mars/Olympus',
    'Mars/Olympus is no time zone: say a city such as Berlin or an IANA name such as Europe/Berlin',
  ],
  [zone('zone'), 'EST', 'EST is no time zone: say a city such as Berlin or an IANA name such as Europe/Berlin'],
])('%o: %j is refused in words', (arg, given, fault) => expect(faultOf(arg, given)).toBe(fault))
