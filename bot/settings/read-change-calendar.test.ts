import { expect, test } from '@jest/globals'
import { calendarDecisions } from '../hub/change/change-calendar.js'
import { changeCalendarOf, readChangeCalendar } from './read-change-calendar.js'

const target = { kind: 'Resource', id: 'site' } as const
const ask = (text: string, environment = 'production') =>
  calendarDecisions(readChangeCalendar(text).calendar, {
    command: 'action.web-app.restart',
    plan: { environment, risk: 'low', target },
    ...{ services: [], groups: [], incidents: [], at: '2026-11-25T12:00:00.000Z' },
  })

test.each<[text: string, mistake: string, isStagingClosed: boolean]>([
  ["hours:\n  - { from: '08:00', to: '25:00' }\n", 'line 2: hours.0.to: no time of day', false],
  ["hours:\n  - { from: '08:00', to: '09:00', days: [mo] }\n", 'line 2: hours.0.days', false],
  [
    "hours:\n  - { from: '08:00', to: '09:00', zone: Europe/Berlln }\n",
    'line 2: hours.0.zone: no such time zone',
    false,
  ],
  ['freezes:\n  - { name: a, months: nov, days: 30-22 }\n', 'line 2: freezes.0.days: no days of a month', false],
  ['freezes:\n  - { name: a, months: nov, days: 22 - 30 }\n', 'line 2: freezes.0.days', false],
  ['freezes:\n  - name: a\n    from: 2026-12-24\n', 'line 2: freezes.0.to', false],
  [
    'freezes:\n  - name: a\n    from: 2026-12-24\n    to: 2026-12-01\n',
    'line 4: freezes.0.to: it ends before it begins',
    false,
  ],
  [
    'freezes:\n  - { name: a, from: 2026-02-30, to: 2026-03-01 }\n',
    'line 2: freezes.0.from: 2026-02-30 is no day',
    false,
  ],
  [
    'freezes:\n  - { name: a, from: 2026-12-24, to: 2026-12-25, environmnt: dev }\n',
    'line 2: freezes.0: Unrecognized key',
    false,
  ],
  ['freezes:\n  - { name: a, environment: staging, months: novem }\n', 'line 2: freezes.0.months', true],
  ['freezes:\n  - { environment: 7 }\n', 'line 2: freezes.0', true],
  ['freezes:\n  - nothing\n', 'line 2: freezes.0', true],
  ['freeze: []\n', 'line 1: Unrecognized key', true],
  ['zone: Mars\n', 'line 1: zone: no such time zone', true],
  ['breakGlass: { incidents: [sev9] }\n', 'line 1: breakGlass.incidents', true],
  ['hours: [\n', 'line ', true],
  ['- a\n', 'policies/hours.yaml, line 1', true],
])('a mistake is named with its line, and nothing is less guarded for it: %j', (text, mistake, isStagingClosed) => {
  const { mistakes } = readChangeCalendar(text)
  expect(mistakes.join('\n')).toContain(mistake)
  const closed = isStagingClosed ? ask(text, 'staging') : ask(text)
  expect(closed).toEqual([
    { allowed: false, reason: expect.stringContaining(mistakes[0]!), wayOn: expect.stringContaining('mend') },
  ])
})

test('one broken entry closes what it was for, and the others hold', () => {
  const text = `freezes:
  - { name: broken, environment: staging, months: novem }
  - { name: whole, environment: dev, from: 2026-11-25, to: 2026-11-25 }
`
  expect(ask(text)).toEqual([])
  expect(ask(text, 'staging')).toHaveLength(1)
  expect(ask(text, 'dev')[0]!.reason).toMatch(/^Frozen until Thursday 26 November 00:00 UTC: whole\.$/)
})

test.each([[''], ['# nothing yet\n'], ['hours: []\nfreezes: []\n']])(
  'a file that says nothing forbids nothing: %j',
  (text) => {
    expect(readChangeCalendar(text).mistakes).toEqual([])
    expect(ask(text)).toEqual([])
  },
)

test('settings that do not answer leave the last calendar in force, and before the first nothing may change', async () => {
  let text: string | undefined | Error = new Error('down')
  const reported: (readonly string[])[] = []
  const read = async () => {
    if (text instanceof Error) throw text
    return text
  }
  const calendar = changeCalendarOf({ read }, (mistakes) => reported.push(mistakes))
  expect((await calendar()).freezes).toHaveLength(1)
  text = 'freezes: [{ name: a, months: nov }]'
  expect((await calendar()).freezes[0]?.name).toBe('a')
  text = new Error('down')
  expect((await calendar()).freezes[0]?.name).toBe('a')
  text = 'freezes: 3'
  await calendar()
  await calendar()
  expect(reported).toHaveLength(1)
  text = undefined
  expect(await calendar()).toEqual({ hours: [], freezes: [] })
})
