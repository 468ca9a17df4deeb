import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AuditKeyError, anchorsFolder, auditKeysOf } from './audit-place.js'
import { CannotVerify, type AuditVerdict } from './audit-verdict.js'
import { createClock } from './clock.js'
import { StoreError } from './store/errors.js'
import { openSqliteStore } from './store/sqlite/open.js'
import { folderAnchors } from './workers/audit/folder-anchors.js'
import { verifyAudit } from './workers/audit/verify-audit.js'

/** Where a log is, and what it is verified by; what is undefined was not told. */
export interface DataFolder {
  /** Folder of the embedded store. */
  data: string
  tenant: string | undefined
  /** PEM, or a file of it; a public key is enough. */
  key: string | undefined
  anchors: string | undefined
  /** Where the store is encrypted. */
  storeKey: string | undefined
}

/**
 * Verifies the audit log of a data folder without a hub.
 * @throws CannotVerify where there is no store, tenant or key, or the store does not open
 */
export async function verifyDataFolder({ data, tenant, key, anchors, storeKey }: DataFolder): Promise<AuditVerdict> {
  if (!existsSync(join(data, 'store.db')))
    throw new CannotVerify(`No hub answers, and there is no store in ${data}. Name its folder with NEXUS_DATA.`)
  if (tenant === undefined) throw new CannotVerify('Say whose log it is: AZURE_TENANT_ID.')
  if (key === undefined)
    throw new CannotVerify(
      'Say what the log is signed with: NEXUS_AUDIT_KEY, a key as PEM or a file of it; the public half is enough.',
    )
  const keys = keysOf(key)
  const clock = createClock()
  const store = await openSqliteStore({
    folder: data,
    clock: { now: () => Date.parse(clock.now()) },
    id: randomUUID,
    ...(storeKey !== undefined && { encryptionKey: storeKey }),
  }).catch((error: unknown) => {
    throw error instanceof StoreError ? new CannotVerify(error.message) : error
  })
  try {
    const place = folderAnchors(anchorsFolder(data, anchors))
    return await verifyAudit({ tenant: store.forTenant(tenant), anchors: place, keys, now: () => clock.now() })
  } finally {
    await store.close()
  }
}

function keysOf(setting: string): ReturnType<typeof auditKeysOf> {
  try {
    return auditKeysOf(setting)
  } catch (error) {
    throw error instanceof AuditKeyError ? new CannotVerify(error.message) : error
  }
}
