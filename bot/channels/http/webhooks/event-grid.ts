import { createHash } from 'node:crypto'
import { sameSecret } from './same-secret.js'
import { splitArray } from './split-array.js'
import type { Item, WebhookSource } from './webhook-source.js'

/**
 * Event Grid, in its own schema and in CloudEvents 1.0 (learn.microsoft.com/azure/event-grid/delivery-and-retry, "webhook-event-delivery").
 * It drops what is answered 400, 401, 403 or 413 and repeats the rest for a day, in no order, with the items of a batch mixed anew: so each
 * event is an item with its own id, and what cannot be read is kept and accepted. Its handshake wants 200 and the code within the answer, or
 * for CloudEvents an OPTIONS request answered with the origin.
 * @param code the `?code=` of the subscription's address
 */
export function eventGrid(code: string): WebhookSource {
  return {
    name: 'event-grid',
    keeps: ['content-type', 'aeg-event-type', 'aeg-subscription-name', 'aeg-delivery-count'],
    prove: ({ query }) => (sameSecret(query.get('code') ?? undefined, code) ? 'good' : 'wrong'),
    itemsOf: (body, text) =>
      Array.isArray(body)
        ? splitArray(text).map((part, index): Item => ({ text: part, ...idOf(body[index]) }))
        : [{ text, ...idOf(body) }],
    answer(body) {
      const event = fieldsOf(Array.isArray(body) ? body[0] : body)
      if (event.eventType !== 'Microsoft.EventGrid.SubscriptionValidationEvent') return undefined
      return { status: 200, body: { validationResponse: fieldsOf(event.data).validationCode ?? '' } }
    },
    greet: ({ headers }) => ({
      status: 200,
      // Whoever knows the code may send; a name that is none goes back as nobody's.
      headers: { 'webhook-allowed-origin': originOf(headers['webhook-request-origin']), 'webhook-allowed-rate': '*' },
    }),
  }
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** An event's id is its own within its topic, or within its source as CloudEvents call it. */
function idOf(event: unknown): Pick<Item, 'id'> {
  const { id, topic, source } = fieldsOf(event)
  if (typeof id !== 'string' || id === '') return {}
  const place = topic ?? source
  return { id: typeof place === 'string' ? `${id}~${shortDigest(place)}` : id }
}

const shortDigest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 8)

const originOf = (asked: string | string[] | undefined): string =>
  typeof asked === 'string' && /^[\w.-]{1,253}(:\d{1,5})?$/.test(asked) ? asked : ''
