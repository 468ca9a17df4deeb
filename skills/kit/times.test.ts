import { expect, test } from '@jest/globals'
import { ago, ahead, clockTime, duration, isZone } from './times.js'

const minutes = (n: number) => n * 60_000

test.each([
  [30_000, 'less than a minute'],
  [minutes(4), '4 min'],
  [minutes(346), '5 h 46'],
  [minutes(61), '1 h 01'],
  [minutes(120), '2 h'],
  [minutes(30 * 60 + 5), '30 h'],
  [minutes(12 * 24 * 60), '12 days'],
])('%d ms is said as %s', (ms, said) => expect(duration(ms)).toBe(said))

test("moments are said on the reader's own clock, with the day where it is another", () => {
  const now = '2026-11-21T02:14:00.000Z'
  expect(clockTime('2026-11-21T07:00:00.000Z', now, 'Europe/Berlin')).toBe('08:00')
  expect(clockTime('2026-11-21T07:00:00.000Z', now, 'America/Los_Angeles')).toBe('23:00')
  expect(clockTime('2026-11-23T07:00:00.000Z', now, 'Europe/Berlin')).toBe('Mon 08:00')
  expect(clockTime('2026-12-04T07:00:00.000Z', now, 'Asia/Kolkata')).toBe('Fri 4 Dec 12:30')
  expect(ahead('2026-11-21T08:00:00.000Z', now)).toBe('in 5 h 46')
  expect(ago('2026-11-21T02:13:30.000Z', now)).toBe('just now')
  expect([isZone('Europe/Berlin'), isZone('Mars/Olympus')]).toEqual([true, false])
})
