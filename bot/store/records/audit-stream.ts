import type { Instant } from '../../../skills/kit/model.js'
import type { AuditEntry, AuditRecord } from '../../../skills/kit/audit.js'
import type { Write } from '../contract.js'
import type { Json } from '../json.js'
import type { LogEntry } from '../streams.js'

/** The log stream that audit lines are chained into. */
export const auditStream = 'audit'

/** An audit line as the log keeps it: what was done, and when by the hub's clock. */
export const auditData = (entry: AuditEntry, at: Instant): Json => ({ ...entry, at }) as unknown as Json

/** The write that puts a line at the end of the audit log, in the commit of what it tells of. */
export const auditWrite = (entry: AuditEntry, at: Instant): Extract<Write, { op: 'audit' }> => ({
  op: 'audit',
  stream: auditStream,
  data: auditData(entry, at),
})

/** An entry of the log as people ask for it; one that somebody made unreadable is said to be so, and keeps nobody from reading the others. */
export function auditRecordOf({ seq, at, data }: LogEntry): AuditRecord {
  const line: unknown = data
  if (isLine(line)) return { ...line, seq }
  return { action: 'entry.unreadable', detail: {}, at: new Date(at).toISOString(), seq }
}

function isLine(data: unknown): data is Omit<AuditRecord, 'seq'> {
  if (typeof data !== 'object' || data === null) return false
  const { action, detail, at } = data as Partial<AuditRecord>
  return typeof action === 'string' && typeof at === 'string' && typeof detail === 'object' && detail !== null
}
