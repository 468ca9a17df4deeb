import type { Gap } from '../../../../skills/kit/catalog-source.js'
import type { Instant } from '../../../../skills/kit/model.js'
import type { Fields } from '../../../fields.js'
import type { Graph } from './graph.js'
import { QueryRefused } from './graph-refusal.js'
import * as queries from './queries.js'
import { readChange, type AzureChange } from './read-change.js'

/** How a resource is, as Resource Health says; the reason and the moment only where it is not as it should be. */
export interface Health {
  state: string
  reason?: string
  since?: Instant
}

/** What Azure Policy made of a resource. */
export interface Judgement {
  judged: number
  violations: number
  policies: string[]
}

/** What alerts there are of a rule, or on a resource. */
export interface Ringing {
  firing: number
  fired?: Instant
}

/** The newest point a resource can be restored from, and how the last try ended. */
export interface Backup {
  last?: Instant
  outcome?: 'succeeded' | 'failed'
  /** When the try ended that `outcome` is of. */
  tried?: Instant
}

/** What Azure knows of resources beside themselves, by their ids in lower case. */
export interface Findings {
  health: Map<string, Health>
  policies: Map<string, Judgement>
  advice: Map<string, string[]>
  weaknesses: Map<string, string[]>
  alerts: Map<string, Ringing>
  rules: Map<string, Ringing>
  backups: Map<string, Backup>
  /** The last 14 days, the newest first. */
  changes: Map<string, AzureChange[]>
  /** Secure scores of subscriptions, 0 to 1. */
  scores: Map<string, number>
}

/** Available is what nearly all are: one object for all of them. */
const available: Health = { state: 'Available' }
/** What Resource Health says; anything else is not known to be well. */
const states = ['Available', 'Degraded', 'Unavailable', 'Unknown']
/** Most texts that are kept of one thing. */
const mostTexts = 50
/** Most changes that are kept of one resource: a pipeline may touch one every minute. */
const mostChanges = 20

/** What is read, in words for whoever is missing it. */
const tables: {
  name: string
  query(cut: Parameters<typeof queries.health>[0]): string
  take(found: Findings, row: Fields): void
}[] = [
  { name: 'Resource Health', query: queries.health, take: takeHealth },
  { name: 'policy states', query: queries.policies, take: takePolicies },
  {
    name: 'Advisor recommendations',
    query: queries.advice,
    take: ({ advice }, row) => addText(advice, row, 'problem'),
  },
  {
    name: 'security assessments',
    query: queries.weaknesses,
    take: ({ weaknesses }, row) => addText(weaknesses, row, 'finding'),
  },
  { name: 'alerts', query: queries.alerts, take: ({ alerts }, row) => addAlert(alerts, row, 'target') },
  { name: 'alerts of rules', query: queries.alertsOfRules, take: ({ rules }, row) => addAlert(rules, row, 'rule') },
  { name: 'protected items of vaults', query: queries.protectedItems, take: takeProtectedItem },
  { name: 'backup jobs', query: queries.backupJobs, take: takeBackupJob },
  { name: 'resource changes', query: queries.changes, take: takeChange },
  { name: 'changes of groups', query: queries.containerChanges, take: takeChange },
  { name: 'secure scores', query: () => queries.secureScores, take: takeScore },
]

const nothing = (): Findings => ({
  health: new Map(),
  policies: new Map(),
  advice: new Map(),
  weaknesses: new Map(),
  alerts: new Map(),
  rules: new Map(),
  backups: new Map(),
  changes: new Map(),
  scores: new Map(),
})

/**
 * Reads what Azure knows of resources beside themselves. A table that is refused leaves a gap; the others are read.
 * @param scope the subscriptions they are in
 * @param ids some of them, in lower case; all unless told
 */
export async function readFindings(
  graph: Graph,
  scope: readonly string[],
  signal: AbortSignal,
  ids?: readonly string[],
): Promise<{ findings: Findings; gaps: Gap[] }> {
  const findings = nothing()
  const gaps: Gap[] = []
  const cut = ids ? queries.of(ids) : queries.all
  for (const { name, query, take } of tables)
    try {
      const pages = graph.pages({ text: query(cut), subscriptions: scope }, signal)
      for await (const { rows } of pages) for (const row of rows) take(findings, row)
    } catch (error) {
      if (!(error instanceof QueryRefused) || error.nothingInScope) throw error
      gaps.push({
        reason: `Azure's ${name} cannot be read (${error.codes.at(-1) ?? error.status}): give Nexus's identity the role Reader on the subscriptions.`,
      })
    }
  return { findings, gaps }
}

const idIn = (row: Fields, name: string): string | undefined => row.text(name, 2_048)?.toLowerCase()

function takeHealth({ health }: Findings, row: Fields): void {
  const [target, said] = [idIn(row, 'target'), row.text('state')]
  if (!target || !said) return
  const state = states.find((one) => one.toLowerCase() === said.toLowerCase()) ?? 'Unknown'
  const [reason, since] = [row.text('summary', 1_000), row.instant('since')]
  if (state === available.state) health.set(target, available)
  else health.set(target, { state, ...(reason && { reason }), ...(since && { since }) })
}

function takePolicies({ policies }: Findings, row: Fields): void {
  const target = idIn(row, 'id')
  const [judged, violations] = [Number(row.text('judged')), Number(row.text('violations'))]
  if (!target || !(judged > 0) || !(violations >= 0)) return
  policies.set(target, { judged, violations, policies: row.texts('names').slice(0, mostTexts).sort() })
}

function addText(into: Map<string, string[]>, row: Fields, column: string): void {
  const [target, text] = [idIn(row, 'target'), row.text(column)]
  if (!target) return
  const known = into.get(target) ?? []
  if (known.length < mostTexts) known.push(text ?? 'Without a title')
  into.set(target, known)
}

function addAlert(into: Map<string, Ringing>, row: Fields, column: string): void {
  const id = idIn(row, column)
  if (!id) return
  const known = into.get(id) ?? { firing: 0 }
  const isOpen = row.text('condition')?.toLowerCase() === 'fired' && row.text('state')?.toLowerCase() !== 'closed'
  const fired = later(known.fired, row.instant('started'))
  into.set(id, { firing: known.firing + (isOpen ? 1 : 0), ...(fired && { fired }) })
}

function takeProtectedItem({ backups }: Findings, row: Fields): void {
  const [restorable, tried, outcome] = [row.instant('last'), row.instant('tried'), outcomeOf(row.text('outcome'))]
  // Some kinds of items name no point that can be restored; their last try is one where it went well.
  const last = restorable ?? (outcome === 'succeeded' ? tried : undefined)
  addBackup(backups, row, { last, outcome, tried: tried ?? last })
}

function takeBackupJob({ backups }: Findings, row: Fields): void {
  const [ended, outcome] = [row.instant('ended'), outcomeOf(row.text('outcome'))]
  addBackup(backups, row, { last: outcome === 'succeeded' ? ended : undefined, outcome, tried: ended })
}

const outcomes: Record<string, Backup['outcome']> = {
  completed: 'succeeded',
  completedwithwarnings: 'succeeded',
  healthy: 'succeeded',
  failed: 'failed',
  cancelled: 'failed',
  unhealthy: 'failed',
}
const outcomeOf = (text = ''): Backup['outcome'] | undefined => {
  const key = text.toLowerCase()
  return Object.hasOwn(outcomes, key) ? outcomes[key] : undefined
}

function addBackup(
  backups: Map<string, Backup>,
  row: Fields,
  said: { [Part in keyof Backup]: Backup[Part] | undefined },
): void {
  const target = idIn(row, 'target')
  if (!target) return
  const known = backups.get(target) ?? {}
  const last = later(known.last, said.last)
  const newer = said.outcome && (known.tried === undefined || (said.tried ?? '') >= known.tried)
  const [outcome, tried] = newer ? [said.outcome, said.tried] : [known.outcome, known.tried]
  backups.set(target, { ...(last && { last }), ...(outcome && { outcome }), ...(tried && { tried }) })
}

function takeChange({ changes }: Findings, row: Fields): void {
  const change = readChange(row)
  if (!change) return
  const known = changes.get(change.target) ?? []
  known.push(change)
  known.sort((a, b) => (a.at < b.at ? 1 : -1))
  changes.set(change.target, known.slice(0, mostChanges))
}

function takeScore({ scores }: Findings, row: Fields): void {
  const [subscription, share] = [idIn(row, 'subscriptionId'), Number(row.text('share'))]
  if (subscription && share >= 0 && share <= 1) scores.set(subscription, share)
}

const later = (one: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one
