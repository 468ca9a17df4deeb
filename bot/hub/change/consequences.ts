import type { Event } from '../../../skills/kit/event.js'
import type { Instant, Json } from '../../../skills/kit/model.js'
import type { RecordWrite } from '../../../skills/kit/records.js'
import { auditLines, type Doing } from './audit-lines.js'
import { hasEnded, isOver, type Change } from './change.js'
import type { ChangeData, PostedMessage } from './change-data.js'
import { sayEnd } from './say-end.js'

/** The view that draws a proposal and its run. */
export const proposalView = (id: string) => ({ kind: 'Proposal', id })

/** Milliseconds that progress waits for more of it before it goes out. */
const progressPause = 2_000

/**
 * What follows from a change's being as it now is: its messages read anew, its asker is told of its end, timers are set, the audit log
 * gets its lines and the skills hear of a run that ended. It is worked out from before and after, so that no transition forgets a part.
 */
export function consequences(
  before: Change | undefined,
  after: ChangeData,
  { at, doing }: { at: Instant; doing?: Doing },
): RecordWrite[] {
  const { change } = after
  if (before === change) return []
  return [
    ...messages(before, after, at),
    ...timers(before, change, at),
    ...events(before, change, at),
    ...auditLines(before, change, doing).map((entry): RecordWrite => ({ op: 'audit', entry })),
  ]
}

function messages(before: Change | undefined, after: ChangeData, at: Instant): RecordWrite[] {
  const { change, revision, messages, tell } = after
  const { id } = change.proposal
  const content = proposalView(id)
  if (!before) return messages.map((message) => post(after, message))
  const look = lookOf(before, change)
  const notBefore = look === 'progress' ? new Date(Date.parse(at) + progressPause).toISOString() : undefined
  const edits = messages.map(({ key, to, root }): RecordWrite => ({
    op: 'say',
    id: `${revision}/${key}`,
    message: { op: 'edit', key, to, content, ...(root !== undefined && { root }) },
    ...(notBefore && { notBefore }),
  }))
  return [...(look === 'same' ? [] : edits), ...ending(before, change, revision, tell)]
}

/** A message that shows a change, as it is said first. */
export function post({ change, revision }: ChangeData, { key, to, root }: PostedMessage): RecordWrite {
  const content = proposalView(change.proposal.id)
  return {
    op: 'say',
    id: `${revision}/${key}`,
    message: root === undefined ? { op: 'post', key, to, content } : { op: 'reply', key, root, to, content },
  }
}

/** Whether the card must read otherwise than before, and whether that can wait for a moment. */
function lookOf(before: Change, after: Change): 'same' | 'progress' | 'new' {
  const settled = ({ proposal, run }: Change) => [proposal, run?.state, run?.result, run?.reason]
  const sameAs = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
  if (!sameAs(settled(before), settled(after))) return 'new'
  return sameAs(before.run?.progress, after.run?.progress) ? 'same' : 'progress'
}

function ending(before: Change, after: Change, revision: number, tell: ChangeData['tell']): RecordWrite[] {
  if (!tell || !isOver(after) || isOver(before)) return []
  const { to, root, mention } = tell
  const content = sayEnd(after, mention)
  return [
    {
      op: 'say',
      id: `${revision}/end`,
      message:
        root === undefined ? { op: 'post', key: 'end', to, content } : { op: 'reply', key: 'end', root, to, content },
    },
  ]
}

function timers(before: Change | undefined, { proposal }: Change, at: Instant): RecordWrite[] {
  const { id, state, expires } = proposal
  if (!before) return [{ op: 'set-timer', name: 'expiry', id, due: expires, data: null }]
  if (before.proposal.state !== 'waiting' || state === 'waiting' || state === 'expired') return []
  const expiry: RecordWrite = { op: 'clear-timer', name: 'expiry', id }
  return state === 'approved' ? [expiry, { op: 'set-timer', name: 'run', id, due: at, data: null }] : [expiry]
}

function events(before: Change | undefined, { proposal, run }: Change, at: Instant): RecordWrite[] {
  if (!run || !hasEnded(run) || hasEnded(before?.run)) return []
  const { id, plan, by, intent } = proposal
  const data = {
    proposal: id,
    state: run.state,
    title: plan.title,
    by: by.id,
    command: intent.command,
    ...(run.reason !== undefined && { reason: run.reason }),
    ...(plan.environment !== undefined && { environment: plan.environment }),
  } satisfies Json
  const event: Event = {
    id: `${id}/ended`,
    type: 'run.ended',
    at: run.ended ?? at,
    arrived: at,
    subjects: [plan.target, { kind: 'Proposal', id }],
    data,
  }
  return [{ op: 'tell', event }]
}
