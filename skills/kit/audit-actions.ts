/**
 * Everything the audit log tells of, by the name it has there, in the words people read: "Dana *asked for* Restart web app …". A change
 * is told of by the hub as its proposal and run move on; a note by the hub, or by the skill itself where it says more.
 */
export const auditActions = {
  'proposal.asked': 'asked for',
  'proposal.approved': 'approved',
  'proposal.rejected': 'rejected',
  'proposal.withdrawn': 'withdrew',
  'proposal.expired': 'expired',
  'proposal.voided': 'void: something moved between approval and start',
  'proposal.undone': 'asked to take back',
  'run.started': 'started',
  'run.attempted': 'request recorded, then sent',
  'run.cancel-asked': 'asked to cancel',
  'run.succeeded': 'succeeded',
  'run.failed': 'failed',
  'run.cancelled': 'cancelled',
  'run.ended-unknown': 'ended, and nobody knows how',
  'note.made': 'noted',
  'incident.acknowledged': 'acknowledged',
  'incident.assigned': 'assigned',
  'incident.snoozed': 'snoozed',
  'incident.resolved': 'resolved',
  'incident.reopened': 'reopened',
  'control.stopped': 'stopped changes',
  'control.resumed': 'let changes go on',
  'control.frozen': 'froze changes',
  'control.unfrozen': 'lifted a change freeze',
  'control.freeze-ended': 'change freeze ended',
  'control.read-only-on': 'turned read-only mode on',
  'control.read-only-off': 'turned read-only mode off',
  'permission.refused': 'was refused',
  'sign-in.failed': 'turned away sign-ins that do not hold (counted)',
  'audit.read': 'read the audit log',
  'audit.exported': 'exported the audit log',
  'audit.verified': 'verified the audit log',
  'settings.changed': 'read new settings',
  'outbox.revived': 'had a message sent again',
  'outbox.dropped': 'gave a message up',
  'hub.started': 'started',
  'hub.stopped': 'stopped',
  /** What is shown of an entry that somebody edited so that it says nothing any more. */
  'entry.unreadable': 'unreadable',
} as const satisfies Record<string, string>

/** An action in people's words; one that is not listed, such as a plugin's, by its own name: `cost.capped` is "capped". */
export function sayAction(action: string): string {
  const listed: Record<string, string> = auditActions
  return listed[action] ?? action.slice(action.lastIndexOf('.') + 1).replaceAll('-', ' ')
}
