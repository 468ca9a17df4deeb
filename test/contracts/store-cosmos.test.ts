import { randomUUID } from 'node:crypto'
import { CosmosClient } from '@azure/cosmos'
import { afterAll, beforeAll } from '@jest/globals'
import type { Store } from '../../bot/store/contract.js'
import { openCosmosStore } from '../../bot/store/cosmos/open.js'
import { localCosmosKey } from '../../infra/local/cosmos/authorization.js'
import { cosmos } from '../../infra/local/cosmos/cosmos.js'
import { smallOrganisation } from '../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../infra/local/testing/start-vendors.js'
import { storeContract } from './store.js'

/** `NEXUS_TEST_COSMOS` names a real account (`https://….documents.azure.com`), and `NEXUS_TEST_COSMOS_KEY` its key; else the stand-in. */
const { NEXUS_TEST_COSMOS: real, NEXUS_TEST_COSMOS_KEY: realKey } = process.env

let local: Started | undefined
beforeAll(async () => {
  if (!real) local = await startVendors({ org: smallOrganisation(), vendors: [(services) => cosmos(services)] })
})
afterAll(() => local?.close())

storeContract(real ? 'Cosmos DB' : 'Cosmos DB (stand-in)', async (clock) => {
  const endpoint = real ?? `${local!.base}/cosmos`
  const key = real ? realKey! : localCosmosKey
  const database = `nexus-test-${randomUUID()}`
  const clients: Store[] = []
  const client = async () => {
    const account = { endpoint, database, credential: { key } }
    const store = await openCosmosStore({ account, clock, id: randomUUID, create: true })
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
      const own = new CosmosClient({ endpoint, key, connectionPolicy: { enableBackgroundEndpointRefreshing: false } })
      await own.database(database).delete()
      own.dispose()
    },
  }
})
