import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { pagerDutyToken } from '../../../infra/local/pagerduty/ids.js'
import { pagerDuty } from '../../../infra/local/pagerduty/pagerduty.js'
import { smallOrganisation } from '../../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../../infra/local/testing/start-vendors.js'
import { readWhole } from '../../../skills/kit/catalog-source.js'
import { pagerDutySource } from './pagerduty-source.js'

const org = smallOrganisation()
const now = '2026-11-20T12:00:00.000Z'
let served: Started
beforeEach(async () => {
  served = await startVendors({ org, vendors: [pagerDuty], now })
})
afterEach(() => served.close())

const read = (asked: typeof fetch = fetch) =>
  readWhole(
    pagerDutySource({
      ...{ endpoint: `${served.base}/pagerduty`, token: pagerDutyToken(org), fetch: asked },
      clock: { now: () => now },
      isTaken: () => false,
    }),
    AbortSignal.timeout(10_000),
  )

test.each([429, 503])('an answer of %d ends the reading for as long as it says', async (status) => {
  served.services.faults.add({ target: 'pagerduty', status, retryAfter: 40 })
  await expect(read()).rejects.toMatchObject({ code: 'Unavailable', retryAfterMs: 40_000 })
})

test('a quota that is used up is asked again when it begins anew', async () => {
  const throttled: typeof fetch = async () => new Response('{}', { status: 429, headers: { 'ratelimit-reset': '17' } })
  await expect(read(throttled)).rejects.toMatchObject({ code: 'Unavailable', retryAfterMs: 17_000 })
})

test('a refused token has no time after which it is taken', async () => {
  served.services.faults.add({ target: 'pagerduty', status: 403 })
  const error: unknown = await read().catch((refused: unknown) => refused)
  expect(error).toMatchObject({ code: 'Unavailable', message: "PagerDuty refuses Nexus's token." })
  expect((error as { retryAfterMs?: number }).retryAfterMs).toBeUndefined()
})
