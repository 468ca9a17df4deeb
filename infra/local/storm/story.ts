import { z } from 'zod/v4'
import { id } from '../organisation/schema/terms.js'

const severity = z.enum(['Sev0', 'Sev1', 'Sev2', 'Sev3', 'Sev4'])
const duration = z.string().regex(/^PT\d+[SMH]$/, 'an ISO 8601 duration such as PT5M')
const common = {
  /** Name of the alert rule. */
  rule: z.string().min(1),
  severity,
  /** Name of the resource it is about, as in resources.yaml with everything filled in: `auth-api-prd`. */
  on: z.string().min(1),
  description: z.string().optional(),
}
const measured = {
  metric: z.string().min(1),
  /** The metric's namespace; the resource's type unless told. */
  namespace: z.string().optional(),
  operator: z.enum(['GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual']).default('GreaterThan'),
  threshold: z.number(),
  /** What was measured when it fired. */
  value: z.number(),
  aggregation: z.enum(['Average', 'Total', 'Maximum', 'Minimum', 'Count']).default('Average'),
  window: duration.default('PT5M'),
  dimensions: z.record(z.string(), z.string()).default({}),
}

/** An alert rule as a story knows it; each kind is one that Azure Monitor has. */
export const StoryAlert = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('metric'), ...common, ...measured }),
  /** A metric whose threshold Azure Monitor learns. */
  z.strictObject({
    kind: z.literal('dynamic'),
    ...common,
    ...measured,
    sensitivity: z.enum(['Low', 'Medium', 'High']).default('Medium'),
  }),
  /** A query over a Log Analytics workspace or Application Insights. */
  z.strictObject({
    kind: z.literal('log'),
    ...common,
    query: z.string().min(1),
    threshold: z.number(),
    value: z.number(),
    window: duration.default('PT5M'),
    dimensions: z.record(z.string(), z.string()).default({}),
  }),
  /** A web test that locations around the world run. */
  z.strictObject({
    kind: z.literal('availability'),
    ...common,
    test: z.string().min(1),
    threshold: z.int(),
    value: z.int(),
  }),
  z.strictObject({
    kind: z.literal('health'),
    ...common,
    state: z.enum(['Degraded', 'Unavailable']),
    title: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('prometheus'),
    ...common,
    expression: z.string().min(1),
    value: z.number(),
    labels: z.record(z.string(), z.string()).default({}),
    summary: z.string().min(1),
  }),
])
export type StoryAlert = z.output<typeof StoryAlert>

/** Seconds from the story's beginning. */
const at = z.number().min(0).max(3600)

const delivery = {
  /** Seconds from when it happens until its webhook comes. */
  late: z.number().min(0).max(600).default(0),
  /** The webhook comes once more, word for word, so many seconds after the first: as after an answer that was lost. */
  again: z.number().gt(0).max(600).optional(),
}

/** One thing that happens. */
export const Act = z.union([
  z.strictObject({
    at,
    deploy: z.strictObject({
      service: id,
      environment: z.string(),
      version: z.string(),
      by: id,
      /** The web app that goes live with what is in its slot. */
      site: z.string(),
      slot: z.string(),
      /** What changed, as the workflow's run says. */
      title: z.string(),
    }),
  }),
  z.strictObject({ at, fire: id, ...delivery }),
  z.strictObject({ at, resolve: id, ...delivery }),
])
export type Act = z.output<typeof Act>
export type Deployment = Extract<Act, { deploy: unknown }>['deploy']

/** A file below an organisation's `storms`. */
export const Story = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
  /** Place where the outcome is to be seen: the id of a channel of teams.yaml or organisation.yaml. */
  watch: id,
  alerts: z.record(id, StoryAlert),
  acts: z.array(Act).min(1),
})
export type Story = z.output<typeof Story>
