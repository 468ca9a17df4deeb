import type { Instant, Role } from '../../skills/kit/model.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import type { Catalog, Settings } from '../../skills/kit/ports.js'
import { unreadPolicy, type AccessPolicy } from '../hub/access/access-policy.js'
import { createAccess, type Access } from '../hub/access/access.js'
import { accessPolicyOf } from '../settings/read-access-policy.js'
import type { CatalogIndex } from '../store/read-model/catalog-index.js'
import { filterWorld } from '../store/read-model/filter-world.js'

/** What access to a tenant's catalog is decided by. */
export interface AccessOverParts {
  index: CatalogIndex
  whole: Catalog
  clock: { now(): Instant }
  policy(): Promise<AccessPolicy>
}

/** Who sees what of a tenant's catalog, over its read model. */
export const accessOver = ({ index, whole, clock, policy }: AccessOverParts): Access =>
  createAccess({
    policy,
    whole,
    world: (at) => filterWorld(index, at ?? clock.now()),
    held: (ref) => index.get(ref),
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
  mistakes(mistakes: readonly string[]): void
}): KeptAccessPolicy {
  const read = accessPolicyOf(
    parts.settings,
    (text) => readFilter(text, builtInKinds),
    (mistakes) => parts.mistakes(mistakes),
  )
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
