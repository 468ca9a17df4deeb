import type { Barrier, Undelivered } from '../../outgoing.js'

/** What the connector service answered to a call that it did not take. */
export interface ConnectorRefusal {
  status: number
  /** `error.code` of the body, empty where it has none. */
  code: string
  /** `error.message` of the body. */
  message: string
  /** The `Retry-After` header. */
  retryAfter?: string
}

/**
 * The kinds of 403 (Microsoft, "Status codes from bot conversational APIs", and public issues): who must act differs, but none of them
 * passes by itself.
 */
const barriers: Record<string, { barrier: Barrier; reason: string }> = {
  BotNotInConversationRoster: { barrier: 'not-in-roster', reason: 'Nexus is not a member of this conversation.' },
  ConversationBlockedByUser: { barrier: 'blocked', reason: 'The person has blocked Nexus.' },
  BotDisabledByAdmin: { barrier: 'disabled', reason: 'An administrator of the tenant has disabled Nexus.' },
  MessageWritesBlocked: { barrier: 'writes-blocked', reason: 'Nobody but its owners may write in this conversation.' },
  ForbiddenOperationException: { barrier: 'uninstalled', reason: 'Nexus is not installed for this person.' },
}

/**
 * What a refusal means. 412 and 429 were not taken. A 500, 502 or 504 may have come after the message was stored, so nobody knows;
 * 503 comes from a service that took no call at all. A 401 is the hub's own token or registration, which people mend: it may be later.
 */
export function classifyAnswer({ status, code, message, retryAfter }: ConnectorRefusal): Undelivered {
  const said = code || message ? `${code ? `${code}: ` : ''}${message}`.slice(0, 300) : 'no reason given'
  const reason = `Teams answered ${status} (${said}).`
  const retryAfterMs = waitOf(retryAfter)
  switch (status) {
    case 401:
    case 408:
    case 412:
    case 429:
    case 503:
      return { is: 'busy', reason, ...(retryAfterMs !== undefined && { retryAfterMs }) }
    case 403:
      return { is: 'barred', ...(barriers[code] ?? { barrier: 'forbidden', reason }) }
    case 404:
      return { is: 'gone', what: code === 'ActivityNotFoundInConversation' ? 'activity' : 'conversation', reason }
    default:
      return status >= 500 ? { is: 'unsure', reason } : { is: 'rejected', reason }
  }
}

const longestRetryAfter = 3_600_000

/** Seconds of a `Retry-After`, as milliseconds; the connector writes no dates there. */
function waitOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined || !/^\d{1,9}$/.test(retryAfter.trim())) return undefined
  return Math.min(longestRetryAfter, Number(retryAfter) * 1_000)
}

/** Codes of failures before a byte of the request was sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** What a call that got no answer means: `fetch` names the network's failure as the cause. */
export function classifyFailure(error: unknown): Undelivered {
  const codes = codesOf(error)
  if (codes.some((code) => neverSent.has(code)))
    return { is: 'busy', reason: `Teams could not be reached (${codes.join(', ')}).` }
  const late = /^(TimeoutError|AbortError):/.test(String(error))
  return {
    is: 'unsure',
    reason: late
      ? 'Teams did not answer in time.'
      : `The connection to Teams ended before an answer came (${codes.join(', ') || String(error)}).`,
  }
}

/** Error codes of a failure and its causes; several addresses may have been tried. */
function codesOf(error: unknown, depth = 0): string[] {
  if (depth > 4 || typeof error !== 'object' || error === null) return []
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }
  const own = typeof code === 'string' ? [code] : []
  const causes = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]
  return [...new Set([...own, ...causes.flatMap((one) => codesOf(one, depth + 1))])]
}
