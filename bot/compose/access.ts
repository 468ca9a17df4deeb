import type { Instant, Role } from '../../skills/kit/model.js'
import type { SourceState } from '../../skills/kit/catalog/catalog.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Catalog, Settings } from '../../skills/kit/ports.js'
import { unreadPolicy, type AccessPolicy } from '../hub/access/access-policy.js'
import { createAccess, type Access } from '../hub/access/access.js'
import { accessPolicyOf } from '../settings/read-access-policy.js'
import type { CatalogIndex } from '../store/read-model/catalog-index.js'
import { catalogPort } from '../store/read-model/catalog-port.js'
import { filterWorld } from '../store/read-model/filter-world.js'

/** What access to a tenant's catalog is decided by. */
export interface AccessOverParts {
  index: CatalogIndex
  whole: Catalog
  clock: { now(): Instant }
  sources(): SourceState[]
  kinds(): readonly KindDeclaration[]
  policy(): Promise<AccessPolicy>
}

/** Who sees what of a tenant's catalog, over its read model. */
export const accessOver = ({ index, whole, clock, sources, kinds, policy }: AccessOverParts): Access =>
  createAccess({
    policy,
    whole,
    world: () => filterWorld(index, clock.now(), kinds()),
    held: (ref) => index.get(ref),
    trim: (visible) => catalogPort(index, sources, clock, kinds, visible),
  })

/** The access policy of an organisation, as it is in force. */
export interface KeptAccessPolicy {
  /** Asks the settings. */
  now(): Promise<AccessPolicy>
  /** As it was when it was asked last; every turn asks. */
  last(): AccessPolicy
}

/** Keeps the access policy; the groups of the configuration give their roles beside those of the settings. */
export function keepAccessPolicy(parts: {
  roleGroups: Readonly<Record<string, Role>>
  settings: Pick<Settings, 'read'>
  kinds(): readonly KindDeclaration[]
  mistakes(mistakes: readonly string[]): void
}): KeptAccessPolicy {
  const read = accessPolicyOf(parts.settings, parts.kinds, (mistakes) => parts.mistakes(mistakes))
  const withConfigured = (policy: AccessPolicy): AccessPolicy => ({
    ...policy,
    groups: { ...policy.groups, ...parts.roleGroups },
  })
  let last = withConfigured(unreadPolicy)
  return {
    last: () => last,
    async now() {
      last = withConfigured(await read())
      return last
    },
  }
}
