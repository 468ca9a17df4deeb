import type { Organisation, Resource } from '../organisation/model.js'
import type { StoryAlert } from './story.js'

/** One alert of Azure Monitor, from when it fired to when it was resolved. */
export interface Occurrence {
  /** The alert's GUID, new with every firing. */
  id: string
  alert: StoryAlert
  resource: Resource
  fired: Date
  resolved?: Date
}

type Fields = Record<string, unknown>

/**
 * The body that an action group sends in the common alert schema.
 * Source: learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema; ids there are in lower case below the subscription.
 */
export function alertBody(occurrence: Occurrence, org: Pick<Organisation, 'tenant'>): Fields {
  const { id, alert, resource, fired, resolved } = occurrence
  const { signalType, monitoringService, context } = contextOf(occurrence, org)
  const subscription = `/subscriptions/${resource.subscriptionId}`
  const alertId = `${subscription}/providers/Microsoft.AlertsManagement/alerts/${id}`
  return {
    schemaId: 'azureMonitorCommonAlertSchema',
    data: {
      essentials: {
        alertId,
        alertRule: alert.rule,
        targetResourceType: resource.type.toLowerCase(),
        alertRuleID: ruleId(alert, resource),
        severity: alert.severity,
        signalType,
        monitorCondition: resolved ? 'Resolved' : 'Fired',
        targetResourceGroup: resource.resourceGroup.toLowerCase(),
        monitoringService,
        alertTargetIDs: [resource.id.toLowerCase()],
        configurationItems: [resource.name],
        originAlertId: `${id}_${resource.resourceGroup}_${alert.rule}`,
        firedDateTime: fired.toISOString(),
        ...(resolved && { resolvedDateTime: resolved.toISOString() }),
        description: alert.description ?? '',
        investigationLink: `https://portal.azure.com/#view/Microsoft_Azure_Monitoring_Alerts/Issue.ReactView/alertId/${encodeURIComponent(alertId)}`,
        essentialsVersion: '1.0',
        alertContextVersion: '1.0',
      },
      alertContext: context,
    },
  }
}

/** ARM id of an alert's rule. */
export function ruleId({ kind, rule }: StoryAlert, { subscriptionId, resourceGroup }: Resource): string {
  const types = {
    metric: 'microsoft.insights/metricAlerts',
    dynamic: 'microsoft.insights/metricAlerts',
    availability: 'microsoft.insights/metricAlerts',
    log: 'microsoft.insights/scheduledQueryRules',
    health: 'microsoft.insights/activityLogAlerts',
    prometheus: 'Microsoft.AlertsManagement/prometheusRuleGroups',
  }
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${types[kind]}/${rule}`
}

interface Context {
  signalType: 'Metric' | 'Log' | 'Activity Log'
  monitoringService: string
  context: Fields
}

function contextOf(occurrence: Occurrence, org: Pick<Organisation, 'tenant'>): Context {
  const { alert } = occurrence
  switch (alert.kind) {
    case 'metric':
    case 'dynamic':
      return { signalType: 'Metric', monitoringService: 'Platform', context: metricContext(occurrence, alert) }
    case 'availability':
      return { signalType: 'Metric', monitoringService: 'Platform', context: availabilityContext(occurrence, alert) }
    case 'log':
      return { signalType: 'Log', monitoringService: 'Log Alerts V2', context: logContext(occurrence, alert, org) }
    case 'health':
      return {
        signalType: 'Activity Log',
        monitoringService: 'Resource Health',
        context: healthContext(occurrence, alert),
      }
    case 'prometheus':
      return { signalType: 'Metric', monitoringService: 'Prometheus', context: prometheusContext(occurrence, alert) }
  }
}

type Of<K extends StoryAlert['kind']> = Extract<StoryAlert, { kind: K }>

const namesAndValues = (dimensions: Record<string, string>) =>
  Object.entries(dimensions).map(([name, value]) => ({ name, value }))

function metricContext({ resource, fired, resolved }: Occurrence, alert: Of<'metric' | 'dynamic'>): Fields {
  const criterion = {
    metricName: alert.metric,
    metricNamespace: alert.namespace ?? resource.type,
    operator: alert.operator,
    threshold: String(alert.threshold),
    timeAggregation: alert.aggregation,
    dimensions: namesAndValues(alert.dimensions),
    metricValue: resolved ? calm(alert) : alert.value,
    webTestName: null,
  }
  const learnt = {
    alertSensitivity: alert.kind === 'dynamic' ? alert.sensitivity : '',
    failingPeriods: { numberOfEvaluationPeriods: 4, minFailingPeriodsToAlert: 4 },
    ignoreDataBefore: null,
  }
  return {
    properties: null,
    conditionType: alert.kind === 'dynamic' ? 'DynamicThresholdCriteria' : 'SingleResourceMultipleMetricCriteria',
    condition: {
      windowSize: alert.window,
      allOf: [alert.kind === 'dynamic' ? { ...learnt, ...criterion } : criterion],
      ...windowOf(resolved ?? fired, alert.window),
    },
  }
}

/** What is measured when it is over: well on the right side of the threshold. */
const calm = ({ operator, threshold, value }: Of<'metric' | 'dynamic'>): number =>
  operator.startsWith('Greater') ? Math.round(threshold * 20) / 100 : Math.max(threshold, threshold * 2 - value)

function availabilityContext({ fired, resolved }: Occurrence, alert: Of<'availability'>): Fields {
  return {
    properties: null,
    conditionType: 'WebtestLocationAvailabilityCriteria',
    condition: {
      windowSize: 'PT5M',
      allOf: [
        {
          metricName: 'Failed Location',
          metricNamespace: null,
          operator: 'GreaterThan',
          threshold: String(alert.threshold),
          timeAggregation: 'Sum',
          dimensions: [],
          metricValue: resolved ? 0 : alert.value,
          webTestName: alert.test,
        },
      ],
      ...windowOf(resolved ?? fired, 'PT5M'),
    },
  }
}

function logContext(
  { resource, fired, resolved }: Occurrence,
  alert: Of<'log'>,
  { tenant }: { tenant: string },
): Fields {
  const link = `https://portal.azure.com#@${tenant}/blade/Microsoft_Azure_Monitoring_Logs/LogsBlade/resourceId/${encodeURIComponent(resource.id)}`
  return {
    properties: {},
    conditionType: 'LogQueryCriteria',
    condition: {
      windowSize: alert.window,
      allOf: [
        {
          searchQuery: alert.query,
          metricMeasureColumn: null,
          targetResourceTypes: `['${resource.type}']`,
          operator: 'GreaterThan',
          threshold: String(alert.threshold),
          timeAggregation: 'Count',
          dimensions: namesAndValues(alert.dimensions),
          metricValue: resolved ? 0 : alert.value,
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
          linkToSearchResultsUI: link,
          linkToFilteredSearchResultsUI: link,
        },
      ],
      ...windowOf(resolved ?? fired, alert.window),
    },
  }
}

/** Resource health is told by two events of the activity log: that something is unwell, and that it is well again. */
function healthContext({ id, fired, resolved }: Occurrence, alert: Of<'health'>): Fields {
  const [current, previous] = resolved ? ['Available', alert.state] : [alert.state, 'Available']
  const at = (resolved ?? fired).toISOString()
  return {
    channels: 'Admin, Operation',
    correlationId: id,
    eventSource: 'ResourceHealth',
    eventTimestamp: at,
    eventDataId: id,
    level: resolved ? 'Informational' : 'Critical',
    operationName: `Microsoft.Resourcehealth/healthevent/${resolved ? 'Resolved' : 'Activated'}/action`,
    operationId: id,
    properties: {
      title: alert.title,
      details: null,
      currentHealthStatus: current,
      previousHealthStatus: previous,
      type: 'Downtime',
      cause: 'PlatformInitiated',
    },
    status: resolved ? 'Resolved' : 'Active',
    submissionTimestamp: at,
    'Activity Log Event Description': null,
  }
}

function prometheusContext({ resource }: Occurrence, alert: Of<'prometheus'>): Fields {
  return {
    interval: 'PT1M',
    expression: alert.expression,
    expressionValue: String(alert.value),
    for: 'PT2M',
    labels: { alertname: alert.rule, cluster: resource.name, ...alert.labels },
    annotations: { summary: alert.summary, description: alert.description ?? '' },
    ruleGroup: ruleId(alert, resource),
  }
}

const units: Record<string, number> = { S: 1_000, M: 60_000, H: 3_600_000 }

function windowOf(end: Date, window: string): { windowStartTime: string; windowEndTime: string } {
  const [, count = '5', unit = 'M'] = /^PT(\d+)([SMH])$/.exec(window) ?? []
  const start = new Date(end.getTime() - Number(count) * units[unit]!)
  return { windowStartTime: start.toISOString(), windowEndTime: end.toISOString() }
}
