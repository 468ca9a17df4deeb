import { z } from 'zod/v4'
import { id, moment } from './terms.js'

/** What Azure DevOps has beside repositories, pipelines and work items. */
export const AzureDevOps = z.strictObject({
  organisation: z.string(),
  projects: z
    .array(
      z.strictObject({
        name: z.string(),
        description: z.string().default(''),
        /** Applications see that it is there, and nothing in it. */
        closed: z.literal(true).optional(),
      }),
    )
    .min(1),
  /** How much people work in a sprint: hours a day, and working days of the current sprint they are away. */
  capacity: z
    .array(
      z.strictObject({
        person: id,
        hours: z.number().min(0).max(24),
        activity: z.string().optional(),
        away: z.int().min(0).optional(),
      }),
    )
    .optional(),
  /** Feeds of Azure Artifacts, of a project or of the whole organisation. */
  feeds: z
    .array(
      z.strictObject({
        name: z.string(),
        project: z.string().optional(),
        packages: z
          .array(
            z.strictObject({
              ecosystem: z.enum(['npm', 'nuget', 'maven', 'pypi', 'cargo', 'upack']),
              name: z.string(),
              /** The newest first. */
              versions: z.array(z.strictObject({ version: z.string(), at: moment })).min(1),
            }),
          )
          .default([]),
      }),
    )
    .optional(),
})

/** organisation.yaml */
export const OrganisationFile = z.strictObject({
  name: z.string(),
  domain: z.string(),
  /** Entra tenant id; worked out from the domain where absent. */
  tenant: z.uuid().optional(),
  github: z.strictObject({ organisation: z.string() }),
  azureDevOps: AzureDevOps,
  subscriptions: z.array(z.strictObject({ id, name: z.string(), environment: id })).min(1),
  regions: z.array(z.string()).min(1),
  /** Channels that belong to no single team; their team in Teams is the organisation's own. */
  channels: z.array(z.strictObject({ id, name: z.string() })).default([]),
  /** Entra groups beyond the teams' own, such as the ones that roles map to. */
  groups: z.array(z.strictObject({ id, name: z.string(), members: z.array(id) })).default([]),
})
