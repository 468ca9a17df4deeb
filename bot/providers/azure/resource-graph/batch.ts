import type { Gap } from '../../../../skills/kit/catalog-source.js'
import type { Claim, Ref } from '../../../../skills/kit/model.js'
import { armId, isContainer } from './arm-ids.js'
import { claimOfContainer } from './claim-container.js'
import { claimOfResource } from './claim-resource.js'
import { readFindings, type Findings } from './findings.js'
import type { Graph, GraphPage } from './graph.js'
import { QueryRefused } from './graph-refusal.js'
import * as queries from './queries.js'
import { claimOfChange } from './read-change.js'
import type { Subscription } from './subscriptions.js'

/** Some subscriptions that are read together. */
export interface Batch {
  graph: Graph
  subscriptions: readonly Subscription[]
  names: ReadonlyMap<string, string>
  findings: Findings
  /** Ids of resources that were changed lately, in the order in which pages name them. */
  changed: readonly string[]
  /** Subscriptions of which something was seen. */
  seen: Set<string>
}

/** A batch with its findings; undefined where none of its subscriptions can be read any more. */
export async function openBatch(
  graph: Graph,
  subscriptions: readonly Subscription[],
  signal: AbortSignal,
): Promise<{ batch: Batch; gaps: Gap[] } | undefined> {
  const names = new Map(subscriptions.map(({ id, name }) => [id, name]))
  try {
    const { findings, gaps } = await readFindings(graph, [...names.keys()], signal)
    const changed = [...findings.changes.keys()].filter((id) => !isContainer(id)).sort()
    return { batch: { graph, subscriptions, names, findings, changed, seen: new Set() }, gaps }
  } catch (error) {
    if (error instanceof QueryRefused && error.nothingInScope) return undefined
    throw error
  }
}

/** Subscriptions and resource groups, and what was changed of them. */
export async function containersOf(batch: Batch, scope: readonly string[], signal: AbortSignal): Promise<Claim[]> {
  const { graph, subscriptions, findings, names } = batch
  const claims = new Map<string, Claim>()
  const take = (claim: Claim) => claims.set(claim.id, claim)
  for (const { id, raw } of subscriptions) take(claimOfContainer(`/subscriptions/${id}`, raw, findings))
  for await (const { rows, raw } of graph.pages(
    { text: queries.containers(queries.all), subscriptions: scope },
    signal,
  ))
    for (const [index, row] of rows.entries()) {
      const id = armId(row.text('id', 2_049))
      const name = names.get(row.text('subscriptionId')?.toLowerCase() ?? '')
      if (id !== undefined && !claims.has(id)) take(claimOfContainer(id, raw[index], findings, name))
    }
  const targets = [...findings.changes.keys()].filter(isContainer)
  return [...claims.values(), ...changesOf(batch, targets, servicesIn([...claims.values()]))]
}

/**
 * The claims of a page of resources, and what was changed of them; ids that differ only in case are one, and stand side by side.
 * @param before the last id of the page before
 */
export function claimsOnPage(
  { rows, raw }: GraphPage,
  batch: Batch,
  before: string | undefined,
): { claims: Claim[]; last: string | undefined } {
  const { findings, names, seen } = batch
  const claims: Claim[] = []
  let last = before
  for (const [index, row] of rows.entries()) {
    const id = armId(row.text('id', 2_049))
    if (id === undefined || id === last) continue
    last = id
    const subscription = row.text('subscriptionId')?.toLowerCase() ?? ''
    seen.add(subscription)
    claims.push(claimOfResource(id, raw[index], findings, names.get(subscription)))
  }
  const services = servicesIn(claims)
  return { claims: [...claims, ...changesBetween(batch, before, last, services)], last }
}

/**
 * What was changed of the resources after an id and up to another, each once. They come with the page that would have named their resource:
 * so a sweep that goes on from a page knows which it has told.
 */
export function changesBetween(
  batch: Batch,
  after: string | undefined,
  upTo: string | undefined,
  services: ReadonlyMap<string, Ref> = new Map(),
): Claim[] {
  const targets = batch.changed.filter(
    (id) => (after === undefined || id > after) && (upTo === undefined || id <= upTo),
  )
  return changesOf(batch, targets, services)
}

function changesOf({ findings }: Batch, targets: readonly string[], services: ReadonlyMap<string, Ref>): Claim[] {
  const claims = new Map<string, Claim>()
  for (const target of targets)
    for (const change of findings.changes.get(target) ?? [])
      if (!claims.has(change.ref.id)) claims.set(change.ref.id, claimOfChange(change, services.get(target)))
  return [...claims.values()]
}

const servicesIn = (claims: readonly Claim[]): Map<string, Ref> =>
  new Map(
    claims.flatMap(({ id, relations = [] }) => {
      const service = relations.find(({ to }) => to.kind === 'Service')
      return service ? [[id, service.to] as const] : []
    }),
  )

/** Subscriptions that had resources when the sweep began and showed none: those that, asked by themselves, are refused. */
export async function closedMeanwhile(
  { graph, subscriptions, seen }: Batch,
  sizes: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<Subscription[]> {
  const closed: Subscription[] = []
  for (const one of subscriptions.filter(({ id }) => (sizes.get(id) ?? 0) > 0 && !seen.has(id)))
    try {
      await graph.rows({ text: queries.sizes, subscriptions: [one.id] }, signal)
    } catch (error) {
      if (!(error instanceof QueryRefused && error.nothingInScope)) throw error
      closed.push(one)
    }
  return closed
}
