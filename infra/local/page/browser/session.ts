import type { WireEntry } from '../../frame/wire-entry.js'
import type { Command, Message, Person, Place, ServerEvent } from './contract.js'
import type { Route, Section } from './route.js'
import { Service } from './service.js'
import type { Mentionable } from './text.js'
import { noteMoment, type Reader } from './time.js'

/** How long "is typing" stands without being said again, as in Teams. */
const typingMs = 8_000

/** Who types, in which place and thread. */
export interface Typing {
  where: string
  replyTo?: string
  name: string
}

/** All that one person's page knows and shows. Views read it and draw again when `changed` says so. */
export class Session {
  readonly service: Service
  readonly reader: Reader
  places: Place[] = []
  commands: { team?: Command[]; personal?: Command[] } = {}
  route: Route = { view: 'list', section: 'chat' }
  section: Section = 'teams'
  live = true
  typing: Typing[] = []
  /** Newest last; filled while the page is open. */
  wire: WireEntry[] = []
  readonly #messages = new Map<string, Map<string, Message>>()
  readonly #read: Record<string, string>
  readonly #reloads = new Map<string, ReturnType<typeof setTimeout>>()
  #stop = () => {}

  /**
   * @param changed called after every change
   * @param announce says a new message to screen readers
   * @param complain shows a refusal
   */
  constructor(
    readonly me: Person,
    readonly people: Person[],
    private readonly changed: () => void,
    private readonly announce: (text: string) => void,
    private readonly complain: (text: string) => void,
  ) {
    const names = new Map(people.map(({ id, name }) => [id, name]))
    this.service = new Service(me.id, (id) => names.get(id) ?? (id === 'nexus' ? 'Nexus' : id))
    this.reader = { locale: me.locale ?? 'en-GB', zone: me.zone }
    this.#read = JSON.parse(localStorage.getItem(this.#readKey) ?? '{}') as Record<string, string>
  }

  get #readKey(): string {
    return `nexus.read.${this.me.id}`
  }

  /** Reads places, history and commands, then listens. */
  async start(): Promise<void> {
    const all = await this.service.places()
    this.places = all.filter(({ kind, id }) => kind === 'channel' || id === `personal/${this.me.id}`)
    await this.#readAll()
    let broken = false
    this.#stop = this.service.listen(
      (event) => this.#hear(event),
      (connected) => {
        if (connected && broken) void this.#readAll().then(this.changed)
        broken = !connected
        this.live = connected
        this.changed()
      },
    )
    void this.service.commands().then((commands) => (this.commands = commands))
  }

  async #readAll(): Promise<void> {
    await Promise.all(this.places.map(({ id }) => this.reload(id)))
  }

  end(): void {
    this.#stop()
  }

  place = (id: string): Place | undefined => this.places.find((place) => place.id === id)

  /** Messages of a place in the order in which they were written. */
  messages(where: string): Message[] {
    return [...(this.#messages.get(where)?.values() ?? [])].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  }

  message = (where: string, id: string): Message | undefined => this.#messages.get(where)?.get(id)

  /** The newest message of a place. */
  last(where: string): Message | undefined {
    return this.messages(where).at(-1)
  }

  /** Messages of others since this person last looked; before a person's first visit everything counts as seen. */
  unread(where: string): Message[] {
    const since = Date.parse(this.#read[where] ?? '')
    return this.messages(where).filter(({ from, at }) => from.id !== this.me.id && Date.parse(at) > since)
  }

  /** Remembers that the person has seen all of a place. */
  markRead(where: string): void {
    const at = this.last(where)?.at ?? new Date(0).toISOString()
    if (this.#read[where] === at) return
    this.#read[where] = at
    localStorage.setItem(this.#readKey, JSON.stringify(this.#read))
  }

  async reload(where: string): Promise<void> {
    const messages = await this.service.messages(where)
    this.#messages.set(where, new Map(messages.map((message) => [message.id, message])))
    for (const { at } of messages) noteMoment(at)
    if (!(where in this.#read)) this.markRead(where)
  }

  /** Names that texts may mention, and the reader's. */
  get mentionable(): Mentionable {
    return { names: ['Nexus', ...this.people.map(({ name }) => name)], me: this.me.name }
  }

  /** Does something for the person; a refusal is shown as a note at the foot of the page. */
  async attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      this.complain(error instanceof Error ? error.message : String(error))
    }
  }

  /** Installs the app where a place belongs to, or takes it away, and reads how things stand then. */
  /** @param consent whether the app is to get every message of the team's channels; as it was unless told */
  async setInstalled(where: string, installed: boolean, consent?: boolean): Promise<void> {
    await this.service.setInstalled(where, installed, consent)
    const now = await this.service.places()
    for (const place of this.places) {
      const found = now.find(({ id }) => id === place.id)
      place.installed = found?.installed ?? installed
      place.consent = found?.consent === true
    }
    this.changed()
  }

  /** Puts a message in its place, such as one whose card an answer replaced. */
  put(where: string, message: Message): void {
    const known = this.#messages.get(where) ?? new Map<string, Message>()
    this.#messages.set(where, known.set(message.id, message))
    noteMoment(message.at)
    this.changed()
  }

  #hear(event: ServerEvent): void {
    if (event.kind === 'wire') {
      if (event.entry) this.wire.push(event.entry)
      if (this.wire.length > 1_000) this.wire.shift()
    } else if (!this.place(event.where)) return
    else if (event.kind === 'typing') this.#type(event)
    else if (event.kind === 'deleted') this.#remove(event.where, event.id)
    else if (event.message) this.#arrive(event.where, event.message)
    else this.#reloadSoon(event.where)
    this.changed()
  }

  #arrive(where: string, message: Message): void {
    const isNew = !this.message(where, message.id)
    this.put(where, message)
    if (!isNew || message.from.id === this.me.id) return
    this.typing = this.typing.filter((one) => one.where !== where || one.name !== message.from.name)
    this.announce(
      `${message.from.name} in ${this.place(where)?.name ?? where}: ${message.text.replace(/<[^>]*>/g, '')}`,
    )
  }

  #remove(where: string, id: string | undefined): void {
    if (id === undefined) return this.#reloadSoon(where)
    this.#messages.get(where)?.delete(id)
  }

  #type({ where, from, replyTo }: { where: string; from: string; replyTo?: string }): void {
    const name =
      this.people.find(({ id }) => id === from)?.name ?? (from === 'nexus' || from === 'bot' ? 'Nexus' : from)
    if (name === this.me.name) return
    const typing: Typing = { where, name, ...(replyTo ? { replyTo } : {}) }
    this.typing = [...this.typing.filter((one) => one.where !== where || one.name !== name), typing]
    setTimeout(() => {
      this.typing = this.typing.filter((one) => one !== typing)
      this.changed()
    }, typingMs)
  }

  /** Reads a place again, once for many events that come together. */
  #reloadSoon(where: string): void {
    if (this.#reloads.has(where)) return
    const timer = setTimeout(() => {
      this.#reloads.delete(where)
      void this.reload(where).then(this.changed)
    }, 60)
    this.#reloads.set(where, timer)
  }
}
