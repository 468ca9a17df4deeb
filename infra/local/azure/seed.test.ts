import { expect, test } from '@jest/globals'
import { loadOrganisation } from '../organisation/load-organisation.js'
import { smallOrganisation } from '../testing/small-organisation.js'
import { azureTenant, organisation, resources } from '../testing/azure-tenant.js'

const now = '2026-11-20T10:00:00Z'
const contoso = await loadOrganisation('infra/local/contoso', new Date(now))
const machine = resources.find(({ name }) => name === 'vm-batch')!

test('Contoso’s deallocated machine is one in the instance view, in Resource Graph and in Resource Health', async () => {
  const { call, rows } = azureTenant({ org: contoso, now })
  const { id } = contoso.resources.find(({ name }) => name === 'vm-jumpbox-stg')!
  const view = await call('GET', `${id}/instanceView?api-version=2025-04-01`)
  expect(view.body).toMatchObject({
    statuses: [
      { code: 'ProvisioningState/succeeded' },
      { code: 'PowerState/deallocated', displayStatus: 'VM deallocated' },
    ],
  })
  expect(view.body).not.toHaveProperty('vmAgent')
  const plain = await call('GET', `${id}?api-version=2025-04-01`)
  expect(plain.body).toMatchObject({ name: 'vm-jumpbox-stg', properties: { hardwareProfile: {} } })
  expect(plain.body).not.toHaveProperty('properties.extended')
  expect(
    await rows(
      `Resources | where type =~ 'microsoft.compute/virtualmachines' | project name, power=tostring(properties.extended.instanceView.powerState.code) | order by name asc`,
    ),
  ).toEqual([
    { name: 'vm-erp-bridge-prd', power: 'PowerState/running' },
    { name: 'vm-jumpbox-prd', power: 'PowerState/running' },
    { name: 'vm-jumpbox-stg', power: 'PowerState/deallocated' },
    { name: 'vm-lake-etl-prd', power: 'PowerState/running' },
    { name: 'vm-loadgen-dev', power: 'PowerState/running' },
  ])
  expect(
    await rows(
      `HealthResources | where properties.targetResourceId =~ '${id}' | project state=tostring(properties.availabilityState), reason=tostring(properties.reasonType)`,
    ),
  ).toEqual([{ state: 'Unavailable', reason: 'Customer Initiated' }])
})

test('a machine that is seeded deallocated can be started, and is available again', async () => {
  const { call, rows, advance } = azureTenant({ org: contoso, now })
  const { id } = contoso.resources.find(({ name }) => name === 'vm-jumpbox-stg')!
  expect((await call('POST', `${id}/restart?api-version=2025-04-01`)).status).toBe(409)
  expect((await call('POST', `${id}/start?api-version=2025-04-01`)).status).toBe(202)
  advance(120)
  expect((await call('GET', `${id}/instanceView?api-version=2025-04-01`)).body).toMatchObject({
    statuses: [{}, { code: 'PowerState/running' }],
  })
  expect(
    await rows(
      `HealthResources | where properties.targetResourceId =~ '${id}' | project state=tostring(properties.availabilityState)`,
    ),
  ).toEqual([{ state: 'Available' }])
})

test('Contoso’s stopped app is so in ARM and in Resource Graph, and its sibling runs', async () => {
  const { call, rows } = azureTenant({ org: contoso, now })
  const { id } = contoso.resources.find(({ name }) => name === 'gift-cards-api-dev')!
  const site = await call('GET', `${id}?api-version=2024-11-01`)
  expect(site.body).toMatchObject({ properties: { state: 'Stopped' } })
  expect(
    await rows(
      `Resources | where name startswith 'gift-cards-api' | project name, state=tostring(properties.state) | order by name asc`,
    ),
  ).toEqual([
    { name: 'gift-cards-api-dev', state: 'Stopped' },
    { name: 'gift-cards-api-prd', state: 'Running' },
  ])
})

test.each([undefined, 42, 'PowerState/asleep', 'deallocated'])(
  'a power that Azure does not know (%p) is running',
  async (code) => {
    const properties = { extended: { instanceView: { powerState: { code } } } }
    const org = smallOrganisation({ ...organisation, resources: [{ ...machine, properties }] })
    const { body } = await azureTenant({ org }).call('GET', `${machine.id}/instanceView?api-version=2025-04-01`)
    expect(body).toMatchObject({ statuses: [{}, { code: 'PowerState/running' }] })
  },
)
