import { z } from 'zod/v4'
import { id, moment } from './terms.js'

/** A past run of a workflow or a pipeline. */
const run = { at: moment, by: id, minutes: z.number(), branch: z.string().default('main') }

/** Ecosystems by GitHub's names of them. */
const ecosystem = z.enum(['npm', 'nuget', 'maven', 'pip', 'rubygems', 'go', 'rust', 'composer', 'actions'])
const alertKind = z.enum(['dependabot', 'code', 'secret'])

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
  /** Branch policies of the default branch; only in Azure DevOps. */
  policies: z
    .strictObject({
      /** Least number of reviewers who approve. */
      reviewers: z.int().positive().optional(),
      /** Name of the pipeline that has to succeed, in the same project. */
      build: z.string().optional(),
      workItem: z.boolean().optional(),
      comments: z.boolean().optional(),
    })
    .optional(),
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
              ...run,
              conclusion: z.enum(['success', 'failure', 'cancelled']),
              message: z.string().default(''),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  /** What it is built with directly, as GitHub's dependency graph has it. */
  dependencies: z
    .array(z.strictObject({ ecosystem, name: z.string(), version: z.string(), license: z.string().optional() }))
    .optional(),
  dependencyGraph: z.boolean().optional(),
  /** What it publishes in GitHub Packages. */
  packages: z
    .array(
      z.strictObject({
        type: z.enum(['npm', 'maven', 'rubygems', 'docker', 'nuget', 'container']),
        name: z.string(),
        version: z.string(),
        at: moment,
      }),
    )
    .optional(),
  /** Which alerts of GitHub are on. */
  security: z.array(alertKind).optional(),
  /** Open alerts. */
  alerts: z
    .array(
      z.strictObject({
        kind: alertKind,
        severity: z.enum(['low', 'medium', 'high', 'critical']).default('medium'),
        rule: z.string(),
        summary: z.string(),
        at: moment,
        cve: z.string().optional(),
        ecosystem: ecosystem.optional(),
        package: z.string().optional(),
        range: z.string().optional(),
        fixedIn: z.string().optional(),
        manifest: z.string().optional(),
      }),
    )
    .optional(),
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
  /** Set where a classic release pipeline brings what it builds into the service's environments. */
  release: z.literal(true).optional(),
  /** Environments it deploys to, and who has to approve a run that goes there; nobody where there is no approver. */
  environments: z.array(z.strictObject({ name: z.string(), approvers: z.array(id).optional() })).optional(),
  runs: z
    .array(
      z.strictObject({
        ...run,
        result: z.enum(['succeeded', 'failed', 'canceled', 'partiallySucceeded']),
        /** One of the pipeline's environments, which it deploys to. */
        environment: z.string().optional(),
        /** Set where its approvers have not decided yet. */
        waits: z.literal(true).optional(),
        tests: z.strictObject({ passed: z.int().min(0), failed: z.array(z.string()).default([]) }).optional(),
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
  /** Ids of the item it is a part of, and of those that have to be done before. */
  parent: z.int().positive().optional(),
  after: z.array(z.int().positive()).optional(),
  /** Pull requests in Azure DevOps that are linked to it, as `repository#number`. */
  pulls: z.array(z.string().regex(/^[^#]+#\d+$/, 'give `repository#number`')).optional(),
  points: z.number().min(0).optional(),
  /** Hours of work that are left. */
  remaining: z.number().min(0).optional(),
  severity: z.enum(['1 - Critical', '2 - High', '3 - Medium', '4 - Low']).optional(),
  due: moment.optional(),
})
