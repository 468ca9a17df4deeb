import type { Ref } from '../../skills/kit/model.js'
import type { HubParts } from '../hub/hub-parts.js'
import type { Registry } from '../hub/registry.js'
import { createLiveUnderstand, type LiveUnderstand } from '../language/live-understand.js'
import { createNames, namesFor } from '../language/names.js'
import type { Hearing, Understanding } from '../language/understanding.js'
import type { CatalogIndex } from '../store/read-model/catalog-index.js'

/** What words mean to somebody who may know some names and not others. */
export type UnderstandNamed = (hearing: Hearing, mayName: (ref: Ref) => boolean) => Promise<Understanding>

/** Understands by the commands there are and the names in the catalog, as both are when it is asked. */
export function understandNamed(
  registry: Pick<Registry, 'commands'>,
  index: CatalogIndex,
): {
  understand: UnderstandNamed
  language: NonNullable<HubParts['language']>
  learnNames(): void
  learnCommands: LiveUnderstand['learnAhead']
} {
  const { understand, learnAhead } = createLiveUnderstand(() => registry.commands)
  const names = createNames(index)
  names() // what there is from before is learnt before anybody waits for it
  return {
    understand: async (hearing, mayName) => understand(hearing, namesFor(names(), mayName)),
    language: (mayName) => ({ names: namesFor(names(), mayName), understand }),
    /** Learns what moved since, so that nobody who asks waits for it: the first reading of a source may bring a hundred thousand names. */
    learnNames: () => void names(),
    learnCommands: learnAhead,
  }
}
