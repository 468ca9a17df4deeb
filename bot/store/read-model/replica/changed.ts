import type { EntityChange } from '../../../../skills/kit/catalog/catalog.js'
import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { Instant } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { type CatalogRecord } from '../catalog-record.js'
import { changesOf } from './changes-of.js'
import { refuseHugeFilter } from './filter-limits.js'
import { mergeLayers, type LayerVersion } from './merge-layers.js'
import { planOf, rowsMeeting } from './plan.js'
import type { Replica } from './replica.js'
import { agesOf, setOf, statementOf, withSets, type FilterScope } from './statement.js'
import { entityAt, type Sees } from './walk.js'
import { refKey } from '../../../../skills/kit/ref-key.js'

/** When an entity moved last in a stretch of time. */
const moved = `SELECT n, max(moment) AS last FROM (
  SELECT n, since AS moment FROM now_version WHERE since > ?1 AND since <= ?2
  UNION ALL SELECT n, since FROM then_version WHERE since > ?1 AND since <= ?2
  UNION ALL SELECT n, until FROM then_version WHERE until > ?1 AND until <= ?2) GROUP BY n ORDER BY last DESC, n`

/**
 * What became different after a moment, up to another, of what met a filter at either of them, the newest first. Where several entities
 * moved at one moment they come by kind and id, so that every replica says the same.
 * @param seesAt what the reader may see of a moment, by the filter of the scope; everything where it is absent
 */
export function changedBetween(
  { tenant, database }: Replica,
  { filter, from, to, limit = 100 }: { filter: Filter; from: Instant; to: Instant; limit?: number },
  scope: Omit<FilterScope, 'now' | 'at'>,
  seesAt?: (at: Instant) => Sees,
): EntityChange[] {
  refuseHugeFilter(filter)
  const rows = database.all<{ n: number; last: Instant }>(moved, from, to)
  const numbers = JSON.stringify(rows.map(({ n }) => n))
  const met = new Set(
    rows.length ? [from, to].flatMap((at) => meeting(database, numbers, filter, { ...scope, now: at, at })) : [],
  )
  const found: EntityChange[] = []
  for (const { n, last } of rows) {
    if (!met.has(n)) continue
    // What comes later moved last before this: with enough changes that are newer, nothing of it is looked at.
    if (found.length >= limit && found.filter(({ at }) => at > last).length >= limit) break
    const changes = changesOf(tenant, versionsOf(database, n, from), from, to)
    found.push(...(seesAt ? changes.filter((change) => isSeen(change, { database, scope, seesAt })) : changes))
  }
  const place = (a: EntityChange, b: EntityChange): number =>
    refKey(a.ref) < refKey(b.ref) ? -1 : Number(refKey(a.ref) > refKey(b.ref))
  return found.sort((a, b) => (a.at === b.at ? place(a, b) : a.at < b.at ? 1 : -1)).slice(0, limit)
}

/** Whether who reads may see what a change is of, and what its relation leads to, just before it and after it. */
function isSeen(
  { ref, what, at }: EntityChange,
  {
    database,
    scope,
    seesAt,
  }: Pick<Replica, 'database'> & { scope: Omit<FilterScope, 'now' | 'at'>; seesAt(at: Instant): Sees },
): boolean {
  const before = new Date(Date.parse(at) - 1).toISOString()
  const refs = 'relation' in what ? [ref, what.to] : [ref]
  return [before, at].every((moment) =>
    refs.every((one) => {
      const entity = entityAt(database, one, { ...scope, now: moment, at: moment })
      // Of what nobody describes its kind and id are known, and rules may be about those.
      return entity || one !== ref ? seesAt(moment)(entity ?? { ...undescribed, ...one }) : true
    }),
  )
}

const undescribed = { tenant: '', name: '', aliases: [], props: {}, sources: [], from: '' }

/**
 * Which of some entities met a filter at the moment of a scope.
 * @param some their numbers, as JSON
 */
function meeting(database: ScratchDatabase, some: string, filter: Filter, scope: FilterScope): number[] {
  return agesOf(scope).flatMap((age) => {
    const statement = statementOf(database, scope)
    const asked = setOf(statement, () => ({ sql: 'SELECT value FROM json_each(?)', values: [some] }))
    const { from } = rowsMeeting(planOf(database, filter, scope, age), statement)
    const sets = withSets(statement)
    return database
      .all<{ n: number }>(
        `${sets.sql} SELECT e.n FROM ${from.sql} AND e.n IN ${asked}`,
        ...[...sets.values, ...from.values],
      )
      .map(({ n }) => n)
  })
}

function versionsOf(database: ScratchDatabase, n: number, from: Instant) {
  const layers = database
    .all<{ layer: string; since: Instant; until: Instant; record: string }>(
      'SELECT layer, since, until, record FROM layer WHERE n = ? AND until >= ?',
      n,
      from,
    )
    .map((row): LayerVersion => ({ ...row, record: JSON.parse(row.record) as CatalogRecord }))
  return mergeLayers(layers)
}
