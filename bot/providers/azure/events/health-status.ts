import type { Alert } from '../../../../skills/kit/alert.js'
import type { Reading } from '../../../../skills/kit/delivery.js'
import { draftAlert, fingerprintOf } from '../../../draft-alert.js'
import { resourceHealth } from '../resource-health.js'
import { nameAtEnd, type GridEvent } from './grid-event.js'

/** A resource became available, or is no longer (learn.microsoft.com/azure/event-grid/event-schema-health-resources). */
export function readHealthStatus({ id, data, subject, at: told }: GridEvent): Reading {
  const properties = data.object('resourceInfo').object('properties')
  const target = properties.text('targetResourceId', 600) ?? subject
  if (!target) return { state: 'unreadable', reason: 'It names no resource: neither `targetResourceId` nor a subject.' }
  const name = nameAtEnd(target)
  const state = properties.text('availabilityState')
  const { occurrence = id, ...health } = resourceHealth({ target, name, state, cause: properties.text('reason') })
  const alert: Alert = {
    ...health,
    id: occurrence,
    fingerprint: fingerprintOf('resource-health', target),
    source: 'event-grid',
    rule: 'Resource health',
    target: { resourceId: target, name },
    at: properties.instant('occurredTime') ?? told,
  }
  return { state: 'read', drafts: [draftAlert(alert, [{ resources: [target] }])] }
}
