import type { Migration } from '../migrate.js'

/** Finds what the outbox has left to people without reading all that it has sent. */
export const openOutbox: Migration = {
  version: 4,
  name: 'open-outbox',
  sql: `
    CREATE INDEX outbox_open ON outbox (tenant, state, seq) WHERE state IN ('queued', 'unknown', 'dead');
  `,
}
