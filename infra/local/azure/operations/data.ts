import { actions, immediate, slow } from './model.js'
import type { Action, TypeOperations } from './model.js'

const storage = ['2025-08-01', '2025-01-01', '2024-01-01', '2023-05-01', '2023-01-01']
const serviceBus = ['2024-01-01', '2022-10-01-preview', '2021-11-01']
const eventHub = ['2024-01-01', '2022-10-01-preview', '2021-11-01']
const eventGrid = ['2025-02-15', '2022-06-15']

const keys: Record<string, Action> = {
  ...actions('sync', 'listKeys'),
  regenerateKey: { style: 'sync', required: ['keyName'] },
}

/** Storage, secrets, messaging, search and AI. */
export const data: TypeOperations[] = [
  {
    type: 'Microsoft.Storage/storageAccounts',
    versions: storage,
    put: 'location',
    patch: 'sync',
    delete: 'sync',
    required: ['sku.name', 'kind'],
    actions: {
      ...keys,
      ...actions('sync', 'ListAccountSas', {
        required: ['signedServices', 'signedResourceTypes', 'signedPermission', 'signedExpiry'],
      }),
      failover: { style: 'location', seconds: 15 },
    },
  },
  { type: 'Microsoft.Storage/storageAccounts/blobServices', versions: storage, put: 'sync', proxy: true },
  {
    type: 'Microsoft.KeyVault/vaults',
    versions: ['2026-02-01', '2024-11-01', '2023-07-01', '2022-07-01'],
    put: 'state',
    patch: 'sync',
    delete: 'sync',
    required: ['properties.tenantId', 'properties.sku'],
  },
  { type: 'Microsoft.ServiceBus/namespaces', versions: serviceBus, put: 'state', patch: 'state', delete: 'location' },
  { type: 'Microsoft.ServiceBus/namespaces/queues', versions: serviceBus, put: 'sync', delete: 'sync', proxy: true },
  { type: 'Microsoft.ServiceBus/namespaces/topics', versions: serviceBus, put: 'sync', delete: 'sync', proxy: true },
  {
    type: 'Microsoft.ServiceBus/namespaces/authorizationRules',
    versions: serviceBus,
    put: 'sync',
    delete: 'sync',
    proxy: true,
    actions: { ...actions('sync', 'listKeys'), regenerateKeys: { style: 'sync', required: ['keyType'] } },
  },
  { type: 'Microsoft.EventHub/namespaces', versions: eventHub, put: 'state', patch: 'state', delete: 'location' },
  { type: 'Microsoft.EventHub/namespaces/eventhubs', versions: eventHub, put: 'sync', delete: 'sync', proxy: true },
  { type: 'Microsoft.EventGrid/topics', versions: eventGrid, ...slow, accepted: 202 },
  { type: 'Microsoft.EventGrid/systemTopics', versions: eventGrid, ...slow, accepted: 202 },
  {
    type: 'Microsoft.Search/searchServices',
    versions: ['2025-05-01', '2023-11-01'],
    ...immediate,
    put: 'state',
    required: ['sku.name'],
    actions: actions('sync', 'listAdminKeys'),
  },
  {
    type: 'Microsoft.CognitiveServices/accounts',
    versions: ['2025-06-01', '2024-10-01', '2023-05-01'],
    ...slow,
    required: ['sku.name', 'kind'],
    actions: keys,
  },
  {
    type: 'Microsoft.AppConfiguration/configurationStores',
    versions: ['2024-05-01', '2023-03-01'],
    ...slow,
    required: ['sku.name'],
    actions: actions('sync', 'listKeys'),
  },
  {
    type: 'Microsoft.SignalRService/signalR',
    versions: ['2024-03-01', '2023-02-01'],
    ...slow,
    actions: { ...actions('sync', 'listKeys'), ...actions('location', 'restart', { seconds: 6 }) },
  },
  { type: 'Microsoft.DataFactory/factories', versions: ['2018-06-01'], ...immediate },
]
