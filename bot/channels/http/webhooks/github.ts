import { createHmac } from 'node:crypto'
import { sameSecret } from './same-secret.js'
import type { WebhookSource } from './webhook-source.js'

/**
 * GitHub (docs.github.com, "Validating webhook deliveries"): an HMAC of the raw body. It sends nothing again by itself, whatever it is
 * answered, so everything that is authentic is kept and accepted.
 */
export function gitHub(secret: string): WebhookSource {
  return {
    name: 'github',
    keeps: ['x-github-event', 'x-github-delivery', 'x-github-hook-id', 'x-github-enterprise-host'],
    prove({ headers, bytes }) {
      const given = headers['x-hub-signature-256']
      const expected = `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`
      return sameSecret(typeof given === 'string' ? given : undefined, expected) ? 'good' : 'wrong'
    },
    itemsOf(_body, text, { headers }) {
      const id = headers['x-github-delivery']
      return [{ text, ...(typeof id === 'string' && id !== '' && { id }) }]
    },
  }
}
