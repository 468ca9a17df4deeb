import type { ReadDelivery } from '../skills/kit/delivery.js'
import { readAlertmanager } from './providers/alertmanager/read-alertmanager.js'
import { readAzureDevOps } from './providers/azure-devops/read-azure-devops.js'
import { readAzureMonitor } from './providers/azure/alerts/read-azure-monitor.js'
import { readEventGrid } from './providers/azure/events/read-event-grid.js'
import { readGitHub } from './providers/github/read-github.js'
import { readOpsgenie } from './providers/opsgenie/read-opsgenie.js'
import { readPagerDuty } from './providers/pagerduty/read-pagerduty.js'

/** Who reads what each source of webhooks brings. */
const readers: Record<string, ReadDelivery> = {
  'azure-monitor': readAzureMonitor,
  'event-grid': readEventGrid,
  'azure-devops': readAzureDevOps,
  alertmanager: readAlertmanager,
  github: readGitHub,
  opsgenie: readOpsgenie,
  pagerduty: readPagerDuty,
}

/** Reads a delivery as its vendor means it. */
export const readDelivered: ReadDelivery = (delivery) =>
  (Object.hasOwn(readers, delivery.source) ? readers[delivery.source] : undefined)?.(delivery) ?? {
    state: 'unreadable',
    reason: `Nexus reads nothing from ${delivery.source}.`,
  }
