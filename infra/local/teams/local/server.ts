import type { IncomingMessage, ServerResponse } from 'node:http'
import type { VendorRequest, VendorResponse } from '../../frame/router.js'
import type { Client } from '../client/client.js'
import type { TeamsContext } from '../context.js'
import { Refusal } from '../refusal.js'
import { EventStreams } from './events.js'
import { guard, readBody } from './guard.js'
import { Page, pageHeaders } from './page.js'
import { localRoutes } from './routes.js'

/** The HTTP side of the local Teams: the page, and `/local/*` for the page, scripts and tests. */
export class LocalServer {
  readonly #page: Page
  readonly #streams: EventStreams
  readonly #routes
  constructor(
    private readonly context: TeamsContext,
    private readonly client: Client,
  ) {
    this.#page = new Page(context.options.page)
    this.#streams = new EventStreams(context, client.refresher)
    this.#routes = localRoutes(context, client)
  }

  /** Answers one request; what goes wrong is answered with `{error}`, a sentence. */
  handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const { port } = this.context.options
      guard(request, typeof port === 'function' ? port() : port)
      const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
      if (request.method === 'GET' && url.pathname === '/local/events') return this.#stream(request, response, url)
      send(response, await this.#answer(request, url), request.method === 'HEAD')
    } catch (fault) {
      if (!response.headersSent) send(response, failure(fault), false)
    }
  }

  close(): void {
    this.#streams.close()
  }

  async #answer(request: IncomingMessage, url: URL): Promise<VendorResponse> {
    const path = decode(url.pathname)
    if (!path.startsWith('/local/')) {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        throw new Refusal(404, `There is no ${request.method} ${path}.`)
      return this.#page.file(path)
    }
    return this.#routes.handle({
      method: request.method ?? 'GET',
      path,
      url,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers as VendorRequest['headers'],
      body: await readBody(request),
      raw: Buffer.alloc(0),
      params: {},
    })
  }

  #stream(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const person = this.client.people.account(url.searchParams.get('as'))
    const last = request.headers['last-event-id'] ?? url.searchParams.get('after') ?? undefined
    const after = last === undefined ? undefined : Number(last)
    if (after !== undefined && !Number.isInteger(after))
      throw new Refusal(400, `'${String(last)}' is not the id of an event.`)
    this.#streams.open(response, person, after)
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new Refusal(400, `The path '${path}' is not encoded as addresses are.`)
  }
}

const failure = (fault: unknown): VendorResponse =>
  fault instanceof Refusal
    ? { status: fault.status, body: { error: fault.message } }
    : {
        status: 500,
        body: { error: `The local Teams failed: ${fault instanceof Error ? fault.message : String(fault)}` },
      }

function send(response: ServerResponse, { status, headers, body }: VendorResponse, headOnly: boolean): void {
  const raw = typeof body === 'string' || Buffer.isBuffer(body)
  const bytes = raw ? Buffer.from(body) : Buffer.from(JSON.stringify(body ?? null))
  const type = raw ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response.writeHead(status, { ...pageHeaders, ...type, ...headers, 'content-length': bytes.length })
  response.end(headOnly ? undefined : bytes)
}
