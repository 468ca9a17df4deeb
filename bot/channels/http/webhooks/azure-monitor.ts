import type { RawRequest } from '../http-server.js'
import { sameSecret } from './same-secret.js'
import type { Proof, WebhookSource } from './webhook-source.js'

/** How Azure Monitor's action groups prove themselves; at least one of the two. */
export interface AzureMonitorProof {
  /** `?code=` of the address: a plain webhook can carry no header of its own. */
  code?: string
  /** Checks the Entra token of a secure webhook. */
  token?(authorization: string | undefined): Promise<Proof>
}

/**
 * Azure Monitor's action groups (learn.microsoft.com/azure/azure-monitor/alerts/action-groups, "Webhook"). Of what is refused they send
 * again only what was answered 408, 429, 503 or 504, and after five attempts nothing to this address for fifteen minutes: so a fault of
 * Nexus that passes is 503, and a body that cannot be read is kept and accepted, because it would never come again.
 */
export function azureMonitor({ code, token }: AzureMonitorProof): WebhookSource {
  return {
    name: 'azure-monitor',
    keeps: [],
    prove({ query, authorization }: RawRequest) {
      if (code !== undefined && sameSecret(query.get('code') ?? undefined, code)) return 'good'
      return token && authorization !== undefined ? token(authorization) : 'wrong'
    },
  }
}
