import type { DeadLetter } from '../../dead-letter.js'
import type { CardData } from '../../../cards/model.js'
import type { Json } from '../../../skills/kit/model.js'
import type { SourceState } from '../../../skills/kit/ports.js'
import type { AuditVerdict } from '../../audit-verdict.js'
import type { Outcome } from '../../hub/outcome.js'
import type { SyncReport } from '../../sync-report.js'

/** What the hub answers to a turn. */
export interface TurnAnswer {
  outcome: Outcome
  args: Record<string, Json>
  card: CardData
  /** `language` is that of the card's words, a BCP 47 tag. */
  reader: { now: string; zone: string; language?: string }
}

/** Thrown where the hub refuses or does not answer; the message says so plainly. */
export class HubRefused extends Error {}

/** The hub's API, asked as one person. */
export interface HubClient {
  ask(text: string, place?: string): Promise<TurnAnswer>
  press(id: string, place?: string): Promise<TurnAnswer>
  understand(lines: readonly string[]): Promise<Record<string, Json>[]>
  status(): Promise<{
    now: string
    commands: number
    sources: SourceState[]
    unread: string[]
    mistakes: string[]
    standing: string[]
    unreached: string | null
    deadLetters: number
    outbox: Record<'queued' | 'unknown' | 'dead', number>
  }>
  verifyAudit(): Promise<AuditVerdict>
  /** Entries of the audit log from a number on, at most 500. */
  auditEntries(from: number): Promise<{ seq: number }[]>
  /** Thumbs as cases of the language evaluation. */
  feedbackCases(): Promise<Json[]>
  /**
   * Has one source, or all of them, read whole, and waits for it however long that takes.
   * @param tell told of the readings that are under way, again and again
   */
  sync(source?: string, tell?: (underWay: readonly SyncReport[]) => void): Promise<SyncReport[]>
  deadLetters(after?: string): Promise<{ letters: DeadLetter[]; after?: string }>
  deadLetter(source: string, id: string): Promise<DeadLetter & { headers: Record<string, string>; body: string }>
  revive(source: string, id: string): Promise<unknown>
}

/**
 * Asks the hub's API with a person's token.
 * @param locale in whose words answers are written; the person's own unless told
 * @param patience milliseconds an answer may take; reading slow sources takes minutes
 */
export function createHubClient(hub: string, token: string, locale?: string, patience = 120_000): HubClient {
  async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    let answer: Response
    try {
      answer = await fetch(`${hub.replace(/\/$/, '')}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patience),
      })
    } catch (cause) {
      const late = (cause as Partial<Error>).name === 'TimeoutError'
      const message = late
        ? `The hub at ${hub} is still at it after ${patience / 1000} s. “nexus status” says how the sources stand.`
        : `The hub at ${hub} does not answer.`
      throw new HubRefused(message, { cause })
    }
    const text = await answer.text()
    const said = text ? (JSON.parse(text) as T & { error?: { message?: string } }) : undefined
    if (!answer.ok) throw new HubRefused(said?.error?.message ?? `The hub answered ${answer.status}.`)
    return said as T
  }
  return {
    ask: (text, place) => call('POST', '/api/turns', { text, ...(place && { place }), ...(locale && { locale }) }),
    press: (id, place) =>
      call('POST', '/api/turns', { press: { id }, ...(place && { place }), ...(locale && { locale }) }),
    understand: async (lines) =>
      (await call<{ understood: Record<string, Json>[] }>('POST', '/api/understand', { lines })).understood,
    verifyAudit: () => call('POST', '/api/audit/verify'),
    auditEntries: async (from) =>
      (await call<{ entries: { seq: number }[] }>('GET', `/api/audit/entries?from=${from}&limit=500`)).entries,
    feedbackCases: async () => (await call<{ cases: Json[] }>('GET', '/api/feedback')).cases,
    status: () => call('GET', '/api/status'),
    async sync(source, tell) {
      type Answer = { wish: Record<string, number>; reports: SyncReport[] }
      let answer = await call<Answer>('POST', '/api/sync', source === undefined ? {} : { source })
      for (;;) {
        const { wish, reports } = answer
        const underWay = reports.filter(({ reading }) => reading)
        if (!underWay.length) return reports
        tell?.(underWay)
        answer = await call<Answer>('POST', '/api/sync', { wish })
      }
    },
    deadLetters: (after) =>
      call('GET', `/api/dead-letters${after ? `?${new URLSearchParams({ after }).toString()}` : ''}`),
    deadLetter: (source, id) => call('GET', `/api/dead-letters?${new URLSearchParams({ source, id }).toString()}`),
    revive: (source, id) => call('POST', '/api/dead-letters/revive', { source, id }),
  }
}
