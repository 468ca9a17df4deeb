import type { Alert } from '../../../../skills/kit/alert.js'
import type { About, Draft, ReadDelivery } from '../../../../skills/kit/delivery.js'
import type { Instant } from '../../../../skills/kit/model.js'
import { aboutDimensions, draftAlert, fingerprintOf } from '../../../draft-alert.js'
import { parseFields } from '../../../fields.js'
import { readActivityLogContext } from './activity-log-context.js'
import { targetName, type AlertContext, type ReadContext } from './alert-context.js'
import { readBudgetContext } from './budget-context.js'
import { plain, readEssentials, type Essentials } from './essentials.js'
import { explainForeignSchema } from './foreign-schema.js'
import { readLogV1Context } from './log-v1-context.js'
import { readLogV2Context } from './log-v2-context.js'
import { readMetricContext } from './metric-context.js'
import { readPrometheusContext } from './prometheus-context.js'
import { readResourceHealthContext } from './resource-health-context.js'
import { readServiceHealthContext } from './service-health-context.js'
import { readSmartDetectionContext } from './smart-detection-context.js'

/** Who reads the context of which monitoring service (alerts-common-schema, "monitoringService"). */
const readers: Record<string, ReadContext> = {
  platform: readMetricContext,
  loganalytics: readLogV1Context,
  applicationinsights: readLogV1Context,
  logalertsv2: readLogV2Context,
  servicehealth: readServiceHealthContext,
  resourcehealth: readResourceHealthContext,
  smartdetector: readSmartDetectionContext,
  prometheus: readPrometheusContext,
  costalerts: readBudgetContext,
  actualcostbudget: readBudgetContext,
  forecastedbudget: readBudgetContext,
}

/** The reader of a service; activity logs have one name for each of their categories. A service that is new is read by its essentials. */
const readerOf = (service: string): ReadContext =>
  (Object.hasOwn(readers, service) ? readers[service] : undefined) ??
  (service.startsWith('activitylog') ? readActivityLogContext : () => ({}))

/** Reads an alert of Azure Monitor in the common alert schema. */
export const readAzureMonitor: ReadDelivery = ({ body, arrived, id }) => {
  const fields = parseFields(body)
  if (!fields) return { state: 'unreadable', reason: 'Its body is not JSON, or no object.' }
  if (plain(fields.text('schemaId')) !== 'azuremonitorcommonalertschema')
    return { state: 'unreadable', reason: explainForeignSchema(fields) }
  const data = fields.object('data')
  const essentials = readEssentials(data.object('essentials'))
  if (!essentials)
    return {
      state: 'unreadable',
      reason: 'Its essentials do not say whether the alert fired or was resolved (monitorCondition).',
    }
  const context = readerOf(essentials.service)(data.object('alertContext'), essentials)
  return { state: 'read', drafts: [draft(essentials, context, { arrived, id })] }
}

function draft(essentials: Essentials, context: AlertContext, came: { arrived: Instant; id: string }): Draft {
  const { rule, targets, items } = essentials
  const name = targetName(essentials)
  const dimensions = context.dimensions ?? {}
  const status = context.status ?? essentials.status
  const told =
    status === 'resolved' ? (essentials.resolved ?? context.at ?? essentials.fired) : (context.at ?? essentials.fired)
  // Azure gives every activity log alert severity 4: what its context says is worth more.
  const severity = context.severity ?? essentials.severity
  const description = context.description ?? essentials.description
  const url = context.url ?? essentials.url
  const alert: Alert = {
    id: context.occurrence ?? essentials.alertId?.toLowerCase() ?? came.id,
    fingerprint: fingerprintOf('azure-monitor', rule, targets[0] ?? name, context.part, JSON.stringify(dimensions)),
    source: 'azure-monitor',
    title: context.title ?? [rule ?? 'An alert', name].filter(Boolean).join(' on '),
    at: told ?? came.arrived,
    status,
    ...(rule && { rule }),
    ...(severity !== undefined && { severity }),
    ...(description && { description }),
    ...((targets[0] ?? name) && { target: { ...(targets[0] && { resourceId: targets[0] }), ...(name && { name }) } }),
    ...(url && { url }),
    ...(context.dimensions && { dimensions }),
    ...(context.observed && Object.keys(context.observed).length > 0 && { observed: context.observed }),
  }
  return draftAlert(alert, aboutOf(alert, targets, [...(context.names ?? []), ...items], context.searched))
}

function aboutOf(alert: Alert, targets: string[], items: string[], searched: true | undefined): About[] {
  const said = aboutDimensions(alert)
  return searched
    ? [said, { resources: targets }, { names: items }]
    : [{ resources: [...said.resources, ...targets], names: said.names }, { names: items }]
}
