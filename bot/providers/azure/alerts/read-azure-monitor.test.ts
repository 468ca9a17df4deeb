import { expect, test } from '@jest/globals'
import type { Alert } from '../../../../skills/kit/alert.js'
import type { Draft } from '../../../../skills/kit/delivery.js'
import { readAzureMonitor } from './read-azure-monitor.js'

const arrived = '2026-11-21T09:00:00.000Z'
const target =
  '/subscriptions/5b1c7b8e-0000-4000-8000-000000000001/resourcegroups/rg-Shop/providers/microsoft.web/sites/Checkout'
const essentials = {
  alertId: '/subscriptions/5B1C/providers/Microsoft.AlertsManagement/alerts/A1',
  alertRule: 'checkout-5xx',
  severity: 'Sev1',
  signalType: 'Metric',
  monitorCondition: 'Fired',
  monitoringService: 'Platform',
  alertTargetIDs: [target],
  configurationItems: ['Checkout'],
  originAlertId: 'o-1',
  firedDateTime: '2026-11-21T08:59:30.1234567Z',
  description: 'Customers cannot pay.',
}
const metric = {
  conditionType: 'SingleResourceMultipleMetricCriteria',
  condition: {
    allOf: [
      {
        metricName: 'Http5xx',
        operator: 'GreaterThan',
        threshold: '10',
        dimensions: [{ name: 'Instance', value: 'web-1' }],
        metricValue: 42,
      },
    ],
  },
}

const read = (more: object, alertContext: unknown = metric) =>
  readAzureMonitor({
    source: 'azure-monitor',
    id: 'digest',
    arrived,
    headers: {},
    body: JSON.stringify({
      schemaId: 'azureMonitorCommonAlertSchema',
      data: { essentials: { ...essentials, ...more }, alertContext },
    }),
  })

function draftOf(more: object, context?: unknown): Draft {
  const reading = read(more, context)
  if (reading.state !== 'read') throw new Error(reading.reason)
  expect(reading.drafts).toHaveLength(1)
  return reading.drafts[0]!
}
const alertOf = (more: object, context?: unknown) => draftOf(more, context).data as unknown as Alert

test('a metric alert in full', () => {
  expect(draftOf({})).toEqual({
    type: 'alert.fired',
    at: '2026-11-21T08:59:30.123Z',
    thread: '/subscriptions/5b1c/providers/microsoft.alertsmanagement/alerts/a1',
    about: [{ resources: [target], names: ['web-1'] }, { names: ['Checkout'] }],
    data: {
      id: '/subscriptions/5b1c/providers/microsoft.alertsmanagement/alerts/a1',
      fingerprint: expect.stringMatching(/^[\w-]{24}$/),
      source: 'azure-monitor',
      rule: 'checkout-5xx',
      severity: 1,
      title: 'Http5xx above 10 on Checkout',
      description: 'Customers cannot pay.',
      target: { resourceId: target, name: 'Checkout' },
      at: '2026-11-21T08:59:30.123Z',
      status: 'fired',
      dimensions: { Instance: 'web-1' },
      observed: { metric: 'Http5xx', operator: 'GreaterThan', threshold: '10', value: '42' },
    },
  })
})

test('its end is the same occurrence, in whatever case its ids are, at the time it was resolved', () => {
  const end = alertOf({
    monitorCondition: 'Resolved',
    alertId: essentials.alertId.toUpperCase(),
    alertTargetIDs: [target.toUpperCase()],
    resolvedDateTime: '2026-11-21T09:10:00Z',
  })
  const begin = alertOf({})
  expect([end.id, end.fingerprint, end.status, end.at]).toEqual([
    begin.id,
    begin.fingerprint,
    'resolved',
    '2026-11-21T09:10:00.000Z',
  ])
})

test('another instance of the same rule is another fingerprint; another firing of it is not', () => {
  const other = structuredClone(metric)
  other.condition.allOf[0]!.dimensions[0]!.value = 'web-2'
  expect(alertOf({}, other).fingerprint).not.toBe(alertOf({}).fingerprint)
  expect(alertOf({ alertId: 'another' }).fingerprint).toBe(alertOf({}).fingerprint)
})

test('a dynamic threshold that goes both ways is told without its number', () => {
  const dynamic = structuredClone(metric)
  Object.assign(dynamic.condition.allOf[0]!, { operator: 'GreaterOrLessThan', alertSensitivity: 'High' })
  expect(alertOf({}, dynamic).title).toBe('Http5xx outside its usual range on Checkout')
})

test('a log alert of version 1 has American dates and its dimensions tell what it is about', () => {
  const context = {
    SearchQuery: 'exceptions | summarize count() by cloud_RoleName',
    SearchIntervalEndtimeUtc: '11/21/2026 1:36:31 PM',
    ResultCount: 12,
    Operator: 'Greater Than',
    Threshold: 5,
    LinkToFilteredSearchResultsUI: 'https://portal.azure.com/#view/logs',
    AffectedConfigurationItems: ['orders-api'],
    Dimensions: [{ name: 'cloud_RoleName', value: 'orders' }],
  }
  const draft = draftOf({ monitoringService: 'Application Insights', firedDateTime: null }, context)
  expect(draft.about).toEqual([
    { resources: [], names: ['orders'] },
    { resources: [target] },
    { names: ['orders-api', 'Checkout'] },
  ])
  expect(draft.data).toMatchObject({
    title: 'checkout-5xx: above 5 on orders-api',
    at: '2026-11-21T13:36:31.000Z',
    url: 'https://portal.azure.com/#view/logs',
    observed: { value: '12' },
  })
})

test('a log alert of version 2: a resource among its dimensions is what it is about', () => {
  const context = {
    condition: {
      allOf: [
        {
          ...metric.condition.allOf[0],
          dimensions: [{ name: '_ResourceId', value: target }],
          linkToFilteredSearchResultsUI: 'javascript:alert(1)',
        },
      ],
    },
  }
  const draft = draftOf(
    { monitoringService: 'Log Alerts V2', alertTargetIDs: ['/subscriptions/5b1c/workspaces/w'] },
    context,
  )
  expect(draft.about[0]).toEqual({ resources: [target], names: [] })
  expect((draft.data as unknown as Alert).url).toBeUndefined()
})

test('an activity log alert says what was done, and by whom', () => {
  const context = {
    authorization: { scope: target },
    caller: 'sam@contoso.example',
    eventTimestamp: '2026-11-21T08:58:00.2917159+00:00',
    operationName: 'Microsoft.Web/sites/restart/action',
    status: 'Succeeded',
  }
  expect(
    alertOf({ monitoringService: 'Activity Log - Administrative', signalType: 'ActivityLog' }, context),
  ).toMatchObject({
    title: 'Microsoft.Web/sites/restart/action succeeded on Checkout',
    description: 'Customers cannot pay. Done by sam@contoso.example.',
    at: '2026-11-21T08:58:00.291Z',
  })
})

const trouble = {
  trackingId: 'ABC1-23D',
  incidentType: 'Incident',
  title: 'Storage in West Europe',
  communication: '<p>We are <b>looking</b> into it.</p>',
  stage: 'Active',
}
const impacted = [
  { ServiceName: 'Storage', ImpactedRegions: [{ RegionName: 'West Europe' }, { RegionName: 'Global' }] },
]

test.each([
  ['a list', impacted],
  ['a text', JSON.stringify(impacted)],
])('service health, with impacted services as %s and no configuration items', (_what, impactedServices) => {
  const alert = alertOf(
    {
      monitoringService: 'ServiceHealth',
      configurationItems: undefined,
      severity: 'Sev4',
      alertTargetIDs: ['/subscriptions/5b1c'],
    },
    { eventTimestamp: '2026-11-21T08:50:00Z', properties: { ...trouble, impactedServices } },
  )
  expect(alert).toMatchObject({
    id: 'service-health/ABC1-23D',
    status: 'fired',
    severity: 1,
    title: 'Storage in West Europe',
    description: 'We are looking into it.',
    dimensions: { services: 'Storage (West Europe, Global)' },
  })
})

test("service health's end is told as fired too; its stage says that it is over", () => {
  const draft = draftOf(
    { monitoringService: 'ServiceHealth', alertId: 'another' },
    { properties: { ...trouble, stage: 'Resolved' } },
  )
  expect([draft.type, draft.thread]).toEqual(['alert.resolved', 'service-health/ABC1-23D'])
})

test.each(['Resource Health', 'ResourceHealth'])(
  '%s: unwell fires, well again resolves the same, both "fired" by Azure',
  (monitoringService) => {
    const say = (currentHealthStatus: string, alertId: string) =>
      alertOf(
        { monitoringService, alertId, severity: 'Sev4' },
        { status: 'Active', properties: { currentHealthStatus, title: 'Rebooted by user' } },
      )
    const [unwell, well] = [say('Unavailable', 'one'), say('Available', 'two')]
    expect([unwell.status, unwell.severity, unwell.title]).toEqual([
      'fired',
      1,
      'Checkout is unavailable: Rebooted by user',
    ])
    expect([well.status, well.title]).toEqual(['resolved', 'Checkout is available'])
    expect([well.id, well.fingerprint]).toEqual([unwell.id, unwell.fingerprint])
  },
)

test('smart detection and Prometheus say it in their own words', () => {
  const detected = {
    DetectionSummary: 'An abnormal rise in failed requests',
    FormattedNormalFailureRate: '0.1 %',
    FormattedDetectedFailureRate: '40 %',
  }
  expect(alertOf({ monitoringService: 'SmartDetector' }, detected)).toMatchObject({
    title: 'An abnormal rise in failed requests on Checkout',
    observed: { threshold: '0.1 %', value: '40 %' },
  })
  const rule = {
    expression: 'up == 0',
    expressionValue: '0',
    labels: { service: 'orders', cluster: 'aks-1' },
    annotations: { summary: 'orders is down' },
  }
  const draft = draftOf({ monitoringService: 'Prometheus' }, rule)
  expect(draft.data).toMatchObject({ title: 'orders is down', observed: { metric: 'up == 0', value: '0' } })
  expect(draft.about[0]).toEqual({ resources: [target], names: ['orders', 'aks-1'] })
})

test('a budget has no severity, rule or target', () => {
  const nothing = {
    alertRule: null,
    severity: null,
    signalType: null,
    alertTargetIDs: null,
    originAlertId: null,
    configurationItems: ['budgets'],
  }
  const data = {
    BudgetName: 'shop',
    ThresholdType: 'Forecasted',
    NotificationThresholdAmount: '$50.00',
    SpentAmount: '$9.99',
    ForecastedTotalForPeriod: '$111.11',
  }
  const alert = alertOf({ ...nothing, monitoringService: 'CostAlerts' }, { AlertCategory: 'budgets', AlertData: data })
  expect(alert).toMatchObject({
    title: 'Budget shop is expected to pass $50.00',
    observed: { metric: 'Expected cost', threshold: '$50.00', value: '$111.11' },
  })
  expect([alert.severity, alert.rule, alert.target?.resourceId]).toEqual([undefined, undefined, undefined])
})

test('a monitoring service that is new, and a context that is none, are read by the essentials', () => {
  for (const context of [null, [], 'x', { condition: null }])
    for (const monitoringService of ['Quantum Alerts', 'Platform', 'Log Alerts V2', 'ServiceHealth', null])
      expect(alertOf({ monitoringService }, context)).toMatchObject({
        title: 'checkout-5xx on Checkout',
        status: 'fired',
      })
})

test.each<[string, object | string, RegExp]>([
  ['no JSON', '{', /not JSON/],
  ['a list', '[]', /not JSON, or no object/],
  [
    'older metric alerts',
    { schemaId: 'AzureMonitorMetricAlert', data: {} },
    /older schema of metric alerts.*Enable the common alert schema/,
  ],
  ['older activity log alerts', { schemaId: 'Microsoft.Insights/activityLogs', data: {} }, /activity log alerts/],
  ['older log alerts', { WorkspaceId: 'w', SearchQuery: 'q' }, /log alerts.*Enable/],
  ['classic alerts', { status: 'Activated', context: {} }, /classic alerts.*Enable/],
  ['another schema', { schemaId: 'Fabrikam/1' }, /schema Fabrikam\/1/],
  ['something else', { hello: 1 }, /no alert of Azure Monitor/],
  ['no essentials', { schemaId: 'azureMonitorCommonAlertSchema', data: null }, /monitorCondition/],
])('%s is unreadable, with a reason that says what to do', (_what, body, reason) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const reading = readAzureMonitor({ source: 'azure-monitor', id: 'd', arrived, headers: {}, body: text })
  expect(reading).toEqual({ state: 'unreadable', reason: expect.stringMatching(reason) })
})
