import { hash } from 'node:crypto'
import type { Connection } from './connection.js'

/**
 * Finds inbox rows by source and id without an index that is written at every delivery. Ids are mostly random, so each would write a page
 * of such an index alone. Instead:
 * - a row has a key, a number made of its name;
 * - the table `inbox_key` has the keys of the rows up to `inbox_indexed.seq`, which are written there many at once, in their order;
 * - those above are in the temporary table `recent`, which is this process's own memory. It is written in the transactions that write the
 *   inbox, so it goes back with them; rows that another process wrote are read into it before it is relied on.
 * A key only says where to look: names are compared, so two with one key are still two.
 */

/** Rows that are not indexed yet, at most: as many cost half a megabyte of memory, and about 20 ms when they are indexed. */
const mostRecent = 16_384

/** Makes the memory of this process; once for each connection, outside a transaction. */
export const prepareInboxKeys = (connection: Connection): void =>
  connection.exec(`
    PRAGMA temp_store = MEMORY;
    CREATE TEMP TABLE recent (seq INTEGER PRIMARY KEY, key INTEGER NOT NULL) STRICT;
    CREATE INDEX temp.recent_key ON recent (key);
  `)

/** The key of a name: 48 bits, which are exact in a number of JavaScript. */
export const keyOf = (tenant: string, source: string, id: string): number =>
  hash('sha256', `${tenant}\n${source}\n${id}`, 'buffer').readUIntBE(0, 6)

/**
 * Makes `recent` complete and indexes it when it is full; in a transaction, before rows are looked for or added.
 * @returns the number of the next row; none is given twice, so that what another process remembers stays true
 */
export function nextArrival(connection: Connection): number {
  const { top, indexed, first, last } = connection.get<Record<'top' | 'indexed' | 'first' | 'last', number>>(places)!
  if (first <= indexed) connection.run('DELETE FROM recent WHERE seq <= ?', indexed)
  const known = Math.max(last, indexed)
  if (top > known) connection.run('INSERT INTO recent (seq, key) SELECT seq, key FROM inbox WHERE seq > ?', known)
  if (top - indexed >= mostRecent) indexArrivals(connection)
  return Math.max(top, indexed) + 1
}

const places = `
  SELECT (SELECT coalesce(max(seq), 0) FROM inbox) AS top, (SELECT seq FROM inbox_indexed) AS indexed,
    (SELECT coalesce(min(seq), 9e15) FROM recent) AS first, (SELECT coalesce(max(seq), 0) FROM recent) AS last`

/** Indexes every row; in a transaction. */
export function indexArrivals(connection: Connection): void {
  const { changes } = connection.run(`
    INSERT INTO inbox_key (key, seq)
      SELECT key, seq FROM inbox WHERE seq > (SELECT seq FROM inbox_indexed) ORDER BY key, seq`)
  if (changes > 0) connection.run('UPDATE inbox_indexed SET seq = (SELECT max(seq) FROM inbox)')
}

/** The number of an inbox row by its name, or undefined. It reads only, and the rows that are not indexed one by one: for people. */
export function findArrival(connection: Connection, tenant: string, source: string, id: string): number | undefined {
  const sql = `
    WITH place AS (
      SELECT seq FROM inbox_key WHERE key = ?1
      UNION SELECT seq FROM inbox WHERE seq > (SELECT seq FROM inbox_indexed) AND key = ?1)
    SELECT inbox.seq FROM place CROSS JOIN inbox ON inbox.seq = place.seq WHERE tenant = ?2 AND source = ?3 AND id = ?4`
  return connection.get<{ seq: number }>(sql, keyOf(tenant, source, id), tenant, source, id)?.seq
}
