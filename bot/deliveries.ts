import type { ReadDelivery, ReadMoved } from '../skills/kit/delivery.js'
import { readAlertmanager } from './providers/alertmanager/read-alertmanager.js'
import { readAzureDevOps } from './providers/azure-devops/read-azure-devops.js'
import { readAzureMonitor } from './providers/azure/alerts/read-azure-monitor.js'
import { readEventGrid } from './providers/azure/events/read-event-grid.js'
import { movedInEventGrid } from './providers/azure/events/moved-resources.js'
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

/** Who says what of the catalog a delivery moved. */
const movers: Record<string, ReadMoved> = {
  'event-grid': movedInEventGrid,
}

/** What of the catalog a delivery moved, as its vendor means it. */
export const movedByDelivered: ReadMoved = (delivery) =>
  (Object.hasOwn(movers, delivery.source) ? movers[delivery.source] : undefined)?.(delivery)
