import type { Reading } from '../../../../skills/kit/delivery.js'
import { nameAtEnd, type GridEvent } from './grid-event.js'

/** Azure says why a resource's health is, or will be, as it is: what a customer did, or what the platform does. */
export function readHealthAnnotation({ id, data, subject, at }: GridEvent): Reading {
  const properties = data.object('resourceInfo').object('properties')
  const resourceId = properties.text('targetResourceId', 600) ?? subject
  if (!resourceId)
    return { state: 'unreadable', reason: 'It names no resource: neither `targetResourceId` nor a subject.' }
  const [annotation, summary] = [properties.text('annotationName') ?? 'Annotated', properties.text('summary', 1_000)]
  const [reason, context] = [properties.text('reason'), properties.text('context')]
  return {
    state: 'read',
    drafts: [
      {
        type: 'health.changed',
        at: properties.instant('occurredTime') ?? at,
        data: {
          source: 'event-grid',
          resourceId,
          annotation,
          title: `${reason ?? annotation}: ${nameAtEnd(resourceId)}`,
          ...(summary && { summary }),
          ...(context && { context }),
        },
        about: [{ resources: [resourceId] }],
        thread: id,
      },
    ],
  }
}
