import type { ChannelAnswer } from './answer-invoke.js'
import { MalformedActivity } from './parse-activity.js'
import { TokenRefused } from './verify-token.js'

/** What a request is answered that failed: 401 without a reason, 400 with one, and 503 where it is to be sent again. */
export function refusalOf(
  error: unknown,
  log: (event: { what: string; error?: unknown; detail?: string }) => void,
): ChannelAnswer {
  if (error instanceof TokenRefused) {
    log({ what: 'teams.refused', detail: error.message, ...(error.status === 503 && { error: error.cause }) })
    return {
      status: error.status,
      body: {
        error: {
          code: error.status === 401 ? 'Unauthorized' : 'ServiceUnavailable',
          message: 'The request was not accepted.',
        },
      },
    }
  }
  if (error instanceof MalformedActivity)
    return { status: 400, body: { error: { code: 'BadSyntax', message: error.message } } }
  log({ what: 'teams.failed', error })
  return {
    status: 503,
    body: { error: { code: 'ServiceUnavailable', message: 'Nexus could not answer; it will be tried again.' } },
  }
}
