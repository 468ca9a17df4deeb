import type { Reading } from '../../../../skills/kit/delivery.js'
import { draftChange } from '../../../draft-change.js'
import { changeRef } from '../resource-graph/change-ref.js'
import { nameAtEnd, type GridEvent } from './grid-event.js'

const outcomes = { success: 'succeeded', failure: 'failed', cancel: 'cancelled' } as const

/** Somebody wrote, deleted or acted on a resource (learn.microsoft.com/azure/event-grid/event-schema-subscriptions). */
export function readResourceChange({ id, type, at, data, subject }: GridEvent): Reading {
  const resourceId = data.text('resourceUri', 600) ?? subject
  if (!resourceId) return { state: 'unreadable', reason: 'It names no resource: neither `resourceUri` nor a subject.' }
  const ending = /(success|failure|cancel)$/i.exec(type)?.[1]?.toLowerCase() as keyof typeof outcomes
  const operation = data.text('operationName') ?? type
  const claims = data.object('claims')
  const name = claims.text('name') ?? claims.text('appid')
  const correlation = data.text('correlationId')
  return {
    state: 'read',
    drafts: [
      draftChange(
        {
          source: 'event-grid',
          what: 'resource',
          title: `${operation} on ${nameAtEnd(resourceId)}`,
          outcome: outcomes[ending],
          resourceId,
          ...(name && { by: { name } }),
          ...(correlation && { entity: changeRef(correlation, resourceId).id }),
        },
        { at, id, about: [{ resources: [resourceId] }] },
      ),
    ],
  }
}
