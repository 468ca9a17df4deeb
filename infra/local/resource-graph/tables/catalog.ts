import type { AzureStore } from '../../azure/store.js'
import type { Relation } from '../kusto/types.js'
import { containerChanges, resourceChanges } from './changes.js'
import { backups } from './backups.js'
import { advice, alerts, authorizations, patches, policies } from './findings.js'
import { containers, health, resources, serviceHealth } from './inventory.js'
import { security } from './security.js'
import { tableOf } from './row.js'
import type { TableRow } from './row.js'

const sources: Record<string, (store: AzureStore) => TableRow[]> = {
  resources,
  resourcecontainers: containers,
  healthresources: health,
  servicehealthresources: serviceHealth,
  advisorresources: advice,
  policyresources: policies,
  alertsmanagementresources: alerts,
  resourcechanges: resourceChanges,
  resourcecontainerchanges: containerChanges,
  securityresources: security,
  recoveryservicesresources: backups,
  authorizationresources: authorizations,
  patchassessmentresources: patches,
}

/** Resource Graph's tables over the store, by name in any case, cut to the rows that `visible` lets through. */
export function tableCatalog(
  store: AzureStore,
  visible: (row: TableRow) => boolean,
): (name: string) => Relation | undefined {
  return (name) => {
    const source = Object.hasOwn(sources, name.toLowerCase()) ? sources[name.toLowerCase()] : undefined
    return source && tableOf(() => source(store).filter(visible), store.services.org.tenant)
  }
}
