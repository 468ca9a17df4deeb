import type { Text } from '../../cards/model.js'
import type { Instant } from '../kit/model.js'
import type { Decision } from '../kit/plan.js'
import { tell, type Doer, type Incident, type IncidentState, type StoryLine } from './incident.js'

/** What can be done with an incident. `wake` is the end of a snooze. */
export type Move =
  | { kind: 'acknowledge' }
  | { kind: 'assign'; to: Doer }
  | { kind: 'snooze'; until: Instant }
  | { kind: 'resolve'; why?: string }
  | { kind: 'reopen'; why?: string }
  | { kind: 'wake' }
  | { kind: 'note'; text: string }

export type MoveKind = Move['kind']

/** From which states each move leads on. */
const from: Record<MoveKind, readonly IncidentState[]> = {
  acknowledge: ['triggered', 'snoozed'],
  assign: ['triggered', 'acknowledged', 'snoozed'],
  snooze: ['triggered', 'acknowledged', 'snoozed'],
  resolve: ['triggered', 'acknowledged', 'snoozed'],
  reopen: ['acknowledged', 'snoozed', 'resolved'],
  wake: ['snoozed'],
  note: ['triggered', 'acknowledged', 'snoozed', 'resolved'],
}

/** Longest an incident is put off, in minutes; a week, as PagerDuty's. */
export const longestSnooze = 7 * 1_440

/** Whether a move is legal now, with the reason that people see. */
export function mayMove(incident: Incident, move: Move, at: Instant): Decision {
  if (!from[move.kind].includes(incident.state)) return { allowed: false, ...reasonAgainst(incident, move) }
  if (move.kind === 'assign' && move.to.id && move.to.id === incident.assigned?.id)
    return { allowed: false, reason: `${incident.id} is with ${move.to.name} already.` }
  if (move.kind === 'snooze') {
    const ahead = Date.parse(move.until) - Date.parse(at)
    if (!(ahead > 0)) return { allowed: false, reason: 'A snooze ends in the future.', wayOn: 'Say for how long.' }
    if (ahead > longestSnooze * 60_000)
      return {
        allowed: false,
        reason: 'A snooze lasts a week at most.',
        wayOn: 'Resolve it, or choose a shorter time.',
      }
  }
  return { allowed: true, reason: `${incident.id} is ${incident.state}` }
}

function reasonAgainst(incident: Incident, { kind }: Move): Pick<Decision, 'reason' | 'wayOn'> {
  const { id, state, acknowledged, resolved } = incident
  if (state === 'resolved')
    return {
      reason: `${id} is resolved${resolved?.by ? ` by ${resolved.by.name}` : ''}.`,
      ...(kind !== 'resolve' && { wayOn: 'Reopen it first.' }),
    }
  if (kind === 'acknowledge')
    return {
      reason: `${acknowledged?.by?.name ?? 'Somebody'} acknowledged ${id} already.`,
      wayOn: 'Assign it to yourself to take it over.',
    }
  return { reason: `${id} is ${state === 'triggered' ? 'open and waits for somebody' : state}.` }
}

/**
 * The incident after a legal move.
 * @param by who did it; absent where Nexus did it by itself
 */
export function moved(incident: Incident, move: Move, by: Doer | undefined, at: Instant): Incident {
  const line: StoryLine = { at, ...(by && { by }), text: words(move, by) }
  const told: Incident = { ...incident, story: tell(incident.story, line) }
  switch (move.kind) {
    case 'note':
      return told
    case 'acknowledge':
      return {
        ...cleared(told, 'acknowledged', at),
        acknowledged: { at, ...(by && { by }) },
        ...(by && { assigned: by }),
      }
    case 'assign':
      // Handed on, it has to be acknowledged again; whoever takes it for themselves has acknowledged it.
      return by?.id !== undefined && by.id === move.to.id
        ? { ...cleared(told, 'acknowledged', at), acknowledged: { at, by }, assigned: by }
        : { ...cleared(told, 'triggered', at), assigned: move.to }
    case 'snooze':
      return { ...cleared(told, 'snoozed', at), snoozedUntil: move.until, ...keptHands(told) }
    case 'wake':
      return { ...cleared(told, 'triggered', at), ...(told.assigned && { assigned: told.assigned }) }
    case 'resolve':
      return {
        ...cleared(told, 'resolved', at),
        ...keptHands(told),
        resolved: { at, ...(by && { by }), ...(move.why && { why: move.why }) },
      }
    case 'reopen':
      return {
        ...cleared(told, 'triggered', at),
        ...(told.assigned && { assigned: told.assigned }),
        reopened: told.reopened + (told.state === 'resolved' ? 1 : 0),
      }
  }
}

const keptHands = ({ acknowledged, assigned }: Incident) => ({
  ...(acknowledged && { acknowledged }),
  ...(assigned && { assigned }),
})

/** The incident in a new state, without what belonged to the old one. */
function cleared(incident: Incident, state: IncidentState, at: Instant): Incident {
  const { acknowledged: _a, assigned: _b, snoozedUntil: _c, resolved: _d, ...rest } = incident
  return { ...rest, state, since: at }
}

function words(move: Move, by: Doer | undefined): Text {
  switch (move.kind) {
    case 'acknowledge':
      return 'acknowledged it'
    case 'assign':
      return by?.id !== undefined && by.id === move.to.id ? 'took it' : `handed it to ${move.to.name}`
    case 'snooze':
      return ['put it off until ', { time: move.until }]
    case 'wake':
      return 'The snooze is over'
    case 'resolve':
      return by ? `resolved it${move.why ? `: ${move.why}` : ''}` : `Resolved: ${move.why ?? 'no reason given'}`
    case 'reopen':
      return by ? `opened it again${move.why ? `: ${move.why}` : ''}` : `Open again: ${move.why ?? 'no reason given'}`
    case 'note':
      return `noted: ${move.text}`
  }
}
