import type { VendorResponse } from '../frame/router.js'
import type { TypeOperations } from './operations/model.js'
import { locked, methodNotAllowed } from './refusals.js'
import type { ArmRequest } from './request-context.js'
import type { ResourcePath } from './resource-path.js'
import { requireMatch } from './resource-writes.js'

/** Refuses a deletion below a lock. */
export function requireUnlocked(arm: ArmRequest, id: string): void {
  const locks = arm.store.all().filter(({ resource }) => {
    if (resource.type !== 'Microsoft.Authorization/locks') return false
    const scope = resource.id.split('/providers/Microsoft.Authorization/')[0] ?? ''
    return (
      `${id}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase()) ||
      `${scope}/`.toLowerCase().startsWith(`${id}/`.toLowerCase())
    )
  })
  if (locks.length)
    throw locked(
      id,
      locks.map(({ resource }) => resource.id),
    )
}

/** DELETE: 204 where nothing is there. */
export function remove(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  if (!entry.delete) throw methodNotAllowed('DELETE')
  const { store, caller, running, version } = arm
  const operation = `${entry.type}/delete`
  const stored = store.find(path.id)
  if (!stored) return { status: 204 }
  requireMatch(arm, stored.resource.etag)
  if (entry.type !== 'Microsoft.Authorization/locks') requireUnlocked(arm, stored.resource.id)
  running.requireIdle(path.id)
  if (entry.delete === 'sync') {
    store.remove(stored, caller, operation)
    store.recordActivity({ resourceId: stored.resource.id, operation, status: 'Succeeded', statusCode: 'OK', caller })
    return { status: 200 }
  }
  store.write(stored, caller, operation, () => void (stored.resource.properties['provisioningState'] = 'Deleting'))
  const { headers } = running.accept({
    resourceId: stored.resource.id,
    work: 'delete',
    action: 'DELETE',
    type: entry.type,
    operation,
    style: entry.delete,
    subscription: path.subscription ?? '',
    ...(stored.resource.location ? { location: stored.resource.location } : {}),
    caller,
    body: {},
    query: {},
    version,
  })
  return { status: 202, headers }
}
