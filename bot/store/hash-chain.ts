import { createHash } from 'node:crypto'
import type { LogEntry, LogHead } from './streams.js'
import { canonicalText, type Json } from './json.js'

/** The head of a stream without entries: what its first entry names as the one before. */
export const emptyHead: LogHead = { seq: 0, hash: '0'.repeat(64) }

/** What the hash of an entry covers, beside its data. */
export interface EntryPlace {
  tenant: string
  stream: string
  seq: number
  /** Milliseconds since 1970. */
  at: number
  /** Hash of the entry before. */
  previous: string
}

/**
 * The hash of a log entry: SHA-256, in lower-case hex, over the UTF-8 bytes of the JSON array
 * `[previous, tenant, stream, seq, at, data]` in the canonical form of RFC 8785. Whoever has the entries can compute it without Nexus.
 * @param text the entry's data in canonical form
 */
export function hashEntry({ previous, tenant, stream, seq, at }: EntryPlace, text: string): string {
  const place = JSON.stringify([previous, tenant, stream, seq, at])
  return createHash('sha256')
    .update(`${place.slice(0, -1)},${text}]`)
    .digest('hex')
}

/** The first entry that does not follow from the one before, and what is wrong with it. */
export interface ChainBreak {
  /** The number that should have come. */
  seq: number
  reason: string
}

/**
 * Follows a chain over a run of entries. It finds an edit, a gap, a reordering and an entry of another stream or tenant. A cut tail and
 * a chain that was computed anew as a whole look right from within: compare the last hash with a head that is kept elsewhere.
 * @param after the head before the first of the entries; the empty head where they are the stream's first
 */
export function findBreak(
  tenant: string,
  stream: string,
  entries: readonly LogEntry[],
  after: LogHead = emptyHead,
): ChainBreak | undefined {
  let { seq, hash } = after
  for (const entry of entries) {
    const reason = breakOf(tenant, stream, entry, { seq, hash })
    if (reason !== undefined) return { seq: seq + 1, reason }
    ;({ seq, hash } = entry)
  }
  return undefined
}

function breakOf(tenant: string, stream: string, entry: LogEntry, before: LogHead): string | undefined {
  if (entry.seq !== before.seq + 1) return `entry ${entry.seq} stands where ${before.seq + 1} should`
  if (entry.previous !== before.hash) return `it names ${entry.previous} as the entry before, which is ${before.hash}`
  const hash = hashEntry({ ...entry, tenant, stream }, canonicalText(entry.data satisfies Json))
  return hash === entry.hash ? undefined : `its content has the hash ${hash}, not ${entry.hash}`
}
