import { MalformedActivity, parseActivity, type ParsedActivity } from './parse-activity.js'

/** Reads just enough to check the token; a malformed body is reported only to a caller whose token holds. */
export function readUntrusted(body: unknown): {
  bound: { serviceUrl: string; channelId: string }
  activity?: ParsedActivity
  fault?: MalformedActivity
} {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const { serviceUrl, channelId } = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const bound = { serviceUrl: text(serviceUrl), channelId: text(channelId) }
  try {
    return { bound, activity: parseActivity(body) }
  } catch (error) {
    if (error instanceof MalformedActivity) return { bound, fault: error }
    throw error
  }
}
