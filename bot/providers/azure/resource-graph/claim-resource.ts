import type { Claim, Json } from '../../../../skills/kit/model.js'
import { dataProperty, dataTags } from '../../../../skills/kit/data-classes.js'
import { resourceRef } from '../../../../skills/kit/entity-ids.js'
import { fieldsOf, type Fields } from '../../../fields.js'
import { wholeOf } from './arm-ids.js'
import { isAlertRule } from './alert-rule-types.js'
import { claimOfAlertRule } from './claim-alert-rule.js'
import type { Backup, Findings } from './findings.js'
import { isPublic, leastTls, powerOf, retentionIn, sizeOf } from './resource-traits.js'
import { placedBy } from './placed-by.js'
import { referencesIn } from './references.js'
import { namedBy, tagsOf } from './tags.js'

/**
 * A row of the table Resources as the catalog keeps it: a resource, or an alert rule.
 * @param id its ARM id in lower case
 * @param raw the row as it came, of any form
 * @param found what Azure knows of it beside
 */
export function claimOfResource(id: string, raw: unknown, found: Findings, subscriptionName?: string): Claim {
  const row = fieldsOf(raw)
  const { tags: rawTags, properties: rawProperties, identity } = raw as Record<string, unknown>
  const tags = tagsOf(rawTags)
  const type = (row.text('type') ?? 'unknown').toLowerCase()
  if (isAlertRule(type)) return claimOfAlertRule(row, id, tags, found.rules.get(id))
  const properties = row.object('properties')
  const placed = placedBy(tags)
  const [whole, parts] = [wholeOf(id), referencesIn(rawProperties, identity, id)]
  return {
    ...resourceRef(id),
    name: row.text('name') ?? id,
    props: {
      type,
      tags,
      ...placeOf(row, subscriptionName),
      ...(placed.environment && { environment: placed.environment }),
      ...sizeOf(row),
      ...traitsOf(row, properties, tags),
      ...datesOf(row, properties, id, found),
      ...backupOf(found.backups.get(id), properties, tags),
      ...findingsOf(id, found),
    },
    relations: [
      ...placed.partOf,
      ...(whole ? [{ type: 'partOf' as const, to: resourceRef(whole) }] : []),
      ...placed.ownedBy,
      ...placed.runsIn,
      ...parts.filter((part) => part !== whole).map((part) => ({ type: 'dependsOn' as const, to: resourceRef(part) })),
    ],
  }
}

type Props = Record<string, Json>

/** Those of some properties that have a value. */
export const present = (props: Record<string, Json | undefined>): Props =>
  Object.fromEntries(
    Object.entries(props).filter(
      (one): one is [string, Json] => one[1] !== undefined && one[1] !== '' && one[1] !== null,
    ),
  )

function placeOf(row: Fields, subscriptionName: string | undefined): Props {
  const zones = row.texts('zones')
  return present({
    region: row.text('location'),
    resourceGroup: row.text('resourceGroup'),
    subscription: row.text('subscriptionId'),
    subscriptionName,
    managedBy: row.text('managedBy', 2_048),
    variant: row.text('kind'),
    zones: zones.length ? zones : undefined,
  })
}

/** What is in properties by other names for each provider. The version is the one that was deployed, which a tag says, else the engine's. */
const traitsOf = (row: Fields, properties: Fields, tags: Record<string, string>): Props =>
  present({
    [dataProperty]: namedBy(tags, ...dataTags),
    version: namedBy(tags, 'version') ?? properties.text('version'),
    power: powerOf(row.text('type') ?? '', properties),
    public: isPublic(row.text('type') ?? '', properties),
    minimumTls: leastTls(properties),
    // Certificates of App Service, and what else ends by itself.
    expires: properties.instant('expirationDate'),
  })

function datesOf(row: Fields, properties: Fields, id: string, { changes }: Findings): Props {
  const system = row.object('systemData')
  const [last] = changes.get(id) ?? []
  const said = system.instant('lastModifiedAt')
  const isNewer = last && (said === undefined || last.at >= said)
  return present({
    created:
      system.instant('createdAt') ??
      properties.instant('timeCreated') ??
      properties.instant('creationTime') ??
      properties.instant('creationDate'),
    changed: isNewer ? last.at : said,
    changedBy: last?.by,
  })
}

/**
 * The last backup: what vaults say, else the tag `last-backup` that an organisation's own check writes, because Resource Graph does not tell
 * when a database that backs itself up last did.
 */
function backupOf(backup: Backup | undefined, properties: Fields, tags: Record<string, string>): Props {
  const written = namedBy(tags, 'last-backup')
  return present({
    backup: backup?.last ?? (backup ? undefined : fieldsOf({ written }).instant('written')),
    backupResult: backup?.outcome,
    retention: retentionIn(properties),
  })
}

function findingsOf(id: string, found: Findings): Props {
  const [health, judgement] = [found.health.get(id), found.policies.get(id)]
  const [advised, weak] = [found.advice.get(id), found.weaknesses.get(id)]
  const policies = judgement?.policies ?? []
  return present({
    state: health?.state,
    healthReason: health?.reason,
    healthSince: health?.since,
    ...(judgement && {
      violations: judgement.violations,
      compliance: Math.round(
        (100 * (judgement.judged - Math.min(judgement.violations, judgement.judged))) / judgement.judged,
      ),
    }),
    policies: policies.length ? policies : undefined,
    advice: advised?.length,
    advised,
    weaknesses: weak?.length,
    weakPoints: weak,
    alerts: found.alerts.get(id)?.firing || undefined,
  })
}
