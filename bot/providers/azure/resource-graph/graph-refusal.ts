import { fieldsOf } from '../../../fields.js'

/** Resource Graph answers, and not this: the query, its scope, its page or a table of it is refused. Others may be answered. */
export class QueryRefused extends Error {
  /**
   * @param status HTTP status
   * @param codes codes of the refusal, the outermost first
   */
  constructor(
    readonly status: number,
    readonly codes: readonly string[],
    cause: unknown,
  ) {
    super(`Azure Resource Graph refuses the query: ${codes.join(', ') || status}.`, { cause })
    this.name = 'QueryRefused'
  }

  /** The answer has more than 16 MB: it is to be asked for in smaller pages. */
  get tooLarge(): boolean {
    return this.codes.includes('ResponsePayloadTooLarge')
  }

  /** The token of a page is not known any more. */
  get lostPage(): boolean {
    return this.codes.some((code) => /skiptoken/i.test(code))
  }

  /** None of the subscriptions may be seen, or is there. */
  get nothingInScope(): boolean {
    return this.status === 403 || this.codes.includes('NoValidSubscriptionsInQueryRequest')
  }
}

/** An error of the client as the refusal of its query; undefined where it is another failure. */
export function refusalIn(error: unknown): QueryRefused | undefined {
  const status = statusOf(error)
  const codes = codesIn(error)
  const closed = status === 403 && codes.some((code) => /access|authori[sz]ation|scope/i.test(code))
  return status === 400 || status === 413 || closed ? new QueryRefused(status, codes, error) : undefined
}

/** Whether the same may be answered in a moment: too many questions, a fault of the service, or half an answer. */
export const isPassing = (error: unknown): boolean => {
  const status = statusOf(error)
  return status === 429 || status >= 500 || (!isUnauthenticated(error) && (status === 0 || status < 300))
}

/** Headers of an answer. */
export interface AnswerHeaders {
  get(name: string): string | undefined
}

/** How long an answer asks to be waited, in milliseconds: `Retry-After` in seconds, else what is left of the quota that is used up. */
export function retryAfterIn(headers: AnswerHeaders | undefined): number | undefined {
  const named = Number(headers?.get('retry-after') ?? NaN)
  const isUsedUp = headers?.get('x-ms-user-quota-remaining') === '0'
  const seconds = Number.isFinite(named)
    ? named
    : isUsedUp
      ? secondsIn(headers.get('x-ms-user-quota-resets-after'))
      : undefined
  return seconds === undefined ? undefined : Math.max(0, seconds * 1_000)
}

/** Seconds in `hh:mm:ss`. */
export function secondsIn(text: string | undefined): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d)/.exec(text ?? '') ?? []
  return seconds === undefined ? undefined : Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
}

/** What the service did, in plain words; its message stays in the log. */
export function saidOf(error: unknown): string {
  const status = statusOf(error)
  if (status === 429) return 'asks to wait: its quota is used up'
  return status === 401 || status === 403 || isUnauthenticated(error) ? "refuses Nexus's credential" : 'does not answer'
}

/** Entra gave no token. */
const isUnauthenticated = (error: unknown): boolean =>
  /^(Aggregate)?Authentication|CredentialUnavailable/.test((error as Error).name)

const statusOf = (error: unknown): number => Number((error as { statusCode?: number | string }).statusCode ?? 0) || 0

/** The codes of an error body and of its details, wherever the client keeps it. */
function codesIn(error: unknown): string[] {
  const said = fieldsOf((error as { details?: unknown }).details)
  const body = said.has('error') ? said.object('error') : said
  const own = [body.text('code'), fieldsOf({ code: (error as { code?: unknown }).code }).text('code')]
  const found = [...own, ...body.objects('details').map((detail) => detail.text('code'))]
  return [...new Set(found.filter((code) => code !== undefined))]
}
