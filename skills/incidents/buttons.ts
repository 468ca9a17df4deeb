import { choice, entity, text } from '../kit/arguments.js'
import type { Instant } from '../kit/model.js'
import type { Button } from '../kit/reply.js'
import type { Incident } from './incident.js'
import { claimRef } from './incident-writes.js'
import { mayMove, type MoveKind } from './move.js'

/** How long an incident is put off, as people choose it, in minutes. */
export const snoozeLengths = {
  '15 min': 15,
  '30 min': 30,
  '1 hour': 60,
  '2 hours': 120,
  '4 hours': 240,
  '8 hours': 480,
}

export const lengthArg = choice('for how long', Object.keys(snoozeLengths) as (keyof typeof snoozeLengths)[])

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
