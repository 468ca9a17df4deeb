import type { Connection } from '../connection.js'
import { keyOf } from '../inbox-keys.js'
import type { Migration } from '../migrate.js'

/**
 * The inbox without a unique index over its ids: random ones made every delivery write a page of it, five times as much as the delivery.
 * A row has a number made of its id instead, and an index of those is written later, many at once; see `inbox-keys.ts`.
 */
export const inboxKeys: Migration = {
  version: 5,
  name: 'inbox-keys',
  sql: `
    ALTER TABLE inbox RENAME TO old_inbox;
    CREATE TABLE inbox (
      seq INTEGER PRIMARY KEY,
      key INTEGER NOT NULL,       -- made of tenant, source and id; several may have the same
      tenant TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
      at INTEGER NOT NULL,
      state TEXT NOT NULL,
      ready_at INTEGER NOT NULL,  -- when it may be claimed: its retry, or the end of its lease; else when it was finished
      attempts INTEGER NOT NULL DEFAULT 0,
      claim TEXT, worker TEXT, reason TEXT,
      data TEXT NOT NULL
    ) STRICT;
    CREATE TABLE inbox_key (key INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (key, seq)) STRICT, WITHOUT ROWID;
    CREATE TABLE inbox_indexed (  -- one row: up to where inbox_key has the inbox; what is above is not forgotten yet
      seq INTEGER NOT NULL
    ) STRICT;
  `,
  fill(connection) {
    for (let rows = some(connection, 0); rows.length > 0; rows = some(connection, rows.at(-1)!.seq)) {
      const keys = rows.map(({ seq, tenant, source, id }) => [seq, keyOf(tenant, source, id)])
      connection.run(copy, JSON.stringify(keys))
    }
    connection.exec(`
      DROP TABLE old_inbox;       -- and its indexes
      CREATE INDEX inbox_state ON inbox (tenant, state, ready_at);
      INSERT INTO inbox_key (key, seq) SELECT key, seq FROM inbox ORDER BY key, seq;
      INSERT INTO inbox_indexed (seq) SELECT coalesce(max(seq), 0) FROM inbox;
    `)
  },
}

const some = (connection: Connection, after: number) =>
  connection.all<{ seq: number; tenant: string; source: string; id: string }>(
    'SELECT seq, tenant, source, id FROM old_inbox WHERE seq > ? ORDER BY seq LIMIT 1000',
    after,
  )

const copy = `
  INSERT INTO inbox (seq, key, tenant, source, id, at, state, ready_at, attempts, claim, worker, reason, data)
    SELECT old.seq, pair.value ->> 1, tenant, source, old.id, at, state, ready_at, attempts, claim, worker, reason, data
      FROM json_each(?) AS pair CROSS JOIN old_inbox AS old ON old.seq = pair.value ->> 0`
