import type { Json } from '../../skills/kit/model.js'
import type { Button } from '../../skills/kit/reply.js'
import { canonical } from './canonical.js'

/** Keeps what a button means on the server, so that a card carries nothing but an id. */
export interface ButtonBook {
  /** Stores a button of a tenant durably and answers its id; the same button has the same id. */
  keep(tenant: string, button: Button): Promise<string>
  /** The button of an id, or undefined where this tenant has none. */
  find(tenant: string, id: string): Promise<Button | undefined>
}

/** Where the book is kept. */
export interface ButtonRecords {
  get(tenant: string, id: string): Promise<Button | undefined>
  /** Stores it unless it is there. */
  add(tenant: string, id: string, button: Button): Promise<void>
}

/**
 * A book over records. Ids are digests of what the button means: a repeated answer stores nothing anew, and a guessed id is
 * of no use, because whoever presses is permitted again at every click.
 * @param digest a collision-free digest as URL-safe text
 * @param remembered how many stored ids are remembered, so that they are not looked up again
 */
export function createButtonBook(
  records: ButtonRecords,
  digest: (text: string) => string,
  remembered = 10_000,
): ButtonBook {
  const known = new Set<string>()
  return {
    async keep(tenant, button) {
      const id = digest(canonical([tenant, button as unknown as Json])).slice(0, 22)
      const key = `${tenant} ${id}`
      if (known.has(key)) return id
      await records.add(tenant, id, button)
      if (known.size >= remembered) known.clear()
      known.add(key)
      return id
    },
    find: (tenant, id) => (/^[\w-]{22}$/.test(id) ? records.get(tenant, id) : Promise.resolve(undefined)),
  }
}
