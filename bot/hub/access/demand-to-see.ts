import { notAllowed } from '../../../skills/kit/errors.js'
import type { Catalog } from '../../../skills/kit/ports.js'
import type { Reader } from './access.js'

/**
 * What a command is asked about, for a reader: where a thing is hidden from them by a rule that is no secret, they are told the rule and who
 * can help; where it is one, the thing is not there.
 */
export const demandToSee = (
  { catalog, maySee }: Reader,
  whole: Pick<Catalog, 'get'>,
): Pick<Catalog, 'get' | 'kinds'> => ({
  kinds: () => catalog.kinds(),
  async get(ref) {
    const found = await catalog.get(ref)
    const hidden = found ? undefined : await whole.get(ref)
    if (!hidden) return found
    const { allowed, secret, reason, wayOn } = maySee(hidden)
    if (!allowed && !secret) throw notAllowed(`You may not see ${hidden.name}. ${reason}`, wayOn)
    return undefined
  },
})
