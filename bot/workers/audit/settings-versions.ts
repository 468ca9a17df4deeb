import type { Instant } from '../../../skills/kit/model.js'
import type { TenantStore } from '../../store/contract.js'
import { StoreConflict } from '../../store/errors.js'
import { auditWrite } from '../../store/records/audit-stream.js'

const place = { partition: 'audit', kind: 'audit-settings', id: 'version' }

/** Writes a line where the settings that are read are another version than the last one that the log tells of: one line, whichever hubs see it. */
export async function noteSettingsVersion(tenant: TenantStore, version: string, now: Instant): Promise<void> {
  const known = await tenant.get(place)
  if (known?.data === version) return
  const { partition, kind, id } = place
  const condition = known ? { ifMatch: known.etag } : { ifAbsent: true as const }
  const cause = 'another commit is at the head of the settings'
  const entry = { action: 'settings.changed', cause, detail: { version, before: known?.data ?? null } }
  try {
    await tenant.commit(partition, [{ op: 'put', kind, id, data: version, ...condition }, auditWrite(entry, now)])
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error // another hub saw it first
  }
}
