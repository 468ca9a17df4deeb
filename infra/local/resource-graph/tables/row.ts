import type { Column, Relation, Value } from '../kusto/types.js'

/** A row of one of Resource Graph's tables, before it is cut to the table's columns. */
export interface TableRow {
  id: string
  name: string
  type: string
  /** Whose scope the row belongs to. */
  subscriptionId: string
  resourceGroup?: string
  location?: string
  kind?: string
  sku?: object
  plan?: object
  identity?: object
  managedBy?: string
  zones?: string[]
  tags?: object
  properties: object
}

const columnTypes = {
  id: 'string',
  name: 'string',
  type: 'string',
  tenantId: 'string',
  kind: 'string',
  location: 'string',
  resourceGroup: 'string',
  subscriptionId: 'string',
  managedBy: 'string',
  sku: 'dynamic',
  plan: 'dynamic',
  properties: 'dynamic',
  tags: 'dynamic',
  identity: 'dynamic',
  zones: 'dynamic',
  extendedLocation: 'dynamic',
  systemData: 'dynamic',
} as const

/** The columns that Resource Graph's tables share, in the order it answers them. */
export const columns: Column[] = Object.entries(columnTypes).map(([name, type]) => ({ name, type }))

/** Rows as a relation; types and groups are lower-case there, whatever case a resource was made with. */
export function tableOf(rows: () => TableRow[], tenantId: string): Relation {
  const cells = (row: TableRow): Record<string, unknown> => ({
    ...row,
    type: row.type.toLowerCase(),
    resourceGroup: row.resourceGroup?.toLowerCase(),
    tenantId,
  })
  const values = (row: TableRow): Value[] => {
    const all = cells(row)
    return columns.map(({ name, type }) => (all[name] as Value | undefined) ?? (type === 'string' ? '' : null))
  }
  return { columns, rows: () => rows().map(values) }
}

/** Subscription and resource group in an id. */
export function placeOf(id: string): { subscriptionId: string; resourceGroup: string } {
  const match = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(id)
  return { subscriptionId: match?.[1] ?? '', resourceGroup: match?.[2] ?? '' }
}
