import { numberOf } from '../frame/ids.js'
import type { Services } from '../frame/services.js'
import type { GitRepository } from '../git/git-repository.js'
import { seedRepository } from '../git/seed-repository.js'
import type { Organisation } from '../organisation/model.js'
import { workflowSource } from './workflow-source.js'

type OrgRepository = Organisation['repositories'][number]

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

/** GitHub as it is at the first start. */
export function seedState({ org }: Pick<Services, 'org'>): GitHubState {
  const state: GitHubState = { repositories: [], teams: seedTeams(org), renamed: {}, lastId: 1_000_000 }
  for (const repository of org.repositories.filter(({ host }) => host === 'github'))
    state.repositories.push(seedOne(org, repository, () => ++state.lastId))
  return state
}

/** The organisation's teams, each with the people who have a GitHub name. */
export const seedTeams = (org: Organisation): Team[] =>
  org.teams.map(({ id: slug, name, summary, lead }) => ({
    ...{ id: numberOf(`github/${org.github.organisation}/team/${slug}`), slug, name, description: summary },
    members: org.people.filter((one) => one.team === slug && one.github && !one.guest).map(({ id }) => id),
    maintainer: lead,
  }))

function seedOne(org: Organisation, from: OrgRepository, nextId: () => number): Repository {
  const missing = from.workflows.filter(({ path }) => from.files[path] === undefined)
  const files = {
    ...from.files,
    ...Object.fromEntries(missing.map((workflow) => [workflow.path, workflowSource(workflow)])),
  }
  const { git, pulls } = seedRepository(org, from, files)
  const created = Math.min(...Object.values(git.commits).map(({ at }) => at))
  const repository: Repository = {
    id: numberOf(`${org.domain}/github/${from.name}`),
    ...{ name: from.name, description: from.description, language: from.language ?? null, topics: from.topics },
    ...{ private: from.private, archived: from.archived, team: from.team ?? null, created, git },
    pulls: [],
    workflows: from.workflows.map(({ name, path }) => ({
      id: numberOf(`${org.domain}/${from.name}/${path}`),
      name,
      path,
    })),
    runs: [],
    checks: {},
    statuses: [],
    environments: [],
    deployments: [],
    releases: [],
    dependencies: (from.dependencies ?? []).map(({ license, ...one }) => ({ ...one, ...(license && { license }) })),
    dependencyGraph: from.dependencyGraph ?? true,
    packages: (from.packages ?? []).map(({ type, name, version, at }) => {
      return { type, name, versions: [{ name: version, at: Date.parse(at) }] }
    }),
    security: from.security ?? ['dependabot'],
    alerts: (from.alerts ?? []).map((alert, index) => alertOf(alert, index + 1)),
  }
  for (const pull of from.pulls) {
    const { head, base, merge } = pulls[pull.number]!
    const updated = Date.parse(pull.updated ?? pull.opened)
    repository.pulls.push({
      ...{ number: pull.number, title: pull.title, body: pull.body, by: pull.by, reviewers: pull.reviewers },
      ...{ teamReviewers: [], created: Date.parse(pull.opened), updated, branch: pull.branch, base: 'main' },
      ...{ head, baseSha: base, draft: pull.draft, state: pull.state === 'open' ? 'open' : 'closed' },
      ...(pull.state !== 'open' && { closed: updated }),
      ...(merge && { merged: { at: updated, by: pull.by, sha: merge } }),
      ...{ reviews: [], comments: [] },
    })
    repository.checks[head] = { state: pull.checks, at: updated }
  }
  repository.runs = seedRuns(repository, from, nextId)
  seedReleases(org, repository, nextId)
  return repository
}

const alertOf = (
  { at, cve, package: name, ...alert }: NonNullable<OrgRepository['alerts']>[number],
  number: number,
): Alert => {
  const { ecosystem, range, fixedIn, manifest, ...rest } = alert
  return {
    ...{ ...rest, number, state: 'open', at: Date.parse(at) },
    ...(cve && { cve }),
    ...(name && ecosystem && { package: { ecosystem, name } }),
    ...(range && { range }),
    ...(fixedIn && { fixedIn }),
    ...(manifest && { manifest }),
  }
}

/** Past runs, each on the commit that its branch had. */
function seedRuns({ git }: Repository, { workflows }: OrgRepository, nextId: () => number): Run[] {
  return workflows.flatMap(({ path, name, runs }) =>
    [...runs]
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .map(({ at, by, minutes, conclusion, branch, message }, index): Run => {
        const time = Date.parse(at)
        return {
          ...{ id: nextId(), workflow: path, number: index + 1, attempt: 1, event: 'push', branch },
          sha: commitAt(git, git.branches[branch] ?? git.branches[git.defaultBranch]!, time),
          ...{ by, title: message || name, created: time, firstCreated: time, seconds: minutes * 60, conclusion },
        }
      }),
  )
}

function commitAt(git: GitRepository, head: string, at: number): string {
  let commit = git.commits[head]!
  while (commit.at > at && commit.parents[0]) commit = git.commits[commit.parents[0]]!
  return commit.sha
}

/** Each version that a service of the repository runs in some environment is a tag, a release and a deployment there. */
function seedReleases(org: Organisation, repository: Repository, nextId: () => number): void {
  const { git } = repository
  const services = org.services.filter((service) => service.repository?.split('/').pop() === repository.name)
  const versions = services.flatMap((service) => Object.values(service.versions))
  const oldestFirst = [...new Set(versions)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const mainline = [git.commits[git.branches[git.defaultBranch]!]!]
  while (mainline[0]!.parents[0] && mainline.length < 20) mainline.unshift(git.commits[mainline[0]!.parents[0]]!)
  for (const [index, version] of oldestFirst.entries()) {
    const commit = mainline[Math.max(0, mainline.length - oldestFirst.length + index)]!
    const tag = `v${version}`
    git.tags[tag] = commit.sha
    const release = { id: nextId(), tag, name: tag, body: commit.message, by: commit.by, at: commit.at }
    repository.releases.push({ ...release, draft: false, prerelease: false })
  }
  for (const { id, versions } of services)
    for (const [environment, version] of Object.entries(versions)) {
      const commit = git.commits[git.tags[`v${version}`]!]!
      const { by, at } = commit
      if (!repository.environments.includes(environment)) repository.environments.push(environment)
      const done = { id: nextId(), state: 'success', description: '', by, at: at + 300_000, url: '' }
      const what = { environment, ref: `v${version}`, sha: commit.sha, task: 'deploy', payload: { service: id } }
      repository.deployments.push({ id: nextId(), ...what, description: '', by, at, statuses: [done] })
    }
}
