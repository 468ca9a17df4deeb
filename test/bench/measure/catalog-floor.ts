import { entityOf } from '../../../bot/store/read-model/catalog-record.js'
import { ScratchDatabase, type ScratchValue } from '../../../bot/store/sqlite/scratch-database.js'
import { idOf, kindOf, nameOf, recordOf, teamOf } from './catalog-world.js'

interface Row {
  data: string
}

const parsed = (rows: readonly Row[]): unknown[] => rows.map(({ data }) => JSON.parse(data) as unknown)

/**
 * The least that a program with this database does to answer the same: plain tables with the index that each question needs, a prepared
 * statement, and the entities of its rows as values. It has no history, no other properties to ask for, and no relations but one.
 */
export class CatalogFloor {
  readonly database: ScratchDatabase

  constructor(file: string) {
    this.database = new ScratchDatabase(file)
    this.database.exec(`
      CREATE TABLE entity (n INTEGER PRIMARY KEY, kind TEXT, id TEXT, name TEXT, team TEXT, environment TEXT, data TEXT, UNIQUE (kind, id));
      CREATE INDEX by_team ON entity (team, kind, name);
      CREATE INDEX by_environment ON entity (environment, name);
      CREATE INDEX by_cost ON entity (json_extract(data, '$.props.tags.costCenter'), name);
      CREATE TABLE edge (n INTEGER, m INTEGER, PRIMARY KEY (m, n)) WITHOUT ROWID;
      CREATE VIRTUAL TABLE words USING fts5 (text, content = '')`)
  }

  load(size: number): void {
    this.database.transact(() => {
      for (let n = 0; n < size; n++) {
        const { name, props, relations } = recordOf(n).claims['azure']!
        const data = JSON.stringify(entityOf('bench', recordOf(n)))
        const { environment } = props as { environment: string }
        this.database.run(
          'INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)',
          ...[n, kindOf(n), idOf(n), name, teamOf(n), environment, data],
        )
        for (const { type, to } of relations)
          if (type === 'dependsOn')
            this.database.run('INSERT OR IGNORE INTO edge VALUES (?, ?)', n, Number(to.id.split('-')[2]))
        this.database.run('INSERT INTO words (rowid, text) VALUES (?, ?)', n, name.replaceAll('-', ' '))
      }
    })
  }

  rows(sql: string, ...values: ScratchValue[]): unknown {
    return parsed(this.database.all<Row>(sql, ...values))
  }

  get(n: number): unknown {
    return parsed([this.database.get<Row>('SELECT data FROM entity WHERE kind = ? AND id = ?', kindOf(n), idOf(n))!])
  }

  ofTeam(n: number): unknown {
    const where = 'team = ? AND kind = ?'
    return [
      this.rows(`SELECT data FROM entity WHERE ${where} ORDER BY name LIMIT 50`, teamOf(n), 'Resource'),
      this.database.get(`SELECT count(*) FROM entity WHERE ${where}`, teamOf(n), 'Resource'),
    ]
  }

  ofCostCenter(cost: string): unknown {
    const where = `json_extract(data, '$.props.tags.costCenter') = ?`
    return [
      this.rows(`SELECT data FROM entity WHERE ${where} ORDER BY name LIMIT 50`, cost),
      this.database.get(`SELECT count(*) FROM entity WHERE ${where}`, cost),
    ]
  }

  ofEnvironment(environment: string): unknown {
    return [
      this.rows('SELECT data FROM entity WHERE environment = ? ORDER BY name LIMIT 50', environment),
      this.database.get('SELECT count(*) FROM entity WHERE environment = ?', environment),
    ]
  }

  search(n: number): unknown {
    return this.rows(
      'SELECT data FROM words JOIN entity ON n = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT 20',
      nameOf(n).replaceAll('-', ' '),
    )
  }

  impact(n: number): unknown {
    return this.rows(
      `WITH RECURSIVE r (n, depth) AS (VALUES (?, 0) UNION SELECT edge.n, depth + 1 FROM r JOIN edge ON edge.m = r.n WHERE depth < 4)
       SELECT n, min(depth), data FROM r JOIN entity USING (n) GROUP BY n`,
      n,
    )
  }

  change(numbers: readonly number[], version: number): void {
    this.database.transact(() => {
      for (const n of numbers) {
        const data = JSON.stringify(entityOf('bench', recordOf(n, version)))
        this.database.run('UPDATE entity SET data = ? WHERE n = ?', data, n)
      }
    })
  }
}
