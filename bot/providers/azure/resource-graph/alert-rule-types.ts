/** Types of resources that are rules of alerts: in the catalog they are of that kind, and no resources beside it. */
const types = new Set([
  'microsoft.insights/metricalerts',
  'microsoft.insights/scheduledqueryrules',
  'microsoft.insights/activitylogalerts',
  'microsoft.alertsmanagement/smartdetectoralertrules',
  'microsoft.alertsmanagement/prometheusrulegroups',
])

export const isAlertRule = (type: string): boolean => types.has(type.toLowerCase())
