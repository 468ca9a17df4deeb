import type { Migration } from '../migrate.js'

/**
 * Entries of the log are chained where they are written, so nothing waits for its place any more. The tables are made anew: no program
 * of the first version wrote an entry.
 */
export const chainedLog: Migration = {
  version: 2,
  name: 'chained-log',
  sql: `
    DROP TABLE pending;
    DROP TABLE log;               -- and its triggers

    CREATE TABLE log (
      tenant TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      previous TEXT NOT NULL,     -- hash of the entry before
      hash TEXT NOT NULL,
      data TEXT NOT NULL,         -- canonical JSON, as it was hashed
      PRIMARY KEY (tenant, stream, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER log_keeps_entries BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'a log entry cannot be changed'); END;
    CREATE TRIGGER log_loses_nothing BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'a log entry cannot be removed'); END;
    CREATE TRIGGER log_has_no_gaps BEFORE INSERT ON log
      WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM log WHERE tenant = NEW.tenant AND stream = NEW.stream)
      BEGIN SELECT RAISE(ABORT, 'a log entry has the next number'); END;
  `,
}
