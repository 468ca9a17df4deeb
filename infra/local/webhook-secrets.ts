import { uuidOf } from './frame/ids.js'
import type { Organisation } from './organisation/model.js'

/** What `/local/deliver` signs webhooks with, and the hub checks them by: worked out from the organisation, as all its ids. */
export function webhookSecrets({ domain }: Pick<Organisation, 'domain'>) {
  const secret = (source: string) => `local-${uuidOf(`${domain}/webhooks/${source}`)}`
  return {
    github: secret('github'),
    pagerduty: secret('pagerduty'),
    azureMonitor: secret('azure-monitor'),
    eventGrid: secret('event-grid'),
    azureDevOps: { user: 'nexus', password: secret('azure-devops') },
    opsgenie: secret('opsgenie'),
    alertmanager: secret('alertmanager'),
  }
}
