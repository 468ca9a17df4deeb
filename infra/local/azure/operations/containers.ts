import { actions, immediate, slow } from './model.js'
import type { TypeOperations } from './model.js'

const aks = ['2026-04-01', '2025-10-01', '2025-05-01', '2024-09-01', '2024-05-01', '2023-10-01']
const apps = ['2025-07-01', '2025-01-01', '2024-03-01', '2023-05-01']
const registry = ['2025-11-01', '2025-04-01', '2023-07-01']

/** Kubernetes, Container Apps and registries. */
export const containers: TypeOperations[] = [
  {
    type: 'Microsoft.ContainerService/managedClusters',
    versions: aks,
    put: 'operation',
    patch: 'operation',
    delete: 'location',
    reads: ['upgradeProfiles/default'],
    actions: {
      ...actions('location', 'start stop rotateClusterCertificates abort', { seconds: 12 }),
      ...actions('sync', 'listClusterUserCredential listClusterAdminCredential listClusterMonitoringUserCredential'),
      runCommand: { style: 'location', required: ['command'], seconds: 4 },
    },
  },
  {
    type: 'Microsoft.ContainerService/managedClusters/agentPools',
    versions: aks,
    put: 'operation',
    delete: 'location',
    proxy: true,
    within: { property: 'agentPoolProfiles', shape: 'flat' },
    reads: ['upgradeProfiles/default'],
    actions: actions('operation', 'upgradeNodeImageVersion abort', { seconds: 15 }),
  },
  { type: 'Microsoft.ContainerService/managedClusters/commandResults', versions: aks, proxy: true },
  {
    type: 'Microsoft.App/containerApps',
    versions: apps,
    ...slow,
    required: ['properties.managedEnvironmentId|properties.environmentId'],
    actions: { ...actions('location', 'start stop', { seconds: 5 }), ...actions('sync', 'listSecrets') },
  },
  { type: 'Microsoft.App/managedEnvironments', versions: apps, ...slow },
  { type: 'Microsoft.App/jobs', versions: apps, ...slow, actions: actions('location', 'start stop', { seconds: 5 }) },
  {
    type: 'Microsoft.ContainerRegistry/registries',
    versions: registry,
    ...slow,
    required: ['sku.name'],
    actions: {
      ...actions('sync', 'listCredentials listUsages'),
      ...actions('sync', 'regenerateCredential', { required: ['name'] }),
    },
  },
  {
    type: 'Microsoft.ContainerInstance/containerGroups',
    versions: ['2025-09-01', '2023-05-01'],
    ...slow,
    actions: {
      ...actions('location', 'restart start', { seconds: 5 }),
      ...actions('sync', 'stop', { status: 204 }),
    },
    patch: 'sync',
  },
  {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    versions: ['2024-11-30', '2023-01-31', '2018-11-30'],
    ...immediate,
  },
]
