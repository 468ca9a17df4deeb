import { sayAction } from './audit-actions.js'
import type { Instant, Json, Ref } from './model.js'
import type { AuditRecord } from './audit.js'
import type { Actor } from './proposal.js'

/** What somebody did: one line of the log, or all that are known of one change. */
export interface Deed {
  /** `PR-2041` of a change. */
  proposal?: string
  by?: Actor
  /** In words: "Restart web app checkout-web-stg". */
  what: string
  target?: Ref
  /** In which environment it was, where the log says so. */
  environment?: string
  /** How it ended or stands: "succeeded, approved by Lee Park". */
  result: string
  state: 'good' | 'attention' | 'warning' | 'emphasis'
  /** When its last line was written. */
  at: Instant
  /** Its lines, newest first. */
  records: AuditRecord[]
}

/** Entries as deeds, newest first: the lines of one change are one deed. */
export function deedsOf(records: readonly AuditRecord[]): Deed[] {
  const groups = new Map<string, AuditRecord[]>()
  for (const record of records) {
    const proposal = textOf(record.detail, 'proposal')
    const key = proposal ?? `#${record.seq}`
    groups.set(key, [...(groups.get(key) ?? []), record])
  }
  return [...groups.values()].map(deedOf)
}

function deedOf(records: AuditRecord[]): Deed {
  const newest = records[0]!
  const proposal = textOf(newest.detail, 'proposal')
  return proposal === undefined ? single(newest) : change(proposal, records)
}

function single(record: AuditRecord): Deed {
  const { action, by, target, detail, at } = record
  const command = textOf(detail, 'command')
  const isRefused = action === 'permission.refused'
  const note = action === 'note.made' && command ? `made the note ${command}` : sayAction(action)
  return {
    ...(by && { by }),
    ...(target && { target }),
    what: isRefused && command ? `was refused ${command}` : note,
    result: textOf(detail, 'reason') ?? record.cause ?? '',
    state: isRefused || action === 'sign-in.failed' ? 'warning' : 'emphasis',
    at,
    records: [record],
  }
}

/** Lines of a change that say nothing of how it stands. */
const aside = new Set(['run.attempted', 'proposal.undone', 'run.cancel-asked'])

function change(proposal: string, records: AuditRecord[]): Deed {
  const newest = records[0]!
  const asked = records.find(({ action }) => action === 'proposal.asked')
  const plan = objectOf(asked?.detail['plan'])
  const stands = records.find(({ action }) => !aside.has(action)) ?? newest
  const approvers = records.flatMap(({ action, by }) => (action === 'proposal.approved' && by ? [by.name] : []))
  const how = stands.action === 'proposal.asked' ? 'waits for approval' : sayAction(stands.action)
  const why = textOf(stands.detail, 'reason')
  const by = asked?.by ?? newest.by
  const environment = textOf(plan, 'environment')
  return {
    proposal,
    ...(by && { by }),
    ...(newest.target && { target: newest.target }),
    what: textOf(plan, 'title') ?? textOf(asked?.detail ?? {}, 'command') ?? `${proposal}`,
    ...(environment && { environment }),
    result: [
      how,
      approvers.length && stands.action !== 'proposal.approved' ? `approved by ${approvers.reverse().join(', ')}` : '',
      why ?? '',
    ]
      .filter(Boolean)
      .join(', '),
    state: stateOf(stands.action),
    at: newest.at,
    records,
  }
}

function stateOf(action: string): Deed['state'] {
  if (action === 'run.succeeded') return 'good'
  if (action === 'run.failed' || action === 'run.ended-unknown') return 'attention'
  return /^(proposal\.(rejected|voided|expired)|run\.cancelled)$/.test(action) ? 'warning' : 'emphasis'
}

const objectOf = (value: Json | undefined): Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

const textOf = (detail: Record<string, Json>, name: string): string | undefined => {
  const value = detail[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
