import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pressable } from './actions.js'
import { minutesAgo, now } from './testing/samples/sample.js'
import { frameSamples } from './testing/samples/samples.js'
import { columnsOf } from './lines.js'
import { sparkline } from './sparkline.js'
import { renderText } from './text.js'

const sample = (name: string) => frameSamples.find((each) => each.name === name)!.data
const written = (name: string, width = 72) => renderText(sample(name), { now, zone: 'Europe/Berlin', width })

test('on call, as the terminal says it', () => {
  expect(written('facts')).toBe(
    `● On call · auth · until 09:00 (in 5 h 42)
Dana Ortiz carries the pager for auth-api.

Next   Lee Park from 09:00
Reach  Teams · +49 30 5550 117 · PagerDuty
Last   INC-118 “token cache full”, 6 days ago, 41 min
Team   Identity

[1] Page Dana   [2] Show schedule   [3] Show incidents of auth

PagerDuty · 2 min ago`,
  )
})

test('rows are numbered choices, ages stand at the right', () => {
  expect(written('rows', 60)).toBe(
    `▲ Incidents · Open in production · 3 open, 1 new

[1] ▲ Sev 1 INC-131 auth-api failing                   4 min
      Dana Ortiz · paged, not yet acknowledged
[2] ◐ Sev 2 INC-130 payments-db near its limit        3 h 38
      Sam Okafor · working on it
[3] ◐ Sev 3 INC-127 search answers slowly in North    2 days
      Europe
      nobody · snoozed until Friday

[4] Show only mine   [5] Show last 7 days
[6] Declare an incident…

PagerDuty · 1 min ago`,
  )
})

test('the buttons of a row are choices below it, and no third is offered', () => {
  expect(written('row-buttons', 60)).toContain(`Waiting for you
◐ Swap slots of orders                               PR-2041
  Asked by Lee Park, 16 h. About 5 s without answers.
  [1] Approve   [2] Open
◔ Review payments#482 “Retry budget”
  CI green
  [3] Open 482
✓ Restart web app checkout-web-stg
  Approved by you; it goes ahead.

Broken now
[4] ▲ payments-db near its limit
      [5] Acknowledge
└ ◐ orders
    [6] Acknowledge orders`)
})

test('a tree, and how many are not shown', () => {
  expect(written('tree', 60)).toContain(`Upwards
◐ payments                                 tier 1 · Payments
└ ● checkout                             tier 1 · Storefront
  └ ● web                                tier 1 · Storefront
  └ ● mobile-bff                             tier 2 · Mobile
    └ ○ mobile-app                           tier 2 · Mobile
└ ● refunds                                tier 2 · Payments
● ledger-export                              tier 3 · Ledger
[1] and 2 more`)
})

test('a table has columns where they fit, and blocks where they do not', () => {
  expect(written('table')).toContain(`Name                Kind          Region        State
checkout-web-prd    Web app       West Europe   running`)
  expect(written('table', 30)).toContain(`Name    checkout-web-prd
Kind    Web app`)
})

test('the first line alone says severity, what, state and since when', () => {
  expect(written('folds').split('\n')[0]).toBe('▲ Sev 1 · INC-131 · auth-api failing · open 4 min · 37 alerts')
})

test('without a zone, a time says that it is UTC', () => {
  const data = {
    state: 'good' as const,
    topic: 'T',
    title: 't',
    sentence: ['at ', { time: minutesAgo(1) }, ' and ', { time: '2026-12-01T10:00:00Z' }],
  }
  expect(renderText(data, { now }).split('\n')[1]).toBe('at 02:17 UTC and Tue 1 Dec, 10:00 UTC')
})

test('a day of another year says its year, in the reader’s zone', () => {
  const sentence = ['since ', { date: '2025-12-31T23:30:00Z' }, ' until ', { time: '2027-01-02T08:00:00Z' }]
  const data = { state: 'good' as const, topic: 'T', title: 't', sentence }
  const said = (zone: string) => renderText(data, { now: '2026-01-02T10:00:00Z', zone }).split('\n')[1]
  expect(said('Europe/London')).toBe('since Wed, 31 Dec 2025 until Sat, 2 Jan 2027, 08:00')
  expect(said('Europe/Berlin')).toBe('since Thu 1 Jan until Sat, 2 Jan 2027, 09:00')
})

test('colour is off unless asked for', () => {
  expect(written('folds')).not.toContain('\u001b')
  expect(renderText(sample('folds'), { now, colour: true })).toContain('\u001b[31m▲ Sev 1')
})

test.each(frameSamples.map(({ name }) => [name]))('%s keeps to the width and numbers every choice once', (name) => {
  for (const width of [32, 80]) {
    const text = written(name, width)
    for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width)
    expect(text).not.toContain('undefined')
  }
  const numbers = [...written(name).matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number))
  const expected = Array.from({ length: pressable(sample(name)).length }, (_, index) => index + 1)
  expect(numbers).toEqual(expected)
})

test('no string reaches the terminal as a control sequence', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const data = {
        state: 'good' as const,
        topic: text,
        title: text,
        status: text,
        sentence: text,
        facts: [{ label: text, value: text }],
        sections: [{ kind: 'text' as const, title: text, text }],
      }
      expect(renderText(data, { now })).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/)
    }),
  )
})

test('a trend says its first and last value', () => {
  expect(sparkline([0.1, 0.1, 8, 38], '%')).toBe('▁▁▂▇ 0.1 → 38 %')
  expect(sparkline([5, 5], 'ms')).toBe('▁▁ 5 → 5 ms')
  expect(sparkline([Number.NaN], '%')).toBe('')
})
