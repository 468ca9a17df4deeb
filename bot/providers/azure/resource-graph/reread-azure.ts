import type { Delta, Gap } from '../../../../skills/kit/catalog-source.js'
import type { Claim, Ref } from '../../../../skills/kit/model.js'
import { armId, isContainer, subscriptionOf } from './arm-ids.js'
import { claimOfContainer } from './claim-container.js'
import { claimsOfEnvironments } from './claim-environments.js'
import { claimOfResource } from './claim-resource.js'
import { readFindings, type Findings } from './findings.js'
import type { Graph } from './graph.js'
import * as queries from './queries.js'
import type { Subscription, Visible } from './subscriptions.js'

/** Ids in one query: together they stay far below what a query may be long. */
const idsAQuery = 200

/** What was read anew. */
export interface Reread extends Pick<Delta, 'claims' | 'gone'> {
  gaps: Gap[]
  findings: Findings[]
}

/**
 * Reads some resources anew, with all that is known of them beside. What is in a subscription that Nexus may not see is neither there nor
 * gone.
 * @param refs resources, alert rules, environments; of any other kind nothing is read
 */
export async function rereadAzure(
  graph: Graph,
  { subscriptions }: Visible,
  refs: readonly Ref[],
  signal: AbortSignal,
): Promise<Reread> {
  const read: Reread = { claims: [], gone: [], gaps: [], findings: [] }
  const open = new Map(subscriptions.map((one) => [one.id, one]))
  const ids = [...new Set(refs.filter(isById).flatMap(({ id }) => armId(id) ?? []))].filter((id) => {
    const subscription = subscriptionOf(id)
    return subscription === undefined ? isContainer(id) : open.has(subscription)
  })
  const found = new Map<string, Claim>()
  for (let from = 0; from < ids.length; from += idsAQuery)
    for (const claim of await readSome(graph, open, ids.slice(from, from + idsAQuery), read, signal))
      found.set(claim.id, claim)
  read.claims.push(...found.values())
  read.gone.push(...refs.filter(isById).filter((ref) => isGone(ref, new Set(ids), found)))
  if (refs.some(({ kind }) => kind === 'Environment') || read.claims.some(({ props }) => 'environment' in props))
    read.claims.push(...claimsOfEnvironments(await graph.rows({ text: queries.environments }, signal)))
  return read
}

const isById = ({ kind }: Ref): boolean => kind === 'Resource' || kind === 'AlertRule'

/** Gone is what was asked for and is not there, or is of another kind. */
function isGone({ kind, id }: Ref, asked: ReadonlySet<string>, found: ReadonlyMap<string, Claim>): boolean {
  const known = armId(id)
  return known !== undefined && asked.has(known) && found.get(known)?.kind !== kind
}

async function readSome(
  graph: Graph,
  open: ReadonlyMap<string, Subscription>,
  ids: readonly string[],
  read: Reread,
  signal: AbortSignal,
): Promise<Claim[]> {
  const scope = [...new Set(ids.flatMap((id) => subscriptionOf(id) ?? []))]
  const groups = ids.filter(isContainer)
  const resources = ids.filter((id) => !isContainer(id))
  const claims: Claim[] = []
  const nameOf = (id: string) => open.get(subscriptionOf(id) ?? '')?.name
  const { findings, gaps } = await readFindings(graph, scope, signal, ids)
  read.findings.push(findings)
  read.gaps.push(...gaps)
  for (const { id, raw } of open.values())
    if (groups.includes(`/subscriptions/${id}`)) claims.push(claimOfContainer(`/subscriptions/${id}`, raw, findings))
  const take = async (text: string, claimOf: (id: string, raw: unknown) => Claim) => {
    for await (const { rows, raw } of graph.pages({ text, subscriptions: scope }, signal))
      for (const [index, row] of rows.entries()) {
        const id = armId(row.text('id', 2_049))
        if (id !== undefined) claims.push(claimOf(id, raw[index]))
      }
  }
  if (resources.length)
    await take(queries.resources(queries.of(resources)), (id, raw) => claimOfResource(id, raw, findings, nameOf(id)))
  if (groups.length)
    await take(queries.containers(queries.of(groups)), (id, raw) => claimOfContainer(id, raw, findings, nameOf(id)))
  return claims
}
