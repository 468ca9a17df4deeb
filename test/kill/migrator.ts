// Brings a store from its first version to one with a slow second step, until it is killed: `migrator.js <folder>`.
// Prints `begun` before the step and `ended` after it; test/contracts/store-kill.test.ts reads.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { Connection } from '../../bot/store/sqlite/connection.js'
import { migrate, versionOf } from '../../bot/store/sqlite/migrate.js'
import { first } from '../../bot/store/sqlite/migrations/0001-first.js'

const slow = {
  version: 2,
  name: 'slow',
  sql: `
    ALTER TABLE record ADD COLUMN colour TEXT;
    CREATE TABLE filled (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
    INSERT INTO filled (n, text)
      WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 60000)
      SELECT n, hex(randomblob(40)) FROM counted;
    CREATE INDEX filled_text ON filled (text);
    DROP TABLE point;
  `,
}

const connection = new Connection(join(process.argv[2]!, 'store.db'))
if (versionOf(connection) === 0) migrate(connection, [first], 1)
writeSync(1, 'begun\n')
migrate(connection, [first, slow], 2)
writeSync(1, 'ended\n')
connection.close()
