import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Duty, Layer, Rotation } from './rotation.js'
import { joinDuties, layOver, shiftsOf } from './shifts-of.js'
import { weekdays } from './zoned-time.js'

const minute = 60_000
const iso = (at: number) => new Date(at).toISOString()

/** A clock on the wall of a zone, read straight from the platform: minutes since 1970 as it shows them. */
function wallClock(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    hourCycle: 'h23',
  })
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute']) / minute
  }
}

/**
 * The naive reference: somebody who watches the clock minute by minute. A time has come when the clock has shown it or more: so it comes once
 * where clocks are set back over it, and at once where they are set forward over it.
 */
function watch(
  { zone, layers }: Rotation,
  overrides: readonly Duty[],
  from: number,
  to: number,
): (string | undefined)[] {
  const shows = wallClock(zone)
  const seen: (string | undefined)[] = []
  let reached = -Infinity
  for (let at = from - 3 * 60 * minute; at < to; at += minute) {
    reached = Math.max(reached, shows(at))
    if (at < from) continue
    const layered = layers.map((layer) => onLayer(layer, reached)).findLast((person) => person !== undefined)
    const over = overrides.findLast((one) => one.from <= iso(at) && iso(at) < one.to)
    seen.push(over?.person ?? layered)
  }
  return seen
}

function onLayer({ people, turn, start, handOver, hours }: Layer, reached: number): string | undefined {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const first = Date.parse(start) / minute + minutes(handOver)
  if (reached < first) return undefined
  const today = Math.floor(reached / 1440)
  const open = hours.some(({ days, from, to }) =>
    [today - 1, today].some((day) => {
      const opens = day * 1440 + minutes(from)
      const closes = day * 1440 + minutes(to) + (to <= from ? 1440 : 0)
      return days.includes(weekdays[(((day + 3) % 7) + 7) % 7]!) && opens <= reached && reached < closes
    }),
  )
  return hours.length && !open ? undefined : people[Math.floor((reached - first) / turn) % people.length]
}

/** Clock changes of several kinds: an hour at night, half an hour, over midnight, in the south, none at all. */
const changes = [
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Sydney', '2026-10-03T16:00Z'],
  ['America/Havana', '2026-11-01T05:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00Z'],
  ['Asia/Kolkata', '2026-06-01T00:00Z'],
] as const

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 45))
  .map(([hour, past]) => `${String(hour).padStart(2, '0')}:${String(past).padStart(2, '0')}`)
const hours = fc.record({ days: fc.subarray([...weekdays], { minLength: 1 }), from: time, to: time })
const layer = fc.record({
  name: fc.constant('layer'),
  people: fc.array(fc.constantFrom('ann', 'bob', 'cy'), { minLength: 1, maxLength: 4 }),
  turn: fc.constantFrom(60, 90, 480, 720, 1440, 2 * 1440, 7 * 1440, 11 * 60),
  start: fc.constantFrom('2026-01-05', '2026-03-28', '2026-10-24', '2026-10-31', '2026-11-02'),
  handOver: time,
  hours: fc.array(hours, { maxLength: 2 }),
})
const stage = fc.constantFrom(...changes).chain(([zone, change]) => {
  const near = fc.integer({ min: -2000, max: 2000 }).map((minutes) => Date.parse(change) + minutes * minute)
  const over = fc
    .tuple(fc.constantFrom('ann', 'dan'), near, fc.integer({ min: 1, max: 900 }))
    .map(([person, from, long]) => ({ person, from: iso(from), to: iso(from + long * minute) }))
  return fc.record({
    rotation: fc.record({ zone: fc.constant(zone), layers: fc.array(layer, { maxLength: 3 }) }),
    overrides: fc.array(over, { maxLength: 3 }),
    from: near,
    long: fc.integer({ min: 1, max: 2500 }),
  })
})

test('shifts are what somebody sees who watches the clock minute by minute, over clock changes of many kinds', () => {
  let [somebody, nobody] = [0, 0]
  fc.assert(
    fc.property(stage, ({ rotation, overrides, from, long }) => {
      const to = from + long * minute
      const seen = watch(rotation, overrides, from, to)
      const shifts = shiftsOf(rotation, overrides, iso(from), iso(to))
      const said = seen.map(
        (_, index) =>
          shifts.find((one) => one.from <= iso(from + index * minute) && iso(from + index * minute) < one.to)?.person,
      )
      expect(said).toEqual(seen)
      for (const person of seen)
        if (person === undefined) nobody++
        else somebody++
    }),
    { numRuns: 120 },
  )
  // Neither answer may be a rarity, or the comparison would show little.
  expect(Math.min(somebody, nobody) / (somebody + nobody)).toBeGreaterThan(0.1)
})

test('shifts are in order, apart from each other, and cut to the range', () => {
  fc.assert(
    fc.property(stage, ({ rotation, overrides, from, long }) => {
      const to = iso(from + long * minute)
      const shifts = shiftsOf(rotation, overrides, iso(from), to)
      expect(joinDuties(shifts)).toEqual(shifts)
      for (const [index, one] of shifts.entries()) {
        expect(one.from < one.to && one.from >= iso(from) && one.to <= to).toBe(true)
        expect(shifts[index + 1]?.from ?? to >= one.to).toBeTruthy()
      }
    }),
    { numRuns: 150 },
  )
})

test('laying an override over others gives the same shifts, and no two for the same time', () => {
  const empty = { zone: 'UTC', layers: [] }
  fc.assert(
    fc.property(stage, ({ overrides, from, long }) => {
      const numbered = overrides.map((one, index) => ({ ...one, id: `${index}` }))
      const laid = numbered.reduce(layOver, [])
      const to = iso(from + long * minute)
      expect(shiftsOf(empty, laid, iso(from), to)).toEqual(shiftsOf(empty, overrides, iso(from), to))
      expect(new Set(laid.map(({ id }) => id)).size).toBe(laid.length)
      const ordered = [...laid].sort((a, b) => (a.from < b.from ? -1 : 1))
      ordered.forEach((one, index) => expect(one.to <= (ordered[index + 1]?.from ?? one.to)).toBe(true))
    }),
  )
})

const weekly = (hoursOf: Layer['hours'] = []): Rotation => ({
  zone: 'Europe/Berlin',
  layers: [
    {
      name: 'primary',
      people: ['dana', 'lee'],
      turn: 7 * 1440,
      start: '2026-10-19',
      handOver: '08:00',
      hours: hoursOf,
    },
  ],
})

test('a weekly hand-over stays at its time of day when the clocks are set back', () => {
  expect(shiftsOf(weekly(), [], '2026-10-19T06:00:00.000Z', '2026-11-02T07:00:00.000Z')).toEqual([
    { person: 'dana', from: '2026-10-19T06:00:00.000Z', to: '2026-10-26T07:00:00.000Z' },
    { person: 'lee', from: '2026-10-26T07:00:00.000Z', to: '2026-11-02T07:00:00.000Z' },
  ])
})

test('nobody is on call before the first hand-over, nor outside the hours', () => {
  expect(shiftsOf(weekly(), [], '2026-10-01T00:00:00.000Z', '2026-10-19T06:00:00.000Z')).toEqual([])
  const office = weekly([{ days: ['mon', 'tue'], from: '09:00', to: '17:00' }])
  expect(shiftsOf(office, [], '2026-10-26T00:00:00.000Z', '2026-10-29T00:00:00.000Z')).toEqual([
    { person: 'lee', from: '2026-10-26T08:00:00.000Z', to: '2026-10-26T16:00:00.000Z' },
    { person: 'lee', from: '2026-10-27T08:00:00.000Z', to: '2026-10-27T16:00:00.000Z' },
  ])
})

test('hours at night belong to the day on which they begin', () => {
  const night = weekly([{ days: ['sun'], from: '22:00', to: '06:00' }])
  expect(shiftsOf(night, [], '2026-10-24T00:00:00.000Z', '2026-10-27T00:00:00.000Z')).toEqual([
    { person: 'dana', from: '2026-10-25T21:00:00.000Z', to: '2026-10-26T05:00:00.000Z' },
  ])
})
