import { alertmanager } from './alertmanager.js'
import { azureDevOps } from './azure-devops.js'
import { azureMonitor } from './azure-monitor.js'
import { createEntraCaller, type EntraCallerRules } from './entra-caller.js'
import { eventGrid } from './event-grid.js'
import { gitHub } from './github.js'
import { opsgenie } from './opsgenie.js'
import { pagerDuty } from './pagerduty.js'
import type { WebhookSource } from './webhook-source.js'

/** What the vendors prove themselves with, by the names that the hub's settings have. */
export interface WebhookSettings {
  NEXUS_WEBHOOK_GITHUB_SECRET?: string | undefined
  NEXUS_WEBHOOK_PAGERDUTY_SECRET?: string | undefined
  NEXUS_WEBHOOK_AZURE_MONITOR_CODE?: string | undefined
  NEXUS_WEBHOOK_AZURE_MONITOR_APP?: string | undefined
  NEXUS_WEBHOOK_EVENT_GRID_CODE?: string | undefined
  NEXUS_WEBHOOK_AZURE_DEVOPS_USER?: string | undefined
  NEXUS_WEBHOOK_AZURE_DEVOPS_PASSWORD?: string | undefined
  NEXUS_WEBHOOK_OPSGENIE_TOKEN?: string | undefined
  NEXUS_WEBHOOK_ALERTMANAGER_TOKEN?: string | undefined
}

/** The sources that have a secret; the others are not heard. */
export function webhookSources(
  settings: WebhookSettings,
  entra: Omit<EntraCallerRules, 'app'>,
  fetch: typeof globalThis.fetch,
): WebhookSource[] {
  const {
    NEXUS_WEBHOOK_GITHUB_SECRET: github,
    NEXUS_WEBHOOK_PAGERDUTY_SECRET: pagerduty,
    NEXUS_WEBHOOK_AZURE_MONITOR_CODE: code,
    NEXUS_WEBHOOK_AZURE_MONITOR_APP: app,
    NEXUS_WEBHOOK_EVENT_GRID_CODE: grid,
    NEXUS_WEBHOOK_AZURE_DEVOPS_USER: user,
    NEXUS_WEBHOOK_AZURE_DEVOPS_PASSWORD: password,
    NEXUS_WEBHOOK_OPSGENIE_TOKEN: genie,
    NEXUS_WEBHOOK_ALERTMANAGER_TOKEN: manager,
  } = settings
  return [
    ...(code || app
      ? [azureMonitor({ ...(code && { code }), ...(app && { token: createEntraCaller({ ...entra, app }, fetch) }) })]
      : []),
    ...(grid ? [eventGrid(grid)] : []),
    ...(pagerduty ? [pagerDuty(pagerduty)] : []),
    ...(github ? [gitHub(github)] : []),
    ...(user && password ? [azureDevOps({ user, password })] : []),
    ...(genie ? [opsgenie(genie)] : []),
    ...(manager ? [alertmanager(manager)] : []),
  ]
}
