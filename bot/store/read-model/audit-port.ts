import { badInput } from '../../../skills/kit/errors.js'
import type { Json } from '../../../skills/kit/model.js'
import type { Audit, AuditEntry, AuditQuery, AuditRecord } from '../../../skills/kit/audit.js'
import { auditRecordOf, auditStream } from '../records/audit-stream.js'
import type { Log, LogEntry } from '../streams.js'
import type { AuditIndex } from './audit-index.js'

const most = 500
const mostOwn = 50

/**
 * Looks into the audit log by the index, which is brought to the log's end first.
 * @param write adds a line to the log
 */
export function auditPort(
  log: Pick<Log, 'read'>,
  index: AuditIndex,
  write: (entry: AuditEntry) => Promise<unknown>,
): Audit {
  return {
    async find(query, { id, person }) {
      if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > most)
        throw badInput(`The audit log is read by 1 to ${most} entries.`)
      await index.catchUp()
      const { head, broken } = index
      const found = index.find({ ...query, limit: query.limit + 1 })
      const fitting = (await readAll(log, found.slice(0, query.limit))).map(auditRecordOf)
      const records = await withTheirChanges(fitting, index, log)
      await write({
        action: 'audit.read',
        by: { id: person.id, objectId: person.objectId, name: person.name },
        detail: { query: saidOf(query), found: fitting.length },
        turn: id,
      })
      return {
        records,
        more: found.length > query.limit,
        chain: broken ? { to: broken.seq - 1, broken: `Entry ${broken.seq}: ${broken.reason}.` } : { to: head.seq },
      }
    },
    async ownLatest({ id }, limit) {
      if (!Number.isInteger(limit) || limit < 1 || limit > mostOwn)
        throw badInput(`Of one's own entries 1 to ${mostOwn} are read.`)
      await index.catchUp()
      const own = (await readAll(log, index.find({ by: id, limit }))).map(auditRecordOf)
      return withTheirChanges(own, index, log)
    },
  }
}

/** Entries, and of each change that one of them is of all the others, newest first. */
async function withTheirChanges(
  entries: readonly AuditRecord[],
  index: AuditIndex,
  log: Pick<Log, 'read'>,
): Promise<AuditRecord[]> {
  const known = new Set(entries.map(({ seq }) => seq))
  const rest = proposalsOf(entries).flatMap((id) => index.ofProposal(id).filter((seq) => !known.has(seq)))
  return [...entries, ...(await readAll(log, rest)).map(auditRecordOf)].sort((a, b) => b.seq - a.seq)
}

function proposalsOf(records: readonly AuditRecord[]): string[] {
  const ids = records.map(({ detail }) => detail['proposal'])
  return [...new Set(ids.filter((id) => typeof id === 'string'))]
}

const saidOf = ({ targets, limit: _limit, ...rest }: AuditQuery): Record<string, Json> => ({
  ...rest,
  ...(targets && { targets: targets.slice(0, 20).map(({ kind, id }) => ({ kind, id })) }),
})

/** Entries by number; neighbours are read together. */
async function readAll(log: Pick<Log, 'read'>, seqs: readonly number[]): Promise<LogEntry[]> {
  const known = new Map<number, LogEntry>()
  for (const seq of [...seqs].sort((a, b) => a - b))
    if (!known.has(seq))
      for (const entry of await log.read(auditStream, { from: seq, limit: 20 })) known.set(entry.seq, entry)
  return seqs.flatMap((seq) => known.get(seq) ?? [])
}
