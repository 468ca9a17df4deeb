import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What happens to one call on its way. `refuse` answers in place of the service; `lose` lets the service do it and cuts the
 * connection, or answers with a gateway's status; `hang` lets the service do it and never answers; `cut` never reaches the service.
 */
export type NetworkFault =
  { refuse: number; retryAfter?: number; code?: string } | { lose: 'cut' | number } | { hang: true } | { cut: true }

/** A call as it passed. */
export interface PassedCall {
  at: number
  method: string
  path: string
  /** What the service answered, where it was reached. */
  status?: number
  body?: unknown
}

/** Stands between a bot and a connector service, over real HTTP, and breaks what it is told to. */
export class FaultyConnector {
  readonly calls: PassedCall[] = []
  fault: (method: string, path: string) => NetworkFault | undefined = () => undefined
  readonly #server = createServer((request, response) => {
    void this.#pass(request, response).catch(() => response.destroy())
  })

  private constructor(
    private readonly upstream: string,
    private readonly now: () => number,
  ) {}

  /** @param upstream address of the service, without a slash at its end */
  static async start(upstream: string, now: () => number): Promise<FaultyConnector> {
    const connector = new FaultyConnector(upstream, now)
    await new Promise<void>((done) => connector.#server.listen(0, '127.0.0.1', done))
    return connector
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((done) => this.#server.close(() => done()))
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request
    const call: PassedCall = { at: this.now(), method, path }
    this.calls.push(call)
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const raw = Buffer.concat(chunks)
    const fault = this.fault(method, path)
    if (fault && 'cut' in fault) return void response.destroy()
    if (fault && 'refuse' in fault) return answer(response, fault.refuse, fault)
    call.body = raw.length ? JSON.parse(raw.toString()) : undefined
    const service = await fetch(this.upstream + path, {
      method,
      headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
      ...(raw.length && { body: raw }),
    })
    const text = await service.text()
    call.status = service.status
    if (fault && 'hang' in fault) return
    if (fault && 'lose' in fault) return fault.lose === 'cut' ? void response.destroy() : answer(response, fault.lose)
    const retryAfter = service.headers.get('retry-after')
    response.writeHead(service.status, {
      'content-type': 'application/json',
      ...(retryAfter !== null && { 'retry-after': retryAfter }),
    })
    response.end(text)
  }
}

function answer(
  response: ServerResponse,
  status: number,
  { retryAfter, code = 'Fault' }: { retryAfter?: number; code?: string } = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  })
  response.end(JSON.stringify({ error: { code, message: 'asked for by the test' } }))
}
