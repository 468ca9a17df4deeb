import type { EntityChange } from '../../../../skills/kit/catalog/catalog.js'
import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { Instant } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { type CatalogRecord } from '../catalog-record.js'
import { changesOf } from './changes-of.js'
import { refuseHugeFilter } from './filter-limits.js'
import { mergeLayers, type LayerVersion } from './merge-layers.js'
import { conditionOn } from './compile-filter.js'
import { ask, rowsOf } from './plan.js'
import type { Replica } from './replica.js'
import { agesOf, statementOf, versionRow, type Asked, type FilterScope } from './statement.js'
import { entityAt, type Sees } from './walk.js'
import { refKey } from '../../../../skills/kit/ref-key.js'

/** An entity that moved in a stretch of time, and when it did last. */
interface Moved {
  n: number
  last: Instant
}

/** What moved between `?1` and `?2`, the last first. @param some whether only of the entities whose numbers are `?3`, as JSON */
const moved = (some: boolean): string => {
  const given = some ? 'json_each(?3) j CROSS JOIN ' : ''
  const movedIn = (table: string, moment: string): string =>
    `SELECT n, ${moment} AS moment FROM ${given}${table} WHERE ${given && 'n = j.value AND '}${moment} > ?1 AND ${moment} <= ?2`
  const moves = [movedIn('now_version', 'since'), movedIn('then_version', 'since'), movedIn('then_version', 'until')]
  return `SELECT n, max(moment) AS last FROM (${moves.join(' UNION ALL ')}) GROUP BY n ORDER BY last DESC, n`
}

/** So many entities that moved are asked at once whether they are meant. */
const asMany = 1_000

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
  const found: EntityChange[] = []
  for (const { n, last } of movedMeeting(database, filter, { from, to }, scope)) {
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
 * What moved in a stretch of time of what met a filter at either end of it, the last first. Where few met it, those are asked whether they
 * moved; else what moved is asked whether it met the filter, as far as somebody wants to know.
 */
function* movedMeeting(
  database: ScratchDatabase,
  filter: Filter,
  { from, to }: { from: Instant; to: Instant },
  scope: Omit<FilterScope, 'now' | 'at'>,
): Iterable<Moved> {
  const ends = [from, to].map((at) => ask(database, { ...scope, now: at, at }))
  const few = ends.map((asked) => asked.few(filter))
  if (few.every((met) => met !== undefined)) {
    const numbers = [...new Set(few.flat().map(({ n }) => n))]
    return yield* database.all<Moved>(moved(true), from, to, JSON.stringify(numbers))
  }
  const rows = database.all<Moved>(moved(false), from, to)
  for (let first = 0; first < rows.length; first += asMany) {
    const some = rows.slice(first, first + asMany)
    const met = new Set(ends.flatMap((asked) => meeting(some, filter, asked)))
    yield* some.filter(({ n }) => met.has(n))
  }
}

/** Which of some entities met a filter at the moment of a question. */
function meeting(some: readonly Moved[], filter: Filter, asked: Asked): number[] {
  const numbers = JSON.stringify(some.map(({ n }) => n))
  return agesOf(asked).flatMap((age) => {
    const statement = statementOf(asked)
    const met = conditionOn(versionRow('e', age), filter, statement, true)
    const sql = `SELECT e.n FROM json_each(?) j CROSS JOIN ${age}_version e ON e.n = j.value WHERE ${met.sql}`
    return rowsOf<{ n: number }>(statement, { sql, values: [numbers, ...met.values] }).map(({ n }) => n)
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
