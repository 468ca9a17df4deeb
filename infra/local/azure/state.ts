import type { Json } from './json.js'

/** A resource as Azure Resource Manager gives it. */
export interface ArmResource {
  id: string
  name: string
  type: string
  location?: string
  kind?: string
  sku?: Json
  plan?: Json
  identity?: Json
  managedBy?: string
  zones?: string[]
  tags?: Record<string, string>
  etag?: string
  properties: Json
}

/** A resource with what its provider knows and shows only when asked: settings, keys, power. */
export interface StoredResource {
  resource: ArmResource
  hidden: Json
  /** Resource Health's state. */
  health: HealthState
  /** Made at, changed at: ISO 8601. */
  created: string
  changed: string
}

export interface HealthState {
  availabilityState: string
  summary: string
  reasonType: string
  occurredTime: string
}

export interface ResourceGroup {
  id: string
  name: string
  location: string
  tags: Record<string, string>
}

/** Who asked for a write, as change records and the Activity Log name them. */
export interface Caller {
  objectId: string
  application: string
  /** Mail address of a person, application id of an application. */
  name: string
  kind: 'User' | 'Application'
  correlation: string
  /** The client's own id of its request. */
  request?: string
  /** What the client calls itself, from its user agent. */
  client: string
}

/** One difference between two states of a resource. */
export interface PropertyChange {
  propertyChangeType: 'Insert' | 'Update' | 'Remove'
  previousValue: string | null
  newValue: string | null
}

/** A record of the ResourceChanges or ResourceContainerChanges table. */
export interface ChangeRecord {
  id: string
  targetId: string
  targetType: string
  changeType: 'Create' | 'Update' | 'Delete'
  at: string
  by: string
  byKind: 'User' | 'Application' | 'System'
  client: string
  operation: string
  correlation: string
  changes: Record<string, PropertyChange>
}

/** An event of the Activity Log. */
export interface ActivityEvent {
  id: string
  at: string
  resourceId: string
  /** `Microsoft.Compute/virtualMachines/restart/action`. */
  operation: string
  status: 'Started' | 'Accepted' | 'Succeeded' | 'Failed'
  statusCode: string
  caller: Caller
  message?: string
}

/** A long-running operation, complete enough to go on after a restart. */
export interface Operation {
  id: string
  resourceId: string
  /** What is done when its time is over; a name, so that it survives a restart. */
  work: 'write' | 'delete' | 'action' | 'delete-group' | 'move' | 'deploy' | 'what-if'
  /** The method of a write, the name of an action. */
  action: string
  type: string
  operation: string
  style: 'operation' | 'location' | 'state'
  subscription: string
  location: string
  started: string
  ends: string
  status: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled'
  caller: Caller
  body: Json
  query: Record<string, string>
  /** It was decided at its start that it will fail. */
  fails: boolean
  /** Properties to go back to when it fails. */
  before?: ArmResource
  error?: { code: string; message: string }
  output?: unknown
}

/** An alert of Azure Monitor's alert management. */
export interface Alert {
  id: string
  subscription: string
  name: string
  severity: string
  state: 'New' | 'Acknowledged' | 'Closed'
  condition: 'Fired' | 'Resolved'
  target: string
  rule: string
  started: string
  modified: string
  resolved?: string
}

/** Everything the local Azure remembers; resources and groups by lower-case id. */
export interface AzureState {
  resources: Record<string, StoredResource>
  groups: Record<string, ResourceGroup>
  operations: Record<string, Operation>
  changes: ChangeRecord[]
  containerChanges: ChangeRecord[]
  activity: ActivityEvent[]
  alerts: Alert[]
  /** Subscriptions that are closed to callers, by lower-case id: deleted ones are not found, forbidden ones refused. */
  closed?: Record<string, 'deleted' | 'forbidden'>
  /** Generated resources that were removed, by lower-case id. */
  removed?: Record<string, true>
}
