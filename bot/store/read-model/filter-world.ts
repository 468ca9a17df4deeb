import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { FilterWorld } from '../../../skills/kit/catalog/meets-filter.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { CatalogIndex } from './catalog-index.js'

/** What filters are held against one by one: all that an index holds. */
export const filterWorld = (
  index: CatalogIndex,
  now: Instant,
  kinds: readonly KindDeclaration[] = builtInKinds,
): FilterWorld => ({
  now,
  neighbours: (ref, step) => index.related(ref, step, { now, kinds }).map(({ entity }) => entity),
  kindOf: (kind) => kinds.find((one) => one.kind === kind),
})
