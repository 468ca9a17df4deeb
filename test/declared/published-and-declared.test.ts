import { expect, test } from '@jest/globals'
import {
  apiManagementName,
  apiManagementSource,
} from '../../bot/providers/azure/api-management/api-management-source.js'
import { startLocalSource } from '../../bot/providers/azure/testing/local-source.js'
import { readOpenApi } from '../../bot/providers/declared/read-openapi.js'
import { entityOf, storedClaim } from '../../bot/store/read-model/catalog-record.js'
import { loadOrganisation } from '../../infra/local/organisation/load-organisation.js'
import { readWhole } from '../../skills/kit/catalog-source.js'

const now = '2026-11-20T10:00:00.000Z'
const contoso = await loadOrganisation('infra/local/contoso', new Date(now))
const payments = { kind: 'Api', id: 'payments-api' }

test('an API that is published and declared is one, and what the file says is believed first', async () => {
  const local = await startLocalSource({ org: contoso, now })
  try {
    const source = apiManagementSource({ ...local.options, live: { all: () => [] } })
    const published = (await readWhole(source, AbortSignal.timeout(20_000))).find(({ id }) => id === payments.id)!
    const { files } = contoso.repositories.find(({ name }) => name === 'payments-api')!
    const { title, props } = readOpenApi('openapi.yaml', files['openapi.yaml']!)!.api!
    const merged = entityOf('t', {
      ...payments,
      claims: {
        [apiManagementName]: storedClaim(published, now),
        declared: storedClaim({ ...payments, name: title, props }, now),
      },
    })
    expect(merged.name).toBe('Payments')
    expect(merged.aliases).toEqual(expect.arrayContaining(['Payments API', 'payments-api']))
    // Of the file, which knows its own version and form; of the gateway, which knows where callers find it.
    expect(merged.props).toMatchObject({ version: '7.12.0', form: 'openapi', servers: ['https://pay.contoso.com/v7'] })
    expect(merged.props).toMatchObject({ address: 'https://api.contoso.com/pay/v7', revision: '4' })
    expect(merged.props['products']).toEqual(['Apps', 'Partners'])
    expect(merged.sources.map((one) => one.source)).toEqual(['declared', apiManagementName])
  } finally {
    await local.close()
  }
})
