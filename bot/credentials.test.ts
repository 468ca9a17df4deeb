import { expect, test } from '@jest/globals'
import { tokensFor } from './credentials.js'

/** A credential that counts its tokens; each lives an hour, and is to be renewed when `refreshAfter` ms have passed. */
function countingCredential(now: () => number, refreshAfter?: number) {
  let given = 0
  return {
    getToken: () =>
      Promise.resolve({
        token: `token ${++given}`,
        expiresOnTimestamp: now() + 3_600_000,
        ...(refreshAfter !== undefined && { refreshAfterTimestamp: now() + refreshAfter }),
      }),
  }
}

test.each([
  ['five minutes before its end', undefined, 55],
  ['when Entra wants it renewed, where that is earlier', 30 * 60_000, 30],
])('a token is kept and asked for anew %s', async (_, refreshAfter, minutes) => {
  let now = 0
  const token = tokensFor(
    countingCredential(() => now, refreshAfter),
    'scope',
    () => now,
  )
  expect([await token(), await token()]).toEqual(['token 1', 'token 1'])
  now = minutes * 60_000 - 1
  expect(await token()).toBe('token 1')
  now += 1
  expect(await token()).toBe('token 2')
})

test('a credential that gives none is said with its scope', async () => {
  const token = tokensFor({ getToken: () => Promise.resolve(null) }, 'https://graph.microsoft.com/.default')
  await expect(token()).rejects.toThrow('Entra gave no token for https://graph.microsoft.com/.default')
})
