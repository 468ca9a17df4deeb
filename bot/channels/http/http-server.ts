import { createServer, plugins, type Next, type Request, type Response, type Server } from 'restify'
import { readRawBody } from './read-raw-body.js'

/** What a route is given. */
export interface HttpRequest {
  body: unknown
  authorization: string | undefined
  headers: Record<string, string | string[] | undefined>
  query: URLSearchParams
  /** What the path's `:names` stand for. */
  params?: Readonly<Record<string, string | undefined>>
}

/** What a route answers; a body is sent as JSON. */
export interface HttpAnswer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

/** What a raw route is given: the body's bytes as they came, which signatures are over. */
export interface RawRequest extends Omit<HttpRequest, 'body'> {
  bytes: Buffer
}

/** An address whose body is read as JSON before the route has it. */
export interface JsonRoute {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  handle(request: HttpRequest): Promise<HttpAnswer>
}

/** An address that gets up to `largest` bytes of JSON in UTF-8 as they came. */
export interface RawRoute {
  method: 'POST' | 'PUT' | 'OPTIONS'
  path: string
  largest: number
  raw(request: RawRequest): Promise<HttpAnswer>
}

/** One address of the hub. */
export type HttpRoute = JsonRoute | RawRoute

/** Largest body, in bytes: Teams sends no more than about 28 KB of text, but cards and mentions add to it. */
const largestBody = 512 * 1024

/** The hub's ear on HTTP. */
export interface HttpServer {
  /** Starts listening and answers the port. */
  listen(host: string, port: number): Promise<number>
  /** Stops accepting, lets the requests under way end, at most `patience` ms. */
  drain(patience: number): Promise<void>
}

/**
 * Serves routes over restify.
 * @param failed told of an error that a route did not answer for
 */
export function createHttpServer(
  routes: readonly HttpRoute[],
  failed: (error: unknown, path: string) => void,
): HttpServer {
  const server = createServer({ name: 'nexus', handleUncaughtExceptions: false } as never)
  let underWay = 0
  server.pre((_request: Request, response: Response, next: Next) => {
    underWay++
    response.once('close', () => underWay--)
    next()
  })
  const readJson = plugins.jsonBodyParser({ maxBodySize: largestBody, mapParams: false } as never)
  server.on(
    'restifyError',
    (_request: Request, response: Response, error: { statusCode?: number; message?: string }, done: () => void) => {
      // restify's own refusals (no route, wrong method, broken JSON, body too large) in the shape of all others.
      const status = error.statusCode ?? 500
      response.send(status, {
        error: {
          code: codeOf(status),
          message: status < 500 ? `${error.message ?? 'The request was not accepted.'}` : 'Nexus could not answer.',
        },
      })
      done()
    },
  )
  for (const route of routes) {
    const answer = (request: Request, response: Response, next: Next) =>
      void answerRoute(route, request, response, failed).then(() => next(), next)
    if ('raw' in route) server[verbs[route.method]](route.path, refuseForeignBodies, answer)
    else server[verbs[route.method]](route.path, refuseForeignBodies, readJson, answer)
  }
  return {
    listen: (host, port) => listen(server, host, port),
    drain: (patience) => drain(server, patience, () => underWay),
  }
}

const verbs = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'del', OPTIONS: 'opts' } as const

async function answerRoute(
  route: HttpRoute,
  request: Request,
  response: Response,
  failed: (error: unknown, path: string) => void,
): Promise<void> {
  try {
    send(response, await ('raw' in route ? answerRaw(route, request) : route.handle(partsOf(request))))
  } catch (error) {
    failed(error, route.path)
    send(response, { status: 500, body: { error: { code: 'Internal', message: 'Nexus could not answer.' } } })
  }
}

async function answerRaw(route: RawRoute, request: Request): Promise<HttpAnswer> {
  const bytes = await readRawBody(request, route.largest)
  if (bytes) return route.raw({ ...partsOf(request), bytes })
  const message = `The body has more than ${route.largest} bytes. Send less at once.`
  return { status: 413, headers: { connection: 'close' }, body: { error: { code: codeOf(413), message } } }
}

const partsOf = (request: Request): HttpRequest => ({
  body: request.body as unknown,
  authorization: authorizationOf(request),
  headers: request.headers,
  query: new URLSearchParams(request.getQuery()),
  params: (request.params ?? {}) as Record<string, string | undefined>,
})

/** Writes head and body at once, past restify's `send`, which negotiates a format and writes to the connection three times. */
function send(response: Response, { status, body, headers }: HttpAnswer): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  const type = text && { 'content-type': 'application/json' }
  response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(text), ...headers })
  response.end(text)
}

/**
 * The Authorization header, or none where there are several: Node would take the first and a proxy before it perhaps the last, so nobody
 * could say which one was checked.
 */
function authorizationOf({ headers, rawHeaders }: Request): string | undefined {
  const given = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization')
  return given.length === 1 ? headers.authorization : undefined
}

/**
 * Takes JSON as it is and nothing else, before a byte of the body is read: restify would unpack gzip without a limit, and fall over where
 * it is not gzip; it would write the files of a form to the disk.
 */
function refuseForeignBodies(request: Request, response: Response, next: Next): void {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  const hasBody = request.isChunked() || Number(request.headers['content-length'] ?? 0) > 0
  if (!hasBody || (encoding === 'identity' && isJson(request))) return next()
  response.send(415, {
    error: { code: 'UnsupportedMediaType', message: 'Send JSON: application/json in UTF-8, not encoded.' },
  })
  next(false)
}

/** JSON is UTF-8 (RFC 8259); another charset would be read as something else than was sent. */
const isJson = (request: Request): boolean =>
  /^application\/([\w.-]+\+)?json$/i.test(request.contentType()) &&
  /^utf-?8$/i.test(/;\s*charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8')

function codeOf(status: number): string {
  return status === 404
    ? 'NotFound'
    : status === 413
      ? 'TooLarge'
      : status === 405
        ? 'MethodNotAllowed'
        : status < 500
          ? 'BadRequest'
          : 'Internal'
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} is in use. Choose another with NEXUS_PORT (NEXUS_HUB_PORT for npm start), or stop what listens there.`,
            )
          : error,
      ),
    )
    server.listen(port, host, () => resolve((server.address() as { port: number }).port))
  })
}

async function drain(server: Server, patience: number, underWay: () => number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const { server: http } = server as unknown as {
    server: { closeIdleConnections(): void; closeAllConnections(): void }
  }
  http.closeIdleConnections()
  const started = performance.now()
  while (underWay() > 0 && performance.now() - started < patience)
    await new Promise((resolve) => setTimeout(resolve, 20))
  http.closeAllConnections()
  await closed
}
