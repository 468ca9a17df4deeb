import type { Migration } from '../migrate.js'

/**
 * The inbox without AUTOINCREMENT, which wrote a page more at every commit: nobody outside sees an item's number, so one that was forgotten
 * may be given again. Its index ends with the row's number by itself.
 */
export const leanInbox: Migration = {
  version: 3,
  name: 'lean-inbox',
  sql: `
    ALTER TABLE inbox RENAME TO old_inbox;
    CREATE TABLE inbox (
      seq INTEGER PRIMARY KEY,
      tenant TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
      at INTEGER NOT NULL,
      state TEXT NOT NULL,
      ready_at INTEGER NOT NULL,  -- when it may be claimed: its retry, or the end of its lease; else when it was finished
      attempts INTEGER NOT NULL DEFAULT 0,
      claim TEXT, worker TEXT, reason TEXT,
      data TEXT NOT NULL,
      UNIQUE (tenant, source, id)
    ) STRICT;
    INSERT INTO inbox (seq, tenant, source, id, at, state, ready_at, attempts, claim, worker, reason, data)
      SELECT seq, tenant, source, id, at, state, ready_at, attempts, claim, worker, reason, data FROM old_inbox;
    DROP TABLE old_inbox;         -- and its index
    CREATE INDEX inbox_state ON inbox (tenant, state, ready_at);
  `,
}
