import type { Fields } from '../../../fields.js'

/** Azure Monitor's older schemas, by what their bodies name themselves. */
const named: Record<string, string> = {
  azuremonitormetricalert: 'metric alerts',
  'microsoft.insights/activitylogs': 'activity log alerts',
  'microsoft.insights/logalert': 'log alerts',
  'aip budget notification': 'budgets',
}

/** Says of a body that is not in the common alert schema what it is, and what to do. */
export function explainForeignSchema(body: Fields): string {
  const schema = body.text('schemaId')
  const older = schema ? named[schema.toLowerCase()] : unnamed(body)
  const way = 'In the action group, edit the webhook and turn on "Enable the common alert schema".'
  if (older) return `It is in Azure Monitor's older schema of ${older}; Nexus reads the common alert schema. ${way}`
  return schema
    ? `It is in the schema ${schema}, which Nexus does not know. ${way}`
    : `It is no alert of Azure Monitor in the common alert schema. ${way}`
}

/** Bodies of schemas from before they had names. */
function unnamed(body: Fields): string | undefined {
  if (body.has('SearchQuery') && body.has('WorkspaceId')) return 'log alerts'
  if (body.text('operation')?.toLowerCase().startsWith('scale')) return 'autoscale notifications'
  return body.has('status') && body.has('context') ? 'classic alerts' : undefined
}
