import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { graph } from '../../../infra/local/graph/graph.js'
import { smallOrganisation } from '../../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../../infra/local/testing/start-vendors.js'
import { readWhole } from '../../../skills/kit/catalog-source.js'
import { entraSource } from './entra-source.js'

const org = smallOrganisation()
let served: Started
beforeEach(async () => {
  served = await startVendors({ org, vendors: [graph] })
})
afterEach(() => served.close())

const read = () =>
  readWhole(
    entraSource({ endpoint: `${served.base}/graph/v1.0/`, token: async () => 'app:nexus' }),
    AbortSignal.timeout(20_000),
  )

test.each([429, 503])(
  'an answer of %d ends the reading for as long as it says, and nobody waits so long in silence',
  async (status) => {
    const fault = served.services.faults.add({ target: 'graph', status, retryAfter: 40 })
    const begun = performance.now()
    await expect(read()).rejects.toMatchObject({ code: 'Unavailable', retryAfterMs: 40_000 })
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(served.services.faults.list()).toMatchObject([{ ...fault, hits: 1 }])
  },
)

// Over plain http Graph's client sends no token: whoever is let through meets the refusal of that.
test('a short wait is waited, and the reading goes on', async () => {
  served.services.faults.add({ target: 'graph', status: 429, retryAfter: 1, count: 1 })
  const error: unknown = await read().catch((refused: unknown) => refused)
  expect(error).toMatchObject({ message: "Microsoft Graph refuses Nexus's credential." })
  expect((error as { retryAfterMs?: number }).retryAfterMs).toBeUndefined()
})
