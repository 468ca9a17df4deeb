import { toldProperties } from '../../bot/language/described-words.js'
import type { NamedEntity } from '../../bot/language/understanding.js'
import { CatalogIndex } from '../../bot/store/read-model/catalog-index.js'
import { readContosoCatalog } from '../product/read-contoso.js'

/** The names of Contoso's catalog as the product reads them from the local tenant by its real providers. Takes half a minute. */
export async function readNames(): Promise<NamedEntity[]> {
  const { tenant, records } = await readContosoCatalog()
  const index = new CatalogIndex(tenant)
  index.apply(() => records.forEach((record) => index.put(record)))
  const key = ({ kind, id }: NamedEntity) => `${kind} ${id}`
  return [...index.everything()]
    .map(({ kind, id, name, aliases, props = {} }: NamedEntity): NamedEntity => {
      const told = Object.fromEntries(toldProperties.flatMap((key) => (props[key] ? [[key, props[key]]] : [])))
      return { kind, id, name, aliases: [...aliases], ...(Object.keys(told).length && { props: told }) }
    })
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
