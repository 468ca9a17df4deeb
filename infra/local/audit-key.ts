import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { keepFile } from './frame/keep-file.js'

/** The file of the Ed25519 key that the hub signs its audit log's heads with; made where it is absent, as a key vault would have it. */
export function openAuditKey(folder: string): string {
  const file = join(folder, 'audit.pem')
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    keepFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  return file
}
