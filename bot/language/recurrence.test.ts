import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { weekdays } from '../../skills/kit/zoned-time.js'
import { readRecurrence, type Pattern } from './read-recurrence.js'
import { sayRecurrence } from './testing/say-recurrence.js'

const home = 'Europe/London'

describe('what comes again and again:', () => {
  test.each<[words: string, says: string]>([
    ['weekdays at 8:30 Berlin', 'on weekdays at 08:30, Berlin time'],
    ['every weekday at half past eight', 'on weekdays at 08:30'],
    ['every other Monday at 9', 'every other week on Mondays at 09:00'],
    ['every second tuesday 9am', 'every other week on Tuesdays at 09:00'],
    ['every 3 weeks on Friday at 16:00', 'every 3 weeks on Fridays at 16:00'],
    ['fortnightly on Wednesday', 'every other week on Wednesdays'],
    ['first of the month', 'on the 1st of the month'],
    ['the 15th of every month at noon', 'on the 15th of the month at 12:00'],
    ['monthly on the 3rd at 7:00 UTC', 'on the 3rd of the month at 07:00, UTC'],
    ['last day of the month at 18:00', 'on the last day of the month at 18:00'],
    ['first Monday of the month at 9', 'on the first Monday of the month at 09:00'],
    ['at 9 on the last friday of every month', 'on the last Friday of the month at 09:00'],
    ['every day at 7am New York time', 'every day at 07:00, New York time'],
    ['daily at 6', 'every day at 06:00'],
    ['every evening at 7', 'every day at 19:00'],
    ['Mondays and Thursdays 7:45', 'on Mondays and Thursdays at 07:45'],
    ['8:30 mon-thu', 'on Mondays, Tuesdays, Wednesdays and Thursdays at 08:30'],
    ['weekly on friday at 3pm', 'on Fridays at 15:00'],
    ['every 2 hours', 'every 2 hours'],
    ['hourly', 'every hour'],
    ['every 30 minutes', 'every 30 minutes'],
    ['evry mondya at 9', ''],
    ['weekdyas at 9', 'on weekdays at 09:00'],
  ])('%s', (words, says) => {
    const read = readRecurrence(words, home)
    expect(read ? sayRecurrence(read, home) : '').toBe(says)
  })

  test.each([
    '',
    'monday and a half',
    'every',
    'tomorrow at 9',
    'every elephant',
    'the 32nd of the month',
    'every minute',
    'at 9',
    'Berlin',
    'every 0 weeks on monday',
    'fifth monday of the month',
    'weekdays at 25:00',
    'every monday at 9 and 10',
  ])('“%s” is none', (words) => expect(readRecurrence(words, home)).toBeUndefined())
})

test('what is said of a recurrence reads back as it', () => {
  const days = fc.subarray([...weekdays], { minLength: 1 })
  const pattern: fc.Arbitrary<Pattern> = fc.oneof(
    fc.record({ every: fc.constant('week' as const), weeks: fc.integer({ min: 1, max: 8 }), days }),
    fc.record({
      every: fc.constant('month' as const),
      day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1)),
    }),
    fc.record({
      every: fc.constant('month' as const),
      nth: fc.constantFrom(1, 2, 3, 4, -1),
      weekday: fc.constantFrom(...weekdays),
    }),
  )
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
  const zone = fc.constantFrom(
    home,
    'Europe/Berlin',
    'America/New_York',
    'UTC',
    'Asia/Kolkata',
    'America/Argentina/Buenos_Aires',
  )
  fc.assert(
    fc.property(pattern, time, zone, (one, at, there) => {
      const recurrence = { pattern: one, time: at, zone: there }
      expect(readRecurrence(sayRecurrence(recurrence, home), home)).toEqual(recurrence)
    }),
    { numRuns: 500 },
  )
})

test('every so many minutes reads back as it', () => {
  for (let minutes = 5; minutes <= 1_440; minutes += 5) {
    const recurrence = { pattern: { every: 'minutes' as const, minutes }, zone: home }
    expect(readRecurrence(sayRecurrence(recurrence, home), home)).toEqual(recurrence)
  }
})
