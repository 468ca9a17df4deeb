import { createServer, plugins, type Next, type Request, type Response, type Server } from 'restify'

/** What a route is given. */
export interface HttpRequest {
  body: unknown
  authorization: string | undefined
  headers: Record<string, string | string[] | undefined>
  query: URLSearchParams
}

/** What a route answers; a body is sent as JSON. */
export interface HttpAnswer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

/** One address of the hub. */
export interface HttpRoute {
  method: 'GET' | 'POST'
  path: string
  handle(request: HttpRequest): Promise<HttpAnswer>
}

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
  server.use(refuseForeignBodies)
  server.use(plugins.jsonBodyParser({ maxBodySize: largestBody, mapParams: false } as never))
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
  for (const { method, path, handle } of routes) {
    const answer = async (request: Request, response: Response) => {
      try {
        const { status, body, headers } = await handle({
          body: request.body as unknown,
          authorization: authorizationOf(request),
          headers: request.headers,
          query: new URLSearchParams(request.getQuery()),
        })
        for (const [name, value] of Object.entries(headers ?? {})) response.header(name, value)
        if (body === undefined) response.send(status)
        else response.send(status, body)
      } catch (error) {
        failed(error, path)
        response.send(500, { error: { code: 'Internal', message: 'Nexus could not answer.' } })
      }
    }
    if (method === 'GET')
      server.get(
        path,
        (request: Request, response: Response, next: Next) => void answer(request, response).then(() => next(), next),
      )
    else
      server.post(
        path,
        (request: Request, response: Response, next: Next) => void answer(request, response).then(() => next(), next),
      )
  }
  return {
    listen: (host, port) => listen(server, host, port),
    drain: (patience) => drain(server, patience, () => underWay),
  }
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
  if (!hasBody || (encoding === 'identity' && /^application\/([\w.-]+\+)?json$/i.test(request.contentType())))
    return next()
  response.send(415, { error: { code: 'UnsupportedMediaType', message: 'Send JSON: application/json, not encoded.' } })
  next(false)
}

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
