import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { faultOf, optional, time, timeOfDay, weekdays, zone } from '../../skills/kit/arguments.js'
import { readMoment } from './read-moment.js'
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
  ['2026-11-21', '2026-11-21T00:00:00.000Z'],
  ['9', undefined],
  ['tomorrow at 25:00', undefined],
  ['tomorrow tomorrow', undefined],
  ['in hours', undefined],
  ['last', undefined],
  ['teatime', undefined],
  ['', undefined],
])('“%s” is the moment %s', (words, at) => expect(readMoment(words, spoken)).toBe(at))

test('a day is as long as its clocks make it: tomorrow at 9 over a change is at 9', () => {
  expect(readMoment('tomorrow at 9', { now: '2026-10-24T08:30:00.000Z', zone: 'Europe/Berlin' })).toBe(
    '2026-10-25T08:00:00.000Z',
  )
})

test('what is read is a value of its argument, and whatever is said fails nothing', () => {
  const args = [time('when'), timeOfDay('when'), weekdays('on which days'), zone('where'), optional(zone('where'))]
  fc.assert(
    fc.property(fc.constantFrom(...args), fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), (arg, words) => {
      const value = readValue(arg, words, spoken)
      if (value !== undefined) expect(faultOf(arg, value)).toBeUndefined()
    }),
  )
})

test.each([
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
