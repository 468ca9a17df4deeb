import type { Catalog } from '../../skills/kit/ports.js'
import type { Hearing, Understanding } from '../language/understanding.js'

/** What finding by name and by id is made of. */
export interface FindingParts {
  understand(hearing: Hearing): Promise<Understanding>
  catalog: Pick<Catalog, 'get' | 'kinds'>
  /** Returns when what any hub has written can be found; absent where that is so at every moment. */
  caughtUp?(): Promise<void>
}

/**
 * The same finding, which looks once more where something is not found: another hub may have made it a moment ago, such as a proposal
 * whose card is pressed at once.
 */
export function lookingAgain({ understand, catalog, caughtUp }: FindingParts): Omit<FindingParts, 'caughtUp'> {
  if (!caughtUp) return { understand, catalog }
  return {
    async understand(hearing) {
      const understanding = await understand(hearing)
      if (understanding.outcome !== 'unknown-name') return understanding
      await caughtUp()
      return understand(hearing)
    },
    catalog: {
      kinds: () => catalog.kinds(),
      async get(ref) {
        const entity = await catalog.get(ref)
        if (entity) return entity
        await caughtUp()
        return catalog.get(ref)
      },
    },
  }
}
