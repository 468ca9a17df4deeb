import type { Entity, Ref } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'

/** What an entity is called. */
export type Named = Pick<Entity, 'kind' | 'id' | 'name' | 'aliases'>

/** The same as columns; without a name where nobody describes it. */
interface NameRow extends Ref {
  name: string | null
  aliases: string
}

const columns = `node.kind, node.id, e.data ->> '$.name' AS name, e.data -> '$.aliases' AS aliases`
/** Rows that are read at once. */
const page = 1_000

/** What every entity is called. Only that is read of them: a catalog may have a hundred thousand. */
export function* everyName(database: ScratchDatabase): Iterable<Named> {
  for (let last = 0; ;) {
    const rows = database.all<NameRow & { n: number }>(
      `SELECT n, ${columns} FROM now_version e JOIN node USING (n) WHERE n > ? ORDER BY n LIMIT ${page}`,
      last,
    )
    for (const row of rows) yield named(row)
    if (rows.length < page) return
    last = rows.at(-1)!.n
  }
}

/** What some entities are called, or that they are gone. @param numbers theirs */
export function* namesAmong(
  database: ScratchDatabase,
  numbers: Iterable<number>,
): Iterable<{ ref: Ref; entity?: Named }> {
  for (const n of numbers) {
    const row = database.get<NameRow>(
      `SELECT ${columns} FROM node LEFT JOIN now_version e USING (n) WHERE node.n = ?`,
      n,
    )!
    yield { ref: { kind: row.kind, id: row.id }, ...(row.name !== null && { entity: named(row) }) }
  }
}

const named = ({ kind, id, name, aliases }: NameRow): Named => ({
  kind,
  id,
  name: name ?? '',
  aliases: JSON.parse(aliases) as string[],
})
