import type { TenantStore } from '../contract.js'

const kind = 'account'

/** Which account in Teams (`29:…`, the bot's own name for a person) belongs to which Entra object id; it never changes for one bot. */
export function accountRecords(store: TenantStore) {
  const partitionOf = (objectId: string) => `account/${objectId}`
  return {
    async get(objectId: string): Promise<string | undefined> {
      const record = await store.get({ partition: partitionOf(objectId), kind, id: objectId })
      return (record?.data as { account: string } | undefined)?.account
    },
    async keep(objectId: string, account: string): Promise<void> {
      await store.commit(partitionOf(objectId), [{ op: 'put', kind, id: objectId, data: { account } }])
    },
  }
}

export type AccountRecords = ReturnType<typeof accountRecords>
