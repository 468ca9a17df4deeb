import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestTenant } from '../../../../infra/local/teams/testing/tenant.js'
import { createConnectorSender, type Route } from '../../../channels/teams/connector-sender.js'
import type { Content, Destination, Drawn, FindMessages, Outgoing, Send } from '../../../outgoing.js'
import { createFindMessages, type GraphPlace } from '../../../providers/entra/find-messages.js'
import type { Store, TenantStore } from '../../../store/contract.js'
import { messageRecords } from '../../../store/records/message-records.js'
import { openSqliteStore } from '../../../store/sqlite/open.js'
import { enqueueWrite } from '../enqueue.js'
import type { LeasedLoop } from '../../leased-loop.js'
import { startOutbox, type OutboxReport } from '../outbox-worker.js'
import { createSharedPace, type SharedPace } from '../shared-pace.js'
import { FastClock } from './fast-clock.js'
import { FaultyConnector } from './faulty-connector.js'

const speed = 40

/** A hub of a test; what is not said is as `OutboxUnderTest` has it. */
interface HubUnderTest {
  read?: FindMessages
  send?: Send
  store?: Store
  hub?: string
  pace?: SharedPace
}

/** The real outbox on a real store, sending through a network that breaks to the local tenant's Teams. */
export class OutboxUnderTest {
  readonly clock = new FastClock(speed)
  readonly folder = mkdtempSync(join(tmpdir(), 'outbox-'))
  readonly reports: OutboxReport[] = []
  readonly failures: unknown[] = []
  /** What the views of records show at the moment they are drawn. */
  readonly records = new Map<string, string>()
  installed = true
  #sequence = 0
  #store!: Store
  readonly #others: Store[] = []
  readonly #workers: LeasedLoop[] = []

  private constructor(
    readonly tenant: TestTenant,
    readonly network: FaultyConnector,
  ) {}

  static async start(): Promise<OutboxUnderTest> {
    const tenant = await TestTenant.start({ editMs: 0 })
    const ready: { now?: () => number } = {}
    const network = await FaultyConnector.start(tenant.serviceUrl.replace(/\/$/, ''), () => ready.now?.() ?? 0)
    const outbox = new OutboxUnderTest(tenant, network)
    ready.now = outbox.clock.ms
    tenant.now = outbox.clock.ms
    await outbox.open()
    return outbox
  }

  get store(): TenantStore {
    return this.#store.forTenant(this.tenant.org.tenant)
  }

  async open(): Promise<void> {
    this.#store = await openSqliteStore({
      folder: this.folder,
      clock: { now: () => Math.trunc(this.clock.ms()) },
      id: randomUUID,
    })
  }

  closeStore = (): Promise<void> => this.#store.close()

  route = (): Route => ({
    serviceUrl: this.network.url,
    botId: this.tenant.directory.bot.id,
    tenantId: this.tenant.org.tenant,
    installed: this.installed,
  })

  /** The product's sender, with a token that the local Teams takes. */
  sender = (patience = 400): Send =>
    createConnectorSender({
      token: () => Promise.resolve('good'),
      fetch,
      routeOf: () => Promise.resolve(this.route()),
      patience,
    })

  /** Reads threads in the local Graph as the product does; Teams keeps real time there, and the hub of a test a faster one. */
  readonly read: FindMessages = async (sought) =>
    createFindMessages({
      fetch,
      endpoint: this.tenant.graphUrl,
      token: () => Promise.resolve(this.tenant.reader),
      botAppId: this.tenant.directory.bot.id.slice(3),
      placeOf: (to) => Promise.resolve(this.#graphPlace(to)),
    })({ ...sought, since: this.clock.real(sought.since) })

  #graphPlace(to: Destination): GraphPlace {
    const { places, bot } = this.tenant.directory
    if ('channel' in to) {
      const { team } = places.find(({ conversation }) => conversation === to.channel)!
      return { team: team!.aadGroupId, channel: to.channel }
    }
    const chat = 'chat' in to ? places.find(({ conversation }) => conversation === to.chat) : undefined
    const objectId = 'person' in to ? to.person : this.objectId(chat?.person ?? '')
    return { chat: `19:${objectId}_${bot.id.slice(3)}@unq.gbl.spaces` }
  }

  /** The pace of a hub, on this store or on one of its own. */
  pace = (hub: string, store: TenantStore = this.store): SharedPace =>
    createSharedPace({
      store,
      hub,
      clock: this.clock,
      ticks: this.clock.ms,
      failed: (error) => this.failures.push(error),
    })

  /** Opens the same store once more, as another hub does. */
  async openAgain(): Promise<Store> {
    const store = await openSqliteStore({
      folder: this.folder,
      clock: { now: () => Math.trunc(this.clock.ms()) },
      id: randomUUID,
    })
    this.#others.push(store)
    return store
  }

  /** Starts a worker; `read` absent: nobody can look whether a message arrived. */
  run({ read, send = this.sender(), store = this.#store, hub = 'test', pace }: HubUnderTest = {}): LeasedLoop {
    const own = store.forTenant(this.tenant.org.tenant)
    const worker = startOutbox({
      store: own,
      lease: (name, ttlMs) => store.lease(name, ttlMs),
      clock: this.clock,
      pace: pace ?? this.pace(hub, own),
      chance: Math.random,
      worker: hub,
      send,
      ...(read && { findMessages: read }),
      draw: (content) => Promise.resolve(this.draw(content)),
      report: (report) => this.reports.push(report),
      failed: (error) => this.failures.push(error),
    })
    this.#workers.push(worker)
    return worker
  }

  /** Whether the lease on sending was granted a second time. */
  async leaseIsElsewhere(): Promise<boolean> {
    const fence = { name: `outbox/${this.tenant.org.tenant}`, fence: 1 }
    return this.store.commit('probe', [], { fence }).then(
      () => false,
      () => true,
    )
  }

  draw(content: Content): Drawn {
    if ('activity' in content) return content
    const said = 'text' in content ? String(content.text) : (this.records.get(content.id) ?? '')
    if (!said) throw new Error('there is no such record')
    return { activity: { type: 'message', text: said, summary: said }, headline: said }
  }

  async enqueue(partition: string, outgoing: Outgoing): Promise<string> {
    const id = `item-${++this.#sequence}`
    await this.store.commit(partition, [enqueueWrite(partition, id, outgoing)])
    return id
  }

  /** Waits until none of the items is queued any more; an edit that a later one replaced is not there. */
  async settled(items: readonly { partition: string; id: string }[]): Promise<void> {
    for (let turn = 0; turn < 1_500; turn++) {
      const entries = await Promise.all(items.map(({ partition, id }) => this.store.outbox.get(partition, id)))
      if (entries.every((entry) => entry?.state !== 'queued')) return
      await new Promise((done) => setTimeout(done, 10))
    }
    throw new Error(`not settled: ${JSON.stringify(this.reports.slice(-5))}`)
  }

  /** Items whose attempt was noted and not answered. */
  async underWay(items: readonly { partition: string; id: string }[]) {
    const messages = messageRecords(this.store)
    const notes = await Promise.all(items.map(async (item) => ((await messages.begun(item)) ? [item] : [])))
    return notes.flat()
  }

  channel = (place: string) => ({ channel: this.tenant.conversation(place) })
  objectId = (person: string): string => this.tenant.directory.account(person)?.objectId ?? ''
  /** Texts of the bot's messages in a place, with the thread each is in. */
  async texts(place: string, as = 'dana'): Promise<{ id: string; text: string; root: string | null }[]> {
    const seen = await this.tenant.messages(place, as)
    return seen.map(({ id, text, replyTo }) => ({ id: String(id), text: String(text), root: replyTo as string | null }))
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()))
    await Promise.all([this.closeStore(), ...this.#others.map((store) => store.close())])
    await this.network.close()
    await this.tenant.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
