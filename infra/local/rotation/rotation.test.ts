import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { shiftsBetween, turnsBetween, type Rotation } from './rotation.js'
import { instantOf, isoIn, offsetAt, wallTimeOf } from './zoned-time.js'

const HOUR = 3_600_000
const at = (iso: string) => Date.parse(iso)
const rotation = (over: Partial<Rotation> = {}): Rotation => ({
  zone: 'Europe/Berlin',
  people: ['dana', 'lee', 'mei'],
  start: '2026-01-05T07:00:00Z',
  turn: { days: 7 },
  handover: '08:00',
  ...over,
})

describe('a rotation through clock changes', () => {
  test.each([
    // Zone, a week with the change to summer time, its hours; a week with the change back, its hours.
    ['Europe/Berlin', '2026-03-25T12:00:00Z', 167, '2026-10-22T12:00:00Z', 169],
    ['America/New_York', '2026-03-04T17:00:00Z', 167, '2026-10-29T17:00:00Z', 169],
    ['Australia/Lord_Howe', '2026-10-01T12:00:00Z', 167.5, '2026-04-02T12:00:00Z', 168.5],
    ['Asia/Kolkata', '2026-03-25T12:00:00Z', 168, '2026-10-22T12:00:00Z', 168],
  ])('%s: the hand-over stays at 08:00, the week is shorter or longer', (zone, spring, short, autumn, long) => {
    for (const [moment, hours] of [
      [spring, short],
      [autumn, long],
    ] as const) {
      const [turn] = turnsBetween(rotation({ zone }), at(moment), at(moment) + 1)
      expect((turn!.end - turn!.start) / HOUR).toBe(hours)
      expect(wallTimeOf(turn!.start, zone)).toMatchObject({ hour: 8, minute: 0 })
      expect(wallTimeOf(turn!.end, zone)).toMatchObject({ hour: 8, minute: 0 })
    }
  })

  test('a hand-over that the clock skips is an hour later, one that happens twice is the first', () => {
    const nightly = rotation({ handover: '02:30', turn: { days: 1 } })
    const skipped = turnsBetween(nightly, at('2026-03-29T06:00:00Z'), at('2026-03-29T06:00:01Z'))[0]!
    expect(isoIn(skipped.start, 'Europe/Berlin')).toBe('2026-03-29T03:30:00+02:00')
    const twice = turnsBetween(nightly, at('2026-10-25T06:00:00Z'), at('2026-10-25T06:00:01Z'))[0]!
    expect(isoIn(twice.start, 'Europe/Berlin')).toBe('2026-10-25T02:30:00+02:00')
  })

  test('turns follow each other without gap or overlap, in rotation order, wherever one looks', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'Africa/Cairo')
    const minutes = fc.integer({ min: 0, max: 1439 })
    const since = fc.integer({ min: at('2026-01-06T00:00:00Z'), max: at('2029-01-01T00:00:00Z') })
    fc.assert(
      fc.property(zones, minutes, fc.integer({ min: 1, max: 14 }), since, (zone, minute, days, from) => {
        const two = (n: number) => String(n).padStart(2, '0')
        const handover = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
        const own = rotation({ zone, handover, turn: { days }, start: '2025-12-01T12:00:00Z' })
        const turns = turnsBetween(own, from, from + 40 * 24 * HOUR)
        expect(turns[0]!.start).toBeLessThanOrEqual(from)
        expect(turns.at(-1)!.end).toBeGreaterThanOrEqual(from + 40 * 24 * HOUR)
        for (const [index, turn] of turns.slice(1).entries()) {
          expect(turn.start).toBe(turns[index]!.end)
          const next = (own.people.indexOf(turns[index]!.person) + 1) % own.people.length
          expect(turn.person).toBe(own.people[next])
        }
      }),
      { numRuns: 60 },
    )
  })

  test('nobody is on call before the first hand-over', () => {
    expect(turnsBetween(rotation(), at('2025-12-01T00:00:00Z'), at('2026-01-05T07:00:00Z'))).toEqual([])
    expect(turnsBetween(rotation(), at('2025-12-01T00:00:00Z'), at('2026-01-05T07:00:01Z'))).toHaveLength(1)
  })
})

describe('overrides', () => {
  const override = (id: string, person: string, start: string, end: string) => ({
    id,
    person,
    start: at(start),
    end: at(end),
  })

  test('cut the turn they lie in, and the later of two wins', () => {
    const overrides = [
      override('a', 'sam', '2026-01-07T00:00:00Z', '2026-01-09T00:00:00Z'),
      override('b', 'mei', '2026-01-08T00:00:00Z', '2026-01-08T12:00:00Z'),
    ]
    const shifts = shiftsBetween(rotation(), overrides, at('2026-01-05T07:00:00Z'), at('2026-01-12T07:00:00Z'))
    expect(shifts.map(({ person, start }) => `${person} ${isoIn(start, 'UTC')}`)).toEqual([
      'dana 2026-01-05T07:00:00Z',
      'sam 2026-01-07T00:00:00Z',
      'mei 2026-01-08T00:00:00Z',
      'sam 2026-01-08T12:00:00Z',
      'dana 2026-01-09T00:00:00Z',
    ])
  })

  test('covers time before the rotation begins', () => {
    const early = [override('a', 'sam', '2025-12-24T00:00:00Z', '2025-12-26T00:00:00Z')]
    const shifts = shiftsBetween(rotation(), early, at('2025-12-24T12:00:00Z'), at('2025-12-24T13:00:00Z'))
    expect(shifts).toEqual([{ ...early[0], id: undefined, override: 'a' }].map(({ id: _, ...shift }) => shift))
  })
})

describe('zoned time', () => {
  test('an instant and its wall time are inverse except in the repeated hour', () => {
    const zone = 'America/St_Johns'
    expect(offsetAt(at('2026-07-01T00:00:00Z'), zone)).toBe(-2.5 * HOUR)
    expect(instantOf({ year: 2026, month: 7, day: 1, hour: 0, minute: 0 }, zone)).toBe(at('2026-07-01T02:30:00Z'))
    expect(isoIn(at('2026-07-01T02:30:00Z'), zone)).toBe('2026-07-01T00:00:00-02:30')
  })

  test('Samoa left out a whole day', () => {
    const skipped = instantOf({ year: 2011, month: 12, day: 30, hour: 9, minute: 0 }, 'Pacific/Apia')
    expect(isoIn(skipped, 'Pacific/Apia')).toBe('2011-12-31T09:00:00+14:00')
  })
})
