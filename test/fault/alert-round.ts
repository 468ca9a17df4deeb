import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { loadOrganisation } from '../../infra/local/organisation/load-organisation.js'
import type { Organisation } from '../../infra/local/organisation/model.js'
import { projectRoot } from '../../infra/local/project-root.js'
import { alertBody, type Occurrence } from '../../infra/local/storm/alert-body.js'
import { readAnswer } from '../product/local-teams.js'
import { heardAlerts } from './reminders.js'
import type { Stage } from './start-hubs.js'

/** Alerts of one trouble, each by another rule. */
export interface AlertRound {
  occurrences: Occurrence[]
  /** The bodies of their webhooks. */
  bodies: unknown[]
  /** Those that the hub did not take, which their vendor sends again. */
  refused: unknown[]
  /** Messages that stood in the channel before. */
  before: number
}

/** What became of a round of alerts. */
export interface AlertOutcome {
  /** Alerts that were heard, each counted once. */
  heard: number
  /** Webhooks that still wait, and that were given up. */
  queued: number
  dead: number
  /** Threads that they made, and whether its card counts each of them once. */
  threads: number
  counted: boolean
}

const channel = 'identity-alerts'
let contoso: Promise<Organisation> | undefined

/** Makes alerts of Auth that fire now, hours after those of the round before. */
export async function beginAlerts(stage: Stage, name: string, count: number): Promise<AlertRound> {
  contoso ??= loadOrganisation(join(projectRoot(), 'infra', 'local', 'contoso'), new Date())
  const org = await contoso
  const now = (await stage.now()) + 5 * 3_600_000
  await stage.clock(now)
  const resource = org.resources.find((each) => each.name === 'auth-api-prd')!
  const occurrences = Array.from({ length: count }, (_, n): Occurrence => ({
    id: randomUUID(),
    resource,
    fired: new Date(now),
    alert: {
      ...{ kind: 'metric', rule: `${name} ${n}`, severity: 'Sev2', on: resource.name, metric: `Metric${n}` },
      ...{ operator: 'GreaterThan', threshold: 1, value: 2, aggregation: 'Total', window: 'PT5M', dimensions: {} },
    },
  }))
  const bodies = occurrences.map((occurrence) => alertBody(occurrence, org))
  return { occurrences, bodies, refused: [], before: (await stage.messages(channel, 'dana')).length }
}

/** Ends them, so that the next round is another trouble. */
export async function endAlerts(stage: Stage, round: AlertRound): Promise<void> {
  const org = await contoso!
  const resolved = new Date(await stage.now())
  await deliverAlerts(
    stage,
    round,
    round.occurrences.map((occurrence) => alertBody({ ...occurrence, resolved }, org)),
  )
}

/** Delivers webhooks at once, and keeps those that were not taken, as the vendor does. */
export async function deliverAlerts(stage: Stage, round: AlertRound, bodies: readonly unknown[]): Promise<void> {
  const taken = await Promise.all(
    bodies.map((body) =>
      stage
        .call<{ status: number }>('/local/deliver', { source: 'azure-monitor', body })
        .then(({ status }) => status < 300)
        .catch(() => false),
    ),
  )
  round.refused = bodies.filter((_, n) => !taken[n])
}

/** How many of a round are not heard, or not done with. */
export async function countOpenAlerts(stage: Stage, { bodies }: AlertRound): Promise<number> {
  return stage.withStore(async (store) => {
    const queued = await store.inbox.count('queued')
    const unheard = bodies.length - (await heardAlerts(store, bodies.map(ruleOf)))
    return Math.min(bodies.length, Math.max(queued, unheard))
  })
}

export async function countDoneAlerts(stage: Stage, { bodies, before }: AlertRound): Promise<AlertOutcome> {
  const said = (await stage.messages(channel, 'dana')).slice(before)
  const roots = said.filter(({ replyTo }) => replyTo === null)
  const words = roots.map((root) => readAnswer(root).words).join('\n')
  const stored = await stage.withStore(async (store) => ({
    heard: await heardAlerts(store, bodies.map(ruleOf)),
    queued: await store.inbox.count('queued'),
    dead: await store.inbox.count('dead'),
  }))
  return { ...stored, threads: roots.length, counted: words.includes(`Alerts (${bodies.length})`) }
}

const ruleOf = (body: unknown): string =>
  (body as { data: { essentials: { alertRule: string } } }).data.essentials.alertRule
