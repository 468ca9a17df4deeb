import { randomUUID } from 'node:crypto'
import { findUnreached, sayUnreached } from '../skills/control/unreached.js'
import type { HttpRoute } from './channels/http/http-server.js'
import type { Config } from './config.js'
import { hubCredential } from './credentials.js'
import { createDialogs } from './hub/dialogs.js'
import { createHub } from './hub/hub.js'
import type { SharedPorts } from './hub/unasked.js'
import { createLiveRegistry } from './hub/live-registry.js'
import type { Registry } from './hub/registry.js'
import { startIntake } from './compose/intake.js'
import { createNames, namesFor } from './language/names.js'
import { createLiveUnderstand } from './language/live-understand.js'
import { threadSubjects } from './compose/thread-subjects.js'
import { cloudOf, declarationsOf, settingsTreeOf } from './compose/outside-ports.js'
import { builtInSettings } from './settings/built-in-settings.js'
import { createLiveKinds } from './settings/live-kinds.js'
import { schedulesSource } from './settings/schedules-source.js'
import { settingsSource } from './settings/settings-source.js'
import { hearTeams } from './compose/teams-ear.js'
import { reachTeams } from './compose/teams-reach.js'
import { hubRoutes } from './compose/hub-routes.js'
import { startUpkeep } from './compose/upkeep.js'
import { pagingOf, scheduleSystemsOf, sourcesOf, wantEverywhere } from './compose/sources.js'
import { accessOver, heldGroups, keepAccessPolicy } from './compose/access.js'
import { audienceCutOf } from './compose/audiences.js'
import { keepAudit } from './compose/audit.js'
import { keepButtons } from './compose/buttons.js'
import { keepChanges } from './compose/changes.js'
import { controlOf } from './compose/control.js'
import { recordTurns } from './compose/record-turns.js'
import { skillWriting } from './compose/skill-writing.js'
import { startSending } from './compose/sending.js'
import type { Surroundings } from './compose/surroundings.js'
import { catalogPort } from './store/read-model/catalog-port.js'
import { peoplePort } from './store/read-model/people-port.js'
import { createDirectory } from './store/read-model/directory.js'
import { onCallPort } from './store/read-model/on-call-port.js'
import { schedulesPort } from './store/read-model/schedules-port.js'
import { createCatalogStore } from './store/records/catalog-store.js'
import { chatChanged } from './store/records/chat-changed.js'
import { chatsPort } from './store/records/chats-port.js'
import { conversationRecords } from './store/records/conversation-records.js'
import { messageRecords } from './store/records/message-records.js'
import { skillRecords, storeWrites } from './store/records/skill-records.js'
import { turnRecords } from './store/records/turn-records.js'
import { openScratch } from './store/sqlite/scratch-database.js'
import { createPushDesk } from './workers/sync/push-desk.js'
import { startFollowing } from './workers/follow/follow-worker.js'
import { startTimers } from './workers/timers/timers-worker.js'

/** Longest a command may take; Teams sends a message again that is not answered in 15 s. */
const turnPatience = 12_000

/** The hub of one organisation, put together and at work; what is brought to its addresses, others bring it. */
export interface TenantHub {
  tenant: string
  routes: HttpRoute[]
  registry: Registry
  /** Ends what is under way; nothing may be brought to its addresses any more. */
  stop(): Promise<void>
}

/** The one place that knows every vendor: Config → ports → hub → channels. */
export async function composeTenant(
  config: Config,
  { store, skills, sources: further = [], clock, log, fetch, reached }: Surroundings,
): Promise<TenantHub> {
  const watched = reached && { reached }
  const tenant = config.AZURE_TENANT_ID
  const registry = createLiveRegistry(skills)
  for (const { skill, command } of registry.absent) log.info('command.absent', { skill, command })
  const credential = hubCredential(config)
  const own = store.forTenant(tenant)
  const catalog = createCatalogStore(own, openScratch(config.NEXUS_DATA, `catalog-${tenant}`, config.NEXUS_STORE_KEY))
  await catalog.catchUp()
  const policy = keepAccessPolicy({
    roleGroups: config.NEXUS_ROLE_GROUPS,
    settings: { read: (path) => portOf.settings.read(path) },
    kinds: () => kinds.all(),
    groups: () => heldGroups(catalog.index, catalog.sources()),
    mistakes: (mistakes) => log.error('policy.mistakes', { mistakes }),
  })
  const people = createDirectory(tenant, catalog.index, policy.last)
  const conversations = conversationRecords(own, (now, before) => chatChanged(now, before, clock.now()))
  const tree = settingsTreeOf(config, clock)
  const kinds = createLiveKinds()
  const schedules = schedulesPort(scheduleSystemsOf(config, fetch), (source) => upkeep.sync.one(source))
  const portOf: SharedPorts = {
    catalog: catalogPort(catalog.index, catalog.sources, clock, kinds.all),
    onCall: onCallPort({ index: catalog.index, sources: catalog.sources, now: () => clock.now(), schedules }),
    schedules,
    rereading: { anew: (things, patience) => upkeep.sync.rereading.anew(things, patience) },
    people: peoplePort(catalog.index, people.of),
    chats: chatsPort(conversations, people, (team) => reach.places.channelOf(team, 'incidents')),
    audit: {
      find: (query, reader) => audit.port.find(query, reader),
      ownLatest: (person, limit) => audit.port.ownLatest(person, limit),
    },
    cloud: cloudOf(config, credential, clock),
    declarations: declarationsOf(config),
    settings: tree ?? builtInSettings,
    paging: pagingOf(config, clock, fetch),
    // The keeping of changes plans with the ports of skills, and is one of them.
    get proposals() {
      return keeping.proposals
    },
  }
  await policy.now()
  const access = accessOver({
    index: catalog.index,
    whole: portOf.catalog,
    clock,
    sources: catalog.sources,
    kinds: kinds.all,
    policy: policy.now,
  })
  const audit = keepAudit({ config, store, tenant: own, settings: portOf.settings, clock, log, ...watched })
  const hubId = randomUUID()
  const reach = reachTeams({
    config,
    credential,
    store: own,
    conversations,
    hubId,
    clock,
    fetch,
    log,
    groupOf: async (id) => (await portOf.catalog.get({ kind: 'Team', id }))?.props.groupId,
    readSettings: (path) => portOf.settings.read(path),
  })
  const writing = skillWriting({
    store: own,
    conversations,
    people: portOf.people,
    reach,
    committed: () => [follow, timers, outbox].forEach((worker) => worker.nudge()),
  })
  const control = controlOf(
    skillRecords('control', own, writing, () => clock.now()),
    clock,
  )
  const follow = startFollowing({
    catchUp: catalog.catchUp,
    clock,
    every: 1_000,
    failed: (error) => log.error('follow.failed', { error }),
  })
  const unasked = {
    registry,
    tenant,
    ports: portOf,
    recordsOf: (skill: string) => skillRecords(skill, own, writing, () => clock.now()),
    clock,
    newId: randomUUID,
    patience: turnPatience,
  }
  const keeping = keepChanges({
    ...watched,
    ...unasked,
    access,
    store: own,
    writing,
    run: (intent, caller) => hub.run(intent, caller),
    mayChange: control.mayChange,
    freezes: control.freezes,
    policyMistakes: (mistakes) => log.error('policy.mistakes', { mistakes }),
    failed: (error, id) => log.error('run.failed', { error, id }),
  })
  const understand = createLiveUnderstand(() => registry.commands)
  const names = createNames(catalog.index)
  names() // what there is from before is learnt before anybody waits for it
  const hub = createHub({
    ...unasked,
    caughtUp: catalog.catchUp,
    changes: keeping.changes,
    access,
    understand: (hearing, mayName) => Promise.resolve(understand(hearing, namesFor(names(), mayName))),
    subjectsOf: threadSubjects(messageRecords(own)),
    mayNote: control.mayNote,
    audience: audienceCutOf({
      access,
      catalog: portOf.catalog,
      settings: portOf.settings,
      teams: reach.teams,
      mistakes: (mistakes) => log.error('policy.mistakes', { mistakes }),
    }),
    record: recordTurns(log, audit.turnEnded),
  })
  const { book, show, press } = keepButtons(store, tenant, hub)
  const dialogs = createDialogs({ hub, registry, book, show })
  const turns = turnRecords(own, hubId, () => Date.parse(clock.now()))
  const outbox = startSending({
    ...watched,
    config,
    credential,
    store,
    conversations,
    reach,
    worker: hubId,
    hub,
    show,
    chats: portOf.chats,
    clock,
    fetch,
    log,
  })
  const timers = startTimers({
    ...watched,
    store: own,
    clock,
    worker: hubId,
    wake: (skill, name, timer) => hub.wake(skill, name, timer),
    writesOf: (skill, partition, writes) => storeWrites(skill, partition, writes, writing, () => clock.now()),
    notice: (event) => hub.notice(event),
    own: keeping.timers,
    failed: (error, timer) => log.error('timer.failed', { error, id: timer?.id }),
  })
  const intake = startIntake({
    config,
    store,
    own,
    catalog: portOf.catalog,
    clock,
    log,
    fetch,
    worker: hubId,
    notice: (event) => hub.notice(event),
    want: (moved) => wantEverywhere(moved, upkeep.sync),
    ...watched,
  })
  const teams = hearTeams({
    config,
    hub,
    press,
    dialogs,
    registry,
    show,
    people,
    conversations,
    turns,
    reach,
    outbox,
    store: own,
    clock,
    fetch,
    log,
  })
  const sources = [
    ...sourcesOf(config, credential, clock, fetch, Date.now, catalog.index, kinds.own),
    ...(tree ? [settingsSource(tree), schedulesSource(tree)] : []),
    ...further,
  ]
  const upkeep = startUpkeep({
    ...watched,
    config,
    sources,
    catalog,
    tree,
    skills,
    registry,
    kinds,
    turns,
    reach,
    store: own,
    lease: (name, ttlMs) => store.lease(name, ttlMs),
    clock,
    log,
    settingsChanged: policy.now,
  })
  const pushes = createPushDesk({
    ...watched,
    store: own,
    lease: (name, ttlMs) => store.lease(name, ttlMs),
    catalog,
    clock,
  })
  await pushes.resume()
  const routes: HttpRoute[] = [
    { method: 'POST', path: '/api/messages', handle: ({ authorization, body }) => teams.receive(authorization, body) },
    ...intake.routes,
    ...hubRoutes({
      config,
      hub,
      press,
      show,
      understand: async (hearing, person) => {
        const { mayName } = await access.of(person)
        return understand(hearing, namesFor(names(), mayName))
      },
      catalog: portOf.catalog,
      people,
      conversations,
      teams: reach.teams,
      registry,
      sync: upkeep.sync,
      sources: () => [
        ...catalog.sources().filter(({ source }) => source !== 'settings'),
        ...(upkeep.settings ? [upkeep.settings.state()] : []),
      ],
      unread: upkeep.unread,
      mistakes: async () => [...(upkeep.settings?.mistakes() ?? []), ...(await policy.unknownGroups())],
      standing: control.standing,
      unreached: async () => sayUnreached(await findUnreached({ ...portOf, now: clock.now() })),
      letters: intake.letters,
      audit,
      pushes,
      kinds: kinds.all,
      store: own,
      clock,
      drains: [intake.worker, timers, outbox],
      fetch,
    }),
  ]
  const workers = [upkeep, intake.worker, timers, outbox, follow, { stop: turns.settle }]
  return {
    tenant,
    routes: audit.countingRefusals(routes),
    registry,
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()))
      // The audit comes last: its last head covers what the others wrote.
      await audit.stop()
      catalog.index.close()
    },
  }
}
