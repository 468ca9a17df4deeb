import { belongingList, type BelongingName, type BelongingPart } from '../../../../skills/kit/belongings.js'
import type { Entity } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { kindShift } from './schema.js'
import { united, type Sql } from './sql.js'

/** The part that is the person themselves. */
export const me = 'me'

/** The parts that hang on a part, with the steps that lead from it to them. */
const hanging = new Map(
  [me, ...belongingList.map(([name]) => name)].map((name) => [
    name,
    belongingList.flatMap(([part, { kind, by }]) =>
      by.filter((one) => one.from === name).map(({ step }) => ({ part, kind, step })),
    ),
  ]),
)

const kindOf = (name: string): string => belongingList.find(([one]) => one === name)?.[1].kind ?? 'Person'
const isPast = (name: BelongingName): boolean => belongingList.some(([one, { past }]) => one === name && past === true)

/** A thing as it is, or as it was last. */
export interface Shown {
  entity: Entity
  /** Its edges of a type, as `type, m`. */
  edges: Sql
}

/** The ways by which things belong to people, as the declaration has them, walked on the tables of the read model. */
export class BelongingWays {
  readonly #kinds = new Map<string, number>()

  constructor(readonly database: ScratchDatabase) {}

  /** To be called when the tables were emptied. */
  forget(): void {
    this.#kinds.clear()
  }

  /** A thing as it is; of a part that keeps what is past, else as it was last. */
  shown(n: number, { past }: BelongingPart): Shown | undefined {
    const now = this.database.get<{ data: string }>('SELECT data FROM now_version WHERE n = ?', n)
    if (now)
      return {
        entity: JSON.parse(now.data) as Entity,
        edges: { sql: 'SELECT type, m FROM now_edge WHERE n = ?', values: [n] },
      }
    const then =
      past &&
      this.database.get<{ v: number; data: string }>(
        'SELECT v, data FROM then_version WHERE n = ? ORDER BY until DESC LIMIT 1',
        n,
      )
    return (
      then && {
        entity: JSON.parse(then.data) as Entity,
        edges: { sql: 'SELECT type, m FROM then_edge WHERE v = ?', values: [then.v] },
      }
    )
  }

  /** Numbers of the people whom the ways of a part lead to a thing. */
  owners({ by }: BelongingPart, n: number, { edges }: Shown, of: Sql): number[] {
    const ways = by.map(({ from, step: { type, direction } }): Sql => {
      if (direction === 'in')
        return {
          sql: `SELECT b.p FROM (${edges.sql}) g CROSS JOIN belonging b ON b.n = g.m AND b.part = ? WHERE g.type = ?`,
          values: [...edges.values, from, type],
        }
      return {
        sql: `SELECT b.p FROM now_edge g CROSS JOIN belonging b ON b.n = g.n AND b.part = ? WHERE g.m = ? AND g.type = ? AND ${this.#within('g.n', kindOf(from))}`,
        values: [from, n, type],
      }
    })
    const all = united(ways)
    return this.database
      .all<{ p: number }>(`SELECT DISTINCT p FROM (${all.sql}) WHERE ${of.sql}`, ...all.values, ...of.values)
      .map(({ p }) => p)
  }

  /** What stands beside a thing: where it points by a relation. */
  beside({ edges }: Shown, type: string): number | null {
    return (
      this.database.get<{ n: number }>(
        `SELECT o.n FROM (${edges.sql}) g JOIN node o ON o.n = g.m WHERE g.type = ? ORDER BY o.kind, o.id LIMIT 1`,
        ...[...edges.values, type],
      )?.n ?? null
    )
  }

  /** Everything that may hang on a thing of a part, because an edge leads there. */
  across(name: string, n: number, found: (part: BelongingName, n: number) => void): void {
    for (const { part, kind, step } of hanging.get(name)!) {
      const ways =
        step.direction === 'out'
          ? [`SELECT m AS n FROM now_edge WHERE n = ? AND type = ? AND ${this.#within('m', kind)}`]
          : [
              `SELECT n FROM now_edge WHERE m = ? AND type = ? AND ${this.#within('n', kind)}`,
              `SELECT v.n FROM then_edge g CROSS JOIN then_version v USING (v) WHERE g.m = ? AND g.type = ? AND ${this.#within('g.v', kind)}`,
            ]
      const asked = isPast(part) ? ways : ways.slice(0, 1)
      for (const sql of asked) for (const row of this.database.all<{ n: number }>(sql, n, step.type)) found(part, row.n)
    }
  }

  /** A number as one of a kind. */
  #within(number: string, kind: string): string {
    const k = this.kindNumber(kind) ?? 0
    return `${number} BETWEEN ${k * 2 ** kindShift} AND ${(k + 1) * 2 ** kindShift - 1}`
  }

  /** The number of a kind; undefined while there is nothing of it. */
  kindNumber(kind: string): number | undefined {
    const known =
      this.#kinds.get(kind) ?? this.database.get<{ k: number }>('SELECT k FROM kind WHERE kind = ?', kind)?.k
    if (known !== undefined) this.#kinds.set(kind, known)
    return known
  }
}
