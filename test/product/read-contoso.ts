import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCatalogStore } from '../../bot/store/records/catalog-store.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { startProduct } from './start-product.js'

/**
 * Contoso's catalog as Nexus stores it: the product is started, reads the local tenant by its real providers, and is stopped. Takes half a minute.
 * @throws Error where the product does not start
 */
export async function readContosoCatalog() {
  const data = mkdtempSync(join(tmpdir(), 'nexus-contoso-'))
  try {
    const product = await startProduct({ data })
    await product.terminal('sync').finally(() => product.stop())
    const { tenant } = JSON.parse(readFileSync(join(data, 'terminal.json'), 'utf8')) as { tenant: string }
    const store = await openSqliteStore({ folder: data, clock: { now: Date.now }, id: randomUUID })
    const catalog = createCatalogStore(store.forTenant(tenant))
    await catalog.catchUp()
    const records = [...catalog.held().values()].map(({ record }) => record)
    const sources = catalog.sources()
    await store.close()
    return { tenant, records, sources }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}
