import { z } from 'zod/v4'
import { id } from './terms.js'

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
