import type { Entity } from '../../../../skills/kit/model.js'
import type { LiveCatalog } from '../live-catalog.js'

/** A catalog of some entities, as the read model answers it: text without case. */
export const liveCatalog = (entities: () => readonly Entity[]): LiveCatalog => ({
  get: ({ kind, id }) => entities().find((one) => one.kind === kind && one.id === id),
  all: (kind) => entities().filter((one) => one.kind === kind),
  having: (kind, property, value) =>
    entities().filter(
      (one) =>
        one.kind === kind &&
        String(property === 'name' ? one.name : one.props[property]).toLowerCase() === String(value).toLowerCase(),
    ),
})
