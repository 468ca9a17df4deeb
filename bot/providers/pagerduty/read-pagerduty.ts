import type { ReadDelivery } from '../../../skills/kit/delivery.js'
import type { PageMoved } from '../../../skills/kit/event.js'
import type { Json } from '../../../skills/kit/model.js'
import { parseFields } from '../../fields.js'

/** Events that move an incident of PagerDuty (developer.pagerduty.com, "Webhooks overview: event types"), and to which state. */
const states: Record<string, PageMoved['state']> = {
  'incident.triggered': 'triggered',
  'incident.unacknowledged': 'triggered',
  'incident.reopened': 'triggered',
  'incident.acknowledged': 'acknowledged',
  'incident.resolved': 'resolved',
}

/** Reads a v3 webhook of PagerDuty: its incident was moved, by a person there or by itself. */
export const readPagerDuty: ReadDelivery = ({ body, arrived }) => {
  const fields = parseFields(body)
  if (!fields) return { state: 'unreadable', reason: 'Its body is not JSON, or no object.' }
  if (fields.has('messages'))
    return {
      state: 'unreadable',
      reason:
        'It is a webhook of version 2, which PagerDuty has ended. Make a webhook subscription (version 3) in its place.',
    }
  const event = fields.object('event')
  const type = event.text('event_type')
  if (!type) return { state: 'unreadable', reason: 'It is no v3 webhook of PagerDuty: it has no `event.event_type`.' }
  const state = Object.hasOwn(states, type) ? states[type] : undefined
  if (!state) return { state: 'ignored', reason: `PagerDuty's event ${type} moves no incident.` }
  const incident = event.object('data')
  const pagerId = incident.text('id')
  if (!pagerId)
    return { state: 'unreadable', reason: 'It does not say which incident moved: it has no `event.data.id`.' }
  const agent = event.object('agent')
  const who = agent.text('type')?.startsWith('user') ? agent.text('summary') : undefined
  const key = incident.text('incident_key')
  const service = incident.object('service').text('summary')
  const moved: PageMoved = {
    pagerId,
    state,
    at: event.instant('occurred_at') ?? arrived,
    ...(key && { key }),
    ...(who && { by: { name: who } }),
  }
  return {
    state: 'read',
    drafts: [
      {
        type: 'page.moved',
        at: moved.at,
        data: moved as unknown as Json,
        about: service ? [{ names: [service] }] : [],
        thread: pagerId,
      },
    ],
  }
}
