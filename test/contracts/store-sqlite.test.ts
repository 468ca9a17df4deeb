import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../bot/store/contract.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { storeContract } from './store.js'

storeContract('SQLite', async (clock) => {
  const folder = await mkdtemp(join(tmpdir(), 'nexus-store-'))
  const clients: Store[] = []
  const client = async () => {
    const store = await openSqliteStore({ folder, clock, id: randomUUID })
    clients.push(store)
    return store
  }
  const close = () => Promise.all(clients.splice(0).map((store) => store.close()))
  return {
    store: await client(),
    client,
    async reopen() {
      await close()
      return client()
    },
    async remove() {
      await close()
      await rm(folder, { recursive: true })
    },
  }
})
