import type { Router } from '../frame/router.js'
import type { Storm } from '../storm/storm.js'

/** What a fault of the local tenant does to calls of one vendor; every field but the target is optional. */
export interface Fault {
  /** A vendor's name, such as `github`, or `teams`. */
  target: string
  /** Status to answer with. */
  status?: number
  /** Share of the calls it meets, above 0, at most 1. */
  ratio?: number
  /** Milliseconds to wait before answering. */
  delayMs?: number
  /** How many calls it meets before it ends. */
  count?: number
}

/** Secrets that webhooks are signed with; a source without one cannot be delivered. */
export interface WebhookSecrets {
  /** HMAC key of the GitHub App's webhook. */
  github?: string
  /** HMAC key of the PagerDuty webhook subscription. */
  pagerduty?: string
  /** Query secret (`?code=`) of the action group's webhook, or a function that gives an Entra token for a secure webhook. */
  azureMonitor?: string | (() => Promise<string>)
  /** Query secret (`?code=`) of the Event Grid subscription. */
  eventGrid?: string
  /** User and password of the service hook. */
  azureDevOps?: { user: string; password: string }
  /** Bearer token of the integration's custom header. */
  opsgenie?: string
  /** Bearer token of the receiver's `http_config`. */
  alertmanager?: string
}

/** One file of the page. */
export interface PageFile {
  /** Its `Content-Type`. */
  type: string
  body: Buffer
}

/** What the Teams half of the local tenant needs from those who start it. */
export interface TeamsOptions {
  /** Name of the bot, as people mention it. Default `Nexus`. */
  botName?: string
  /** Address of the first hub (others are taken in by `/local/hubs`): activities go to `{hub}/api/messages`, webhooks to `{hub}/webhooks/{source}`. */
  hub: string
  /** Port of the HTTP service that serves `local`, for the Host and Origin checks; a function where it is known late. */
  port: number | (() => number)
  /**
   * Signs a token as the Bot Framework's channel service does: the signer adds issuer, times and key id to the claims
   * (`aud`: the bot's app id, `serviceurl`: where the bot answers).
   */
  signChannelToken(claims: { aud: string; serviceurl: string }): Promise<string>
  /** Path of the Teams app manifest (JSON), read at each use; slash commands and message extensions come from it. */
  manifest?: string
  /** Makes the page's files by path, `/` being the page itself; without it only `/local/*` is served. */
  page?(): Promise<Map<string, PageFile>>
  /** Where the app is installed at the first start: `all` places (default), or `none`. */
  installed?: 'all' | 'none'
  /** A person's picture, where there is one; otherwise their initials are drawn. */
  photo?(person: string): Promise<{ type: string; bytes: Buffer } | undefined>
  /** Secrets of `/local/deliver`. */
  secrets?: WebhookSecrets
  /** What the tenant's vendors remember, by vendor name, for `/local/state/{vendor}`. */
  states?: Record<string, () => unknown>
  /** Faults of the whole tenant, for `/local/faults`. */
  faults?: { add(fault: Fault): void; clear(): void }
  /** Whether the hubs' business time is moved with the tenant's; false: only the tenant's clock moves. */
  movesHubClocks?: boolean
  /** Stories of outages, for `/local/storm`; absent: it plays none. */
  storm?: Pick<Storm, 'start' | 'stop' | 'state'>
  /** What else people may do in the tenant: each adds its routes below `/local/{vendor}`. */
  controls?: readonly ((router: Router) => void)[]
  /** A person's token for the hub's own API, with which `/local/outbox` reads the hub's outbox; absent: there is no outbox to see. */
  hubToken?(person: string): Promise<string>
  /** Real time in milliseconds, which rate limits go by. Default: the machine's. */
  realTime?(): number
  /** How long the bot has to answer, and the pauses before an unanswered activity is sent again. */
  delivery?: { timeoutMs?: number; pausesMs?: number[] }
  /** How long an edit takes, in which a second one of the same message is refused with 412. Default 20 ms. */
  editMs?: number
}

/** A webhook as a vendor would send it. */
export interface SignedWebhook {
  /** Path and query below the hub's address. */
  path: string
  headers: Record<string, string>
  rawBody: string
}

/** Signs a body as one vendor does; throws a `Refusal` where a header of the vendor's is missing. */
export type WebhookSigner = (body: unknown, headers: Headers) => Promise<SignedWebhook>
