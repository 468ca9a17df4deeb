import { proveBearer } from './bearer-token.js'
import type { WebhookSource } from './webhook-source.js'

/**
 * Alertmanager (prometheus.io/docs/alerting/latest/configuration, `webhook_config` with `http_config.authorization`). It repeats what is
 * answered 5xx or 429 and gives up the rest: what cannot be read is kept and accepted. A body is the state of a group and is kept whole.
 */
export const alertmanager = (token: string): WebhookSource => ({
  name: 'alertmanager',
  keeps: [],
  prove: ({ authorization }) => proveBearer(authorization, token),
})
