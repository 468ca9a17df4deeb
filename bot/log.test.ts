import { expect, test } from '@jest/globals'
import { createLog } from './log.js'

test('no secret reaches the log, by name or in text, however deep', () => {
  const lines: string[] = []
  const log = createLog(
    (line) => lines.push(line),
    () => '2026-11-21T02:14:00.000Z',
  )
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'
  const cause = new Error(`GET https://x/?code=hunter2&a=1 with Bearer ${jwt}`)
  log.error('failed', {
    error: new Error('outer', { cause }),
    headers: { Authorization: 'hunter2', clientSecret: 'hunter2', list: [{ privateKey: 'hunter2' }] },
    key: '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----',
  })
  log.info('fine', { count: 3, big: 10n })
  expect(lines.join('')).not.toMatch(/hunter2|eyJ/)
  expect(lines).toHaveLength(2)
  expect(JSON.parse(lines[1]!)).toEqual({
    at: '2026-11-21T02:14:00.000Z',
    level: 'info',
    event: 'fine',
    count: 3,
    big: '10',
  })
  expect(JSON.parse(lines[0]!).error.cause.message).toContain('a=1')
})
