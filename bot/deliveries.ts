import type { Delivery, Moved, ReadDelivery, ReadMoved } from '../skills/kit/delivery.js'
import { readAlertmanager } from './providers/alertmanager/read-alertmanager.js'
import { readAzureDevOps } from './providers/azure-devops/read-azure-devops.js'
import { whatMoved as movedInAzureDevOps } from './providers/azure-devops/what-moved.js'
import { readAzureMonitor } from './providers/azure/alerts/read-azure-monitor.js'
import { readEventGrid } from './providers/azure/events/read-event-grid.js'
import { apiManagementName } from './providers/azure/api-management/api-management-source.js'
import { whatMoved as movedInAzure } from './providers/azure/events/what-moved.js'
import { whatMovedInApiManagement } from './providers/azure/events/what-moved-in-api-management.js'
import { readGitHub } from './providers/github/read-github.js'
import { whatMoved as movedInGitHub } from './providers/github/what-moved.js'
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

/** Who says what of the catalog a delivery moved, and whose source that is. */
const movers: Record<string, { source: string; read(body: unknown, delivery: Delivery): Omit<Moved, 'source'> }[]> = {
  'event-grid': [
    { source: 'azure', read: movedInAzure },
    { source: apiManagementName, read: whatMovedInApiManagement },
  ],
  'azure-devops': [{ source: 'azure-devops', read: movedInAzureDevOps }],
  github: [{ source: 'github', read: (body, { headers }) => movedInGitHub(headers['x-github-event'] ?? '', body) }],
}

/** What of the catalog a delivery moved, as its vendor means it. */
export const movedByDelivered: ReadMoved = (delivery) => {
  const some = Object.hasOwn(movers, delivery.source) ? movers[delivery.source]! : []
  const body = some.length ? jsonIn(delivery.body) : undefined
  if (body === undefined) return undefined
  // An event is of one source at most: each knows its own by their types.
  return some
    .map(({ source, read }): Moved => ({ ...read(body, delivery), source }))
    .find(({ reread, sweep }) => reread.length || sweep !== undefined)
}

/** The body as JSON; undefined where it is none, which its reader says. */
function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}
