import { z } from 'zod/v4'
import { id, json, moment } from './terms.js'

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
  /** How a vault backs it up; absent where none does. */
  backup: z.strictObject({ vault: z.string(), last: moment, failing: z.boolean().default(false) }).optional(),
  /** What somebody changed of it lately: the path as Resource Graph says it, and its values before and after. */
  changes: z
    .array(
      z.strictObject({
        /** Environment, or environment and region, of the one that was changed; all of them unless told. */
        in: z.string().optional(),
        at: moment,
        by: id,
        path: z.string(),
        from: z.string(),
        to: z.string(),
      }),
    )
    .default([]),
  /** Merged over the entry for one environment (key `production`) or one environment and region (key `production/westeurope`). */
  except: z
    .record(
      z.string(),
      z.strictObject({
        sku: json.optional(),
        tags: z.record(z.string(), z.string().nullable()).optional(),
        properties: json.optional(),
        health: z.string().optional(),
        backup: z
          .strictObject({ vault: z.string().optional(), last: moment.optional(), failing: z.boolean().optional() })
          .optional(),
      }),
    )
    .default({}),
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
