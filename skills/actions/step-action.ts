import type { ActionManifest } from '../kit/action-manifest.js'
import { Fault, unavailable } from '../kit/errors.js'
import type { Entity, Instant, Json } from '../kit/model.js'
import type { Facts, Plan, Progress, Step } from '../kit/plan.js'
import type { CloudAnswer, StepTurn } from '../kit/ports.js'
import { factsOf, readAll, targetScope, valueOf } from './action-scope.js'
import type { Scope } from './expression.js'
import { observed, parametersOf, requestOf, say } from './plan-action.js'

/** Where a run of an action stands between two steps. */
export type ActionState =
  /** Nothing was taken yet; `busySince` where Azure refused it for the moment. */
  | { phase: 'waiting'; busySince: Instant }
  /** Azure is at work; `operation` is what it is asked about. */
  | { phase: 'working'; since: Instant; operation: Json; progress?: number }
  /** It arrived, which was found out by reading, and is watched by reading. */
  | { phase: 'watching'; since: Instant; attempt: string }

export type ActionTurn = StepTurn<'catalog' | 'cloud'>
type ActionStep = Step<ActionState>

/**
 * How long something that is busy is asked again, how often a state is read and an operation asked about, and how long the activity log
 * may take to know (learn.microsoft.com, "Log data ingestion time in Azure Monitor": 3 to 10 minutes).
 */
const busyPatience = 5 * 60_000
const watchPause = 10_000
const longestPause = 30_000
const logPatience = 15 * 60_000
/** A request whose answer was lost may be under way yet: until then what is not there is no proof that it was not taken. */
const takingPatience = 30_000
/** Clocks of two machines may differ. */
const clockSkew = 5 * 60_000

/** One step of an approved action: send, ask how it goes, or find out by reading what became of a request without an answer. */
export async function stepAction(
  manifest: ActionManifest,
  plan: Plan,
  state: ActionState | undefined,
  turn: ActionTurn,
): Promise<ActionStep> {
  const work = new ActionRun(manifest, plan, turn)
  if (turn.unanswered) return work.findOut(turn.unanswered.id, turn.unanswered.sent)
  if (!state || state.phase === 'waiting') return work.send(state)
  if (state.phase === 'watching') return work.findOut(state.attempt, state.since)
  return work.ask(state)
}

class ActionRun {
  readonly #name: string
  constructor(
    private readonly manifest: ActionManifest,
    private readonly plan: Plan,
    private readonly turn: ActionTurn,
  ) {
    const { name } = plan.args as { name?: string }
    this.#name = name ?? plan.target.id.split('/').at(-1)!
  }

  /** Looks once more whether it is as it was approved, and sends. */
  async send(waited: ActionState | undefined): Promise<ActionStep> {
    const { turn, manifest, plan } = this
    const scope = await this.#read()
    if (!scope) return this.#failed(undefined, `${this.#name} is not there any more. Nothing was sent.`)
    const { binds } = observed(manifest, scope)
    const moved = Object.keys({ ...plan.binds, ...binds }).find((label) => plan.binds[label] !== binds[label])
    if (moved !== undefined)
      return this.#failed(
        waited,
        `${moved} of ${this.#name} is ${shown(binds[moved])} by now, and not ${shown(plan.binds[moved])} as it was approved. Nothing was sent.`,
      )
    const request = requestOf(manifest, scope)
    const answer = await turn.attempt((id) => turn.cloud.send(request, id))
    if (answer.state !== 'failed' || !answer.again) return this.#go(answer, turn.now)
    const busySince = waited?.phase === 'waiting' ? waited.busySince : turn.now
    if (this.#after(busySince, busyPatience))
      return this.#failed(waited, `${answer.message} It was tried for ${minutes(busyPatience)}; nothing was changed.`)
    return {
      state: { phase: 'waiting', busySince },
      progress: { text: `${answer.message} Nexus tries again.` },
      next: answer.again,
    }
  }

  /** Asks Azure about an operation under way. */
  async ask(state: Extract<ActionState, { phase: 'working' }>): Promise<ActionStep> {
    const { turn, manifest } = this
    if (this.#after(state.since, manifest.patience * 60_000)) return this.#givenUp(state)
    const answer = await turn.cloud.poll(state.operation)
    return this.#go(answer, state.since, state)
  }

  /** What an answer of Azure's comes to. */
  async #go(answer: CloudAnswer, since: Instant, before?: ActionState): Promise<ActionStep> {
    switch (answer.state) {
      case 'working': {
        const { operation, progress, askAgain } = answer
        const state: ActionState = { phase: 'working', since, operation, ...(progress !== undefined && { progress }) }
        return { state, progress: this.#doing(progress), next: this.#unhurried(askAgain, since) }
      }
      case 'done':
        return this.#done(since)
      case 'failed':
        return before
          ? this.#failed(before, `${answer.message} ${await this.#standing()}`)
          : this.#failed(undefined, `${answer.message} Nothing was changed.`)
    }
  }

  /** What takes long is asked about less often than Azure would bear: a tenth of the time it has taken, at most half a minute. */
  #unhurried(askAgain: Instant, since: Instant): Instant {
    const { now } = this.turn
    const pause = Math.min(longestPause, (Date.parse(now) - Date.parse(since)) / 10)
    return [askAgain, later(now, pause)].sort().at(-1)!
  }

  /** Reads what became of a request without an answer. Until that is known nothing else happens, and nothing is sent again. */
  async findOut(attempt: string, sent: Instant): Promise<ActionStep> {
    const { manifest, turn } = this
    const { confirm } = manifest
    const watching: ActionState = { phase: 'watching', since: sent, attempt }
    if (confirm.by === 'activity-log') return this.#findInLog(attempt, sent, watching)
    const scope = await this.#read()
    if (!scope) return { state: watching, progress: this.#doing(), unknown: this.#nobodyKnows('is not there any more') }
    if (valueOf(confirm.taken, scope) !== true)
      return this.#after(sent, takingPatience)
        ? this.#failed(watching, `Azure did not answer as it should, and has not taken it: ${this.#nowIn(scope)}`)
        : { state: watching, progress: this.#doing(), next: later(turn.now, watchPause) }
    if (valueOf(confirm.ended, scope) === true) return this.#done(sent)
    if (this.#after(sent, manifest.patience * 60_000)) return this.#givenUp(watching)
    return { state: watching, progress: this.#doing(), next: later(turn.now, watchPause) }
  }

  async #findInLog(attempt: string, sent: Instant, watching: ActionState): Promise<ActionStep> {
    const { turn, plan } = this
    const since = later(sent, -clockSkew)
    const entries = await turn.cloud.activity(plan.target.id, attempt, since)
    const last = entries.findLast(({ status }) => status !== 'started')
    if (last?.status === 'succeeded') return this.#done(sent)
    if (last) return this.#failed(watching, `Azure began it and could not finish it. ${await this.#standing()}`)
    if (this.#after(sent, logPatience)) {
      const what = entries.length ? 'that it began and not how it ended' : 'nothing of it'
      const unknown = this.#nobodyKnows(`its activity log says ${what} after ${minutes(logPatience)}`)
      return { state: watching, progress: this.#doing(), unknown }
    }
    throw unavailable('Azure gave no answer, so its activity log is asked; it takes up to 15 minutes to know.')
  }

  #nobodyKnows(what: string): string {
    return `Azure gave no answer to the request for ${this.#name}, and ${what}. Look at it before anything is tried again.`
  }

  /** The end, with what is so now by reading it again. */
  async #done(since: Instant): Promise<ActionStep> {
    const scope = await this.#read().catch(() => undefined)
    const state: ActionState = { phase: 'working', since, operation: null }
    const done = scope ? factsOf(this.manifest.result, scope) : {}
    return { state, progress: { text: `${capital(this.#doingText())}: done.`, ratio: 1 }, done }
  }

  #failed(state: ActionState | undefined, message: string): ActionStep {
    return {
      state: state ?? { phase: 'waiting', busySince: this.turn.now },
      progress: { text: message },
      failed: { message },
    }
  }

  async #givenUp(state: ActionState): Promise<ActionStep> {
    const unknown = `It has not ended within ${minutes(this.manifest.patience * 60_000)}, and Nexus follows it no longer. ${await this.#standing()}`
    return { state, progress: this.#doing(), unknown }
  }

  /** How the target stands by now, so that nothing is left half done without a name. */
  async #standing(): Promise<string> {
    try {
      const scope = await this.#read()
      return scope ? this.#nowIn(scope) : `${this.#name} is not there any more.`
    } catch {
      return `How ${this.#name} stands now cannot be read.`
    }
  }

  #nowIn(scope: Scope): string {
    const facts: Facts = observed(this.manifest, scope).before
    const said = Object.entries(facts).map(([label, value]) => `${label.toLowerCase()} ${shown(value)}`)
    return `${this.#name} has now: ${said.join(', ') || 'nothing that can be read'}.`
  }

  /** Everything the manifest's expressions see; undefined where the target is gone. */
  async #read(): Promise<Scope | undefined> {
    const { manifest, plan, turn } = this
    const known = await turn.catalog.get(plan.target)
    const target: Entity = known ?? {
      ...plan.target,
      tenant: turn.tenant,
      name: this.#name,
      aliases: [],
      props: {},
      sources: [],
      from: turn.now,
    }
    const scope = {
      target: await targetScope(target, turn.catalog),
      ...parametersOf(manifest, plan.args as Record<string, unknown>),
    }
    try {
      return await readAll(manifest, scope, turn.cloud)
    } catch (error) {
      if (error instanceof Fault && error.code === 'NotFound') return undefined
      throw error
    }
  }

  #doingText(): string {
    const parameters = parametersOf(this.manifest, this.plan.args as Record<string, unknown>)
    return say(this.manifest.doing, { target: { id: this.plan.target.id, name: this.#name }, ...parameters })
  }

  #doing(ratio?: number): Progress {
    const text = `Azure is ${this.#doingText()}`
    return ratio === undefined ? { text: `${text}.` } : { text: `${text}: ${Math.round(ratio * 100)} %.`, ratio }
  }

  #after(since: Instant, ms: number): boolean {
    return Date.parse(this.turn.now) - Date.parse(since) >= ms
  }
}

const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString()
const minutes = (ms: number): string => `${Math.round(ms / 60_000)} minutes`
const shown = (value: Json | undefined): string =>
  value === undefined || value === null ? 'unknown' : typeof value === 'string' ? value : JSON.stringify(value)
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
