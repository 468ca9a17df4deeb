import type { z } from 'zod/v4'
import type { ApiManagement } from './schema/api-management.js'
import type { Pipeline, Repository, WorkItem } from './schema/code.js'
import type { AzureDevOps } from './schema/organisation.js'
import type { Person, Schedule, Team } from './schema/people.js'
import type { Cost, Incident, Service } from './schema/services.js'

/** One Azure resource, after an entry's environments and regions are filled in. */
export interface Resource {
  /** Full ARM id, in the case Azure would show it. */
  id: string
  name: string
  type: string
  kind?: string
  location: string
  resourceGroup: string
  subscriptionId: string
  environment: string
  service?: string
  sku?: Record<string, unknown>
  identity?: Record<string, unknown>
  zones?: string[]
  tags: Record<string, string>
  properties: Record<string, unknown>
  /** `Available`, `Degraded`, `Unavailable` or `Unknown`. */
  health: string
  /** Vault that backs it up every day, by name, with the moment of the last backup that went well; absent where none does. */
  backup?: { vault: string; last: string; failing: boolean }
  /** What was changed of it before the organisation began; absent where nothing was. */
  changes?: { at: string; by: string; path: string; from: string; to: string }[]
}

/** An organisation, loaded and checked: references hold, moments are ISO 8601 UTC strings, resources are filled in. */
export interface Organisation {
  /** Changes when any of its files does; states made from another generation are seeded anew. */
  generation: string
  name: string
  domain: string
  tenant: string
  github: { organisation: string }
  azureDevOps: z.output<typeof AzureDevOps>
  /** `id` here is the subscription's UUID, `key` its short name in the file. */
  subscriptions: { id: string; key: string; name: string; environment: string }[]
  regions: string[]
  channels: { id: string; name: string }[]
  groups: { id: string; name: string; members: string[] }[]
  people: z.output<typeof Person>[]
  teams: z.output<typeof Team>[]
  services: (z.output<typeof Service> & { name: string })[]
  resources: Resource[]
  apiManagement: z.output<typeof ApiManagement>[]
  repositories: z.output<typeof Repository>[]
  pipelines: z.output<typeof Pipeline>[]
  workItems: z.output<typeof WorkItem>[]
  schedules: z.output<typeof Schedule>[]
  incidents: z.output<typeof Incident>[]
  costs: z.output<typeof Cost>[]
}
