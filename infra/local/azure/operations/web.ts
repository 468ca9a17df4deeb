import { actions, immediate, slow } from './model.js'
import type { TypeOperations } from './model.js'

const versions = ['2025-05-01', '2025-03-01', '2024-11-01', '2024-04-01', '2023-12-01', '2022-09-01']

/** What a site and a slot have in common. */
const site: Omit<TypeOperations, 'type'> = {
  versions,
  put: 'location',
  accepted: 202,
  patch: 'sync',
  delete: 'sync',
  actions: {
    ...actions('sync', 'restart start stop applySlotConfig resetSlotConfig'),
    ...actions('sync', 'slotsdiffs', { required: ['targetSlot', 'preserveVnet'] }),
    slotsswap: { style: 'location', required: ['targetSlot', 'preserveVnet'], seconds: 6 },
    ...actions('sync', 'publishxml'),
  },
}

/** A site's configuration: some kinds are read with GET, those with secrets only with POST list. */
const config = { versions, put: 'sync', patch: 'sync', proxy: true, actions: actions('sync', 'list') } as const

/** Microsoft.Web and Logic Apps. */
export const web: TypeOperations[] = [
  { type: 'Microsoft.Web/sites', ...site },
  { type: 'Microsoft.Web/sites/slots', ...site },
  { type: 'Microsoft.Web/sites/config', ...config },
  { type: 'Microsoft.Web/sites/slots/config', ...config },
  {
    type: 'Microsoft.Web/serverFarms',
    versions,
    put: 'location',
    patch: 'sync',
    delete: 'sync',
    accepted: 202,
    actions: actions('sync', 'restartSites', { status: 204 }),
  },
  { type: 'Microsoft.Web/staticSites', versions, ...slow, accepted: 202, patch: 'sync', required: ['sku.name'] },
  { type: 'Microsoft.Web/certificates', versions, ...immediate },
  { type: 'Microsoft.Web/connections', versions: ['2016-06-01'], ...immediate },
  {
    type: 'Microsoft.Logic/workflows',
    versions: ['2019-05-01', '2016-06-01'],
    ...immediate,
    actions: actions('sync', 'enable disable listCallbackUrl'),
  },
]
