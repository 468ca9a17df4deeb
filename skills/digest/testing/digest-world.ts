import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClock } from '../../../bot/clock.js'
import { createRegistry } from '../../../bot/hub/registry.js'
import { createUnasked, type SharedPorts } from '../../../bot/hub/unasked.js'
import type { Outgoing } from '../../../bot/outgoing.js'
import { CatalogIndex } from '../../../bot/store/read-model/catalog-index.js'
import { createDirectory } from '../../../bot/store/read-model/directory.js'
import { chatChanged } from '../../../bot/store/records/chat-changed.js'
import { chatsPort } from '../../../bot/store/records/chats-port.js'
import { conversationRecords, type Conversation } from '../../../bot/store/records/conversation-records.js'
import { readPublished } from '../../../bot/store/records/published-claims.js'
import { skillRecords, storeWrites, type SkillWriting } from '../../../bot/store/records/skill-records.js'
import { openSqliteStore } from '../../../bot/store/sqlite/open.js'
import { enqueueWrite } from '../../../bot/workers/outbox/enqueue.js'
import { startTimers } from '../../../bot/workers/timers/timers-worker.js'
import type { Instant } from '../../kit/model.js'
import type { Records } from '../../kit/records.js'
import digest from '../index.js'

/** A digest that was handed to the outbox. */
export interface Sent {
  /** Object id of whom it is for. */
  to: string
  day: string
  at: Instant
}

/** One hub of the world: its own store, its own worker on the timers. */
export interface WorldHub {
  records: Records
  drained(): Promise<unknown>
  stop(): Promise<void>
}

/** Hubs with digests over one real store, and a clock that is moved. */
export interface DigestWorld {
  now(): Instant
  set(now: Instant): void
  /** Starts one more hub on the same store. */
  startHub(): Promise<WorldHub>
  /** The directory comes to know somebody, or where they are. */
  hire(objectId: string, zone?: string): void
  /** The directory knows them no more. */
  dismiss(objectId: string): void
  /** Something came from a person's chat, or Nexus was put into it or taken out. */
  chat(objectId: string, zone: string | undefined, installed?: boolean): Promise<void>
  /** When the next timer falls due. */
  next(): Promise<Instant | undefined>
  /** Takes what the outbox holds, in order. */
  collect(): Promise<Sent[]>
  /** What any worker could not do. */
  failures: unknown[]
  close(): Promise<void>
}

const tenant = 'contoso'
const roles = { developers: 'developer' } as const

/** @param now when it begins */
export async function createDigestWorld(now: Instant): Promise<DigestWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-digest-'))
  const clock = createClock()
  clock.set(now)
  let ids = 0
  const open = () => openSqliteStore({ folder, clock: { now: () => Date.parse(clock.now()) }, id: () => `id-${ids++}` })
  const index = new CatalogIndex(tenant)
  const people = createDirectory(tenant, index, () => ({ groups: roles, roles: [] }))
  const store = await open()
  const own = store.forTenant(tenant)
  const conversations = conversationRecords(own, (chat, before) => chatChanged(chat, before, clock.now()))
  const failures: unknown[] = []
  const hubs = new Set<WorldHub>()
  const writing: SkillWriting = {
    destinationOf: async (to) => ({ person: 'person' in to ? to.person : 'nobody' }),
    enqueue: enqueueWrite,
    published: readPublished(own),
  }

  async function startHub(): Promise<WorldHub> {
    const opened = await open()
    const mine = opened.forTenant(tenant)
    const recordsOf = (skill: string) => skillRecords(skill, mine, writing, () => clock.now())
    const unasked = createUnasked({
      registry: createRegistry([digest]),
      tenant,
      ports: { chats: chatsPort(conversationRecords(mine), people, async () => undefined) } as unknown as SharedPorts,
      recordsOf,
      clock,
      newId: () => `turn-${ids++}`,
      patience: 5000,
    })
    const worker = startTimers({
      store: mine,
      clock,
      worker: `hub-${ids++}`,
      wake: unasked.wake,
      notice: unasked.notice,
      writesOf: (skill, partition, writes) => storeWrites(skill, partition, writes, writing, () => clock.now()),
      own: {},
      failed: (error) => failures.push(error),
    })
    const hub: WorldHub = {
      records: recordsOf('digest'),
      drained: () => worker.drained(),
      async stop() {
        hubs.delete(hub)
        await worker.stop()
        await opened.close()
      },
    }
    hubs.add(hub)
    return hub
  }

  const person = (objectId: string) => ({ kind: 'Person' as const, id: `${objectId}@contoso.example` })
  return {
    now: () => clock.now(),
    set: (at) => clock.set(at),
    startHub,
    failures,
    hire: (objectId, zone) =>
      index.put({
        ...person(objectId),
        claims: {
          entra: {
            name: objectId,
            aliases: [],
            props: { objectId, groups: ['developers'], ...(zone !== undefined && { zone }) },
            relations: [],
            at: clock.now(),
          },
        },
      }),
    dismiss: (objectId) => index.delete(person(objectId)),
    async chat(objectId, zone, installed = true) {
      const conversation: Conversation = {
        id: `chat-${objectId}`,
        kind: 'personal',
        serviceUrl: 'https://teams.example/',
        botId: 'nexus',
        tenantId: tenant,
        installed,
        objectId,
        ...(zone !== undefined && { zone }),
      }
      await (installed ? conversations.keep(conversation) : conversations.keepInstall(conversation))
    },
    async next() {
      const at = await own.timers.next()
      return at === undefined ? undefined : new Date(at).toISOString()
    },
    async collect() {
      const items = await own.outbox.claim({ limit: 100, leaseMs: 60_000, worker: 'collector' })
      for (const item of items) await own.outbox.settle(item, { state: 'sent' })
      return items.map(({ data, id, at }): Sent => {
        const { to } = data as unknown as Outgoing
        const mail = 'person' in to ? to.person : ''
        return { to: mail.split('@')[0]!, day: id.replace('digest/', ''), at: new Date(at).toISOString() }
      })
    },
    async close() {
      for (const hub of [...hubs]) await hub.stop()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}
