import type { EntityChange } from '../../../../skills/kit/catalog/catalog.js'
import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { Instant } from '../../../../skills/kit/model.js'
import { keyOf, type CatalogRecord } from '../catalog-record.js'
import { changesOf } from './changes-of.js'
import { refuseHugeFilter } from './filter-limits.js'
import {
  agesOf,
  compileVisible,
  heldAt,
  statementOf,
  versionRow,
  withSets,
  type FilterScope,
} from './compile-filter.js'
import { mergeLayers, type LayerVersion } from './merge-layers.js'
import type { Replica } from './replica.js'
import { joined } from './sql.js'
import { entityAt, type Sees } from './walk.js'

/** Entities whose versions are read at once. */
const batch = 200

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
  const moved = database.all<{ n: number; last: Instant }>(
    `SELECT n, max(moment) AS last FROM (
       SELECT n, since AS moment FROM now_version WHERE since > ? AND since <= ?
       UNION ALL SELECT n, since FROM then_version WHERE since > ? AND since <= ?
       UNION ALL SELECT n, until FROM then_version WHERE until > ? AND until <= ?) GROUP BY n ORDER BY last DESC, n`,
    ...[from, to, from, to, from, to],
  )
  const found: EntityChange[] = []
  for (let place = 0; place < moved.length; place += batch) {
    const some = moved.slice(place, place + batch)
    // What comes later moved last before this: with enough changes that are newer, nothing of it is asked for.
    if (found.filter(({ at }) => at > some[0]!.last).length >= limit) break
    const met = new Set(
      [from, to].flatMap((at) =>
        meeting(
          { tenant, database },
          some.map(({ n }) => n),
          filter,
          { ...scope, now: at, at },
        ),
      ),
    )
    for (const { n } of some)
      if (met.has(n)) {
        const changes = changesOf(tenant, versionsOf({ database }, n, from), from, to)
        found.push(...(seesAt ? changes.filter((change) => isSeen(change, { database, scope, seesAt })) : changes))
      }
  }
  const place = (a: EntityChange, b: EntityChange): number =>
    keyOf(a.ref) < keyOf(b.ref) ? -1 : Number(keyOf(a.ref) > keyOf(b.ref))
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

/** Which of some entities met a filter at the moment of a scope. */
function meeting(
  { database }: Pick<Replica, 'tenant' | 'database'>,
  some: number[],
  filter: Filter,
  scope: FilterScope,
): number[] {
  return agesOf(scope).flatMap((age) => {
    const statement = statementOf(scope)
    const row = versionRow('e', age)
    const where = joined([compileVisible(filter, row, statement, true), heldAt(scope, row)], 'AND', '1')
    const sets = withSets(statement)
    return database
      .all<{ n: number }>(
        `${sets.sql} SELECT e.n FROM json_each(?) m CROSS JOIN ${age}_version e ON e.n = m.value WHERE ${where.sql}`,
        ...[...sets.values, JSON.stringify(some), ...where.values],
      )
      .map(({ n }) => n)
  })
}

function versionsOf({ database }: Pick<Replica, 'database'>, n: number, from: Instant) {
  const layers = database
    .all<{ layer: string; since: Instant; until: Instant; record: string }>(
      'SELECT layer, since, until, record FROM layer WHERE n = ? AND until >= ?',
      n,
      from,
    )
    .map((row): LayerVersion => ({ ...row, record: JSON.parse(row.record) as CatalogRecord }))
  return mergeLayers(layers)
}
