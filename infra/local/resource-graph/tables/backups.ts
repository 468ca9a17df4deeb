import { objectAt } from '../../azure/json.js'
import type { StoredResource } from '../../azure/state.js'
import type { AzureStore } from '../../azure/store.js'
import { uuidOf } from '../../frame/ids.js'
import { placeOf, type TableRow } from './row.js'

const day = 86_400_000
/** Days that Resource Graph lists a vault's runs. */
const runs = 14

/** One try of a vault. */
interface Run {
  ended: Date
  status: 'Completed' | 'Failed'
}

/** RecoveryServicesResources: what vaults protect, and what their runs came to. A vault runs every day at the same time. */
export const backups = (store: AzureStore): TableRow[] =>
  store.all().flatMap((stored) => {
    const { vault, last, failing } = objectAt(stored.hidden, 'backup')
    if (typeof vault !== 'string' || typeof last !== 'string') return []
    const tried = runsOf(new Date(last), failing === true, store.now())
    return stored.resource.type === 'Microsoft.Compute/virtualMachines'
      ? [protectedItem(stored, vault, tried, new Date(last))]
      : tried.map((run) => job(stored, vault, run))
  })

/** The last tries, the newest first: since a vault began to fail none went well. */
function runsOf(last: Date, failing: boolean, now: Date): Run[] {
  const days = Math.max(0, Math.floor((now.getTime() - last.getTime()) / day))
  return Array.from({ length: runs }, (_, back): Run => {
    const at = days - back
    return { ended: new Date(last.getTime() + at * day), status: failing && at > 0 ? 'Failed' : 'Completed' }
  })
}

/** A vault stands in the group of its subscription's platform. */
const vaultId = ({ resource }: StoredResource, type: string, name: string): string =>
  `${resource.id.split('/').slice(0, 3).join('/')}/resourceGroups/rg-platform-${name.split('-').at(-1)}/providers/${type}/${name}`

/** Of a virtual machine (field names of learn.microsoft.com, "Query your backups using Azure Resource Graph"). */
function protectedItem(stored: StoredResource, vault: string, [newest]: Run[], last: Date): TableRow {
  const { resource } = stored
  const { resourceGroup, subscriptionId } = placeOf(resource.id)
  const name = `vm;iaasvmcontainerv2;${resourceGroup};${resource.name}`.toLowerCase()
  const isFailing = newest?.status === 'Failed'
  const restorable = isFailing ? last : (newest?.ended ?? last)
  return {
    id: `${vaultId(stored, 'Microsoft.RecoveryServices/vaults', vault)}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${name}/protectedItems/${name}`,
    name,
    type: 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems',
    subscriptionId,
    resourceGroup,
    properties: {
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      backupManagementType: 'AzureIaasVM',
      workloadType: 'VM',
      friendlyName: resource.name,
      sourceResourceId: resource.id,
      virtualMachineId: resource.id,
      currentProtectionState: isFailing ? 'ProtectionError' : 'ProtectionConfigured',
      protectionState: isFailing ? 'ProtectionError' : 'Protected',
      protectionStatus: isFailing ? 'Unhealthy' : 'Healthy',
      lastBackupStatus: newest?.status ?? 'Completed',
      lastBackupTime: newest?.ended.toISOString(),
      lastRecoveryPoint: restorable.toISOString(),
      policyName: 'DefaultPolicy',
    },
  }
}

/** Of a database in a backup vault. */
function job(stored: StoredResource, vault: string, { ended, status }: Run): TableRow {
  const { resource } = stored
  const name = uuidOf(`${resource.id}/backup/${ended.toISOString()}`)
  return {
    id: `${vaultId(stored, 'Microsoft.DataProtection/backupVaults', vault)}/backupJobs/${name}`,
    name,
    type: 'microsoft.dataprotection/backupvaults/backupjobs',
    ...placeOf(resource.id),
    properties: {
      dataSourceId: resource.id,
      dataSourceName: resource.name,
      dataSourceType: resource.type,
      backupInstanceFriendlyName: resource.name,
      operation: 'Backup',
      operationCategory: 'Backup',
      isUserTriggered: false,
      status,
      startTime: new Date(ended.getTime() - 17 * 60_000).toISOString(),
      endTime: ended.toISOString(),
    },
  }
}
