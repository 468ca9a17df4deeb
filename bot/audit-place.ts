import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readAuditKeys, type AuditKeys } from './workers/audit/audit-keys.js'

/** Thrown where the key of the audit log cannot be had; the message says what to do. */
export class AuditKeyError extends Error {}

/**
 * The keys that a setting names: PEM itself, or a file of it.
 * @throws AuditKeyError
 */
export function auditKeysOf(setting: string): AuditKeys {
  const where = setting.includes('-----BEGIN') ? 'its text' : `the file ${setting}`
  try {
    return readAuditKeys(setting.includes('-----BEGIN') ? setting : readFileSync(setting, 'utf8'))
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (cause as Error).message
    throw new AuditKeyError(
      `NEXUS_AUDIT_KEY cannot be used (${where}): ${why}. Make a key with: openssl genpkey -algorithm ed25519`,
      { cause },
    )
  }
}

/** The folder of the anchors: as told, else beside the store's folder, never in it. */
export const anchorsFolder = (data: string, told: string | undefined): string =>
  told === undefined ? `${resolve(data)}-audit-anchors` : resolve(told)
