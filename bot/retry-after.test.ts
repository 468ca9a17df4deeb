import { expect, test } from '@jest/globals'
import { retryAfterIn } from './retry-after.js'

test.each<[Record<string, string>, number | undefined]>([
  [{ 'retry-after': '30' }, 30_000],
  [{ 'retry-after': ' 0 ' }, 0],
  [{ 'retry-after': '0.5', 'ratelimit-reset': '9' }, 500],
  [{ 'ratelimit-reset': '9' }, 9_000],
  [{ 'retry-after': 'Fri, 20 Nov 2026 10:00:00 GMT', 'ratelimit-reset': '9' }, 9_000],
  [{ 'retry-after': '-1' }, undefined],
  [{ 'retry-after': '99999999' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{}, undefined],
])('%j asks for %j ms', (headers, expected) => {
  expect(retryAfterIn(new Headers(headers), 'ratelimit-reset')).toBe(expected)
})

test('without headers nothing is asked for', () => {
  expect(retryAfterIn(undefined)).toBeUndefined()
})
