import { expect, test } from '@jest/globals'
import { readChangeCalendar } from '../../settings/read-change-calendar.js'
import { calendarDecisions, type CalendarQuestion } from './change-calendar.js'

const question: CalendarQuestion = {
  command: 'action.web-app.restart',
  plan: { environment: 'production', risk: 'medium', team: 'web', target: { kind: 'Resource', id: 'site' } },
  services: ['shop'],
  groups: [],
  incidents: [],
  at: '2026-11-25T12:00:00.000Z',
}

/** What a calendar says, in words: "no: …" or "yes: …". */
function say(text: string, over: Partial<CalendarQuestion> = {}): string[] {
  const { calendar, mistakes } = readChangeCalendar(text)
  expect(mistakes).toEqual([])
  return calendarDecisions(calendar, { ...question, ...over }).map(
    ({ allowed, warns, reason, wayOn }) =>
      `${allowed ? (warns ? 'warns' : 'yes') : 'no'}: ${reason}${wayOn ? ` ${wayOn}` : ''}`,
  )
}

const hours = (over = '') => `zone: Europe/Berlin
hours:
  - { days: [mon, tue, wed, thu, fri], from: '08:00', to: '17:00'${over} }
`

test.each([
  ['2026-11-25T07:00:00.000Z', 'yes: Within the change hours, until Wednesday 25 November 17:00 Berlin time.'],
  [
    '2026-11-25T06:59:59.999Z',
    'no: Outside the change hours. They begin again on Wednesday 25 November 08:00 Berlin time.',
  ],
  [
    '2026-11-25T16:00:00.000Z',
    'no: Outside the change hours. They begin again on Thursday 26 November 08:00 Berlin time.',
  ],
  // Friday evening to Monday.
  [
    '2026-11-27T16:00:00.000Z',
    'no: Outside the change hours. They begin again on Monday 30 November 08:00 Berlin time.',
  ],
  // Berlin's clocks go forward on 29 March and back on 25 October 2026: 08:00 is another moment on the Monday after.
  ['2026-03-27T07:00:00.000Z', 'yes: Within the change hours, until Friday 27 March 17:00 Berlin time.'],
  ['2026-03-30T06:00:00.000Z', 'yes: Within the change hours, until Monday 30 March 17:00 Berlin time.'],
  [
    '2026-10-26T06:30:00.000Z',
    'no: Outside the change hours. They begin again on Monday 26 October 08:00 Berlin time.',
  ],
])('the hours are those of the zone’s clocks at %s', (at, said) => {
  expect(say(hours(), { at })).toEqual([said])
})

test('hours over midnight belong to the day they begin on, through the hour that comes twice and the one that never does', () => {
  const night = `hours: [{ days: sat, from: '22:00', to: '04:00', zone: Europe/Berlin }]`
  // The night to 25 October has seven hours, that to 29 March five.
  expect(say(night, { at: '2026-10-25T02:59:59.000Z' })[0]).toMatch(/^yes: .*Sunday 25 October 04:00/)
  expect(say(night, { at: '2026-10-25T03:00:00.000Z' })[0]).toMatch(/^no/)
  expect(say(night, { at: '2026-03-29T01:59:59.000Z' })[0]).toMatch(/^yes/)
  expect(say(night, { at: '2026-03-29T02:00:00.000Z' })[0]).toMatch(/^no/)
  expect(say(night, { at: '2026-10-24T19:59:59.000Z' })[0]).toMatch(/^no: .*Saturday 24 October 22:00/)
})

test.each<[name: string, over: Partial<CalendarQuestion>, isFor: boolean]>([
  ['another environment', { plan: { ...question.plan, environment: 'staging' } }, false],
  ['its environment by another name', { plan: { ...question.plan, environment: 'prd' } }, true],
  ['another team', { plan: { ...question.plan, team: 'identity' } }, false],
  ['another service', { services: ['auth'] }, false],
  ['another command', { command: 'action.vm.restart' }, false],
  ['another risk', { plan: { ...question.plan, risk: 'low' } }, false],
])('an entry is for what fits all of it: %s', (_, over, isFor) => {
  const text = hours(", team: web, services: shop, command: 'action.web-app.*', risk: [medium, high]")
  expect(say(text, over)).toHaveLength(isFor ? 1 : 0)
})

test('a target whose environment nobody knows may be in any', () => {
  const { environment: _unknown, ...plan } = question.plan
  expect(say(hours(), { plan })).toHaveLength(1)
})

const blackWeek = `zone: Europe/Berlin
freezes:
  - { name: Black Week, services: [shop], months: nov, days: 22-30, except: Change Advisory Board }
breakGlass: { incidents: [sev0, sev1], actions: [web-app.restart] }
`

test('a freeze of every year says its reason, its end, who may ask all the same and what lets it through', () => {
  const said =
    'no: Frozen until Tuesday 1 December 00:00 Berlin time: Black Week. Members of Change Advisory Board may ask all the same. An open incident of SEV 0 or 1 on it lets this go on.'
  expect(say(blackWeek)).toEqual([said])
  expect(say(blackWeek, { at: '2026-11-21T22:59:59.999Z' })).toEqual([])
  expect(say(blackWeek, { at: '2026-11-21T23:00:00.000Z' })).toEqual([said])
  expect(say(blackWeek, { at: '2026-11-30T23:00:00.000Z' })).toEqual([])
  expect(say(blackWeek, { groups: ['Change Advisory Board'] })).toEqual([
    'warns: Frozen until Tuesday 1 December 00:00 Berlin time: Black Week. Change Advisory Board may ask all the same.',
  ])
})

test.each<[name: string, over: Partial<CalendarQuestion>, said: RegExp]>([
  ['SEV 0', { incidents: [{ name: 'INC-7', severity: 0 }] }, /^warns: .*INC-7 \(SEV 0\) is open, so it may go on\.$/],
  ['SEV 2', { incidents: [{ name: 'INC-7', severity: 2 }] }, /^no: /],
  ['another action', { command: 'action.vm.stop', incidents: [{ name: 'INC-7', severity: 0 }] }, /^no: /],
])('a major incident lets listed actions through: %s', (_, over, said) => {
  expect(say(blackWeek, over)).toEqual([expect.stringMatching(said)])
})

test.each([
  ['{ name: x, from: 2026-11-24, to: 2026-11-25 }', 'Thursday 26 November 00:00 Berlin time'],
  ['{ name: x, from: 2026-11-24T18:00, to: 2026-11-30T08:00 }', 'Monday 30 November 08:00 Berlin time'],
  [
    '{ name: x, from: 2026-11-24, to: 2026-11-26, zone: Pacific/Kiritimati }',
    'Friday 27 November 00:00 Kiritimati time',
  ],
  ['{ name: x, months: [nov, dec] }', 'Friday 1 January 00:00 Berlin time'],
])('a freeze with its own end: %s', (entry, end) => {
  expect(say(`zone: Europe/Berlin\nfreezes:\n  - ${entry}\n`)).toEqual([`no: Frozen until ${end}: x.`])
})

test('freezes and hours speak each for themselves', () => {
  expect(
    say(`${hours()}freezes: [{ name: move, from: 2026-11-01, to: 2026-12-01 }]\n`, { at: '2026-11-25T20:00:00.000Z' }),
  ).toEqual([expect.stringMatching(/^no: Frozen .*: move\./), expect.stringMatching(/^no: Outside the change hours/)])
})
