import { setTimeout as pause } from 'node:timers/promises'
import type { TenantClock } from '../../frame/clock.js'
import type { Activity } from '../model.js'
import type { Wire } from '../wire.js'

/** What a bot answered to an invoke. */
export interface InvokeAnswer {
  /** HTTP status; 0 where it did not answer in time or could not be reached. */
  status: number
  body: unknown
}

/** How the channel reaches the bot. */
export interface BotClientOptions {
  /** Path of the bot's messaging endpoint. */
  path: string
  /** Brings a request to the bot; rejects where it does not answer. */
  reach(path: string, init: RequestInit): Promise<Response>
  /** Bearer token for one delivery. */
  token(): Promise<string>
  wire: Wire
  clock: TenantClock
  /** Teams gives a bot 15 seconds. */
  timeoutMs: number
  /** Pauses before each further delivery of an activity that was not taken: three, so that it is sent four times at most. */
  pausesMs: number[]
}

/** Brings activities to the bot as the channel service does. */
export class BotClient {
  readonly #stop = new AbortController()
  readonly #underway = new Set<Promise<unknown>>()
  constructor(private readonly options: BotClientOptions) {}

  /** Sends an activity whose answer nobody waits for; again, with the same id, on 5xx, a timeout or no answer. */
  deliver(activity: Activity): void {
    const work = this.#deliver(activity).catch(() => undefined) // stopped in a pause: nothing is left to do
    this.#underway.add(work)
    void work.finally(() => this.#underway.delete(work))
  }

  async #deliver(activity: Activity): Promise<void> {
    for (const pauseMs of [0, ...this.options.pausesMs]) {
      if (pauseMs) await pause(pauseMs, undefined, { signal: this.#stop.signal })
      const { status } = await this.#post(activity)
      if (status !== 0 && status < 500) return
    }
  }

  /** Settles when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#underway.size) await Promise.all(this.#underway)
  }

  /** Sends an invoke once and gives its answer. */
  invoke = (activity: Activity): Promise<InvokeAnswer> => this.#post(activity)

  /** Stops deliveries and pauses, and settles when none is under way. */
  async close(): Promise<void> {
    this.#stop.abort()
    await Promise.all(this.#underway)
  }

  async #post(activity: Activity): Promise<InvokeAnswer> {
    const { path, reach, token, wire, clock, timeoutMs } = this.options
    const at = clock.now().toISOString()
    const began = performance.now()
    let answer: InvokeAnswer
    try {
      const response = await reach(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
        body: JSON.stringify(activity),
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(timeoutMs)]),
      })
      answer = { status: response.status, body: parse(await response.text()) }
    } catch (fault) {
      answer = { status: 0, body: fault instanceof Error ? fault.message : String(fault) }
    }
    const ms = Math.round(performance.now() - began)
    const { status, body } = answer
    wire.record({ at, direction: 'to-bot', method: 'POST', path, status, ms, body: activity, answer: body })
    return answer
  }
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return text
  }
}
