import { expect, test } from '@jest/globals'
import { adviceOf, Quota } from './stay-within-quota.js'

const date = 'Fri, 20 Nov 2026 12:00:00 GMT'
const reset = String(Date.parse('2026-11-20T12:03:00Z') / 1000)

test.each([
  ['nothing is said', 200, {}, { wait: 0 }],
  ['a good answer asks to wait', 200, { 'retry-after': '12' }, { wait: 12_000 }],
  ['a refusal names a time', 429, { 'retry-after': '30', 'x-ratelimit-remaining': '0' }, { wait: 30_000 }],
  ['a refusal names when the window ends', 429, { date, 'x-ratelimit-reset': reset }, { wait: 180_000 }],
  ['a refusal says nothing', 429, {}, { wait: 60_000 }],
  ['a time is no number', 200, { 'retry-after': 'soon' }, { wait: 0 }],
  ['a request was held back', 200, { 'x-ratelimit-delay': '1.5' }, { wait: 1_500 }],
  [
    'little is left',
    200,
    { date, 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '19', 'x-ratelimit-reset': reset },
    { wait: 0, scarceFor: 180_000 },
  ],
  [
    'enough is left',
    200,
    { date, 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '20', 'x-ratelimit-reset': reset },
    { wait: 0 },
  ],
])('%s', (_what, status, headers, advice) => expect(adviceOf(status, headers)).toEqual(advice))

test('what can wait stops where little is left, once for each time that it is said', () => {
  const quota = new Quota()
  const scarce = { date, 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': reset }
  quota.note(200, scarce)
  expect(() => quota.check()).toThrow('Azure DevOps slows Nexus down and asks it to wait 3 minutes.')
  expect(() => quota.check()).not.toThrow()
  expect(quota.standing).toEqual({ left: 3, of: 200, renews: '2026-11-20T12:03:00.000Z' })
  quota.note(200, scarce)
  expect(() => quota.check()).toThrow()
  quota.note(200, {})
  expect(() => quota.check()).not.toThrow()
})
