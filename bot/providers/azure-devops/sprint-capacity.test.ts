import { expect, test } from '@jest/globals'
import { hoursOf } from './sprint-capacity.js'

const at = (day: string) => Date.parse(`2026-11-${day}T00:00:00Z`)
/** Monday to Friday of the next week. */
const sprint = { start: at('16'), finish: at('27') }
const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
const range = (from: string, to = from) => ({ start: at(from), finish: at(to) })

test.each([
  ['ten working days', [], { hours: 6, away: [] }, 60],
  ['their own days away', [], { hours: 6, away: [range('18'), range('23', '24')] }, 42],
  ['a weekend away costs nothing', [], { hours: 6, away: [range('21', '22')] }, 60],
  ["the team's day off", [range('26')], { hours: 6, away: [] }, 54],
  ['both on one day count once', [range('26')], { hours: 6, away: [range('26')] }, 54],
  ['away for longer than the sprint', [], { hours: 6, away: [range('01', '30')] }, 0],
])('%s', (_what, team, planned, hours) => expect(hoursOf(sprint, week, team, [planned])).toEqual([hours]))

test('a sprint that ends before it begins has no hours, and one of centuries is counted no further than a year', () => {
  expect(hoursOf({ start: at('27'), finish: at('16') }, week, [], [{ hours: 6, away: [] }])).toEqual([0])
  const long = { start: at('16'), finish: at('16') + 1e13 }
  expect(hoursOf(long, week, [], [{ hours: 1, away: [] }])).toEqual([366])
})
