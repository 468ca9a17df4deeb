import { setTimeout as pause } from 'node:timers/promises'
import type { Quota as Standing } from '../../../skills/kit/catalog-source.js'
import { unavailable, type Fault } from '../../../skills/kit/errors.js'

/** Longest wait that is waited for, in milliseconds; what takes longer is left for the next try. */
const longestWait = 60_000
/** The part of the quota that is left for what people ask meanwhile. */
const reserve = 0.1

/** What an answer of Azure DevOps says of limits (learn.microsoft.com, "Rate and usage limits"). */
export interface LimitHeaders {
  date?: string | undefined
  /** Seconds before the next request; sent with good answers too, once a caller is slowed down. */
  'retry-after'?: string | undefined
  /** Units ("TSTU") of five minutes, and how many are left before requests are slowed down; only sent when it gets close. */
  'x-ratelimit-limit'?: string | undefined
  'x-ratelimit-remaining'?: string | undefined
  /** When nothing of it would be used any more: seconds since 1970. */
  'x-ratelimit-reset'?: string | undefined
  /** Seconds that this request was held back. */
  'x-ratelimit-delay'?: string | undefined
}

/** What a reader should do after an answer. */
export interface Advice {
  /** Milliseconds before the next request. */
  wait: number
  /** Milliseconds after which there is enough again; absent where there is enough. */
  scarceFor?: number
}

/** What an answer's headers advise. Pure. */
export function adviceOf(status: number, headers: LimitHeaders): Advice {
  const asked = Number(headers['retry-after'])
  if (headers['retry-after'] !== undefined && Number.isFinite(asked)) return { wait: Math.max(0, asked) * 1000 }
  const left = Number(headers['x-ratelimit-reset']) * 1000 - Date.parse(headers.date ?? '')
  const [limit, remaining] = [Number(headers['x-ratelimit-limit']), Number(headers['x-ratelimit-remaining'])]
  const scarce = limit > 0 && remaining < limit * reserve && left > 0 ? { scarceFor: left } : {}
  if (status === 429) return { wait: Number.isFinite(left) ? Math.max(0, left) : longestWait, ...scarce }
  // Held back without being asked to wait: as long again spares the next one.
  const delay = Number(headers['x-ratelimit-delay'])
  return { wait: delay > 0 ? delay * 1000 : 0, ...scarce }
}

function standingIn(headers: LimitHeaders): Standing | undefined {
  const [left, of, reset] = ['remaining', 'limit', 'reset'].map((name) =>
    Number(headers[`x-ratelimit-${name}` as keyof LimitHeaders] ?? NaN),
  )
  if (!Number.isFinite(left)) return undefined
  return {
    left: left!,
    ...(of! > 0 && { of: of! }),
    ...(reset! > 0 && reset! < 1e11 && { renews: new Date(reset! * 1000).toISOString() }),
  }
}

/** Keeps a reader within what Azure DevOps lets one caller use. */
export class Quota {
  #advice: Advice = { wait: 0 }
  #standing: Standing | undefined

  constructor(private readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown> = waitFor) {}

  /** Notes what an answer says of limits. An answer without a word on them says that there is enough. */
  note(status: number, headers: LimitHeaders): void {
    this.#advice = adviceOf(status, headers)
    this.#standing = standingIn(headers)
  }

  /** Whether the last answer asks to wait no longer than is waited for. */
  get asksToWait(): boolean {
    return this.#advice.wait <= longestWait
  }

  /** Waits as the last answer asked. @throws Fault Unavailable where that is longer than is waited for */
  async before(signal: AbortSignal): Promise<void> {
    const { wait } = this.#advice
    if (wait === 0) return
    if (wait > longestWait) {
      // Said once: by the next try the time may be over.
      const fault = this.usedUp()
      this.#advice = { wait: 0 }
      throw fault
    }
    await this.wait(wait, signal)
    this.#advice = { ...this.#advice, wait: 0 }
  }

  /** Refuses to go on with what can wait, where little is left. @throws Fault Unavailable saying when it goes on */
  check(): void {
    if (this.#advice.scarceFor === undefined) return
    const fault = this.usedUp(this.#advice.scarceFor)
    this.#advice = { wait: this.#advice.wait }
    throw fault
  }

  usedUp(ms = this.#advice.wait): Fault {
    const minutes = Math.ceil(ms / 60_000)
    return unavailable(
      `Azure DevOps slows Nexus down and asks it to wait ${minutes > 1 ? `${minutes} minutes` : 'a minute'}.`,
      'Reading goes on by itself from where it stopped.',
      undefined,
      ms,
    )
  }

  /** What may still be used, as the last answer that spoke of it said; undefined where there was none of late. */
  get standing(): Standing | undefined {
    return this.#standing
  }
}

const waitFor = (ms: number, signal: AbortSignal): Promise<void> => pause(ms, undefined, { signal })
