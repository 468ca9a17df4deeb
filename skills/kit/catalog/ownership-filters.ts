import { everything, type Filter } from './filter.js'
import type { Step } from './relation-types.js'

const out = (type: Step['type']): Step => ({ type, direction: 'out' })
const hasOwner: Filter = { step: out('ownedBy'), of: everything }
const runsWhere = (of: Filter): Filter => ({ step: out('runsIn'), of })
const partOf = (of: Filter): Filter => ({ step: out('partOf'), deep: true, of })

/** What somebody owns: by its own word, by what it is part of, or by the environment in which it or that runs. */
export const owned: Filter = {
  any: [hasOwner, partOf(hasOwner), runsWhere(hasOwner), partOf(runsWhere(hasOwner))],
}

/** What nobody owns. */
export const unowned: Filter = { not: owned }

/** What several teams are said to own, by one source or another. */
export const disputed: Filter = { step: out('ownedBy'), atLeast: 2, of: everything }
