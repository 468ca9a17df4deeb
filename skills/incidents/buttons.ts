import { duration, entity, text } from '../kit/arguments.js'
import type { Instant } from '../kit/model.js'
import type { Button } from '../kit/reply.js'
import type { Incident } from './incident.js'
import { claimRef } from './incident-writes.js'
import { longestSnooze, mayMove, type MoveKind } from './move.js'

/** How long an incident is put off, and the lengths that a form offers, in minutes. */
export const lengthArg = duration('for how long', { min: 5, max: longestSnooze, offers: [15, 30, 60, 120, 240, 480] })

/** What can be pressed: only what is legal now. */
export function buttonsOf(incident: Incident): Button[] {
  const ref = claimRef(incident.id)
  const button = (command: MoveKind, title: string, rest: Partial<Button> = {}): Button[] =>
    isLegal(incident, command)
      ? [{ title, intent: { command: `incident.${command}`, args: { incident: ref } }, ...rest }]
      : []
  return [
    ...button('acknowledge', 'Acknowledge', { style: 'positive' }),
    ...button('assign', 'Assign…', { form: { person: entity('Person', 'to whom') }, dialog: true }),
    ...button('snooze', 'Snooze…', { form: { length: lengthArg }, dialog: true }),
    ...button('resolve', 'Resolve'),
    ...(incident.state === 'resolved' ? button('reopen', 'Reopen') : []),
    ...button('note', 'Add note…', { form: { note: text('what to note', 1_000) }, dialog: true }),
  ]
}

/** Whether a move is legal at all, whoever makes it and with whatever else it needs. */
function isLegal(incident: Incident, kind: MoveKind): boolean {
  const { since } = incident
  const later: Instant = new Date(Date.parse(since) + 60_000).toISOString()
  switch (kind) {
    case 'assign':
      return mayMove(incident, { kind, to: { name: '' } }, since).allowed
    case 'snooze':
      return mayMove(incident, { kind, until: later }, since).allowed
    case 'note':
      return mayMove(incident, { kind, text: '' }, since).allowed
    default:
      return mayMove(incident, { kind }, since).allowed
  }
}
