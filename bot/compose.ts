import { createHash, randomUUID } from 'node:crypto'
import type { Skill } from '../skills/kit/command.js'
import type { Json } from '../skills/kit/model.js'
import { auditApi } from './channels/http/audit-api.js'
import { hubApi } from './channels/http/hub-api.js'
import { createHttpServer, type HttpRoute, type HttpServer } from './channels/http/http-server.js'
import { createUserTokenVerifier, type TokenPerson } from './channels/http/verify-user-token.js'
import { createAccounts } from './channels/teams/accounts.js'
import { addressRefresh } from './channels/teams/address-refresh.js'
import { connectorAudience } from './channels/teams/bot-authentication.js'
import { createConnectorSender } from './channels/teams/connector-sender.js'
import { drawDialog } from './channels/teams/draw-dialog.js'
import { drawActivity } from './channels/teams/draw-activity.js'
import { channelWishes } from './channels/teams/channel-wishes.js'
import { readTeam } from './channels/teams/read-team.js'
import { createTeamChannels } from './channels/teams/team-channels.js'
import { createTeamsChannel } from './channels/teams/teams-channel.js'
import { createTokenVerifier } from './channels/teams/verify-token.js'
import type { MovableClock } from './clock.js'
import { hubAudience, type Config } from './config.js'
import { botCredential, hubCredential, tokensFor } from './credentials.js'
import { createButtonBook } from './hub/buttons.js'
import { createDialogs } from './hub/dialogs.js'
import { createHub, type Caller } from './hub/hub.js'
import type { SharedPorts } from './hub/unasked.js'
import { nameArguments } from './hub/name-arguments.js'
import { present } from './hub/present.js'
import { pressButton } from './hub/press-button.js'
import { createLiveRegistry } from './hub/live-registry.js'
import type { Registry } from './hub/registry.js'
import { writeHeadline } from './hub/headline.js'
import { welcome } from './hub/welcome.js'
import { startIntake } from './intake.js'
import { createNames } from './language/names.js'
import { createLiveUnderstand } from './language/live-understand.js'
import type { Log } from './log.js'
import { cloudOf, settingsTreeOf } from './outside-ports.js'
import type { Reached } from './reached.js'
import { builtInSettings } from './settings/built-in-settings.js'
import { followSettings } from './settings/follow-settings.js'
import { readThreads } from './read-threads.js'
import { settled } from './settled.js'
import { threadOf, type Destination } from './outgoing.js'
import { pagingOf, sourcesOf } from './sources.js'
import { keepAudit } from './audit.js'
import { keepChanges } from './changes.js'
import { controlOf } from './control.js'
import type { Store } from './store/contract.js'
import { catalogPort } from './store/read-model/catalog-port.js'
import { peoplePort } from './store/read-model/people-port.js'
import { createDirectory } from './store/read-model/directory.js'
import { onCallPort } from './store/read-model/on-call-port.js'
import { accountRecords } from './store/records/account-records.js'
import { buttonRecords } from './store/records/button-records.js'
import { createCatalogStore } from './store/records/catalog-store.js'
import { conversationOf } from './channels/teams/conversation-of.js'
import { chatChanged } from './store/records/chat-changed.js'
import { chatsPort } from './store/records/chats-port.js'
import { conversationRecords } from './store/records/conversation-records.js'
import { destinationOf } from './store/records/destinations.js'
import { skillRecords, storeWrites, type SkillWriting } from './store/records/skill-records.js'
import { teamRecords } from './store/records/team-records.js'
import { turnRecords } from './store/records/turn-records.js'
import { startFollowing } from './workers/follow/follow-worker.js'
import { enqueueWrite } from './workers/outbox/enqueue.js'
import { enqueueAnswer, waitingAnswers } from './workers/outbox/enqueue-answer.js'
import { enqueueWelcome, forgetWelcome } from './workers/outbox/enqueue-welcome.js'
import { outboxDesk } from './workers/outbox/outbox-desk.js'
import { levelOfReport } from './workers/outbox/level-of-report.js'
import { startOutbox } from './workers/outbox/outbox-worker.js'
import { createSharedPace } from './workers/outbox/shared-pace.js'
import { startSync } from './workers/sync/sync-worker.js'
import { startTimers } from './workers/timers/timers-worker.js'
import { startTidying } from './workers/tidy/tidy-worker.js'

/** Longest a command may take; Teams sends a message again that is not answered in 15 s. */
const turnPatience = 12_000
const syncPatience = 120_000
const settingsPause = 60_000
const tidyEvery = 3_600_000
/** How long reading of Teams waits for its turn, and how many are counted apart. */
const readPatience = 3_000
const mostReads = 100

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
  const people = createDirectory(tenant, catalog.index, config.NEXUS_ROLE_GROUPS)
  const conversations = conversationRecords(own, (now, before) => chatChanged(now, before, clock.now()))
  const tree = settingsTreeOf(config, clock)
  const portOf: SharedPorts = {
    catalog: catalogPort(catalog.index, catalog.sources),
    onCall: onCallPort(catalog.index, catalog.sources),
    people: peoplePort(catalog.index, people.of),
    chats: chatsPort(conversations, people),
    audit: { find: (query, reader) => audit.port.find(query, reader) },
    cloud: cloudOf(config, credential, clock),
    settings: tree ?? builtInSettings,
    paging: pagingOf(config, clock, fetch),
    // The keeping of changes plans with the ports of skills, and is one of them.
    get proposals() {
      return keeping.proposals
    },
  }
  const audit = keepAudit({ config, store, tenant: own, settings: portOf.settings, clock, log })
  const connectorToken = tokensFor(botCredential(config, credential), `${connectorAudience}/.default`, Date.now)
  const teamsKnown = teamRecords(own)
  const places = createTeamChannels({
    teams: teamsKnown,
    conversations,
    read: (team) => readTeam(team, { token: connectorToken, fetch: counted }),
    groupOf: async (id) => textProp((await portOf.catalog.get({ kind: 'Team', id }))?.props.groupId),
    wishes: channelWishes({
      configured: config.NEXUS_CHANNELS,
      read: (path) => portOf.settings.read(path),
      failed: (error) => log.warn('channels.unread', { error }),
    }),
    now: () => Date.parse(clock.now()),
  })
  const writing: SkillWriting = {
    destinationOf: (to) =>
      destinationOf(to, {
        conversations,
        objectIdOf: async (id) => (await portOf.people.get(id))?.objectId,
        channelOf: places.channelOf,
      }),
    enqueue: enqueueWrite,
    committed: () => [follow, timers, outbox].forEach((worker) => worker.nudge()),
  }
  const control = controlOf(skillRecords('control', own, writing, () => clock.now()))
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
    store: own,
    writing,
    run: (intent, caller) => hub.run(intent, caller),
    mayChange: control.mayChange,
    policyMistakes: (mistakes) => log.error('policy.mistakes', { mistakes }),
    failed: (error, id) => log.error('run.failed', { error, id }),
  })
  const understand = createLiveUnderstand(() => registry.commands)
  const names = createNames(catalog.index)
  const hub = createHub({
    ...unasked,
    caughtUp: catalog.catchUp,
    changes: keeping.changes,
    understand: (hearing) => Promise.resolve(understand(hearing, names())),
    mayNote: control.mayNote,
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
  const hubId = randomUUID()
  const turns = turnRecords(own, hubId, () => Date.parse(clock.now()))
  const ticks = () => performance.timeOrigin + performance.now()
  const pace = createSharedPace({
    store: own,
    hub: hubId,
    clock,
    ticks,
    failed: (error) => log.error('pace.failed', { error }),
  })
  let reads = 0
  /** What is read of Teams counts towards the app's limit as well, though towards no thread's. */
  const counted: typeof fetch = async (...request) => {
    const turn = await pace.turnstile.enter(`read ${++reads % mostReads}`, 1, AbortSignal.timeout(readPatience))
    return fetch(...request).finally(() => 'leave' in turn && turn.leave())
  }
  const accounts = createAccounts({
    records: accountRecords(own),
    token: connectorToken,
    fetch: counted,
    now: () => Date.parse(clock.now()),
  })
  const rosterOf = async (to: Destination) =>
    'person' in to ? conversations.ofPerson(to.person) : conversations.get('channel' in to ? to.channel : to.chat)
  const outbox = startOutbox({
    ...watched,
    store: own,
    lease: (name, ttlMs) => store.lease(name, ttlMs),
    clock,
    pace,
    chance: Math.random,
    worker: hubId,
    send: createConnectorSender({ token: connectorToken, fetch, routeOf: conversations.routeOf }),
    findMessages: readThreads(
      config,
      credential,
      { conversations, teams: teamsKnown, learn: places.learn },
      fetch,
      Date.now,
    ),
    draw: async (content, to) => {
      if ('activity' in content) return content
      // A chat with Nexus is one person's: what is said there is drawn for them.
      const reader = 'person' in to ? await portOf.chats.partner(to.person) : undefined
      const reply = 'text' in content ? content : await hub.draw(content, reader ?? 'everyone')
      const headline = writeHeadline(reply.text, clock.now(), reader?.zone ?? 'UTC')
      const card = await addressRefresh(await show(reply), accounts, await rosterOf(to), reader !== undefined)
      return { activity: { ...drawActivity(card, headline, clock.now()) }, headline }
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
  const teams = createTeamsChannel({
    appId: config.NEXUS_BOT_APP_ID,
    verifyToken: createTokenVerifier(
      {
        appId: config.NEXUS_BOT_APP_ID,
        issuer: config.NEXUS_BOT_TOKEN_ISSUER,
        openIdMetadata: config.NEXUS_BOT_OPENID_METADATA,
        serviceHosts: listOf(config.NEXUS_BOT_SERVICE_HOSTS),
      },
      fetch,
    ),
    connectorToken,
    fetch,
    speech: {
      count: (to, root) => pace.turnstile.count(threadOf(to, root)),
      waiting: (answer) => waitingAnswers(own, answer),
      handOver: async (unsaid) => {
        await enqueueAnswer(own, unsaid, Date.parse(clock.now()))
        outbox.nudge()
      },
      ticks,
      chance: Math.random,
    },
    serves: (tenantId) => tenantId === tenant,
    personOf: async (sender) => people.find(sender),
    refOf: async (objectId) => people.refOf(objectId),
    hear: (text, caller) => hub.hear(text, caller),
    press,
    dialog: async (step, button, inputs, caller) => {
      const answer =
        step === 'open'
          ? await dialogs.open(button, caller)
          : await dialogs.submit(button, inputs as Record<string, Json>, caller)
      return drawDialog(answer, clock.now(), caller.person.zone)
    },
    draw: async (outcome, { person, place }, how) => {
      const roster = await conversations.get(place.id)
      const card = await addressRefresh(await show(outcome.reply), accounts, roster, how === 'for-one')
      return drawActivity(card, writeHeadline(outcome.reply.text, clock.now(), person.zone), clock.now())
    },
    beginTurn: ({ conversation, id }) =>
      turns.begin(createHash('sha256').update(`${conversation.id} ${id}`).digest('base64url')),
    keepConversation: (activity) => {
      accounts.learn(activity.from)
      return conversations.keep(conversationOf(activity, true))
    },
    installed: async (activity) => {
      const conversation = conversationOf(activity, true)
      await conversations.keepInstall(conversation)
      // Nobody waits for it: a team that cannot be read now is read when it is first asked for.
      if (conversation.teamId !== undefined) void places.learn(conversation.teamId).catch(() => {})
      if (await enqueueWelcome(own, conversation, welcome(registry.commands, conversation.kind), randomUUID))
        outbox.nudge()
    },
    uninstalled: async (activity) => {
      const conversation = conversationOf(activity, false)
      await conversations.keepInstall(conversation)
      await forgetWelcome(own, conversation)
    },
    teamChanged: async ({ channelData }) => {
      if (channelData?.team?.id !== undefined) await teamsKnown.outdate(channelData.team.id)
    },
    log: ({ what, ...fields }) => (fields.error === undefined ? log.info(what, fields) : log.error(what, fields)),
  })
  const sources = sourcesOf(config, credential, clock, fetch, Date.now)
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
      clock,
      every: settingsPause,
      patience: syncPatience,
      changed: (version, mistakes) => log[mistakes.length ? 'error' : 'info']('settings', { version, mistakes }),
      silent: (down) => log.warn('settings.silent', { ...down }),
      failed: (error) => log.error('settings.failed', { error }),
    })
  const tidying = startTidying({
    tasks: [
      { name: 'turns', keepMs: config.NEXUS_KEEP_TURNS, forget: (before) => turns.forget(before) },
      { name: 'store', keepMs: config.NEXUS_KEEP_FINISHED, forget: (before) => own.prune(before) },
      { name: 'pace', keepMs: 0, forget: () => pace.forget() },
    ],
    clock,
    every: tidyEvery,
    report: (name, forgotten) => log.info('tidied', { name, forgotten }),
    failed: (name, error) => log.error('tidy.failed', { name, error }),
  })
  const verifyUser = createUserTokenVerifier(
    {
      authority: config.AZURE_AUTHORITY_HOST,
      tenant,
      audience: hubAudience(config),
    },
    fetch,
  )
  const identify = ({ place, ...identity }: TokenPerson & { name: string; zone?: string; place?: string }): Caller => ({
    person: people.person(identity),
    place: place
      ? { kind: 'channel', id: place, name: place }
      : { kind: 'terminal', id: `terminal/${identity.objectId}` },
  })
  const routes: HttpRoute[] = [
    ...auditApi({ ...audit, verifyUser, callerOf: identify }),
    { method: 'POST', path: '/api/messages', handle: ({ authorization, body }) => teams.receive(authorization, body) },
    ...intake.routes,
    ...hubApi({
      verifyUser,
      callerOf: identify,
      hub,
      press,
      show,
      name: (args) => nameArguments(args, portOf.catalog),
      understand: (text, { person }) =>
        understand(
          {
            text,
            tenant,
            now: clock.now(),
            zone: person.zone,
            locale: person.locale,
            mentions: [],
            speaker: { kind: 'Person', id: person.id },
          },
          names(),
        ),
      now: () => clock.now(),
      // The cause of a failure is for the log alone.
      syncNow: async () => (await sync.now()).map(({ cause: _cause, ...report }) => report),
      sources: () => [...catalog.sources(), ...(settings ? [settings.state()] : [])],
      mistakes: () => settings?.mistakes() ?? [],
      unread: () =>
        sources
          .filter(({ name }) => !catalog.sources().some(({ source }) => source === name))
          .map(({ title }) => title),
      commands: () => registry.commands,
      letters: intake.letters,
      outbox: outboxDesk({
        store: own,
        nameOfPlace: async (to) =>
          'person' in to
            ? people.person({ objectId: to.person, name: to.person }).name
            : (await conversations.get('channel' in to ? to.channel : to.chat))?.name,
        headline: (content) =>
          'activity' in content
            ? content.headline
            : 'text' in content
              ? writeHeadline(content.text, clock.now(), 'UTC')
              : `${content.kind} ${content.id}`,
      }),
      ...(config.NEXUS_CLOCK === 'local' && {
        setClock: (now: string) => (clock.set(now), settled([intake.worker, timers, outbox])),
      }),
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
    stop: () =>
      stop(
        server,
        [sync, intake.worker, timers, outbox, follow, tidying, ...(settings ? [settings] : []), { stop: turns.settle }],
        audit,
        store,
      ),
  }
}

const textProp = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

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

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter(Boolean)
