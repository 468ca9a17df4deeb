import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bundlePage } from '../bundle.js'
import { EventStreams } from './event-streams.js'
import { SampleBot } from './sample-bot.js'
import { people, places, sees } from './sample-places.js'

type Json = Record<string, unknown>

/** A refusal with its status. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** What a test saw arrive at one operation. */
export interface Call {
  path: string
  body: Json
}

/**
 * A service with the `/local` contract and the page, for tests of the page alone: it keeps messages, tells open pages of
 * them, and has a small bot that answers on cards.
 */
export class SampleService {
  readonly calls: Call[] = []
  /** Refuses what is said while it is set, with this sentence. */
  refuseWith: string | undefined
  readonly #messages: Json[] = []
  readonly #streams = new EventStreams()
  readonly #wire: Json[] = []
  readonly #bot = new SampleBot(this)
  readonly #files = bundlePage()
  readonly #server: Server
  #lastId = 1_000

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  /** Starts on a free port of loopback. */
  static async start(): Promise<SampleService> {
    const service = new SampleService()
    await new Promise<void>((started) => service.#server.listen(0, '127.0.0.1', started))
    return service
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
  }

  /** Breaks the event streams, as a network does. */
  dropStreams(): void {
    this.#streams.drop()
  }

  /** Puts a message in a place and tells open pages. `from` is a person's id or `bot`. */
  post(where: string, from: string, text: string, more: Json = {}): Json {
    const bot = from === 'bot'
    const name = bot ? 'Nexus' : people.find(({ id }) => id === from)?.name
    const message: Json = {
      id: String(++this.#lastId),
      where,
      replyTo: null,
      from: { id: from, name, bot },
      text,
      textFormat: bot ? 'markdown' : 'plain',
      card: null,
      at: new Date().toISOString(),
      reactions: [],
      ...more,
    }
    this.#messages.push(message)
    this.#emit('message', message)
    return message
  }

  /** Changes a message for everybody. */
  edit(message: Json, change: Json): void {
    Object.assign(message, change, { editedAt: new Date().toISOString() })
    this.#emit('edited', message)
  }

  typing(where: string, replyTo: unknown): void {
    this.#tell('typing', { where, replyTo, from: { id: 'bot', name: 'Nexus', bot: true } }, where)
  }

  find = (id: unknown): Json =>
    this.#messages.find((message) => message['id'] === id) ?? refuse(404, `No message '${String(id)}'.`)

  #emit(kind: string, message: Json): void {
    this.#tell(kind, { where: message['where'], message }, String(message['where']), message['only'])
  }

  #tell(kind: string, data: Json, where: string, only?: unknown): void {
    this.#streams.tell(kind, data, (as) => sees(as, where) && (only === undefined || only === as))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    const send = (status: number, body: unknown, type = 'application/json') => {
      response.writeHead(status, { 'content-type': type })
      response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body))
    }
    try {
      const file = (await this.#files).get(url.pathname)
      if (file) return send(200, file.body, file.type)
      if (url.pathname === '/local/events') return this.#streams.open(response, String(url.searchParams.get('as')))
      if (url.pathname.startsWith('/local/photo/')) return send(200, Buffer.from(photo), 'image/svg+xml')
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      const body = chunks.length ? (JSON.parse(Buffer.concat(chunks).toString()) as Json) : {}
      if (request.method !== 'GET') this.calls.push({ path: url.pathname, body })
      send(200, (await this.#answer(`${request.method} ${url.pathname}`, body, url.searchParams)) ?? {})
    } catch (error) {
      const { status, message } = error instanceof Refusal ? error : new Refusal(500, String(error))
      send(status, { error: message })
    }
  }

  #answer(operation: string, body: Json, query: URLSearchParams): unknown {
    if (/^GET \/local\/(outbox|state)/.test(operation)) refuse(404, 'There is nothing of that name.')
    switch (operation) {
      case 'GET /local/people':
        return people
      case 'GET /local/places':
        return places
      case 'GET /local/commands':
        return this.#bot.commands
      case 'GET /local/wire':
        return this.#wire
      case 'GET /local/messages':
        return this.#seen(String(query.get('where')), String(query.get('as')))
      case 'POST /local/say':
        return this.#say(body)
      case 'POST /local/click':
        return this.#bot.click(
          this.find(body['message']),
          String(body['as']),
          String(body['action']),
          body['inputs'] as Json,
        )
      case 'POST /local/submit':
        return this.#bot.submit(String(body['dialog']), String(body['as']), body['inputs'] as Json)
      case 'POST /local/search':
        return this.#bot.search(String(body['query']))
      case 'POST /local/unfurl':
        return this.#bot.unfurl(String(body['link'])) ?? refuse(409, 'The app knows no links of that domain.')
      case 'POST /local/react':
        return this.#react(
          this.find(body['message']),
          String(body['as']),
          String(body['reaction']),
          body['remove'] === true,
        )
      case 'POST /local/edit':
        return this.edit(this.find(body['message']), { text: body['text'] })
      case 'POST /local/install':
      case 'POST /local/uninstall':
        for (const place of places) if (place.id === body['where']) place.installed = operation.endsWith('/install')
        return {}
      case 'POST /local/typing':
      case 'POST /local/feedback':
      case 'POST /local/faults':
      case 'DELETE /local/faults':
        return {}
      default:
        return refuse(404, `There is no ${operation}.`)
    }
  }

  #seen(where: string, as: string): Json[] {
    if (!sees(as, where)) refuse(404, `'${where}' is not ${as}'s.`)
    return this.#messages.filter(
      (message) => message['where'] === where && [undefined, as].includes(message['only'] as string | undefined),
    )
  }

  #say(body: Json): Json {
    if (this.refuseWith !== undefined) refuse(503, this.refuseWith)
    const { as, where, text, replyTo } = body as Record<string, string>
    if (!text?.trim()) refuse(400, '`text` is what is said, and not empty.')
    const root = replyTo === undefined ? null : replyTo
    const message = this.post(String(where), String(as), String(text), {
      replyTo: root,
      ...(Array.isArray(body['cards']) && { cards: body['cards'] }),
    })
    this.#record({ direction: 'to-bot', body: { type: 'message', text } })
    if (where?.startsWith('personal/') || /@nexus|^\//i.test(text ?? '')) this.#bot.hear(message)
    return { id: message['id'] }
  }

  #record(entry: Json): void {
    const whole = {
      id: this.#wire.length + 1,
      at: new Date().toISOString(),
      method: 'POST',
      path: '/api/messages',
      status: 200,
      ms: 12,
      ...entry,
    }
    this.#wire.push(whole)
    this.#streams.tell('wire', whole)
  }

  #react(message: Json, as: string, reaction: string, remove: boolean): void {
    const all = new Map(
      (message['reactions'] as { reaction: string; people: string[] }[]).map((one) => [one.reaction, one.people]),
    )
    const others = (all.get(reaction) ?? []).filter((person) => person !== as)
    all.set(reaction, remove ? others : [...others, as])
    message['reactions'] = [...all].map(([name, who]) => ({ reaction: name, people: who }))
    this.#emit('reaction', message)
  }
}

/** Nobody has a picture: the initials below show through. */
const photo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'

function refuse(status: number, message: string): never {
  throw new Refusal(status, message)
}
