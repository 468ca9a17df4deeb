import type { CatalogSource } from '../../skills/kit/catalog-source.js'
import type { Skill } from '../../skills/kit/command.js'
import { wishesPath, wishMistakes } from '../channels/teams/channel-wishes.js'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import type { createLiveRegistry } from '../hub/live-registry.js'
import type { Log } from '../log.js'
import { followSettings } from '../settings/follow-settings.js'
import type { LiveKinds } from '../settings/live-kinds.js'
import type { TenantStore } from '../store/contract.js'
import { keptHistory } from '../store/read-model/catalog-port.js'
import type { CatalogStore } from '../store/records/catalog-store.js'
import { forgetVersions } from '../store/records/catalog-versions.js'
import type { TurnRecords } from '../store/records/turn-records.js'
import { startSync } from '../workers/sync/sync-worker.js'
import { startTidying } from '../workers/tidy/tidy-worker.js'
import type { settingsTreeOf } from './outside-ports.js'
import type { TeamsReach } from './teams-reach.js'

const syncPatience = 120_000
const settingsPause = 60_000
const tidyEvery = 3_600_000

/** What is kept up to date and tidy. */
export interface UpkeepParts {
  config: Config
  sources: readonly CatalogSource[]
  catalog: CatalogStore
  /** The organisation's settings; undefined where none are configured. */
  tree: ReturnType<typeof settingsTreeOf>
  skills: readonly Skill[]
  registry: ReturnType<typeof createLiveRegistry>
  kinds: LiveKinds
  turns: TurnRecords
  reach: TeamsReach
  store: TenantStore
  clock: Clock
  log: Log
  /** Told when other settings are in force. */
  settingsChanged(): Promise<unknown>
}

/** Starts what keeps the hub's knowledge near to its sources, its settings to their tree, and its store from growing for ever. */
export function startUpkeep(parts: UpkeepParts) {
  const { config, sources, catalog, tree, skills, registry, kinds, turns, reach, store, clock, log } = parts
  const sync = startSync({
    sources,
    catalog,
    clock,
    every: config.NEXUS_SYNC_MINUTES * 60_000,
    patience: syncPatience,
    report: ({ cause, ...report }) =>
      report.down ? log.warn('sync', { ...report, cause }) : log.info('sync', { ...report }),
    failed: (source, error) => log.error('sync.failed', { source, error }),
  })
  const settings =
    tree &&
    followSettings({
      tree,
      skills,
      registry,
      kinds,
      clock,
      every: settingsPause,
      checks: [{ path: wishesPath, check: wishMistakes }],
      patience: syncPatience,
      async changed(version, mistakes) {
        log[mistakes.length ? 'error' : 'info']('settings', { version, mistakes })
        await parts.settingsChanged()
      },
      silent: (down) => log.warn('settings.silent', { ...down }),
      failed: (error) => log.error('settings.failed', { error }),
    })
  const tidying = startTidying({
    tasks: [
      { name: 'turns', keepMs: config.NEXUS_KEEP_TURNS, forget: (before) => turns.forget(before) },
      { name: 'store', keepMs: config.NEXUS_KEEP_FINISHED, forget: (before) => store.prune(before) },
      { name: 'versions', keepMs: keptHistory, forget: (before) => forgetVersions(store, before) },
      { name: 'pace', keepMs: 0, forget: () => reach.pace.forget() },
    ],
    clock,
    every: tidyEvery,
    report: (name, forgotten) => log.info('tidied', { name, forgotten }),
    failed: (name, error) => log.error('tidy.failed', { name, error }),
  })
  return {
    sync,
    settings,
    stop: async () => {
      await Promise.all([sync, tidying, ...(settings ? [settings] : [])].map((worker) => worker.stop()))
    },
  }
}
