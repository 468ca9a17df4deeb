import type { WireEntry } from '../../frame/wire-entry.js'
import {
  isObject,
  readMessage,
  type Command,
  type Json,
  type Message,
  type Outcome,
  type Person,
  type Place,
  type SearchResult,
  type ServerEvent,
} from './contract.js'

/** A refusal of the service, in its own words. */
export class ServiceError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message)
  }
}

/** Asks the service and gives its JSON. @throws ServiceError with a sentence to show, also where nobody answers. */
export async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: Json): Promise<T> {
  let response: Response
  try {
    const content = body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}
    response = await fetch(path, { method, ...content })
  } catch {
    throw new ServiceError('The local Teams service does not answer. Is `npm start` still running?', 0)
  }
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok) return answer as T
  const said = isObject(answer) ? answer['error'] : undefined
  const sentence = isObject(said) ? said['message'] : said
  throw new ServiceError(
    typeof sentence === 'string' ? sentence : `The service answered ${response.status} to ${method} ${path}.`,
    response.status,
  )
}

const query = (values: Record<string, string>) => new URLSearchParams(values).toString()

/** The local Teams service, as one person uses it. */
export class Service {
  /** @param nameOf gives a person's name by id. */
  constructor(
    readonly as: string,
    private readonly nameOf: (id: string) => string,
  ) {}

  places = (): Promise<Place[]> => ask('GET', `/local/places?${query({ as: this.as })}`)
  commands = (): Promise<{ team?: Command[]; personal?: Command[] }> => ask('GET', '/local/commands')

  async messages(where: string): Promise<Message[]> {
    const raw = await ask<Json[]>('GET', `/local/messages?${query({ where, as: this.as })}`)
    return raw.map((message) => readMessage(message, this.nameOf))
  }

  say = (where: string, text: string, replyTo?: string, cards: Json[] = []): Promise<{ id: string }> =>
    ask('POST', '/local/say', {
      ...{ as: this.as, where, text },
      ...(replyTo ? { replyTo } : {}),
      ...(cards.length ? { cards } : {}),
    })

  /** Presses a button; `index` says which of several with one title, counting from 0. */
  click = (message: string, action: string, index: number, inputs: Json): Promise<Outcome> =>
    ask('POST', '/local/click', { as: this.as, message, action, inputs, ...(index ? { index } : {}) })

  submit = (dialog: string, action: string, inputs: Json): Promise<Outcome> =>
    ask('POST', '/local/submit', { as: this.as, dialog, action, inputs })

  /** @param skip how many results are there already */
  search = (
    where: string,
    words: string,
    skip = 0,
  ): Promise<{ results: SearchResult[]; message?: string; error?: string }> =>
    ask('POST', '/local/search', { as: this.as, where, query: words, ...(skip ? { skip } : {}) })

  unfurl = (where: string, link: string): Promise<{ results?: SearchResult[]; card?: Json }> =>
    ask('POST', '/local/unfurl', { as: this.as, where, link })

  react = (message: string, reaction: string, remove: boolean): Promise<unknown> =>
    ask('POST', '/local/react', { as: this.as, message, reaction, ...(remove ? { remove } : {}) })

  edit = (message: string, text: string): Promise<unknown> => ask('POST', '/local/edit', { as: this.as, message, text })

  remove = (message: string): Promise<unknown> => ask('POST', '/local/delete', { as: this.as, message })

  /** Asks the bot for the person's view of a card again. */
  refresh = (message: string): Promise<Outcome> => ask('POST', '/local/refresh', { as: this.as, message })

  /** Tells others that this person types; nothing hangs on it. */
  typing = (where: string): Promise<unknown> =>
    ask('POST', '/local/typing', { as: this.as, where }).catch(() => undefined)

  feedback = (message: string, reaction: 'like' | 'dislike', text: string): Promise<unknown> =>
    ask('POST', '/local/feedback', { as: this.as, message, reaction, text })

  /** Installs the app in a place, or takes it away. */
  setInstalled = (where: string, installed: boolean, consent?: boolean): Promise<unknown> =>
    ask('POST', installed ? '/local/install' : '/local/uninstall', {
      ...{ as: this.as, where },
      ...(consent === undefined ? {} : { consent }),
    })

  /**
   * Listens to what happens until the returned function is called; a broken connection is made anew, sooner at first.
   * `connected` hears whether the stream stands; after a gap the listener should read again what it shows.
   */
  listen(heard: (event: ServerEvent) => void, connected: (is: boolean) => void): () => void {
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let wait = 250
    const open = () => {
      source = new EventSource(`/local/events?${query({ as: this.as })}`)
      source.onopen = () => {
        wait = 250
        connected(true)
      }
      source.onerror = () => {
        source?.close()
        connected(false)
        timer = setTimeout(open, wait)
        wait = Math.min(wait * 2, 5_000)
      }
      for (const kind of ['message', 'edited', 'deleted', 'typing', 'reaction', 'wire'] as const)
        source.addEventListener(kind, ({ data }: MessageEvent<string>) =>
          heard(this.#read(kind, JSON.parse(data) as Json)),
        )
    }
    open()
    return () => {
      clearTimeout(timer)
      source?.close()
    }
  }

  #read(kind: ServerEvent['kind'], data: Json): ServerEvent {
    const raw = data['message']
    const where = String(data['where'] ?? (isObject(raw) ? raw['where'] : ''))
    if (kind === 'wire') {
      const entry = (isObject(data['entry']) ? data['entry'] : data) as unknown as WireEntry
      return { kind, entry: typeof entry.id === 'number' ? entry : undefined }
    }
    if (kind === 'typing') {
      const replyTo = data['replyTo'] ?? data['root']
      const from = isObject(data['from']) ? String(data['from']['name']) : String(data['from'] ?? 'nexus')
      return { kind, where, from, ...(typeof replyTo === 'string' ? { replyTo } : {}) }
    }
    if (kind === 'deleted')
      return { kind, where, id: isObject(raw) ? String(raw['id']) : raw == null ? undefined : String(raw) }
    return { kind, where, message: isObject(raw) ? readMessage(raw, this.nameOf) : undefined }
  }
}

/** Everybody of the organisation. */
export const readPeople = (): Promise<Person[]> => ask('GET', '/local/people')
