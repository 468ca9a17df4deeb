import type { CatalogSource } from '../../skills/kit/catalog-source.js'
import type { Skill } from '../../skills/kit/command.js'
import type { Instant } from '../../skills/kit/model.js'
import type { SourceState } from '../../skills/kit/ports.js'
import { wishesPath, wishMistakes } from '../channels/teams/channel-wishes.js'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import type { createLiveRegistry } from '../hub/live-registry.js'
import type { Log } from '../log.js'
import type { Reached } from '../reached.js'
import { followSettings } from '../settings/follow-settings.js'
import { keptHistory } from '../store/read-model/catalog-port.js'
import { forgetVersions } from '../store/records/catalog-versions.js'
import { rememberedFor, type MemoryRecords } from '../store/records/memory-records.js'
import { rateableFor, type RatedRecords } from '../store/records/rated-records.js'
import type { TurnRecords } from '../store/records/turn-records.js'
import { createPushDesk } from '../workers/sync/push-desk.js'
import { startSync, type SyncParts } from '../workers/sync/sync-worker.js'
import { startTidying } from '../workers/tidy/tidy-worker.js'
import type { Knowledge } from './knowledge.js'
import type { TeamsReach } from './teams-reach.js'

const syncPatience = 120_000
/** A first reading that takes longer keeps nobody from asking for what is known by then, in milliseconds. */
const firstReadingPatience = 20_000
/** A first reading that says itself that there is more than this to read is not waited for at all. */
const muchToRead = 5_000
const settingsPause = 60_000
const tidyEvery = 3_600_000

/** What is kept up to date and tidy. */
export interface UpkeepParts {
  config: Config
  sources: readonly CatalogSource[]
  knowledge: Pick<Knowledge, 'catalog' | 'tree' | 'kinds' | 'own' | 'policy'>
  skills: readonly Skill[]
  registry: ReturnType<typeof createLiveRegistry>
  turns: TurnRecords
  memories: MemoryRecords
  rated: RatedRecords
  reach: TeamsReach
  lease: SyncParts['lease']
  clock: Clock
  log: Log
  reached?: Reached | undefined
}

/** Starts what keeps the hub's knowledge near to its sources, its settings to their tree, and its store from growing for ever. */
export function startUpkeep(parts: UpkeepParts) {
  const { config, sources, knowledge, skills, registry, turns, memories, rated, reach, clock, log, reached } = parts
  const { catalog, tree, kinds, own: store, policy } = knowledge
  const sync = startSync({
    sources,
    store,
    lease: parts.lease,
    catalog,
    kinds: kinds.all,
    clock,
    pace: {
      delta: config.NEXUS_DELTA_SECONDS * 1_000,
      sweep: config.NEXUS_SWEEP_HOURS * 3_600_000,
      sweepWithoutDelta: config.NEXUS_SYNC_MINUTES * 60_000,
    },
    patience: syncPatience,
    report: logSync(log),
    failed: (source, error) => log.error('sync.failed', { source, error }),
    ...(reached && { reached }),
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
        await policy.now()
      },
      silent: (down) => log.warn('settings.silent', { ...down }),
      failed: (error) => log.error('settings.failed', { error }),
    })
  const tidying = startTidying({
    tasks: [
      { name: 'turns', keepMs: config.NEXUS_KEEP_TURNS, forget: (before) => turns.forget(before) },
      { name: 'memories', keepMs: rememberedFor, forget: (before) => memories.forget(before) },
      { name: 'rateable', keepMs: rateableFor, forget: (before) => rated.forget(before) },
      { name: 'store', keepMs: config.NEXUS_KEEP_FINISHED, forget: (before) => store.prune(before) },
      { name: 'versions', keepMs: keptHistory, forget: (before) => forgetVersions(store, before) },
      { name: 'pace', keepMs: 0, forget: () => reach.pace.forget() },
    ],
    clock,
    every: tidyEvery,
    report: (name, forgotten) => log.info('tidied', { name, forgotten }),
    failed: (name, error) => log.error('tidy.failed', { name, error }),
  })
  const pushes = createPushDesk({ store, lease: parts.lease, catalog, clock, ...(reached && { reached }) })
  return {
    sync,
    settings,
    pushes,
    unread: () => unreadSources(sources, catalog.sources(), clock.now()),
    stop: async () => {
      await Promise.all([sync, tidying, ...(settings ? [settings] : [])].map((worker) => worker.stop()))
    },
  }
}

/** Says what came of a reading, and of what is new where something was written; how far a reading is is for `nexus status`. */
const logSync =
  (log: Log): SyncParts['report'] =>
  ({ cause, ...report }) => {
    if (report.down !== undefined) log.warn('sync', { ...report, cause })
    else if (report.step === 'close' || (report.step !== 'page' && report.written + report.dropped > 0))
      log.info('sync', { ...report })
  }

/** Titles of the sources whose first reading is awaited: of one that does not answer, or takes long, nothing more is. */
export function unreadSources(
  sources: readonly Pick<CatalogSource, 'name' | 'title'>[],
  states: readonly SourceState[],
  now: Instant,
): string[] {
  const isAwaited = (state: SourceState | undefined): boolean => {
    if (!state) return true
    if (state.asOf !== undefined || state.down) return false
    if (!state.reading) return true
    const { since, progress } = state.reading
    return (progress?.of ?? 0) <= muchToRead && Date.parse(now) - Date.parse(since) < firstReadingPatience
  }
  return sources.filter(({ name }) => isAwaited(states.find(({ source }) => source === name))).map(({ title }) => title)
}
