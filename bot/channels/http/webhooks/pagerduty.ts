import { createHmac } from 'node:crypto'
import { sameSecret } from './same-secret.js'
import type { WebhookSource } from './webhook-source.js'

/**
 * PagerDuty's v3 webhooks (developer.pagerduty.com, "Verifying webhook signatures"). The signature is over the raw body; while a secret is
 * exchanged the header has one `v1=` for each, and one that fits is enough. It gives up what is answered 4xx and repeats what is answered
 * 5xx: what cannot be read is kept and accepted.
 */
export function pagerDuty(secret: string): WebhookSource {
  return {
    name: 'pagerduty',
    keeps: ['x-webhook-subscription'],
    prove({ headers, bytes }) {
      const given = headers['x-pagerduty-signature']
      const expected = `v1=${createHmac('sha256', secret).update(bytes).digest('hex')}`
      const signatures = typeof given === 'string' ? given.split(',').slice(0, mostSignatures) : []
      return signatures.some((signature) => sameSecret(signature.trim(), expected)) ? 'good' : 'wrong'
    },
    itemsOf(body, text) {
      const id = (body as { event?: { id?: unknown } } | null)?.event?.id
      return [{ text, ...(typeof id === 'string' && id !== '' && { id }) }]
    },
  }
}

/** More secrets at once than anybody has. */
const mostSignatures = 8
