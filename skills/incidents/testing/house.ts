import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import { accessOver } from '../../../bot/compose/access.js'
import { openPolicy } from '../../../bot/hub/access/access-policy.js'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CardData } from '../../../cards/model.js'
import { renderText } from '../../../cards/text.js'
import { createClock, type MovableClock } from '../../../bot/clock.js'
import { createHub, type Hub } from '../../../bot/hub/hub.js'
import type { Caller } from '../../../bot/hub/caller.js'
import { writeHeadline } from '../../../bot/hub/headline.js'
import type { Outcome } from '../../../bot/hub/outcome.js'
import { present } from '../../../bot/hub/present.js'
import { createRegistry } from '../../../bot/hub/registry.js'
import type { SharedPorts } from '../../../bot/hub/unasked.js'
import { createNames } from '../../../bot/language/names.js'
import { createUnderstand } from '../../../bot/language/understand.js'
import type { Call } from '../../../bot/outgoing.js'
import type { CatalogRecord } from '../../../bot/store/read-model/catalog-record.js'
import { catalogPort } from '../../../bot/store/read-model/catalog-port.js'
import { createDirectory } from '../../../bot/store/read-model/directory.js'
import { onCallPort } from '../../../bot/store/read-model/on-call-port.js'
import { peoplePort } from '../../../bot/store/read-model/people-port.js'
import { createCatalogStore } from '../../../bot/store/records/catalog-store.js'
import { readPublished } from '../../../bot/store/records/published-claims.js'
import { destinationOf } from '../../../bot/store/records/destinations.js'
import { conversationRecords } from '../../../bot/store/records/conversation-records.js'
import { skillRecords, storeWrites, type SkillWriting } from '../../../bot/store/records/skill-records.js'
import { openSqliteStore, type SqliteStore } from '../../../bot/store/sqlite/open.js'
import { startTimers } from '../../../bot/workers/timers/timers-worker.js'
import type { LeasedLoop } from '../../../bot/workers/leased-loop.js'
import { enqueueWrite } from '../../../bot/workers/outbox/enqueue.js'
import { startOutbox } from '../../../bot/workers/outbox/outbox-worker.js'
import type { SharedPace } from '../../../bot/workers/outbox/shared-pace.js'
import type { Alert } from '../../kit/alert.js'
import type { Event, EventType } from '../../kit/event.js'
import type { Json, Ref } from '../../kit/model.js'
import type { Button, Reply } from '../../kit/reply.js'
import incident from '../index.js'
import { Pager } from './pager.js'

/** A message as it stands in Teams, with what people see of it. */
export interface Said {
  op: Call['op']
  where: string
  /** Id of its thread's first message, in a reply. */
  root?: string
  activityId: string
  headline: string
  /** The card in plain words, as it was sent. */
  words: string
  /** What was drawn for it. */
  reply: Reply
}

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
interface Inhabitant {
  store: SqliteStore
  hub: Hub
  timers: LeasedLoop
  outbox?: LeasedLoop
  catchUp(): Promise<void>
}

/** The incident skill in a whole hub, or in two of them, over the real embedded store, timers and outbox, under a clock that a test moves. */
export class House {
  readonly clock: MovableClock = createClock()
  readonly pager = new Pager()
  readonly said: Said[] = []
  readonly failures: unknown[] = []
  /** Teams that have a channel where Nexus is; all unless told. */
  channels: string[] | undefined
  /** Kills a hub before its commit of a partition. */
  dies: ((partition: string) => boolean) | undefined
  readonly #folder = mkdtempSync(join(tmpdir(), 'nexus-incidents-'))
  readonly #hubs: Inhabitant[] = []
  readonly #buttons = new Map<string, Button>()
  #ids = 0

  static async open(records: readonly CatalogRecord[], hubs = 1, at = began): Promise<House> {
    const house = new House()
    house.clock.set(at)
    for (let n = 0; n < hubs; n++) await house.#moveIn(n)
    await house.catalogOf(0).write({ put: records, drop: [] }, new Map(), at)
    await house.settled()
    return house
  }

  #catalogs: ReturnType<typeof createCatalogStore>[] = []
  catalogOf = (hub: number) => this.#catalogs[hub]!

  async #moveIn(number: number): Promise<void> {
    const { clock } = this
    const store = await openSqliteStore({
      folder: this.#folder,
      clock: { now: () => Date.parse(clock.now()) },
      id: () => `${number}-${this.#ids++}`,
    })
    const own = store.forTenant('contoso')
    const catalog = createCatalogStore(own)
    this.#catalogs.push(catalog)
    await catalog.catchUp()
    const directory = createDirectory('contoso', catalog.index, () => openPolicy)
    const people = peoplePort(catalog.index, directory.of)
    const writing: SkillWriting = {
      destinationOf: (to) =>
        destinationOf(to, {
          conversations: conversationRecords(own),
          objectIdOf: async (id) => (await people.get(id))?.objectId,
          channelOf: async (team) => (!this.channels || this.channels.includes(team) ? `channel/${team}` : undefined),
        }),
      enqueue: enqueueWrite,
      published: readPublished(own),
    }
    const now = () => clock.now()
    const registry = createRegistry([incident])
    const understand = createUnderstand(registry.commands)
    const names = createNames(catalog.index)
    const ports = {
      catalog: catalogPort(catalog.index, catalog.sources, this.clock),
      onCall: onCallPort({
        index: catalog.index,
        sources: () => [{ source: 'pagerduty', title: 'PagerDuty', asOf: began }],
        now,
      }),
      people,
      paging: this.pager,
    } as unknown as SharedPorts
    const hub = createHub({
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
        const records = skillRecords(skill, own, writing, now)
        return {
          ...records,
          commit: async (partition, writes) => {
            if (this.dies?.(partition)) throw new Error(`killed before the commit of ${partition}`)
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
      newId: () => `turn-${this.#ids++}`,
      record: ({ error }) => {
        if (error !== undefined) this.failures.push(error)
      },
      patience: 10_000,
    })
    const timers = startTimers({
      store: own,
      clock,
      worker: `hub-${number}`,
      wake: async (skill, name, timer) => {
        await catalog.catchUp()
        return hub.wake(skill, name, timer)
      },
      writesOf: (skill, partition, writes) => storeWrites(skill, partition, writes, writing, now),
      notice: (event) => hub.notice(event),
      own: {},
      failed: (error) => this.failures.push(error),
    })
    // One hub of several sends, by a lease; here it is the first.
    const outbox = number === 0 ? this.#startSending(store, hub) : undefined
    this.#hubs.push({ store, hub, timers, ...(outbox && { outbox }), catchUp: () => catalog.catchUp() })
  }

  #startSending(store: SqliteStore, hub: Hub): LeasedLoop {
    const { clock } = this
    return startOutbox({
      store: store.forTenant('contoso'),
      lease: (name, ttlMs) => store.lease(name, ttlMs),
      clock,
      pace: atOnce,
      chance: () => 0.5,
      worker: 'hub-0',
      send: async (call) => this.#send(call),
      draw: async (content) => {
        if ('activity' in content) return content
        const reply = 'text' in content ? content : await hub.draw(content, 'everyone')
        const card = await this.show(reply)
        const headline = writeHeadline(reply.text, clock.now(), 'UTC')
        return { activity: { card, summary: headline, reply }, headline }
      },
      report: () => {},
      failed: (error) => this.failures.push(error),
    })
  }

  #send(call: Call) {
    if (call.op === 'delete') throw new Error('Nothing here is ever deleted')
    const card = call.activity.card as CardData
    const activityId = call.op === 'edit' ? call.activityId : `m${this.said.length}`
    const where = 'channel' in call.to ? call.to.channel : JSON.stringify(call.to)
    const { root } = call
    const headline = String(call.activity.summary)
    const reply = call.activity.reply as Reply
    this.said.push({ op: call.op, where, ...(root && { root }), activityId, headline, words: this.words(card), reply })
    return { is: 'delivered' as const, activityId }
  }

  /** The card of a reply as a channel gets it, its buttons stored. */
  show = (reply: Reply): Promise<CardData> =>
    present(
      reply,
      async (button) => {
        const id = createHash('sha256').update(JSON.stringify(button)).digest('base64url')
        this.#buttons.set(id, button)
        return id
      },
      catalogPort(this.catalogOf(0).index, this.catalogOf(0).sources, this.clock),
    )

  /** A card in plain words, times in UTC. */
  words = (card: CardData): string =>
    renderText(card, { now: this.clock.now(), zone: 'UTC', width: 300 }).replace(/\s+/g, ' ').trim()

  /** An incident as everybody sees it now. */
  draw = (id: string): Promise<Reply> => this.#hubs[0]!.hub.draw({ kind: 'Incident', id }, 'everyone')

  /** An incident's card now, in plain words. */
  async card(id: string): Promise<string> {
    return this.words(await this.show(await this.draw(id)))
  }

  /** What a lock screen shows of an incident now. */
  async push(id: string): Promise<string> {
    const { text } = await this.#hubs[0]!.hub.draw({ kind: 'Incident', id }, 'everyone')
    return writeHeadline(text, this.clock.now(), 'UTC')
  }

  /** The titles of the buttons an incident offers now. */
  async offers(id: string): Promise<string[]> {
    const reply = await this.#hubs[0]!.hub.draw({ kind: 'Incident', id }, 'everyone')
    return (reply.buttons ?? []).map(({ title }) => title)
  }

  /** Lets the skills of a hub hear an event. */
  hear = (type: EventType, data: unknown, subjects: Ref[] = [], hub = 0): Promise<void> =>
    this.#hubs[hub]!.hub.notice({
      id: `event-${this.#ids++}`,
      type,
      at: this.clock.now(),
      arrived: this.clock.now(),
      subjects,
      data: data as Json,
    } satisfies Event)

  /** Brings an alert of a service. */
  alert = (alert: Alert, service: string | undefined, hub = 0): Promise<void> =>
    this.hear(`alert.${alert.status}`, alert, service ? [{ kind: 'Service', id: service }] : [], hub)

  caller = (name = 'dana', input?: 'click'): Caller => ({
    person: {
      tenant: 'contoso',
      id: `${name}@contoso.example`,
      objectId: `${name}-object`,
      name: this.#nameOf(name) ?? name.charAt(0).toUpperCase() + name.slice(1),
      roles: ['developer'],
      zone: 'UTC',
      locale: 'en',
      guest: false,
    },
    place: { kind: 'channel', id: 'channel/identity' },
    ...(input && { input }),
  })

  #nameOf = (name: string): string | undefined =>
    this.catalogOf(0)
      .index.all('Person')
      .find(({ id }) => id.startsWith(`${name}@`))?.name

  /** Somebody says words. */
  async ask(text: string, name = 'dana', hub = 0): Promise<Outcome> {
    await this.#hubs[hub]!.catchUp()
    return this.#hubs[hub]!.hub.hear(text, this.caller(name))
  }

  /** Somebody presses a button of an incident's card by its title. */
  async press(id: string, title: string, inputs: Record<string, Json> = {}, name = 'dana', hub = 0): Promise<Outcome> {
    const { catchUp, hub: one } = this.#hubs[hub]!
    await catchUp()
    const button = (await one.draw({ kind: 'Incident', id }, 'everyone')).buttons?.find((each) => each.title === title)
    if (!button) throw new Error(`${id} has no button "${title}"`)
    return one.press(button, inputs, this.caller(name))
  }

  /** An outcome's words. */
  text = (outcome: Outcome): string => writeHeadline(outcome.reply.text, this.clock.now(), 'UTC')

  /** Does all that is due, until nothing is left. */
  async settled(): Promise<void> {
    for (let worked = 1; worked > 0;) {
      worked = 0
      for (const { timers } of this.#hubs) worked += await timers.drained()
      for (const { outbox } of this.#hubs) await outbox?.drained()
    }
    for (const { catchUp } of this.#hubs) await catchUp()
  }

  /** Lets time pass in steps, doing what falls due in each. */
  async pass(ms: number, step = 15_000): Promise<void> {
    const end = Date.parse(this.clock.now()) + ms
    while (Date.parse(this.clock.now()) < end) {
      this.clock.set(new Date(Math.min(end, Date.parse(this.clock.now()) + step)).toISOString())
      await this.settled()
    }
  }

  /** New messages, as opposed to edits. */
  get posts(): Said[] {
    return this.said.filter(({ op }) => op === 'post')
  }

  async close(): Promise<void> {
    for (const { timers, outbox } of this.#hubs) await Promise.all([timers.stop(), outbox?.stop()])
    for (const { store } of this.#hubs) await store.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
