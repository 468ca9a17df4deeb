import { randomUUID } from 'node:crypto'
import type { Services } from '../frame/services.js'
import type { State } from '../frame/state.js'
import { changesBetween } from './changes.js'
import { generateResources } from './generate-resources.js'
import { extendedView } from './power.js'
import { seedAzure } from './seed.js'
import type {
  ActivityEvent,
  AzureState,
  Caller,
  ChangeRecord,
  HealthState,
  ResourceGroup,
  StoredResource,
} from './state.js'

/** Days that Resource Graph keeps changes, and the Activity Log its events. */
const changeDays = 14
const activityDays = 90
const day = 86_400_000

/** What the platform itself changes, without anybody asking. */
export const system: Caller = {
  objectId: '',
  application: '',
  name: 'System',
  kind: 'Application',
  correlation: '00000000-0000-0000-0000-000000000000',
  client: 'Unspecified',
}

/**
 * The resources of the organisation and what happened to them, shared by Resource Manager and Resource Graph. Every write
 * goes through `write`, `add` or `remove`, which keep the change records.
 */
export class AzureStore {
  readonly #state: State<AzureState>
  /** Resources that were asked for beside the organisation's; one that is written to becomes a part of the state. */
  readonly #generated: Map<string, StoredResource>
  #version = 0
  #hear: ((change: ChangeRecord, stored: StoredResource | undefined) => void) | undefined

  constructor(readonly services: Services) {
    this.#state = services.open('azure', () => seedAzure(services.org, services.clock.now()))
    this.#generated = this.#generate()
  }

  #generate(): Map<string, StoredResource> {
    const { org, generatedResources = 0 } = this.services
    if (!generatedResources) return new Map()
    const { resources, groups } = generateResources(org, generatedResources)
    const { removed = {}, resources: own } = this.state
    for (const group of groups) this.state.groups[group.id.toLowerCase()] ??= group
    const keyed = resources.map((stored) => [stored.resource.id.toLowerCase(), stored] as const)
    return new Map(keyed.filter(([key]) => !removed[key] && !own[key]))
  }

  /** A number that grows with each change of the state. */
  get version(): number {
    return this.#version
  }

  /** Tells of every change of a resource from now on, with the resource as it is then; undefined where it is gone. */
  hear(told: (change: ChangeRecord, stored: StoredResource | undefined) => void): void {
    this.#hear = told
  }

  /** Why a subscription of the organisation cannot be read; undefined where it can. */
  closed(subscription: string): 'deleted' | 'forbidden' | undefined {
    return this.state.closed?.[subscription.toLowerCase()]
  }

  get state(): AzureState {
    return this.#state.value
  }

  now(): Date {
    return this.services.clock.now()
  }

  /** Notes that the state was changed other than by the methods below. */
  changed(): void {
    this.#version++
    this.#state.changed()
  }

  find(id: string): StoredResource | undefined {
    const key = id.toLowerCase()
    return this.state.resources[key] ?? this.#generated.get(key)
  }

  /** Makes a generated resource that is changed a part of what is kept. */
  #keep({ resource }: StoredResource): void {
    const key = resource.id.toLowerCase()
    const generated = this.#generated.get(key)
    if (!generated || !this.#generated.delete(key)) return
    this.state.resources[key] = generated
  }

  /** The resources below an id (a group, a subscription, a parent), that one left out. */
  below(id: string): StoredResource[] {
    const prefix = `${id.toLowerCase()}/`
    return [...Object.entries(this.state.resources), ...this.#generated].flatMap(([key, stored]) =>
      key.startsWith(prefix) ? [stored] : [],
    )
  }

  all(): StoredResource[] {
    return [...Object.values(this.state.resources), ...this.#generated.values()]
  }

  group(subscription: string, name: string): ResourceGroup | undefined {
    return this.state.groups[`/subscriptions/${subscription}/resourcegroups/${name}`.toLowerCase()]
  }

  /** Changes a resource in place and records what differs. */
  write(stored: StoredResource, caller: Caller, operation: string, change: () => void): void {
    this.#keep(stored)
    const before = structuredClone(extendedView(stored))
    change()
    stored.resource.etag = randomUUID()
    stored.changed = this.now().toISOString()
    this.#record('Update', stored, caller, operation, changesBetween(before, extendedView(stored)))
    this.changed()
  }

  /** Adds a resource; one of the same id is replaced. */
  add(stored: StoredResource, caller: Caller, operation: string): void {
    stored.resource.etag ??= randomUUID()
    this.state.resources[stored.resource.id.toLowerCase()] = stored
    this.#record('Create', stored, caller, operation, {})
    this.changed()
  }

  /** Removes a resource and what stands below it. */
  remove(stored: StoredResource, caller: Caller, operation: string): void {
    for (const each of [stored, ...this.below(stored.resource.id)]) {
      const key = each.resource.id.toLowerCase()
      if (this.#generated.delete(key)) (this.state.removed ??= {})[key] = true
      delete this.state.resources[key]
      this.#record('Delete', each, caller, operation, {})
    }
    this.changed()
  }

  /** Sets the state that Resource Health shows for a resource. */
  setHealth(stored: StoredResource, health: Omit<HealthState, 'occurredTime'>): void {
    if (stored.health.availabilityState === health.availabilityState) return
    this.#keep(stored)
    stored.health = { ...health, occurredTime: this.now().toISOString() }
    this.changed()
  }

  /** Records a change of a subscription or group. */
  recordContainer(
    changeType: ChangeRecord['changeType'],
    target: { id: string; type: string },
    caller: Caller,
    operation: string,
    changes: ChangeRecord['changes'],
  ): void {
    if (changeType === 'Update' && !Object.keys(changes).length) return
    this.state.containerChanges.push(this.#change(changeType, target, caller, operation, changes))
    this.changed()
  }

  /** Adds an event to the Activity Log. */
  recordActivity(event: Omit<ActivityEvent, 'id' | 'at'>): void {
    const from = new Date(this.now().getTime() - activityDays * day).toISOString()
    const kept = this.state.activity[0] && this.state.activity[0].at < from
    if (kept) this.state.activity = this.state.activity.filter(({ at }) => at >= from)
    this.state.activity.push({ ...event, id: randomUUID(), at: this.now().toISOString() })
    this.changed()
  }

  #record(
    changeType: ChangeRecord['changeType'],
    { resource }: StoredResource,
    caller: Caller,
    operation: string,
    changes: ChangeRecord['changes'],
  ): void {
    if (changeType === 'Update' && !Object.keys(changes).length) return
    const oldest = this.state.changes[0]
    const from = new Date(this.now().getTime() - changeDays * day).toISOString()
    if (oldest && oldest.at < from) this.state.changes = this.state.changes.filter(({ at }) => at >= from)
    const change = this.#change(changeType, resource, caller, operation, changes)
    this.state.changes.push(change)
    this.#hear?.(change, this.find(resource.id))
  }

  #change(
    changeType: ChangeRecord['changeType'],
    target: { id: string; type: string },
    caller: Caller,
    operation: string,
    changes: ChangeRecord['changes'],
  ): ChangeRecord {
    return {
      id: randomUUID(),
      targetId: target.id,
      targetType: target.type,
      changeType,
      at: this.now().toISOString(),
      by: caller.name,
      byKind: caller === system ? 'System' : caller.kind,
      client: caller.client,
      operation,
      correlation: caller.correlation,
      changes,
    }
  }
}

const stores = new WeakMap<Services, AzureStore>()

/** The one store of a tenant: Resource Manager and Resource Graph are two vendors over the same resources. */
export function azureStore(services: Services): AzureStore {
  const known = stores.get(services)
  if (known) return known
  const store = new AzureStore(services)
  stores.set(services, store)
  return store
}
