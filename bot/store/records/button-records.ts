import type { Button } from '../../../skills/kit/reply.js'
import type { TenantStore } from '../contract.js'
import { StoreConflict } from '../errors.js'
import type { Json } from '../json.js'

const kind = 'button'

/** Where the hub's book of buttons is kept: one record a button, each its own partition. */
export const buttonRecords = (storeOf: (tenant: string) => TenantStore) => ({
  async get(tenant: string, id: string): Promise<Button | undefined> {
    const record = await storeOf(tenant).get({ partition: `button/${id}`, kind, id })
    return record?.data as unknown as Button | undefined
  },
  async add(tenant: string, id: string, button: Button): Promise<void> {
    try {
      await storeOf(tenant).commit(`button/${id}`, [
        { op: 'put', kind, id, data: button as unknown as Json, ifAbsent: true },
      ])
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error // the same button, stored before
    }
  },
})
