import { expect, test } from '@jest/globals'
import { memoryState, type State } from '../frame/state.js'
import { azureTenant, organisation, resources } from '../testing/azure-tenant.js'
import { generateResources } from './generate-resources.js'
import type { AzureState } from './state.js'
import { azureStore } from './store.js'

const count = 3_000

test('they are the same each time, each once, and stand in groups of their own', () => {
  const made = generateResources(organisation, count)
  expect(generateResources(organisation, count)).toEqual(made)
  expect(new Set(made.resources.map(({ resource }) => resource.id.toLowerCase())).size).toBe(count)
  const groups = new Set(made.groups.map(({ id }) => id))
  for (const { resource } of made.resources) expect(groups).toContain(resource.id.split('/providers/')[0])
  const tagged = made.resources.filter(({ resource }) => resource.tags?.['service'])
  expect(tagged).toHaveLength(count * 0.9)
})

test('one that is changed or removed is kept so, and the others take no room in what is kept', async () => {
  const states = new Map<string, State<unknown>>()
  const open = <T>(name: string, seed: () => T): State<T> => {
    if (!states.has(name)) states.set(name, memoryState(seed() as unknown))
    return states.get(name) as State<T>
  }
  const start = () => azureTenant({ open, generatedResources: count })
  const first = start()
  const all = async (tenant = first) => (await tenant.rows('Resources | count'))[0]!['Count']
  expect(await all()).toBe(count + resources.length)
  const state = open<AzureState>('azure', () => ({}) as AzureState).value
  const before = Object.keys(state.resources).length

  const store = azureStore(first.services)
  const [account, vault] = ['storageaccounts/st-', 'vaults/kv-'].map(
    (part) => store.all().find(({ resource }) => resource.id.toLowerCase().includes(part))!.resource.id,
  )
  await first.call('PATCH', `${account}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`, {
    operation: 'Merge',
    properties: { tags: { team: 'core' } },
  })
  await first.call('DELETE', `${vault}?api-version=2024-11-01`)
  expect(await all()).toBe(count + resources.length - 1)
  expect(Object.keys(state.resources)).toHaveLength(before + 1)

  const again = start()
  expect(await all(again)).toBe(count + resources.length - 1)
  expect(azureStore(again.services).find(account!)!.resource.tags).toMatchObject({ team: 'core' })
})
