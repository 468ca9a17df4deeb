import { textProp } from '../kit/answer.js'
import type { ActionManifest } from '../kit/action-manifest.js'
import { Fault, unavailable } from '../kit/errors.js'
import type { Entity, Json } from '../kit/model.js'
import type { Facts } from '../kit/plan.js'
import type { Catalog, Cloud } from '../kit/ports.js'
import { evaluate, parseExpression, type Scope } from './expression.js'
import { fillPath, parseTemplate } from './template.js'

/** What the expressions of a manifest see of the target. */
export async function targetScope(
  target: Entity,
  catalog: Pick<Catalog, 'related'>,
): Promise<{ [name: string]: Json }> {
  const [, subscription, group] = /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?/i.exec(target.id) ?? []
  const service = await serviceOf(target, catalog)
  return {
    id: target.id,
    name: target.name,
    subscription: subscription ?? null,
    resourceGroup: group ?? null,
    region: textProp(target, 'region') ?? null,
    environment: textProp(target, 'environment') ?? null,
    service: service?.entity.name ?? null,
    incidents: await openIncidents([target, ...(service ? [service.entity] : [])], catalog),
  }
}

/** Open incidents of some entities: name, and severity as a number from 1, 9 where nobody says. */
async function openIncidents(of: readonly Entity[], catalog: Pick<Catalog, 'related'>): Promise<Json[]> {
  const found = await Promise.all(of.map((entity) => catalog.related(entity, { type: 'affects', direction: 'in' })))
  const open = found
    .flat()
    .map(({ entity }) => entity)
    .filter(
      (entity) => entity.kind === 'Incident' && !textProp(entity, 'resolved') && entity.props.state !== 'resolved',
    )
  const each = new Map(open.map((entity) => [entity.id, entity]))
  return [...each.values()].map((entity) => ({
    name: entity.name,
    severity: Number(/\d/.exec(textProp(entity, 'severity') ?? '')?.[0] ?? 9),
  }))
}

/** The id of the team that owns a target, or its service. */
export async function ownerOf(target: Entity, catalog: Pick<Catalog, 'related'>): Promise<string | undefined> {
  const team = async (of: Entity) => (await catalog.related(of, { type: 'ownedBy', direction: 'out' }))[0]?.entity.id
  const own = await team(target)
  if (own !== undefined) return own
  const service = await serviceOf(target, catalog)
  return service && team(service.entity)
}

/** The service that a target is part of: a resource is part of its resource group as well. */
const serviceOf = async (target: Entity, catalog: Pick<Catalog, 'related'>) =>
  (await catalog.related(target, { type: 'partOf', direction: 'out' })).find(({ entity }) => entity.kind === 'Service')

/**
 * Reads from Azure what a manifest reads, in its order.
 * @throws Fault NotFound in our own words where the target is gone, NotAllowed or Unavailable
 */
export async function readAll(
  { reads }: Pick<ActionManifest, 'reads'>,
  scope: Scope,
  cloud: Pick<Cloud, 'read'>,
): Promise<Scope> {
  let known = scope
  for (const [name, { path, apiVersion, optional }] of Object.entries(reads))
    known = { ...known, [name]: await readOne(path, apiVersion, optional === true, known, cloud) }
  return known
}

async function readOne(path: string, apiVersion: string, optional: boolean, scope: Scope, cloud: Pick<Cloud, 'read'>) {
  let filled: string
  try {
    filled = fillPath(parseTemplate(path), scope)
  } catch (error) {
    if (optional) return null
    throw unavailable('Azure did not say where to look for what this needs.', undefined, error)
  }
  try {
    return await cloud.read({ path: filled, apiVersion })
  } catch (error) {
    if (optional && error instanceof Fault && error.code === 'NotFound') return null
    throw error
  }
}

/** Expressions by label, with their values. What is not known is left out. */
export function factsOf(expressions: Readonly<Record<string, string>>, scope: Scope): Facts {
  const facts = Object.entries(expressions).map(([label, text]) => [label, valueOf(text, scope)] as const)
  return Object.fromEntries(facts.filter(([, value]) => value !== null))
}

/** The value of an expression that was checked when its manifest was read. */
export const valueOf = (text: string, scope: Scope): Json => evaluate(parseExpression(text), scope)
