import type { Delivery, Undelivered } from '../../outgoing.js'
import type { ConnectorToken } from './bot-authentication.js'
import { classifyAnswer, classifyFailure } from './classify-answer.js'

/** One request of the Bot Connector REST API, version 3. */
export interface ConnectorRequest {
  /** Address of the connector service; of the allow-list, because the hub's token goes there. */
  serviceUrl: string
  method: string
  /** Path and query below it, without a slash at its beginning. */
  path: string
  body?: unknown
  /** Milliseconds until it counts as unanswered. */
  patience: number
}

/** How the connector is called. */
export interface ConnectorParts {
  token: ConnectorToken
  fetch: typeof globalThis.fetch
}

/**
 * Makes a request of the connector, once: the SDK's client sends a POST up to four times more when it gets no answer, which says things
 * twice, and it knows no targeted messages.
 * @returns the body of the answer, or how the call ended where it was not taken
 */
export async function callConnector(
  { serviceUrl, method, path, body, patience }: ConnectorRequest,
  { token, fetch }: ConnectorParts,
): Promise<Undelivered | { body: unknown }> {
  let authorization: string
  try {
    authorization = `Bearer ${await token()}`
  } catch {
    return { is: 'busy', reason: "Entra gave no token for Nexus's bot." }
  }
  try {
    const response = await fetch(`${serviceUrl.replace(/\/+$/, '')}/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
      redirect: 'error', // the token belongs to this host
      signal: AbortSignal.timeout(Math.ceil(patience)), // it takes whole milliseconds only
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = readJson(await response.text())
    return response.ok ? { body: answer } : classifyAnswer(refusalOf(response, answer))
  } catch (error) {
    return classifyFailure(error)
  }
}

/** The activity that an answer names, as the outcome of a post. */
export function deliveredOf(body: unknown): Delivery {
  // A new thread answers with its conversation's id and the activity's, everything else with the activity's alone.
  const activityId = textOf(body, 'activityId') ?? textOf(body, 'id')
  return activityId
    ? { is: 'delivered', activityId }
    : { is: 'unsure', reason: 'Teams took the message without saying its id.' }
}

function refusalOf({ status, headers }: Response, body: unknown) {
  const retryAfter = headers.get('retry-after')
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
  return {
    status,
    code: textOf(error, 'code') ?? '',
    message: textOf(error, 'message') ?? '',
    ...(retryAfter !== null && { retryAfter }),
  }
}

/** A property that is text and not empty. */
export function textOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const field = (value as Record<string, unknown>)[name]
  return typeof field === 'string' && field ? field : undefined
}

/** JSON, or undefined where a proxy between answered with something else. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
