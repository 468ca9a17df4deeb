import type { GitRepository } from '../git/git-repository.js'

/** A review of a pull request. People are short ids; times milliseconds since 1970, here and below. */
export interface Review {
  id: number
  by: string
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'
  body: string
  at: number
  commit: string
}

export interface Comment {
  id: number
  by: string
  body: string
  at: number
}

export interface Pull {
  number: number
  title: string
  body: string
  by: string
  reviewers: string[]
  teamReviewers: string[]
  created: number
  updated: number
  closed?: number
  merged?: { at: number; by: string; sha: string }
  branch: string
  base: string
  /** The head and base commits as they were when it was closed; an open one follows its branch. */
  head: string
  baseSha: string
  draft: boolean
  state: 'open' | 'closed'
  reviews: Review[]
  comments: Comment[]
}

/** A run of a workflow. Its status follows from business time: see workflow-run.ts. */
export interface Run {
  id: number
  workflow: string
  number: number
  attempt: number
  event: 'push' | 'workflow_dispatch'
  branch: string
  sha: string
  by: string
  title: string
  /** When it was asked for, at this attempt. */
  created: number
  firstCreated: number
  seconds: number
  conclusion: 'success' | 'failure' | 'cancelled'
  cancelled?: number
  inputs?: Record<string, string>
}

export interface Workflow {
  id: number
  name: string
  path: string
}

export interface Deployment {
  id: number
  environment: string
  ref: string
  sha: string
  task: string
  description: string
  by: string
  at: number
  payload: unknown
  statuses: { id: number; state: string; description: string; by: string; at: number; url: string }[]
}

export interface CommitStatus {
  id: number
  sha: string
  state: 'error' | 'failure' | 'pending' | 'success'
  context: string
  description: string
  url: string | null
  by: string
  at: number
}

export interface Release {
  id: number
  tag: string
  name: string
  body: string
  by: string
  at: number
  draft: boolean
  prerelease: boolean
}

/** A finding of Dependabot, code scanning or secret scanning. */
export interface Alert {
  number: number
  kind: 'dependabot' | 'code' | 'secret'
  state: string
  severity: 'low' | 'medium' | 'high' | 'critical'
  /** The advisory's GHSA id, the rule's id, or the secret's type. */
  rule: string
  summary: string
  cve?: string | undefined
  package?: { ecosystem: string; name: string } | undefined
  range?: string | undefined
  fixedIn?: string | undefined
  manifest?: string | undefined
  at: number
}

/** The states that each product's alerts have. */
export const alertStates: Readonly<Record<Alert['kind'], readonly string[]>> = {
  dependabot: ['auto_dismissed', 'dismissed', 'fixed', 'open'],
  code: ['open', 'dismissed', 'fixed'],
  secret: ['open', 'resolved'],
}

/** A repository: what the organisation says of it, its Git history, and what GitHub keeps beside it. */
export interface Repository {
  id: number
  name: string
  description: string
  language: string | null
  topics: string[]
  private: boolean
  archived: boolean
  team: string | null
  created: number
  git: GitRepository
  pulls: Pull[]
  workflows: Workflow[]
  runs: Run[]
  /** Check runs reported by continuous integration, by commit. */
  checks: Record<string, { state: 'success' | 'failure' | 'pending'; at: number }>
  statuses: CommitStatus[]
  environments: string[]
  deployments: Deployment[]
  releases: Release[]
  /** What it is built with, in GitHub's names of ecosystems: `npm`, `nuget`, `maven`, `pip`. */
  dependencies: { ecosystem: string; name: string; version: string; license?: string }[]
  dependencyGraph: boolean
  /** What it publishes in GitHub Packages. */
  packages: { type: string; name: string; versions: { name: string; at: number }[] }[]
  /** Which kinds of alerts are on. */
  security: Alert['kind'][]
  alerts: Alert[]
}

/** A team. Its slug follows its name. */
export interface Team {
  id: number
  slug: string
  name: string
  description: string
  /** Short ids of people. */
  members: string[]
  maintainer?: string
  /** Slug of the team it is part of. */
  parent?: string
}

export interface GitHubState {
  repositories: Repository[]
  teams: Team[]
  /** Ids of repositories by the names they had before, in lower case: GitHub leads from there to where they are. */
  renamed: Record<string, number>
  /** Last number given to something that has only an id. */
  lastId: number
}
