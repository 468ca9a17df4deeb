import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { opsgenieKey } from '../../../infra/local/opsgenie/ids.js'
import { opsgenie } from '../../../infra/local/opsgenie/opsgenie.js'
import { smallOrganisation } from '../../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../../infra/local/testing/start-vendors.js'
import { readWhole } from '../../../skills/kit/catalog-source.js'
import { opsgenieSource } from './opsgenie-source.js'

const org = smallOrganisation()
const now = '2026-11-20T12:00:00.000Z'
let served: Started
beforeEach(async () => {
  served = await startVendors({ org, vendors: [opsgenie], now })
})
afterEach(() => served.close())

const read = (asked: typeof fetch = fetch) =>
  readWhole(
    opsgenieSource({
      ...{ endpoint: `${served.base}/opsgenie`, key: opsgenieKey(org), fetch: asked },
      clock: { now: () => now },
    }),
    AbortSignal.timeout(10_000),
  )

test.each([429, 503])('an answer of %d ends the reading for as long as it says', async (status) => {
  served.services.faults.add({ target: 'opsgenie', status, retryAfter: 40 })
  await expect(read()).rejects.toMatchObject({ code: 'Unavailable', retryAfterMs: 40_000 })
})

test('what is throttled waits for the time in which requests are counted', async () => {
  const headers = { 'x-ratelimit-state': 'THROTTLED', 'x-ratelimit-period-in-sec': '60' }
  const throttled: typeof fetch = async () => new Response('{}', { status: 429, headers })
  await expect(read(throttled)).rejects.toMatchObject({ code: 'Unavailable', retryAfterMs: 60_000 })
})
