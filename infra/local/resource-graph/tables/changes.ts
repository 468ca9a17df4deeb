import type { ChangeRecord } from '../../azure/state.js'
import type { AzureStore } from '../../azure/store.js'
import { placeOf } from './row.js'
import type { TableRow } from './row.js'

/** A change record in the form of learn.microsoft.com, "Get resource changes". */
function changeRow(record: ChangeRecord): TableRow {
  const { id, targetId, targetType, changeType, at, by, byKind, client, operation, correlation, changes } = record
  const ticks = String(Date.parse(at))
  return {
    id: `${targetId}/providers/Microsoft.Resources/changes/${id}`,
    name: id,
    type: 'microsoft.resources/changes',
    ...placeOf(targetId),
    properties: {
      targetResourceId: targetId,
      targetResourceType: targetType.toLowerCase(),
      changeType,
      changeAttributes: {
        timestamp: at,
        changesCount: Object.keys(changes).length,
        correlationId: correlation,
        changedBy: by,
        changedByType: byKind,
        clientType: client,
        operation,
        previousResourceSnapshotId: `${ticks}_before`,
        newResourceSnapshotId: `${ticks}_after`,
      },
      changes,
    },
  }
}

/** ResourceChanges. */
export const resourceChanges = (store: AzureStore): TableRow[] => store.state.changes.map(changeRow)

/** ResourceContainerChanges. */
export const containerChanges = (store: AzureStore): TableRow[] => store.state.containerChanges.map(changeRow)
