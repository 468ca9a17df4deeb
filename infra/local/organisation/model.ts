import { z } from 'zod/v4'

/**
 * The shape of an organisation's YAML, one schema a file. FORMAT.md beside this file documents it for people.
 * Ids are short lower-case names, unique in their file; every reference is checked by the loader.
 */
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a short lower-case name such as `auth-api`')
/** A moment: ISO 8601, or relative to the day the organisation is first started: `-6d 02:14` (UTC), `-41m`, `-3h`, `now`, `+2d`. */
const moment = z.string()
const json = z.record(z.string(), z.unknown())

/** organisation.yaml */
export const OrganisationFile = z.strictObject({
  name: z.string(),
  domain: z.string(),
  /** Entra tenant id; worked out from the domain where absent. */
  tenant: z.uuid().optional(),
  github: z.strictObject({ organisation: z.string() }),
  azureDevOps: z.strictObject({
    organisation: z.string(),
    projects: z.array(z.strictObject({ name: z.string(), description: z.string().default('') })).min(1),
  }),
  subscriptions: z.array(z.strictObject({ id, name: z.string(), environment: id })).min(1),
  regions: z.array(z.string()).min(1),
  /** Channels that belong to no single team; their team in Teams is the organisation's own. */
  channels: z.array(z.strictObject({ id, name: z.string() })).default([]),
  /** Entra groups beyond the teams' own, such as the ones that roles map to. */
  groups: z.array(z.strictObject({ id, name: z.string(), members: z.array(id) })).default([]),
})

/** people.yaml */
export const Person = z.strictObject({
  id,
  name: z.string(),
  title: z.string(),
  team: id.optional(),
  roles: z.array(z.enum(['developer', 'team-lead', 'platform-engineer', 'admin'])).min(1),
  /** IANA zone. */
  zone: z.string(),
  locale: z.string().default('en-GB'),
  phone: z.string().optional(),
  manager: id.optional(),
  github: z.string().optional(),
  guest: z.boolean().default(false),
})

/** teams.yaml */
export const Team = z.strictObject({
  id,
  name: z.string(),
  summary: z.string().default(''),
  lead: id,
  /** Channels of the team in Teams; each is a place named by its id. */
  channels: z.array(z.strictObject({ id, name: z.string() })).min(1),
})

/** services.yaml */
export const Service = z.strictObject({
  id,
  name: z.string().optional(),
  aliases: z.array(z.string()).default([]),
  summary: z.string(),
  /** Absent: nobody owns it, which is for Nexus to find out. */
  team: id.optional(),
  tier: z.enum(['critical', 'high', 'normal', 'low']),
  kind: z.enum(['api', 'web', 'worker', 'database', 'queue', 'cache', 'storage', 'gateway', 'mobile']),
  language: z.string().optional(),
  /** Ids of services this one calls or stands on. */
  dependsOn: z.array(id).default([]),
  repository: z.string().optional(),
  runbook: z.string().optional(),
  /** Version deployed in each environment. */
  versions: z.record(z.string(), z.string()).default({}),
  /** PagerDuty service, where it has one. */
  paged: z.boolean().default(true),
})

/** resources.yaml: an entry stands for one resource in each environment and region it names. */
export const ResourceEntry = z.strictObject({
  /** `{env}` and `{region}` (short forms: dev, stg, prd; weu, neu, eus2) are filled in. */
  name: z.string(),
  /** ARM type, such as `Microsoft.Web/sites`. */
  type: z.string(),
  kind: z.string().optional(),
  service: id.optional(),
  /** Environment → regions. */
  in: z.record(z.string(), z.array(z.string()).min(1)),
  /** `{env}` is filled in; default `rg-<service or shared>-{env}`. */
  resourceGroup: z.string().optional(),
  sku: json.optional(),
  identity: json.optional(),
  zones: z.array(z.string()).optional(),
  tags: z.record(z.string(), z.string()).default({}),
  properties: json.default({}),
  /** Merged over the entry for one environment (key `production`) or one environment and region (key `production/westeurope`). */
  except: z
    .record(
      z.string(),
      z.strictObject({
        sku: json.optional(),
        tags: z.record(z.string(), z.string().nullable()).optional(),
        properties: json.optional(),
        health: z.string().optional(),
      }),
    )
    .default({}),
})

/** repositories.yaml */
export const Repository = z.strictObject({
  name: z.string(),
  host: z.enum(['github', 'azure-devops']),
  /** Azure DevOps project, for repositories there. */
  project: z.string().optional(),
  description: z.string().default(''),
  language: z.string().optional(),
  topics: z.array(z.string()).default([]),
  private: z.boolean().default(true),
  archived: z.boolean().default(false),
  team: id.optional(),
  /** Path → contents, on the default branch. `catalog-info.yaml`, `CODEOWNERS` and `README.md` are the usual ones. */
  files: z.record(z.string(), z.string()).default({}),
  commits: z.array(z.strictObject({ by: id, at: moment, message: z.string() })).default([]),
  pulls: z
    .array(
      z.strictObject({
        number: z.int().positive(),
        title: z.string(),
        by: id,
        reviewers: z.array(id).default([]),
        opened: moment,
        updated: moment.optional(),
        branch: z.string(),
        draft: z.boolean().default(false),
        state: z.enum(['open', 'merged', 'closed']).default('open'),
        checks: z.enum(['success', 'failure', 'pending']).default('success'),
        body: z.string().default(''),
      }),
    )
    .default([]),
  /** GitHub Actions workflows. */
  workflows: z
    .array(
      z.strictObject({
        name: z.string(),
        path: z.string(),
        dispatch: z.boolean().default(false),
        runs: z
          .array(
            z.strictObject({
              at: moment,
              by: id,
              minutes: z.number(),
              conclusion: z.enum(['success', 'failure', 'cancelled']),
              branch: z.string().default('main'),
              message: z.string().default(''),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
})

/** pipelines.yaml: Azure DevOps pipelines. */
export const Pipeline = z.strictObject({
  name: z.string(),
  project: z.string(),
  folder: z.string().default('\\'),
  repository: z.string(),
  service: id.optional(),
  parameters: z
    .array(z.strictObject({ name: z.string(), type: z.string().default('string'), default: z.string().optional() }))
    .default([]),
  runs: z
    .array(
      z.strictObject({
        at: moment,
        by: id,
        minutes: z.number(),
        result: z.enum(['succeeded', 'failed', 'canceled', 'partiallySucceeded']),
        branch: z.string().default('main'),
      }),
    )
    .default([]),
})

/** work-items.yaml: Azure DevOps work items. */
export const WorkItem = z.strictObject({
  id: z.int().positive(),
  project: z.string(),
  type: z.enum(['Epic', 'Feature', 'User Story', 'Bug', 'Task']),
  title: z.string(),
  state: z.enum(['New', 'Active', 'Resolved', 'Closed']),
  assigned: id.optional(),
  team: id.optional(),
  created: moment,
  changed: moment.optional(),
  priority: z.int().min(1).max(4).default(2),
  tags: z.array(z.string()).default([]),
  description: z.string().default(''),
  iteration: z.string().optional(),
})

/** on-call.yaml: PagerDuty schedules; every paged service of a team uses the team's escalation policy. */
export const Schedule = z.strictObject({
  id,
  name: z.string(),
  team: id,
  zone: z.string(),
  /** In rotation order. */
  people: z.array(id).min(1),
  /** First hand-over; later ones follow every `turn` in the schedule's zone, daylight saving right. */
  start: moment,
  turn: z.strictObject({ days: z.int().positive() }),
  /** Hand-over time of day in the schedule's zone, `HH:mm`. */
  handover: z.string().regex(/^\d\d:\d\d$/),
  overrides: z.array(z.strictObject({ person: id, from: moment, to: moment })).default([]),
  /** Who is asked when the person on call does not answer. */
  escalation: z.array(id).default([]),
})

/** incidents.yaml: past and open incidents in PagerDuty. */
export const Incident = z.strictObject({
  number: z.int().positive(),
  service: id,
  title: z.string(),
  severity: z.enum(['sev0', 'sev1', 'sev2', 'sev3', 'sev4']),
  opened: moment,
  acknowledged: moment.optional(),
  resolved: moment.optional(),
  assigned: id.optional(),
  acknowledgedBy: id.optional(),
  resolvedBy: id.optional(),
  notes: z.array(z.strictObject({ by: id, at: moment, text: z.string() })).default([]),
  cause: z.string().optional(),
})

/** costs.yaml: what a service costs a month in an environment; daily figures with weekday shape and noise follow from it. */
export const Cost = z.strictObject({
  service: id,
  environment: z.string(),
  monthly: z.number().nonnegative(),
  currency: z.string().default('EUR'),
  /** Steps in the level: from that moment on the cost is `factor` times as high. */
  changes: z.array(z.strictObject({ from: moment, factor: z.number().positive(), why: z.string() })).default([]),
})

/** The files of an organisation folder, each with its schema. */
export const files = {
  'organisation.yaml': OrganisationFile,
  'people.yaml': z.array(Person).min(1),
  'teams.yaml': z.array(Team).min(1),
  'services.yaml': z.array(Service).min(1),
  'resources.yaml': z.array(ResourceEntry),
  'repositories.yaml': z.array(Repository),
  'pipelines.yaml': z.array(Pipeline),
  'work-items.yaml': z.array(WorkItem),
  'on-call.yaml': z.array(Schedule),
  'incidents.yaml': z.array(Incident),
  'costs.yaml': z.array(Cost),
} as const

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
}

/** An organisation, loaded and checked: references hold, moments are ISO 8601 UTC strings, resources are filled in. */
export interface Organisation {
  /** Changes when any of its files does; states made from another generation are seeded anew. */
  generation: string
  name: string
  domain: string
  tenant: string
  github: { organisation: string }
  azureDevOps: { organisation: string; projects: { name: string; description: string }[] }
  /** `id` here is the subscription's UUID, `key` its short name in the file. */
  subscriptions: { id: string; key: string; name: string; environment: string }[]
  regions: string[]
  channels: { id: string; name: string }[]
  groups: { id: string; name: string; members: string[] }[]
  people: z.output<typeof Person>[]
  teams: z.output<typeof Team>[]
  services: (z.output<typeof Service> & { name: string })[]
  resources: Resource[]
  repositories: z.output<typeof Repository>[]
  pipelines: z.output<typeof Pipeline>[]
  workItems: z.output<typeof WorkItem>[]
  schedules: z.output<typeof Schedule>[]
  incidents: z.output<typeof Incident>[]
  costs: z.output<typeof Cost>[]
}
