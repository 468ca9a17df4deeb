import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toldProperties } from '../../bot/language/described-words.js'
import type { NamedEntity } from '../../bot/language/understanding.js'
import { CatalogIndex } from '../../bot/store/read-model/catalog-index.js'
import { createCatalogStore } from '../../bot/store/records/catalog-store.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { startProduct } from '../product/start-product.js'

/** The names of Contoso's catalog as the product reads them from the local tenant by its real providers. Takes half a minute. */
export async function readNames(): Promise<NamedEntity[]> {
  const data = mkdtempSync(join(tmpdir(), 'nexus-eval-'))
  try {
    const product = await startProduct({ data })
    await product.terminal('sync').finally(() => product.stop())
    const { tenant } = JSON.parse(readFileSync(join(data, 'terminal.json'), 'utf8')) as { tenant: string }
    const store = await openSqliteStore({ folder: data, clock: { now: Date.now }, id: randomUUID })
    const catalog = createCatalogStore(store.forTenant(tenant))
    await catalog.catchUp()
    const index = new CatalogIndex(tenant)
    index.apply(() => [...catalog.held().values()].forEach(({ record }) => index.put(record)))
    await store.close()
    const key = ({ kind, id }: NamedEntity) => `${kind} ${id}`
    return [...index.everything()]
      .map(({ kind, id, name, aliases, props = {} }: NamedEntity): NamedEntity => {
        const told = Object.fromEntries(toldProperties.flatMap((key) => (props[key] ? [[key, props[key]]] : [])))
        return { kind, id, name, aliases: [...aliases], ...(Object.keys(told).length && { props: told }) }
      })
      .sort((a, b) => (key(a) < key(b) ? -1 : 1))
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}
