import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { nextOccurrences, type Recurrence } from './recurrence.js'
import { addDays, isZone, momentOf, weekdayOf, weekdays, zoneTitle, type Weekday } from './zoned-time.js'

const minute = 60_000
const clocks = new Map<string, Intl.DateTimeFormat>()

/** What a clock on the wall shows, by Intl alone: `2026-11-21 08:30`. */
function wall(zone: string, at: number): string {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' })
  clocks.set(zone, clock)
  return clock.format(at)
}

/** The same, minute by minute, as somebody would do it who watches a clock: the first minute of a day that is not before the time. */
function watched({ zone, time, days }: Recurrence, from: number, to: number): { day: string; at: string }[] {
  const found = new Map<string, string>()
  let yesterday: string | undefined
  const seen = new Set<string>()
  for (let at = from; at < to; at += minute) {
    const [day, shown] = wall(zone, at).split(' ') as [string, string]
    // A day that ended before its time came: clocks were set forward over the time and midnight.
    if (yesterday !== undefined && day > yesterday && !found.has(yesterday) && seen.has(yesterday))
      found.set(yesterday, new Date(at).toISOString())
    if (shown >= time && !found.has(day)) found.set(day, new Date(at).toISOString())
    seen.add(day)
    if (yesterday === undefined || day > yesterday) yesterday = day
  }
  // The first and the last day were not watched whole.
  const whole = [...seen].sort().slice(1, -1)
  return whole.filter((day) => days.includes(weekdayOf(day))).map((day) => ({ day, at: found.get(day)! }))
}

/** Zones, and the days around which their clocks are set. */
const changes: [zone: string, around: string][] = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['Europe/London', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['America/St_Johns', '2010-11-07'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/Sao_Paulo', '2018-02-18'],
  ['America/Scoresbysund', '2024-03-31'],
  ['America/Nuuk', '2024-03-30'],
  ['America/Havana', '2026-11-01'],
  ['Asia/Kolkata', '2026-06-01'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['Asia/Beirut', '2026-03-29'],
  ['Asia/Pyongyang', '2015-08-15'],
  ['Asia/Tehran', '2021-03-22'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Africa/Cairo', '2026-04-24'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Eucla', '2026-06-01'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Kiritimati', '1994-12-31'],
  ['Pacific/Chatham', '2026-09-27'],
  ['Pacific/Niue', '2026-06-01'],
  ['UTC', '2026-02-28'],
]

const timeOfDay = fc.nat(1439).map((minutes) => {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
})
/** Hours in which clocks are set come as often as all the rest. */
const anyTime = fc.oneof(
  timeOfDay,
  fc.constantFrom('00:00', '00:01', '00:30', '01:45', '02:00', '02:15', '02:30', '23:30', '23:45'),
)
const someDays = fc.oneof(fc.constant([...weekdays]), fc.subarray([...weekdays], { minLength: 1 })) as fc.Arbitrary<
  Weekday[]
>

test.each(changes)('%s around %s: as somebody sees it who watches the clock', (zone, around) => {
  const from = Date.parse(addDays(around, -3))
  const to = Date.parse(addDays(around, 4))
  fc.assert(
    fc.property(anyTime, someDays, (time, days) => {
      const recurrence = { zone, time, days }
      const expected = watched(recurrence, from, to)
      const all = nextOccurrences(recurrence, 12, new Date(from).toISOString())
      const within = all.filter(({ day }) => expected.some((one) => one.day === day))
      expect(within).toEqual(expected)
      // In order, each of another day, and the same whichever of them is asked after.
      for (const [index, { at, day }] of all.entries()) {
        if (index) expect(at > all[index - 1]!.at && day > all[index - 1]!.day).toBe(true)
        if (index < 10) expect(nextOccurrences(recurrence, 1, at, day)).toEqual([all[index + 1]])
      }
    }),
    { numRuns: 12 },
  )
})

test.each<[what: string, zone: string, day: string, time: string, at: string | undefined]>([
  ['an ordinary morning', 'Europe/Berlin', '2026-11-21', '08:30', '2026-11-21T07:30:00.000Z'],
  ['a time that does not come', 'Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:00:00.000Z'],
  ['a time that comes twice', 'Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ['half an hour that does not come', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30:00.000Z'],
  ['half an hour that comes twice', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
  ['three quarters of an hour off', 'Asia/Kathmandu', '2026-11-21', '08:30', '2026-11-21T02:45:00.000Z'],
  ['east of the date line', 'Pacific/Kiritimati', '2026-11-21', '08:30', '2026-11-20T18:30:00.000Z'],
  ['west of the date line', 'Pacific/Niue', '2026-11-21', '08:30', '2026-11-21T19:30:00.000Z'],
  ['a day that Samoa skipped', 'Pacific/Apia', '2011-12-30', '08:30', undefined],
  ['the day after it', 'Pacific/Apia', '2011-12-31', '08:30', '2011-12-30T18:30:00.000Z'],
  ['a midnight that does not come', 'Asia/Beirut', '2026-03-29', '00:00', '2026-03-28T22:00:00.000Z'],
])('%s', (_what, zone, day, time, at) => {
  expect(momentOf(zone, day, time)).toBe(at)
})

test('no day has had its turn twice: a day is left out together with all before it', () => {
  const berlin = { zone: 'Europe/Berlin', time: '08:30', days: weekdays }
  expect(nextOccurrences(berlin, 1, '2026-11-21T06:00:00.000Z', '2026-11-21')).toEqual([
    { day: '2026-11-22', at: '2026-11-22T07:30:00.000Z' },
  ])
  expect(nextOccurrences({ ...berlin, days: [] }, 3, '2026-11-21T06:00:00.000Z')).toEqual([])
  expect(nextOccurrences({ ...berlin, days: ['fri'], zone: 'Pacific/Apia' }, 1, '2011-12-28T00:00:00.000Z')).toEqual([
    { day: '2012-01-06', at: '2012-01-05T18:30:00.000Z' },
  ])
})

test('zones are known or not, and have a name for people', () => {
  expect(['Europe/Berlin', 'Asia/Kolkata', 'UTC'].map(isZone)).toEqual([true, true, true])
  expect(['Mars/Olympus', '', '25:00', 'Europe/Berlin; drop'].map(isZone)).toEqual([false, false, false, false])
  expect(['America/New_York', 'UTC', 'Etc/UTC', 'America/Argentina/Buenos_Aires'].map(zoneTitle)).toEqual([
    'New York time',
    'UTC',
    'UTC',
    'Buenos Aires time',
  ])
})
