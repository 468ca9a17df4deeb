import type { CatalogIndex } from '../../../bot/store/read-model/catalog-index.js'
import { onCallPort } from '../../../bot/store/read-model/on-call-port.js'
import { drawState } from '../../../skills/me/view-state.js'
import type { Catalog } from '../../../skills/kit/ports.js'
import type { Reply } from '../../../skills/kit/reply.js'
import { askedAt } from './catalog-world.js'
import { personOf } from './people-world.js'

/** The whole answer to "my stuff" of a person, as the skill gives it; of somebody for whom no change waits and who did nothing lately. */
export function askState(catalog: Catalog, index: CatalogIndex, n: number): Promise<Reply> {
  const { id } = personOf(n)
  const person = {
    ...{ tenant: 'bench', id, objectId: id, name: id, roles: ['developer' as const] },
    ...{ zone: 'UTC', locale: 'en', guest: false },
  }
  const nobody = { allowed: false, reason: 'Nothing waits.' }
  return drawState(person, {
    ...{ id: 'bench', tenant: 'bench', now: askedAt, signal: new AbortController().signal, catalog },
    onCall: onCallPort({ index, sources: () => [], now: () => askedAt }),
    proposals: {
      get: async () => undefined,
      list: async () => [],
      mayDecide: async () => nobody,
      mayUndo: async () => nobody,
    },
    audit: {
      find: async () => ({ records: [], more: false, chain: { to: 0 } }),
      ownLatest: async () => [],
    },
  })
}
