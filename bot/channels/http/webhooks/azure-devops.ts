import { sameSecret } from './same-secret.js'
import type { WebhookSource } from './webhook-source.js'

/**
 * Azure DevOps' service hooks, with basic authentication (learn.microsoft.com/azure/devops/service-hooks/services/webhooks). It repeats what
 * fails in passing and disables the subscription after lasting failures: so what cannot be read is kept and accepted, and does not cost the
 * project its hook.
 */
export function azureDevOps({ user, password }: { user: string; password: string }): WebhookSource {
  return {
    name: 'azure-devops',
    keeps: [],
    prove({ authorization }) {
      const [, given] = /^Basic ([\w+/=-]{1,2000})$/i.exec(authorization ?? '') ?? []
      const brought = given === undefined ? undefined : Buffer.from(given, 'base64').toString('utf8')
      return sameSecret(brought, `${user}:${password}`) ? 'good' : 'wrong'
    },
    itemsOf(body, text) {
      const id = (body as { id?: unknown } | null)?.id
      return [{ text, ...(typeof id === 'string' && id !== '' && { id }) }]
    },
  }
}
