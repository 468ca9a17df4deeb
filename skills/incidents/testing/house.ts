import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CardData } from '../../../cards/model.js'
import { renderText } from '../../../cards/text.js'
import { createClock, type MovableClock } from '../../../bot/clock.js'
import type { Caller } from '../../../bot/hub/caller.js'
import { writeHeadline } from '../../../bot/hub/headline.js'
import type { Outcome } from '../../../bot/hub/outcome.js'
import { present } from '../../../bot/hub/present.js'
import type { Call } from '../../../bot/outgoing.js'
import type { CatalogRecord } from '../../../bot/store/read-model/catalog-record.js'
import { catalogPort } from '../../../bot/store/read-model/catalog-port.js'
import type { Alert } from '../../kit/alert.js'
import type { Event, EventType } from '../../kit/event.js'
import type { Json, Ref } from '../../kit/model.js'
import type { Button, Reply } from '../../kit/reply.js'
import { began, moveIn, type Dwelling, type Inhabitant } from './inhabitant.js'
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
    for (let n = 0; n < hubs; n++) house.#hubs.push(await moveIn(n, house.#dwelling()))
    await house.catalogOf(0).write({ put: records, drop: [] }, new Map(), at)
    await house.settled()
    return house
  }

  catalogOf = (hub: number) => this.#hubs[hub]!.catalog

  #dwelling = (): Dwelling => ({
    folder: this.#folder,
    clock: this.clock,
    paging: this.pager,
    newId: () => String(this.#ids++),
    hasChannel: (team) => !this.channels || this.channels.includes(team),
    dies: (partition) => this.dies?.(partition) ?? false,
    send: async (call) => this.#send(call),
    show: (reply) => this.show(reply),
    failed: (error) => void this.failures.push(error),
  })

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
    await this.#hubs[hub]!.catalog.catchUp()
    return this.#hubs[hub]!.hub.hear(text, this.caller(name))
  }

  /** Somebody presses a button of an incident's card by its title. */
  async press(id: string, title: string, inputs: Record<string, Json> = {}, name = 'dana', hub = 0): Promise<Outcome> {
    const { catalog, hub: one } = this.#hubs[hub]!
    await catalog.catchUp()
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
    for (const { catalog } of this.#hubs) await catalog.catchUp()
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
