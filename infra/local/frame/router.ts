/** What a vendor's stand-in is given of an HTTP request, already decoded. */
export interface VendorRequest {
  method: string
  /** Path below the vendor's prefix, decoded, without a trailing slash; `/` for the root. */
  path: string
  /** The whole URL as the client wrote it, for `nextLink` and `Location` headers. */
  url: URL
  /** Query parameters by lower-case name: clients encode and case them as they like (`api%2Dversion`, `api-version`). */
  query: Record<string, string>
  headers: Record<string, string>
  /** The parsed JSON body, the form's fields, or undefined where there is none. */
  body: unknown
  /** The body as it came. */
  raw: Buffer
  /** Named parts of the matched pattern. */
  params: Record<string, string>
}

/** An answer: a string, a Buffer or a Readable (for a stream that stays open) is sent as it is, anything else as JSON. */
export interface VendorResponse {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** Answers one operation of a vendor. */
export type Handler = (request: VendorRequest) => VendorResponse | Promise<VendorResponse>

/** One vendor's stand-in: a path prefix on the tenant's port and the operations below it. */
export interface Vendor {
  /** Name that `/local/faults` targets: `entra`, `graph`, `arm`, `github`, `azure-devops`, `pagerduty`, `teams` … */
  name: string
  /** The path prefixes it answers, such as `/github`; `''` takes what no other vendor claims. */
  prefixes: string[]
  /** Names of faults that only it can play, such as `arm-operation`. */
  faults?: string[]
  /** Largest body it takes, bytes; more is answered 413. Default 4 MiB, Azure Resource Manager's limit. */
  bodyLimit?: number
  handle: Handler
}

interface Route {
  method: string
  pattern: RegExp
  handler: Handler
}

/**
 * A table of operations, matched in the order they were added. Patterns are paths with `{name}` for one segment and
 * `{name...}` for the rest; matching ignores case only where `ignoreCase` is set (ARM ids change case, GitHub's do not).
 * @example new Router().get('/users/{id}', ({ params }) => ok({ id: params.id }))
 */
export class Router {
  readonly #routes: Route[] = []
  readonly #flags: string
  readonly #notFound: Handler

  /** @param notFound the vendor's own refusal for what is not in its table. */
  constructor(options: { ignoreCase?: boolean; notFound?: Handler } = {}) {
    this.#flags = options.ignoreCase ? 'i' : ''
    this.#notFound = options.notFound ?? (() => ({ status: 404, body: { message: 'Not Found' } }))
  }

  on(method: string, path: string, handler: Handler): this {
    const source = path
      .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replace(/\{(\w+)\\\.\\\.\\\.\}/g, '(?<$1>.+)')
      .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
    this.#routes.push({ method, pattern: new RegExp(`^${source}$`, this.#flags), handler })
    return this
  }
  get = (path: string, handler: Handler): this => this.on('GET', path, handler)
  post = (path: string, handler: Handler): this => this.on('POST', path, handler)
  put = (path: string, handler: Handler): this => this.on('PUT', path, handler)
  patch = (path: string, handler: Handler): this => this.on('PATCH', path, handler)
  delete = (path: string, handler: Handler): this => this.on('DELETE', path, handler)

  /** Runs the operation that matches; a known path with another method is still the vendor's "not found". */
  handle: Handler = (request) => {
    for (const route of this.#routes) {
      if (route.method !== request.method) continue
      const match = route.pattern.exec(request.path)
      if (match) return route.handler({ ...request, params: { ...match.groups } })
    }
    return this.#notFound(request)
  }
}

/** A 200 with a JSON body. */
export const ok = (body: unknown, headers: Record<string, string> = {}): VendorResponse => ({
  status: 200,
  headers,
  body,
})
