/**
 * The tables of a read model. `now_` holds what is, `then_` what was and is over; both have the same shape, so that one question is
 * answered of either. An entity has a number (`n`) for good; a version of it that is over has one of its own (`v`). Either begins with the
 * number of its kind (`kindShift`), so that a row of any table tells its kind without being joined to anything.
 *
 * `fact` is every property as rows, so that each is indexed, lists and tags included: texts without case, numbers as they are, booleans
 * as blobs (SQLite would take them for numbers), and beside a moment its milliseconds under the property's name with an `@`.
 *
 * `belonging` is a record a person: what belongs to each who asked (`p`), by part, when it happened and what stands beside it.
 */
export const schema = `
  CREATE TABLE kind (k INTEGER PRIMARY KEY, kind TEXT NOT NULL UNIQUE);
  CREATE TABLE node (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, UNIQUE (kind, id));
  CREATE TABLE layer (n INTEGER NOT NULL, layer TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, record TEXT NOT NULL, etag TEXT,
    PRIMARY KEY (n, layer, since)) WITHOUT ROWID;
  CREATE TABLE held_by (name TEXT PRIMARY KEY, n INTEGER NOT NULL, layer TEXT NOT NULL, since TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE spelling (word TEXT PRIMARY KEY, head TEXT NOT NULL, tail TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX spelling_head ON spelling (head);
  CREATE INDEX spelling_tail ON spelling (tail);
  CREATE TABLE belonging (p INTEGER NOT NULL, part TEXT NOT NULL, n INTEGER NOT NULL, at TEXT NOT NULL, beside INTEGER,
    PRIMARY KEY (p, part, n)) WITHOUT ROWID;
  CREATE INDEX belonging_of ON belonging (n, part, p);
  ${tables('now', 'n INTEGER PRIMARY KEY', 'n')}
  CREATE INDEX now_since ON now_version (since);
  ${tables('then', 'v INTEGER PRIMARY KEY, n INTEGER NOT NULL, until TEXT NOT NULL', 'v')}
  CREATE INDEX then_of_node ON then_version (n, until);
  CREATE INDEX then_until ON then_version (until, since);
  CREATE INDEX then_since ON then_version (since);
`

function tables(age: 'now' | 'then', key: string, own: 'n' | 'v'): string {
  return `
    CREATE TABLE ${age}_version (${key}, kind TEXT NOT NULL, sort TEXT NOT NULL, since TEXT NOT NULL, data TEXT NOT NULL);
    CREATE INDEX ${age}_by_kind ON ${age}_version (kind, sort);
    CREATE INDEX ${age}_by_name ON ${age}_version (sort);
    CREATE TABLE ${age}_fact (property TEXT NOT NULL, value NOT NULL, ${own} INTEGER NOT NULL,
      PRIMARY KEY (property, value, ${own})) WITHOUT ROWID;
    CREATE INDEX ${age}_fact_of ON ${age}_fact (${own}, property);
    CREATE TABLE ${age}_edge (${own} INTEGER NOT NULL, type TEXT NOT NULL, m INTEGER NOT NULL, data TEXT NOT NULL,
      PRIMARY KEY (${own}, type, m)) WITHOUT ROWID;
    CREATE INDEX ${age}_edge_to ON ${age}_edge (m, type, ${own});
    CREATE VIRTUAL TABLE ${age}_words USING fts5 (name, alias, text, whole, content = '', contentless_delete = 1, prefix = '2 3',
      tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* S* P* Co Cn'");`
}

/** Grows with the schema: a file of another number is made anew, because everything in it can be read again from the record. */
export const schemaVersion = 5

/** The end of what is not over; later than every moment that a store writes. */
export const open = '9999-12-31T23:59:59.999Z'

/** Bits of a number below its kind's: four thousand million entities of a kind, in 2^20 kinds. */
export const kindShift = 32
