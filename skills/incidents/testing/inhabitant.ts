import type { CardData } from '../../../cards/model.js'
import { accessOver } from '../../../bot/compose/access.js'
import type { MovableClock } from '../../../bot/clock.js'
import { openPolicy } from '../../../bot/hub/access/access-policy.js'
import { writeHeadline } from '../../../bot/hub/headline.js'
import { createHub, type Hub } from '../../../bot/hub/hub.js'
import { createRegistry } from '../../../bot/hub/registry.js'
import type { SharedPorts } from '../../../bot/hub/unasked.js'
import { createNames } from '../../../bot/language/names.js'
import { createUnderstand } from '../../../bot/language/understand.js'
import type { TenantStore } from '../../../bot/store/contract.js'
import { catalogPort } from '../../../bot/store/read-model/catalog-port.js'
import { createDirectory } from '../../../bot/store/read-model/directory.js'
import { onCallPort } from '../../../bot/store/read-model/on-call-port.js'
import { peoplePort } from '../../../bot/store/read-model/people-port.js'
import { createCatalogStore, type CatalogStore } from '../../../bot/store/records/catalog-store.js'
import { conversationRecords } from '../../../bot/store/records/conversation-records.js'
import { destinationOf } from '../../../bot/store/records/destinations.js'
import { readPublished } from '../../../bot/store/records/published-claims.js'
import { skillRecords, storeWrites, type SkillWriting } from '../../../bot/store/records/skill-records.js'
import { openSqliteStore, type SqliteStore } from '../../../bot/store/sqlite/open.js'
import type { LeasedLoop } from '../../../bot/workers/leased-loop.js'
import { enqueueWrite } from '../../../bot/workers/outbox/enqueue.js'
import { startOutbox, type OutboxParts } from '../../../bot/workers/outbox/outbox-worker.js'
import type { SharedPace } from '../../../bot/workers/outbox/shared-pace.js'
import { startTimers } from '../../../bot/workers/timers/timers-worker.js'
import { builtInKinds } from '../../kit/catalog/built-in-kinds.js'
import type { Paging } from '../../kit/paging.js'
import type { Reply } from '../../kit/reply.js'
import incident from '../index.js'

/** Where timelines begin. */
export const began = '2026-11-21T02:14:00.000Z'

/** Teams' limits are not what is tried here. */
const atOnce: SharedPace = {
  turnstile: { enter: async () => ({ leave: () => {} }), remember: () => {}, count: () => ({ leave: () => {} }) },
  read: async () => {},
  forget: async () => 0,
  stop: async () => {},
}

/** One hub of a house: its store, its workers, and its turn. */
export interface Inhabitant {
  store: SqliteStore
  catalog: CatalogStore
  hub: Hub
  timers: LeasedLoop
  outbox?: LeasedLoop
}

/** What the hubs of a house share, and how a test has its say in what they do. */
export interface Dwelling {
  folder: string
  clock: MovableClock
  paging: Paging
  newId(): string
  /** Whether a team has a channel where Nexus is. */
  hasChannel(team: string): boolean
  /** Whether the hub is killed before its commit of a partition. */
  dies(partition: string): boolean
  send: OutboxParts['send']
  /** A reply's card as a channel gets it. */
  show(reply: Reply): Promise<CardData>
  failed(error: unknown): void
}

/** Puts a hub with the incident skill together and starts its workers. @param number of several hubs the first, 0, sends */
export async function moveIn(number: number, house: Dwelling): Promise<Inhabitant> {
  const { clock } = house
  const store = await openSqliteStore({
    folder: house.folder,
    clock: { now: () => Date.parse(clock.now()) },
    id: () => `${number}-${house.newId()}`,
  })
  const own = store.forTenant('contoso')
  const catalog = createCatalogStore(own)
  await catalog.catchUp()
  const people = peoplePort(catalog.index, createDirectory('contoso', catalog.index, () => openPolicy).of)
  const ports = {
    catalog: catalogPort(catalog.index, catalog.sources, clock),
    onCall: onCallPort({
      index: catalog.index,
      sources: () => [{ source: 'pagerduty', title: 'PagerDuty', asOf: began }],
      now: () => clock.now(),
    }),
    people,
    paging: house.paging,
  } as unknown as SharedPorts
  const writing: SkillWriting = {
    destinationOf: (to) =>
      destinationOf(to, {
        conversations: conversationRecords(own),
        objectIdOf: async (id) => (await people.get(id))?.objectId,
        channelOf: async (team) => (house.hasChannel(team) ? `channel/${team}` : undefined),
      }),
    enqueue: enqueueWrite,
    published: readPublished(own),
  }
  const hub = hubOver(house, { own, catalog, ports, writing })
  const timers = startTimers({
    store: own,
    clock,
    worker: `hub-${number}`,
    wake: async (skill, name, timer) => {
      await catalog.catchUp()
      return hub.wake(skill, name, timer)
    },
    writesOf: (skill, partition, writes) => storeWrites(skill, partition, writes, writing, () => clock.now()),
    notice: (event) => hub.notice(event),
    own: {},
    failed: house.failed,
  })
  // One hub of several sends, by a lease; here it is the first.
  return { store, catalog, hub, timers, ...(number === 0 && { outbox: startSending(store, hub, house) }) }
}

interface HubParts {
  own: TenantStore
  catalog: CatalogStore
  ports: SharedPorts
  writing: SkillWriting
}

function hubOver(house: Dwelling, { own, catalog, ports, writing }: HubParts): Hub {
  const { clock } = house
  const registry = createRegistry([incident])
  const understand = createUnderstand(registry.commands)
  const names = createNames(catalog.index)
  return createHub({
    access: accessOver({
      index: catalog.index,
      whole: ports.catalog,
      clock,
      sources: catalog.sources,
      kinds: () => builtInKinds,
      policy: async () => openPolicy,
    }),
    registry,
    tenant: 'contoso',
    ports,
    recordsOf: (skill) => {
      const records = skillRecords(skill, own, writing, () => clock.now())
      return {
        ...records,
        commit: async (partition, writes) => {
          if (house.dies(partition)) throw new Error(`killed before the commit of ${partition}`)
          await records.commit(partition, writes)
        },
      }
    },
    changes: { approvalsFor: () => undefined } as never,
    understand: async (hearing) => {
      await catalog.catchUp()
      return understand(hearing, names())
    },
    clock,
    newId: () => `turn-${house.newId()}`,
    record: ({ error }) => {
      if (error !== undefined) house.failed(error)
    },
    patience: 10_000,
  })
}

function startSending(store: SqliteStore, hub: Hub, house: Dwelling): LeasedLoop {
  const { clock } = house
  return startOutbox({
    store: store.forTenant('contoso'),
    lease: (name, ttlMs) => store.lease(name, ttlMs),
    clock,
    pace: atOnce,
    chance: () => 0.5,
    worker: 'hub-0',
    send: house.send,
    draw: async (content) => {
      if ('activity' in content) return content
      const reply = 'text' in content ? content : await hub.draw(content, 'everyone')
      const card = await house.show(reply)
      const headline = writeHeadline(reply.text, clock.now(), 'UTC')
      return { activity: { card, summary: headline, reply }, headline }
    },
    report: () => {},
    failed: house.failed,
  })
}
