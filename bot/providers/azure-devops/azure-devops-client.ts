import type { WebApi } from 'azure-devops-node-api'
import { unavailable } from '../../../skills/kit/errors.js'
import { fieldsOf, type Fields } from '../../fields.js'
import { Quota } from './stay-within-quota.js'

/** The Azure DevOps organisation, and who asks. */
export interface AzureDevOpsOptions {
  /** `https://dev.azure.com/contoso` */
  organisation: string
  /** An Entra token for Azure DevOps. */
  token(): Promise<string>
  /** Gives way for some milliseconds, or rejects when the signal aborts. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

/** One answer: a list's items, or the one thing that was asked for. */
export interface Answer {
  body: Fields
  items: Fields[]
  /** As it came, for what is longer than `Fields` looks at. */
  raw: unknown
  /** The continuation token; absent on the last page. */
  next?: string
}

/** What Azure DevOps refused, with its HTTP status. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`Azure DevOps answered ${status} to ${what}`, options)
  }
}

type Query = Record<string, string | number | boolean | undefined>

/** Services that live at hosts of their own, by the ids of their resource areas ("Resource areas" of the client's LocationsApi). */
const areas = {
  release: 'efc2f575-36ef-48e9-b672-0c6fb4a48ac5',
  packaging: '7ab4e64e-c4d8-4f50-ae73-5ef2e21642a5',
} as const
export type Area = keyof typeof areas

/** The version of the REST API that is asked for; what was never released has its own. */
const usualVersion = '7.1'
/** Milliseconds that an answer may take. */
const patience = 30_000
/** A token lives for about an hour; the port gives one that lasts. A request is made at most this often because of limits. */
const mostTries = 3

/**
 * Asks Azure DevOps by its own client: where its services are, signing in, and reading. The client's typed methods give away neither
 * the continuation token of a list nor what is behind a 404, and know neither environments, approvals nor feeds: so the addresses are here.
 */
export class AzureDevOpsClient {
  readonly quota: Quota
  #api: Promise<WebApi> | undefined
  #bearer = ''
  readonly #bases = new Map<Area, Promise<string>>()

  constructor(private readonly options: AzureDevOpsOptions) {
    this.quota = new Quota(options.wait)
  }

  /**
   * Reads one page.
   * @param path below the organisation, made with `path`
   * @throws Refused for a status that is none of success; Fault Unavailable where the credential is refused or a limit is used up
   */
  get(
    path: string,
    query: Query,
    signal: AbortSignal,
    { area, version }: { area?: Area; version?: string } = {},
  ): Promise<Answer> {
    return this.#ask(path, query, signal, area, async (api, url) =>
      api.rest.get<unknown>(url, { acceptHeader: accept(version) }),
    )
  }

  /** Asks a question that has a body; it changes nothing. */
  post(path: string, query: Query, body: unknown, signal: AbortSignal): Promise<Answer> {
    return this.#ask(path, query, signal, undefined, async (api, url) =>
      api.rest.create<unknown>(url, body, { acceptHeader: accept() }),
    )
  }

  async #ask(
    path: string,
    query: Query,
    signal: AbortSignal,
    area: Area | undefined,
    send: (api: WebApi, url: string) => Promise<Response>,
  ): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      await this.quota.before(signal)
      const api = await this.#connect()
      const base = area ? await this.#baseOf(api, area) : this.options.organisation
      const response = await untilAborted(send(api, addressOf(base, path, query)), signal).catch(failureOf)
      const status = response.statusCode
      this.quota.note(status, response.headers as Record<string, string | undefined>)
      if (isBusy(status) && tries < mostTries && this.quota.asksToWait) continue
      if (isBusy(status)) throw this.quota.usedUp()
      // An answer that is a page to sign in at comes as 203, or as a redirection.
      if ([203, 302, 401].includes(status)) throw refusedCredential(new Refused(status, path))
      if (status < 200 || status > 299) throw new Refused(status, path)
      if (response.result === null) throw new Refused(502, path)
      const next = (response.headers as Record<string, string | undefined>)['x-ms-continuationtoken']
      const body = fieldsOf(response.result)
      const { value } = response.result as { value?: unknown }
      const items = Array.isArray(value) ? value.map(fieldsOf) : []
      return { body, items, raw: response.result, ...(next && { next }) }
    }
  }

  async #connect(): Promise<WebApi> {
    this.#bearer = await this.options.token()
    return (this.#api ??= this.#create().catch((error: unknown) => {
      this.#api = undefined
      throw error
    }))
  }

  async #create(): Promise<WebApi> {
    // Loaded with the first request, so that the hub does not start later for it.
    const { WebApi } = (await import('azure-devops-node-api')).default
    const handler = {
      prepareRequest: ({ headers }: { headers?: Record<string, unknown> }) =>
        void Object.assign(headers ?? {}, { authorization: `Bearer ${this.#bearer}` }),
      canHandleAuthentication: () => false,
      handleAuthentication: () => Promise.reject(new Error('no credential but the token')),
    }
    // A token goes nowhere but to the address it was meant for: a redirection is not followed.
    return new WebApi(this.options.organisation, handler as never, { socketTimeout: patience, allowRedirects: false })
  }

  #baseOf(api: WebApi, area: Area): Promise<string> {
    const known = this.#bases.get(area)
    if (known) return known
    // On a server of one's own there are no areas: everything is at one address.
    const found = api
      .getLocationsApi()
      .then((locations) => locations.getResourceArea(areas[area]))
      .then((found) => found?.locationUrl ?? this.options.organisation)
    this.#bases.set(area, found)
    found.catch(() => this.#bases.delete(area))
    return found
  }
}

interface Response {
  statusCode: number
  result: unknown
  headers: object
}

const accept = (version = usualVersion): string => `application/json;api-version=${version}`
/** 503 is how a part of the service that is overloaded says it, with a Retry-After. */
const isBusy = (status: number): boolean => status === 429 || status === 503
const refusedCredential = (cause: unknown) =>
  unavailable(
    "Azure DevOps refuses Nexus's credential.",
    'Its service principal must be a user of the organisation.',
    cause,
  )

/** A failure that carries a status is an answer too. */
function failureOf(error: unknown): Response {
  const { statusCode, responseHeaders } = error as { statusCode?: number; responseHeaders?: object }
  if (statusCode === undefined) throw error
  return { statusCode, result: null, headers: responseHeaders ?? {} }
}

/** A path with its variable parts encoded: path`${project}/_apis/git/repositories`. */
export const path = (texts: TemplateStringsArray, ...parts: (string | number)[]): string =>
  String.raw({ raw: texts }, ...parts.map((part) => encodeURIComponent(part)))

function addressOf(base: string, path: string, query: Query): string {
  const url = new URL(`${base.replace(/\/$/, '')}/${path}`)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  return url.href
}

/** Rejects when the signal aborts: the client takes none. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let abort: () => void
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', abort, { once: true })
  })
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', abort))
}
