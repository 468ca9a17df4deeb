import { randomUUID } from 'node:crypto'
import type { HttpRoute } from './channels/http/http-server.js'
import type { Config } from './config.js'
import { hubCredential } from './credentials.js'
import { createLiveRegistry } from './hub/live-registry.js'
import type { Registry } from './hub/registry.js'
import { startIntake } from './compose/intake.js'
import { composeTurn } from './compose/turn.js'
import { hearTeams } from './compose/teams-ear.js'
import { reachTeams } from './compose/teams-reach.js'
import { hubRoutes } from './compose/hub-routes.js'
import { teamHere } from './compose/team-here.js'
import { startUpkeep } from './compose/upkeep.js'
import { openKnowledge } from './compose/knowledge.js'
import { learnAhead } from './compose/learn-ahead.js'
import { sharedPorts } from './compose/shared-ports.js'
import { settingsSources, sourcesOf, wantEverywhere } from './compose/sources.js'
import { keepAudit } from './compose/audit.js'
import { skillWriting } from './compose/skill-writing.js'
import { startSending } from './compose/sending.js'
import type { Surroundings } from './compose/surroundings.js'
import { chatChanged } from './store/records/chat-changed.js'
import { conversationRecords } from './store/records/conversation-records.js'
import { storeWrites } from './store/records/skill-records.js'
import { turnRecords } from './store/records/turn-records.js'
import { startFollowing } from './workers/follow/follow-worker.js'
import { startTimers } from './workers/timers/timers-worker.js'

/** The hub of one organisation, put together and at work; what is brought to its addresses, others bring it. */
export interface TenantHub {
  tenant: string
  routes: HttpRoute[]
  registry: Registry
  /** Says that it listens: what nobody had to wait for until then is learnt now. */
  listens(): void
  /** Ends what is under way; nothing may be brought to its addresses any more. */
  stop(): Promise<void>
}

/** The one place that knows every vendor: Config → ports → hub → channels. */
export async function composeTenant(config: Config, surroundings: Surroundings): Promise<TenantHub> {
  const { store, skills, sources: further = [], clock, log, fetch, reached } = surroundings
  const common = { ...(reached && { reached }), config, clock, fetch, log }
  const registry = createLiveRegistry(skills)
  for (const { skill, command } of registry.absent) log.info('command.absent', { skill, command })
  const [credential, hubId] = [hubCredential(config), randomUUID()]
  const knowledge = await openKnowledge(config, surroundings)
  const { tenant, own, catalog, kinds, people } = knowledge
  const conversations = conversationRecords(own, (now, before) => chatChanged(now, before, clock.now()))
  const ports = sharedPorts(
    config,
    knowledge,
    surroundings,
    { conversations, credential },
    {
      reach: () => reach,
      audit: () => audit.port,
      proposals: () => turn.keeping.proposals,
      sync: () => upkeep.sync,
    },
  )
  const audit = keepAudit({ ...common, store, tenant: own, settings: ports.settings })
  const reach = reachTeams({
    ...common,
    credential,
    store: own,
    conversations,
    hubId,
    groupOf: async (id) => (await ports.catalog.get({ kind: 'Team', id }))?.props.groupId,
    readSettings: (path) => ports.settings.read(path),
  })
  const writing = skillWriting({
    store: own,
    conversations,
    people: ports.people,
    reach,
    committed: () => [follow, timers, outbox].forEach((worker) => worker.nudge()),
  })
  const turn = composeTurn({ ...common, store, knowledge, ports, registry, reach, audit, writing })
  const { hub } = turn
  const ahead = learnAhead(turn.learnCommands, (error) => log.error('learn.failed', { error }))
  const follow = startFollowing({
    catchUp: () => catalog.catchUp().then(turn.learnNames).then(ahead.nudge),
    clock,
    every: 1_000,
    failed: (error) => log.error('follow.failed', { error }),
  })
  const turns = turnRecords(own, hubId, () => Date.parse(clock.now()))
  const outbox = startSending({
    ...common,
    credential,
    store,
    conversations,
    reach,
    worker: hubId,
    hub,
    show: turn.show,
    chats: ports.chats,
  })
  const timers = startTimers({
    ...common,
    store: own,
    worker: hubId,
    wake: (skill, name, timer) => hub.wake(skill, name, timer),
    writesOf: (skill, partition, writes) => storeWrites(skill, partition, writes, writing, () => clock.now()),
    notice: (event) => hub.notice(event),
    own: turn.keeping.timers,
    failed: (error, timer) => log.error('timer.failed', { error, id: timer?.id }),
  })
  const intake = startIntake({
    ...common,
    store,
    own,
    catalog: ports.catalog,
    worker: hubId,
    notice: (event) => hub.notice(event),
    want: (moved) => wantEverywhere(moved, upkeep.sync),
  })
  const teams = hearTeams({
    ...{ ...common, ...turn, registry, people, conversations, turns, reach, outbox, store: own },
    inTeam: teamHere({ conversations, teams: reach.teams, learn: reach.places.learn, catalog: ports.catalog }),
  })
  const upkeep = startUpkeep({
    ...common,
    sources: [
      ...sourcesOf(config, credential, clock, fetch, Date.now, catalog.index, kinds.own),
      ...settingsSources(knowledge.tree),
      ...further,
    ],
    knowledge,
    skills,
    registry,
    turns,
    memories: turn.memories,
    rated: turn.rated,
    reach,
    lease: (name, ttlMs) => store.lease(name, ttlMs),
  })
  await upkeep.pushes.resume()
  const routes: HttpRoute[] = [
    { method: 'POST', path: '/api/messages', handle: ({ authorization, body }) => teams.receive(authorization, body) },
    ...intake.routes,
    ...hubRoutes({
      ...common,
      ...turn,
      knowledge,
      ports,
      conversations,
      teams: reach.teams,
      registry,
      upkeep,
      letters: intake.letters,
      audit,
      drains: [intake.worker, timers, outbox],
    }),
  ]
  const workers = [upkeep, intake.worker, timers, outbox, follow, ahead, { stop: turns.settle }]
  return {
    tenant,
    routes: audit.countingRefusals(routes),
    registry,
    listens: ahead.begin,
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()))
      // The audit comes last: its last head covers what the others wrote.
      await audit.stop()
      catalog.index.close()
    },
  }
}
