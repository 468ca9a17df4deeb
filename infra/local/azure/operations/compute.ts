import { actions, immediate, slow } from './model.js'
import type { TypeOperations } from './model.js'

const versions = ['2025-04-01', '2025-01-01', '2024-11-01', '2024-07-01', '2024-03-01', '2023-09-01']
const diskVersions = ['2025-01-02', '2024-03-02', '2023-10-02', '2023-04-02']

/** Microsoft.Compute and the auto-shutdown schedules of Microsoft.DevTestLab. */
export const compute: TypeOperations[] = [
  {
    type: 'Microsoft.Compute/virtualMachines',
    versions,
    ...slow,
    reads: ['instanceView', 'vmSizes'],
    actions: {
      ...actions('operation', 'restart start powerOff deallocate redeploy reapply reimage performMaintenance', {
        seconds: 8,
      }),
      ...actions('operation', 'assessPatches installPatches', { seconds: 20 }),
      ...actions('sync', 'generalize'),
      ...actions('sync', 'simulateEviction', { status: 204 }),
      runCommand: { style: 'operation', required: ['commandId'], seconds: 5 },
    },
  },
  {
    type: 'Microsoft.Compute/virtualMachineScaleSets',
    versions,
    ...slow,
    reads: ['instanceView', 'skus', 'rollingUpgrades/latest'],
    actions: {
      ...actions('operation', 'restart start powerOff deallocate reimage redeploy', { seconds: 8 }),
      ...actions('operation', 'osRollingUpgrade extensionRollingUpgrade', { seconds: 30 }),
      ...actions('operation', 'rollingUpgrades/cancel', { seconds: 3 }),
      ...actions('operation', 'manualupgrade delete', { required: ['instanceIds'], seconds: 8 }),
    },
  },
  {
    type: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines',
    versions,
    put: 'operation',
    delete: 'operation',
    proxy: true,
    reads: ['instanceView'],
    actions: actions('operation', 'restart start powerOff deallocate reimage redeploy', { seconds: 6 }),
  },
  {
    type: 'Microsoft.Compute/disks',
    versions: diskVersions,
    ...slow,
    accepted: 202,
    required: ['properties.creationData'],
    actions: {
      ...actions('location', 'beginGetAccess', { required: ['access', 'durationInSeconds'] }),
      ...actions('location', 'endGetAccess'),
    },
  },
  {
    type: 'Microsoft.Compute/snapshots',
    versions: diskVersions,
    ...slow,
    accepted: 202,
    required: ['properties.creationData'],
  },
  { type: 'Microsoft.Compute/availabilitySets', versions, ...immediate },
  {
    type: 'Microsoft.DevTestLab/schedules',
    versions: ['2018-09-15'],
    ...immediate,
    actions: actions('operation', 'execute', { seconds: 8 }),
  },
]
