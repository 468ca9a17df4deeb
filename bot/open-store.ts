import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { TokenCredential } from '@azure/identity'
import type { Config } from './config.js'
import type { Store } from './store/contract.js'

/**
 * Opens the store that the configuration names: the embedded one in a folder, or Cosmos DB. Only the engine that is asked for is loaded.
 * @param credential the hub's identity, which Cosmos DB is asked with unless there is a key
 * @param now business time, milliseconds since 1970
 * @throws StoreError
 */
export async function openStore(config: Config, credential: TokenCredential, now: () => number): Promise<Store> {
  const parts = { clock: { now }, id: randomUUID }
  const { NEXUS_STORE: engine, NEXUS_DATA: folder, NEXUS_COSMOS_ENDPOINT: endpoint, NEXUS_COSMOS_KEY: key } = config
  mkdirSync(folder, { recursive: true })
  if (engine === 'cosmos') {
    const { openCosmosStore } = await import('./store/cosmos/open.js')
    const account = {
      endpoint: endpoint!,
      database: config.NEXUS_COSMOS_DATABASE,
      credential: key ? { key } : credential,
    }
    return openCosmosStore({ ...parts, account, create: key !== undefined })
  }
  const { openSqliteStore } = await import('./store/sqlite/open.js')
  return openSqliteStore({ ...parts, folder, ...(config.NEXUS_STORE_KEY && { encryptionKey: config.NEXUS_STORE_KEY }) })
}
