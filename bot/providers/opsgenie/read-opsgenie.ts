import type { Alert } from '../../../skills/kit/alert.js'
import type { ReadDelivery } from '../../../skills/kit/delivery.js'
import { aboutDimensions, dimensionsOf, draftAlert, fingerprintOf, severityOf } from '../../draft-alert.js'
import { parseFields } from '../../fields.js'

/** Actions that begin or end an alert; the others move people and notes. */
const statuses: Record<string, Alert['status']> = {
  create: 'fired',
  reopen: 'fired',
  close: 'resolved',
  delete: 'resolved',
}

/**
 * Reads an action on an alert of Opsgenie. Its `updatedAt` is in nanoseconds, above what a JSON number holds exactly: good for a moment,
 * never for a comparison.
 */
export const readOpsgenie: ReadDelivery = ({ body, arrived, id }) => {
  const fields = parseFields(body)
  if (!fields) return { state: 'unreadable', reason: 'Its body is not JSON, or no object.' }
  const action = fields.text('action')
  const given = fields.object('alert')
  if (!action || !fields.has('alert'))
    return {
      state: 'unreadable',
      reason: "It is no action of Opsgenie's webhook integration: it has no `action` or `alert`.",
    }
  const status = statuses[action.toLowerCase()]
  if (!status) return { state: 'ignored', reason: `Opsgenie's action ${action} neither begins nor ends an alert.` }
  const alertId = given.text('alertId') ?? id
  const [message, alias] = [given.text('message'), given.text('alias')]
  const [entity, description] = [given.text('entity'), given.text('description', 1_000)]
  // "P1" to "P5", or the number alone.
  const severity = severityOf(Number(given.text('priority')?.replace(/^P/i, '') || NaN) - 1)
  const alert: Alert = {
    id: `opsgenie/${alertId}`,
    fingerprint: fingerprintOf('opsgenie', alias ?? message, entity),
    source: 'opsgenie',
    title: message ?? 'An alert of Opsgenie',
    at: (status === 'fired' && given.instant('createdAt')) || (given.instant('updatedAt') ?? arrived),
    status,
    ...(severity !== undefined && { severity }),
    ...(description && { description }),
    ...(entity && { target: { name: entity } }),
    ...dimensionsOf(given.object('details').entries()),
  }
  const said = aboutDimensions(alert)
  return {
    state: 'read',
    drafts: [
      draftAlert(alert, [{ ...said, names: [...said.names, ...(entity ? [entity] : []), ...given.texts('tags')] }]),
    ],
  }
}
