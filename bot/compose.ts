import { createHash, randomUUID } from 'node:crypto'
import { findUnreached, sayUnreached } from '../skills/control/unreached.js'
import type { Skill } from '../skills/kit/command.js'
import type { Json, Place } from '../skills/kit/model.js'
import { createHttpServer, type HttpRoute, type HttpServer } from './channels/http/http-server.js'
import { createConnectorSender } from './channels/teams/connector-sender.js'
import type { MovableClock } from './clock.js'
import type { Config } from './config.js'
import { hubCredential } from './credentials.js'
import { createButtonBook } from './hub/buttons.js'
import { createDialogs } from './hub/dialogs.js'
import { createHub, type Caller } from './hub/hub.js'
import type { SharedPorts } from './hub/unasked.js'
import { present } from './hub/present.js'
import { pressButton } from './hub/press-button.js'
import { createLiveRegistry } from './hub/live-registry.js'
import type { Registry } from './hub/registry.js'
import { startIntake } from './compose/intake.js'
import { createNames, namesFor } from './language/names.js'
import { createLiveUnderstand } from './language/live-understand.js'
import type { Log } from './log.js'
import { cloudOf, settingsTreeOf } from './compose/outside-ports.js'
import type { Destination } from './outgoing.js'
import type { Reached } from './reached.js'
import { builtInSettings } from './settings/built-in-settings.js'
import { createLiveKinds } from './settings/live-kinds.js'
import { schedulesSource } from './settings/schedules-source.js'
import { settingsSource } from './settings/settings-source.js'
import { readThreads } from './compose/read-threads.js'
import { hearTeams } from './compose/teams-ear.js'
import { reachTeams } from './compose/teams-reach.js'
import { hubRoutes } from './compose/hub-routes.js'
import { startUpkeep } from './compose/upkeep.js'
import { pagingOf, scheduleSystemsOf, sourcesOf } from './compose/sources.js'
import { accessOver, keepAccessPolicy } from './compose/access.js'
import { audienceCutOf } from './compose/audiences.js'
import { keepAudit } from './compose/audit.js'
import { keepChanges } from './compose/changes.js'
import { controlOf } from './compose/control.js'
import type { Store } from './store/contract.js'
import { catalogPort } from './store/read-model/catalog-port.js'
import { peoplePort } from './store/read-model/people-port.js'
import { createDirectory } from './store/read-model/directory.js'
import { onCallPort } from './store/read-model/on-call-port.js'
import { schedulesPort } from './store/read-model/schedules-port.js'
import { buttonRecords } from './store/records/button-records.js'
import { createCatalogStore } from './store/records/catalog-store.js'
import { chatChanged } from './store/records/chat-changed.js'
import { chatsPort } from './store/records/chats-port.js'
import { conversationRecords } from './store/records/conversation-records.js'
import { destinationOf } from './store/records/destinations.js'
import { skillRecords, storeWrites, type SkillWriting } from './store/records/skill-records.js'
import { turnRecords } from './store/records/turn-records.js'
import { startFollowing } from './workers/follow/follow-worker.js'
import { enqueueWrite } from './workers/outbox/enqueue.js'
import { levelOfReport } from './workers/outbox/level-of-report.js'
import { startOutbox } from './workers/outbox/outbox-worker.js'
import { startTimers } from './workers/timers/timers-worker.js'

/** Longest a command may take; Teams sends a message again that is not answered in 15 s. */
const turnPatience = 12_000

/** The hub, put together and running. */
export interface Running {
  port: number
  registry: Registry
  /** Stops taking turns, ends what is under way, closes the store. */
  stop(): Promise<void>
}

/** What compose is given beside the configuration. */
export interface Surroundings {
  store: Store
  skills: readonly Skill[]
  clock: MovableClock
  log: Log
  fetch: typeof globalThis.fetch
  /** Told each named step of the workers and webhooks, so that a test can end the hub there. */
  reached?: Reached
}

/** The one place that knows every vendor: Config → ports → hub → channels. */
export async function compose(
  config: Config,
  { store, skills, clock, log, fetch, reached }: Surroundings,
): Promise<Running> {
  const watched = reached && { reached }
  const tenant = config.AZURE_TENANT_ID
  const registry = createLiveRegistry(skills)
  for (const { skill, command } of registry.absent) log.info('command.absent', { skill, command })
  const credential = hubCredential(config)
  const own = store.forTenant(tenant)
  const catalog = createCatalogStore(own)
  await catalog.catchUp()
  const policy = keepAccessPolicy({
    roleGroups: config.NEXUS_ROLE_GROUPS,
    settings: { read: (path) => portOf.settings.read(path) },
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
    people: peoplePort(catalog.index, people.of),
    chats: chatsPort(conversations, people, (team) => reach.places.channelOf(team, 'incidents')),
    audit: { find: (query, reader) => audit.port.find(query, reader) },
    cloud: cloudOf(config, credential, clock),
    settings: tree ?? builtInSettings,
    paging: pagingOf(config, clock, fetch),
    // The keeping of changes plans with the ports of skills, and is one of them.
    get proposals() {
      return keeping.proposals
    },
  }
  await policy.now()
  const access = accessOver({ index: catalog.index, whole: portOf.catalog, clock, policy: policy.now })
  const audit = keepAudit({ config, store, tenant: own, settings: portOf.settings, clock, log })
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
  const writing: SkillWriting = {
    destinationOf: (to) =>
      destinationOf(to, {
        conversations,
        objectIdOf: async (id) => (await portOf.people.get(id))?.objectId,
        channelOf: reach.places.channelOf,
      }),
    enqueue: enqueueWrite,
    committed: () => [follow, timers, outbox].forEach((worker) => worker.nudge()),
  }
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
  const hub = createHub({
    ...unasked,
    caughtUp: catalog.catchUp,
    changes: keeping.changes,
    access,
    understand: (hearing, mayName) => Promise.resolve(understand(hearing, namesFor(names(), mayName))),
    mayNote: control.mayNote,
    audience: audienceCutOf({
      access,
      catalog: portOf.catalog,
      settings: portOf.settings,
      teams: reach.teams,
      mistakes: (mistakes) => log.error('policy.mistakes', { mistakes }),
    }),
    record: (turn) => {
      const { by, reason: _reason, error, ...said } = turn
      log[error === undefined ? 'info' : 'error']('turn', {
        ...said,
        person: by.objectId,
        ...(error !== undefined && { error }),
      })
      return audit.turnEnded(turn)
    },
  })
  const book = createButtonBook(
    buttonRecords((id) => store.forTenant(id)),
    (text) => createHash('sha256').update(text).digest('base64url'),
  )
  const show = (reply: Parameters<typeof present>[0]) =>
    present(reply, (button) => book.keep(tenant, button), portOf.catalog)
  const press = (id: string, inputs: Record<string, unknown>, caller: Caller) =>
    pressButton(id, inputs as Record<string, Json>, caller, hub, book)
  const dialogs = createDialogs({ hub, registry, book, show, catalog: portOf.catalog })
  const turns = turnRecords(own, hubId, () => Date.parse(clock.now()))
  const outbox = startOutbox({
    ...watched,
    store: own,
    lease: (name, ttlMs) => store.lease(name, ttlMs),
    clock,
    pace: reach.pace,
    chance: Math.random,
    worker: hubId,
    send: createConnectorSender({ token: reach.token, fetch, routeOf: conversations.routeOf }),
    findMessages: readThreads(
      config,
      credential,
      { conversations, teams: reach.teams, learn: reach.places.learn },
      fetch,
      Date.now,
    ),
    draw: async (content, to) => {
      if ('activity' in content) return content
      // A chat with Nexus is one person's: what is said there is drawn for them.
      const reader = 'person' in to ? await portOf.chats.partner(to.person) : undefined
      const reply = reader
        ? 'text' in content
          ? content
          : await hub.draw(content, reader)
        : await hub.drawIn(content, placeOf(to))
      return reach.draw(reply, await show(reply), to, reader)
    },
    report: (sent) => log[levelOfReport(sent)]('outbox', { ...sent }),
    failed: (error, item) => log.error('outbox.failed', { error, id: item?.id }),
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
    ...sourcesOf(config, credential, clock, fetch, Date.now, catalog.index),
    ...(tree ? [settingsSource(tree), schedulesSource(tree)] : []),
  ]
  const upkeep = startUpkeep({
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
    clock,
    log,
  })
  const routes: HttpRoute[] = [
    { method: 'POST', path: '/api/messages', handle: ({ authorization, body }) => teams.receive(authorization, body) },
    ...intake.routes,
    ...hubRoutes({
      config,
      hub,
      press,
      show,
      understand: (hearing) => understand(hearing, names()),
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
      unread: () =>
        sources
          .filter(({ name }) => !catalog.sources().some(({ source }) => source === name))
          .map(({ title }) => title),
      mistakes: () => upkeep.settings?.mistakes() ?? [],
      standing: control.standing,
      unreached: async () => sayUnreached(await findUnreached({ ...portOf, now: clock.now() })),
      letters: intake.letters,
      audit,
      store: own,
      clock,
      drains: [intake.worker, timers, outbox],
      fetch,
    }),
  ]
  const server = createHttpServer(audit.countingRefusals(routes), (error, path) =>
    log.error('http.failed', { path, error }),
  )
  const port = await server.listen(config.NEXUS_HOST, config.NEXUS_PORT)
  log.info('listening', { port })
  return {
    port,
    registry,
    stop: () => stop(server, [upkeep, intake.worker, timers, outbox, follow, { stop: turns.settle }], audit, store),
  }
}

/** A destination as the place that it is. */
const placeOf = (to: Destination): Pick<Place, 'kind' | 'id'> =>
  'person' in to
    ? { kind: 'personal', id: to.person }
    : 'channel' in to
      ? { kind: 'channel', id: to.channel }
      : { kind: 'group', id: to.chat }

const drainPatience = 10_000

interface Stops {
  stop(): Promise<void>
}

/** The audit comes last: its last head covers what the others wrote. */
async function stop(server: HttpServer, workers: readonly Stops[], audit: Stops, store: Store): Promise<void> {
  await server.drain(drainPatience)
  await Promise.all(workers.map((worker) => worker.stop()))
  await audit.stop()
  await store.close()
}
