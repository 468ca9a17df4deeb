import type { Catalog, SourceState } from '../../../skills/kit/ports.js'
import type { CatalogIndex } from './catalog-index.js'

/** The catalog as skills ask it, over one tenant's index. */
export const catalogPort = (index: CatalogIndex, sources: () => SourceState[]): Catalog => ({
  get: async (ref) => index.get(ref),
  all: async (kind) => index.all(kind),
  related: async (ref, step) => index.related(ref, step),
  reach: async (ref, way) => index.reach(ref, way),
  sources: async () => sources(),
})
