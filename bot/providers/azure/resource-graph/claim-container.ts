import type { Claim, Json } from '../../../../skills/kit/model.js'
import { dataProperty, dataTags } from '../../../../skills/kit/data-classes.js'
import { resourceRef } from '../../../../skills/kit/entity-ids.js'
import { fieldsOf } from '../../../fields.js'
import { subscriptionOf, wholeOf } from './arm-ids.js'
import type { Findings } from './findings.js'
import { placedBy } from './placed-by.js'
import { namedBy, tagsOf } from './tags.js'

/**
 * A management group, a subscription or a resource group as the catalog keeps it: a resource that others are part of.
 * @param id its id in lower case
 * @param raw its row of the table ResourceContainers, of any form
 */
export function claimOfContainer(id: string, raw: unknown, found?: Findings, subscriptionName?: string): Claim {
  const row = fieldsOf(raw)
  const tags = tagsOf((raw as { tags?: unknown }).tags)
  const placed = placedBy(tags)
  const properties = row.object('properties')
  const subscription = subscriptionOf(id)
  const score = found?.scores.get(subscription ?? '')
  const isSubscription = id === `/subscriptions/${subscription}`
  const type = (row.text('type') ?? 'unknown').toLowerCase()
  const [region, name] = [row.text('location'), properties.text('displayName') ?? row.text('name') ?? id]
  const last = found?.changes.get(id)?.[0]
  const data = namedBy(tags, ...dataTags)
  const judgement = found?.policies.get(id)
  const props: Record<string, Json> = {
    type,
    tags,
    ...(region && { region }),
    ...(subscription && { subscription }),
    ...(subscriptionName && !isSubscription && { subscriptionName }),
    ...(placed.environment && { environment: placed.environment }),
    ...(data !== undefined && { [dataProperty]: data }),
    ...(isSubscription && score !== undefined && { compliance: Math.round(score * 100) }),
    ...(judgement && { violations: judgement.violations }),
    ...(last && { changed: last.at, ...(last.by && { changedBy: last.by }) }),
  }
  const above = isSubscription || !subscription ? managementGroupOver(id, raw) : wholeOf(id)
  return {
    ...resourceRef(id),
    name,
    ...(subscription && isSubscription && { aliases: [subscription] }),
    props,
    relations: [
      ...placed.partOf,
      ...(above ? [{ type: 'partOf' as const, to: resourceRef(above) }] : []),
      ...placed.ownedBy,
      ...placed.runsIn,
    ],
  }
}

/** The nearest management group above: the first of the chain that Resource Graph gives. */
function managementGroupOver(id: string, raw: unknown): string | undefined {
  const properties = fieldsOf(raw).object('properties')
  const chain = [
    ...properties.objects('managementGroupAncestorsChain'),
    ...properties.object('details').objects('managementGroupAncestorsChain'),
  ]
  const name = chain[0]?.text('name')
  const above = name && `/providers/microsoft.management/managementgroups/${name.toLowerCase()}`
  return above === id ? undefined : above
}
