import { proveBearer } from './bearer-token.js'
import type { WebhookSource } from './webhook-source.js'

/**
 * Opsgenie's webhook integration, with a header of the organisation's own (support.atlassian.com/opsgenie, "Integrate Opsgenie with
 * webhook"). It gives no id of a delivery. Whether it repeats a refused one is not documented, so what cannot be read is kept and accepted.
 */
export const opsgenie = (token: string): WebhookSource => ({
  name: 'opsgenie',
  keeps: [],
  prove: ({ authorization }) => proveBearer(authorization, token),
})
