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
  NEXUS_GITHUB_WEBHOOK_SECRET?: string | undefined
  NEXUS_PAGERDUTY_WEBHOOK_SECRET?: string | undefined
  NEXUS_AZURE_MONITOR_WEBHOOK_CODE?: string | undefined
  NEXUS_AZURE_MONITOR_WEBHOOK_APP?: string | undefined
  NEXUS_EVENT_GRID_WEBHOOK_CODE?: string | undefined
  NEXUS_AZURE_DEVOPS_WEBHOOK_USER?: string | undefined
  NEXUS_AZURE_DEVOPS_WEBHOOK_PASSWORD?: string | undefined
  NEXUS_OPSGENIE_WEBHOOK_TOKEN?: string | undefined
  NEXUS_ALERTMANAGER_WEBHOOK_TOKEN?: string | undefined
}

/** The sources that have a secret; the others are not heard. */
export function webhookSources(
  settings: WebhookSettings,
  entra: Omit<EntraCallerRules, 'app'>,
  fetch: typeof globalThis.fetch,
): WebhookSource[] {
  const {
    NEXUS_GITHUB_WEBHOOK_SECRET: github,
    NEXUS_PAGERDUTY_WEBHOOK_SECRET: pagerduty,
    NEXUS_AZURE_MONITOR_WEBHOOK_CODE: code,
    NEXUS_AZURE_MONITOR_WEBHOOK_APP: app,
    NEXUS_EVENT_GRID_WEBHOOK_CODE: grid,
    NEXUS_AZURE_DEVOPS_WEBHOOK_USER: user,
    NEXUS_AZURE_DEVOPS_WEBHOOK_PASSWORD: password,
    NEXUS_OPSGENIE_WEBHOOK_TOKEN: genie,
    NEXUS_ALERTMANAGER_WEBHOOK_TOKEN: manager,
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
