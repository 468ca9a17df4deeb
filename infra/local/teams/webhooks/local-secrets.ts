import { uuidOf } from '../../frame/ids.js'
import type { Organisation } from '../../organisation/model.js'
import type { WebhookSecrets } from '../options.js'

/** What the local vendors prove their webhooks with; facts of the local tenant, not secrets of anybody's. */
export function localWebhookSecrets(org: Pick<Organisation, 'domain'>) {
  const own = (source: string) => `local-${uuidOf(`${org.domain}/webhook/${source}`)}`
  return {
    github: own('github'),
    pagerduty: own('pagerduty'),
    azureMonitor: own('azure-monitor'),
    eventGrid: own('event-grid'),
    azureDevOps: { user: 'service-hooks', password: own('azure-devops') },
    opsgenie: own('opsgenie'),
    alertmanager: own('alertmanager'),
  } satisfies WebhookSecrets
}
