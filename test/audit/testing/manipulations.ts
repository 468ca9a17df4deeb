import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { emptyHead, hashEntry } from '../../../bot/store/hash-chain.js'
import { canonicalText, type Json } from '../../../bot/store/json.js'

/** A copy of a store, and of the anchors of its audit log, that somebody does things to who has the files. */
export interface Victim {
  /** Folder of `store.db`; no hub has it open. */
  data: string
  anchors: string
}

interface Row {
  tenant: string
  seq: number
  at: number
  previous: string
  hash: string
  data: string
}

/** What somebody may do who wants the log to say something else, by name. */
export const manipulations = {
  /** The content of an entry in the middle. */
  'edit-entry': inLog((log) => write(log, { ...log.middle, data: edited(log.middle) })),
  /** The same, with the entry's own hash put right. */
  'edit-entry-and-hash': inLog((log) => write(log, rehashed({ ...log.middle, data: edited(log.middle) }))),
  /** When an entry was written. */
  'edit-moment': inLog((log) => write(log, { ...log.middle, at: log.middle.at + 60_000 })),
  'remove-entry': inLog(
    ({ database, middle }) => void database.prepare('DELETE FROM log WHERE seq = ?').run([middle.seq]),
  ),
  'cut-tail': inLog(
    ({ database, last }) => void database.prepare('DELETE FROM log WHERE seq > ?').run([last.seq - 10]),
  ),
  /** The tail, and what the store notes of the last anchor. */
  'cut-tail-and-note': inLog(({ database, last }) => {
    database.prepare('DELETE FROM log WHERE seq > ?').run([last.seq - 10])
    database.prepare("DELETE FROM record WHERE kind = 'audit-anchor'").run([])
  }),
  /** Two entries in each other's place. */
  'swap-entries': inLog((log) => {
    const other = log.rows[log.rows.indexOf(log.middle) + 1]!
    write(log, { ...other, seq: log.middle.seq })
    write(log, { ...log.middle, seq: other.seq })
  }),
  /** An edit, and every hash from there on computed anew: a chain that holds by itself. */
  recompute: inLog((log) => recompute(log, log.middle.seq)),
  /** The whole chain, from another first entry. */
  'recompute-all': inLog((log) => recompute(log, 1)),
  'edit-anchor': inAnchors(([first, second, ...rest]) => [first!, second!.replace(/"seq":(\d)/, '"seq":9$1'), ...rest]),
  'remove-anchor': inAnchors(([first, _second, ...rest]) => [first!, ...rest]),
  'remove-first-anchor': inAnchors((lines) => lines.slice(1)),
  'remove-last-anchor': inAnchors((lines) => lines.slice(0, -1)),
  'swap-anchors': inAnchors(([first, second, ...rest]) => [second!, first!, ...rest]),
  'remove-all-anchors': inAnchors(() => []),
} satisfies Record<string, (victim: Victim) => void>

export type Manipulation = keyof typeof manipulations

interface OpenLog {
  database: Database.Database
  rows: Row[]
  middle: Row
  last: Row
}

/** Opens the log as somebody does who has the file and knows SQLite: without the triggers that keep it. */
function inLog(act: (log: OpenLog) => void): (victim: Victim) => void {
  return ({ data }) => {
    const database = new Database(join(data, 'store.db'))
    try {
      for (const name of ['log_keeps_entries', 'log_loses_nothing', 'log_has_no_gaps'])
        database.exec(`DROP TRIGGER IF EXISTS ${name}`)
      const rows = database.prepare("SELECT * FROM log WHERE stream = 'audit' ORDER BY seq").all([]) as Row[]
      if (rows.length < 12) throw new Error(`The log has ${rows.length} entries; tampering wants a dozen.`)
      act({ database, rows, middle: rows[rows.length >> 1]!, last: rows.at(-1)! })
    } finally {
      database.close()
    }
  }
}

function inAnchors(change: (lines: string[]) => string[]): (victim: Victim) => void {
  return ({ anchors }) => {
    for (const name of readdirSync(anchors)) {
      const file = join(anchors, name)
      const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
      if (lines.length < 3) throw new Error(`${name} has ${lines.length} anchors; tampering wants three.`)
      writeFileSync(
        file,
        change(lines)
          .map((line) => `${line}\n`)
          .join(''),
      )
    }
  }
}

/** Writes what stands under a number. */
function write({ database }: OpenLog, { seq, at, previous, hash, data }: Row): void {
  database
    .prepare("UPDATE log SET at = ?, previous = ?, hash = ?, data = ? WHERE stream = 'audit' AND seq = ?")
    .run([at, previous, hash, data, seq])
}

/** Entry data in which somebody else did it. */
const edited = ({ data }: Row): string =>
  canonicalText({ ...(JSON.parse(data) as Record<string, Json>), by: { id: 'nobody@contoso.example', name: 'Nobody' } })

const rehashed = (row: Row): Row => ({ ...row, hash: hashEntry({ ...row, stream: 'audit' }, row.data) })

function recompute(log: OpenLog, from: number): void {
  let previous = log.rows.find(({ seq }) => seq === from - 1)?.hash ?? emptyHead.hash
  for (const row of log.rows.filter(({ seq }) => seq >= from)) {
    const anew = rehashed({ ...row, previous, ...(row.seq === from && { data: edited(row) }) })
    write(log, anew)
    previous = anew.hash
  }
}
