import type { Instant, Role } from '../../skills/kit/model.js'
import type { SourceState } from '../../skills/kit/catalog/catalog.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Catalog, Settings } from '../../skills/kit/ports.js'
import { unreadPolicy, type AccessPolicy } from '../hub/access/access-policy.js'
import { createAccess, type Access } from '../hub/access/access.js'
import { accessPolicyOf, accessPolicyPath, readAccessPolicy, sayUnknownGroups } from '../settings/read-access-policy.js'
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

/** Names and ids of the Entra groups that somebody is in, without case; undefined while Entra was never read. */
export function heldGroups(index: CatalogIndex, sources: readonly SourceState[]): ReadonlySet<string> | undefined {
  if (!sources.some(({ source, asOf }) => source === 'entra' && asOf !== undefined)) return undefined
  const held = ['groups', 'groupIds'].flatMap((by) => index.tally({ kinds: ['Person'] }, by, { now: '' }))
  return new Set(held.map(({ value }) => String(value).toLowerCase()))
}

/** The access policy of an organisation, as it is in force. */
export interface KeptAccessPolicy {
  /** Asks the settings. */
  now(): Promise<AccessPolicy>
  /** As it was when it was asked last; every turn asks, and so does whoever sees the settings change. */
  last(): AccessPolicy
  /** The mistakes of its file that only the directory can tell: groups that nobody is in. */
  unknownGroups(): Promise<readonly string[]>
}

/** Keeps the access policy; the groups of the configuration give their roles beside those of the settings. */
export function keepAccessPolicy(parts: {
  roleGroups: Readonly<Record<string, Role>>
  settings: Pick<Settings, 'read'>
  kinds(): readonly KindDeclaration[]
  /** Names and ids of the groups that somebody is in, without case; undefined while the directory was never read. */
  groups(): ReadonlySet<string> | undefined
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
    async unknownGroups() {
      const [text, known] = [await parts.settings.read(accessPolicyPath), parts.groups()]
      return text === undefined || !known ? [] : sayUnknownGroups(readAccessPolicy(text, parts.kinds()).groups, known)
    },
  }
}
