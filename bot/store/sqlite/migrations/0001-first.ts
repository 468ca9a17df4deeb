import type { Migration } from '../migrate.js'

/**
 * The first schema. Every table begins with the tenant, and every index too.
 *
 * `record.seq` is three things at once: the etag, the place in the change feed, and proof that no etag is ever given
 * twice (AUTOINCREMENT). A put replaces the row, so it moves to the feed's end. A deleted record keeps its row without
 * data: a tombstone.
 */
export const first: Migration = {
  version: 1,
  name: 'first',
  sql: `
    CREATE TABLE record (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL, kind TEXT NOT NULL, partition TEXT NOT NULL, id TEXT NOT NULL,
      at INTEGER NOT NULL,
      bytes INTEGER NOT NULL,     -- of data, so that a page can be measured without reading it
      fields TEXT NOT NULL,       -- the indexed fields, as JSON
      data TEXT,                  -- JSON; NULL in a tombstone
      UNIQUE (tenant, kind, partition, id)
    ) STRICT;
    CREATE INDEX record_feed ON record (tenant, seq);
    CREATE INDEX record_tombstone ON record (tenant, at) WHERE data IS NULL;

    CREATE TABLE field (
      tenant TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, value ANY NOT NULL,
      partition TEXT NOT NULL, id TEXT NOT NULL,
      PRIMARY KEY (tenant, kind, name, value, partition, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE forgotten (      -- the newest tombstone that prune removed
      tenant TEXT PRIMARY KEY, seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE inbox (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
      at INTEGER NOT NULL,
      state TEXT NOT NULL,
      ready_at INTEGER NOT NULL,  -- when it may be claimed: its retry, or the end of its lease; else when it was finished
      attempts INTEGER NOT NULL DEFAULT 0,
      claim TEXT, worker TEXT, reason TEXT,
      data TEXT NOT NULL,
      UNIQUE (tenant, source, id)
    ) STRICT;
    CREATE INDEX inbox_state ON inbox (tenant, state, ready_at, seq);

    CREATE TABLE outbox (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL, partition TEXT NOT NULL, id TEXT NOT NULL, thread TEXT NOT NULL,
      at INTEGER NOT NULL,
      state TEXT NOT NULL,
      not_before INTEGER NOT NULL,
      ready_at INTEGER,           -- when it may be claimed; NULL while it waits behind another of its thread
      settled_at INTEGER,
      attempts INTEGER NOT NULL DEFAULT 0,
      coalesce_key TEXT, claim TEXT, worker TEXT, reason TEXT, result TEXT,
      data TEXT NOT NULL,
      UNIQUE (tenant, partition, id)
    ) STRICT;
    CREATE INDEX outbox_ready ON outbox (tenant, ready_at, seq) WHERE ready_at IS NOT NULL;
    CREATE INDEX outbox_thread ON outbox (tenant, thread, seq) WHERE state = 'queued';
    CREATE INDEX outbox_settled ON outbox (tenant, settled_at) WHERE settled_at IS NOT NULL;

    CREATE TABLE timer (
      tenant TEXT NOT NULL, partition TEXT NOT NULL, id TEXT NOT NULL,
      due INTEGER NOT NULL,
      ready_at INTEGER NOT NULL,  -- due, or the end of the lease of whoever claimed it
      attempts INTEGER NOT NULL DEFAULT 0,
      claim TEXT, worker TEXT,
      data TEXT NOT NULL,
      PRIMARY KEY (tenant, partition, id)
    ) STRICT;
    CREATE INDEX timer_ready ON timer (tenant, ready_at);

    CREATE TABLE log (
      tenant TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      data TEXT NOT NULL,
      PRIMARY KEY (tenant, stream, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER log_keeps_entries BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'a log entry cannot be changed'); END;
    CREATE TRIGGER log_loses_nothing BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'a log entry cannot be removed'); END;

    CREATE TRIGGER log_has_no_gaps BEFORE INSERT ON log
      WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM log WHERE tenant = NEW.tenant AND stream = NEW.stream)
      BEGIN SELECT RAISE(ABORT, 'a log entry has the next number'); END;

    CREATE TABLE pending (        -- log entries that commits left, in the order of the commits
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL, stream TEXT NOT NULL, partition TEXT NOT NULL,
      at INTEGER NOT NULL,
      data TEXT NOT NULL
    ) STRICT;
    CREATE INDEX pending_stream ON pending (tenant, stream, seq);

    CREATE TABLE point (
      tenant TEXT NOT NULL, series TEXT NOT NULL, at INTEGER NOT NULL,
      value REAL NOT NULL,
      PRIMARY KEY (tenant, series, at)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE lease (          -- rows stay when a lease ends, so that fences only grow
      name TEXT PRIMARY KEY,
      fence INTEGER NOT NULL, holder TEXT NOT NULL, until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
