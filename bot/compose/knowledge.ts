import type { Config } from '../config.js'
import { builtInSettings } from '../settings/built-in-settings.js'
import { createLiveKinds } from '../settings/live-kinds.js'
import { createDirectory } from '../store/read-model/directory.js'
import { createCatalogStore } from '../store/records/catalog-store.js'
import { openScratch } from '../store/sqlite/scratch-database.js'
import { heldGroups, keepAccessPolicy } from './access.js'
import { settingsTreeOf } from './outside-ports.js'
import type { Surroundings } from './surroundings.js'

/** What an organisation's hub knows before anything of it works: its part of the store, its catalog, its settings, and who may what. */
export type Knowledge = Awaited<ReturnType<typeof openKnowledge>>

/** Opens what is known of an organisation; its catalog is as the store has it when this resolves, and its access policy is read. */
export async function openKnowledge(config: Config, { store, clock, log }: Surroundings) {
  const tenant = config.AZURE_TENANT_ID
  const own = store.forTenant(tenant)
  const catalog = createCatalogStore(own, openScratch(config.NEXUS_DATA, `catalog-${tenant}`, config.NEXUS_STORE_KEY))
  await catalog.catchUp()
  const tree = settingsTreeOf(config, clock)
  const settings = tree ?? builtInSettings
  const kinds = createLiveKinds()
  const policy = keepAccessPolicy({
    roleGroups: config.NEXUS_ROLE_GROUPS,
    settings,
    kinds: () => kinds.all(),
    groups: () => heldGroups(catalog.index, catalog.sources()),
    mistakes: (mistakes) => log.error('policy.mistakes', { mistakes }),
  })
  await policy.now()
  const people = createDirectory(tenant, catalog.index, policy.last)
  return { tenant, own, catalog, tree, settings, kinds, policy, people }
}
