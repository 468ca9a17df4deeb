import { uuidOf } from '../frame/ids.js'
import type { Services } from '../frame/services.js'
import type { GitRepository } from '../git/git-repository.js'
import { seedRepository } from '../git/seed-repository.js'
import type { Organisation } from '../organisation/model.js'
import { seedReleases, type Release } from './release.js'
import { seedEnvironments } from './environment.js'
import type { Subscription } from './service-hooks.js'
import { seedWorkItems } from './seed-work-items.js'
import { iterationName, type WorkItem } from './work-item.js'

/** A pull request; people are short ids, times milliseconds since 1970, here and below. */
export interface Pull {
  id: number
  title: string
  description: string
  by: string
  created: number
  closed?: number
  source: string
  target: string
  sourceSha: string
  targetSha: string
  mergeSha?: string
  draft: boolean
  status: 'active' | 'abandoned' | 'completed'
  /** Votes: 10 approved, 5 with suggestions, 0 none, -5 waits for the author, -10 rejected. */
  reviewers: { person: string; vote: number; required: boolean }[]
}

export interface Repository {
  id: string
  name: string
  project: string
  git: GitRepository
  /** Shown, and closed to everything else. */
  disabled: boolean
  pulls: Pull[]
  pushes: { id: number; by: string; at: number; ref: string; from: string; to: string }[]
}

export interface Definition {
  id: number
  name: string
  project: string
  folder: string
  repository: string
  parameters: { name: string; type: string; default?: string }[]
  created: number
}

/** A build, which is a pipeline's run too. Its status follows from business time: see build.ts. */
export interface Build {
  id: number
  definition: number
  number: string
  /** When it was queued. */
  queued: number
  by: string
  seconds: number
  result: 'succeeded' | 'failed' | 'canceled' | 'partiallySucceeded'
  reason: 'manual' | 'individualCI'
  /** Full reference: `refs/heads/main`. */
  branch: string
  sha: string
  parameters: Record<string, string>
  cancelled?: number
  /** Id of the environment it deploys to. */
  environment?: number
  /** What it has to wait for before it goes there. */
  approval?: Approval
  tests?: { passed: number; failed: string[] }
}

/** An approval of a pipeline's environment; one of the approvers is enough. */
export interface Approval {
  /** A UUID. */
  id: string
  approvers: string[]
  status: 'pending' | 'approved' | 'rejected'
  by?: string
  comment: string
  decided?: number
}

/** An environment of a project's pipelines. */
export interface Environment {
  id: number
  name: string
  project: string
  /** Who approves, by the id of the pipeline that deploys. */
  approvers: Record<number, string[]>
}

export interface Iteration {
  id: string
  project: string
  name: string
  start: number
  finish: number
}

export interface AzureDevOpsState {
  repositories: Repository[]
  definitions: Definition[]
  builds: Build[]
  workItems: WorkItem[]
  iterations: Iteration[]
  releases: Release[]
  environments: Environment[]
  /** In the recycle bin. */
  deletedItems: WorkItem[]
  /** Names of projects that were deleted. */
  deletedProjects: string[]
  subscriptions: Subscription[]
  lastId: number
}

const DAY = 86_400_000

/** The iteration of a project that is under way: two weeks from its start. */
export const currentIteration = (
  { iterations }: Pick<AzureDevOpsState, 'iterations'>,
  project: string | undefined,
  now: number,
): Iteration | undefined =>
  iterations.find((each) => each.project === project && now >= each.start && now < each.start + 14 * DAY)

/** Azure DevOps as it is at the first start. */
export function seedState({ org, clock }: Pick<Services, 'org' | 'clock'>): AzureDevOpsState {
  const ids = { last: 5_000 }
  const nextId = () => ++ids.last
  const repositories = org.repositories
    .filter(({ host }) => host === 'azure-devops')
    .map((each) => seedGit(org, each, nextId))
  const definitions = org.pipelines.map((pipeline, index): Definition => ({
    ...{ id: index + 1, name: pipeline.name, project: pipeline.project, folder: pipeline.folder },
    ...{ repository: pipeline.repository, created: clock.now().getTime() - 400 * DAY },
    parameters: pipeline.parameters.map(({ name, type, default: value }) => ({
      name,
      type,
      ...(value !== undefined && { default: value }),
    })),
  }))
  const environments = seedEnvironments(org, nextId)
  const builds = org.pipelines.flatMap((_, index) => seedBuilds(org, definitions[index]!, repositories, environments))
  builds.sort((a, b) => a.queued - b.queued).forEach((build, index) => (build.id = 1_000 + index))
  const state = { repositories, definitions, builds, workItems: seedWorkItems(org, repositories) }
  const iterations = seedIterations(org, clock.now().getTime())
  return {
    ...state,
    iterations,
    environments,
    deletedItems: [],
    deletedProjects: [],
    subscriptions: [],
    releases: seedReleases(org, clock.now().getTime()),
    lastId: Math.max(ids.last, 1_000 + builds.length),
  }
}

function seedGit(org: Organisation, from: Organisation['repositories'][number], nextId: () => number): Repository {
  const { git, pulls } = seedRepository(org, from, from.files)
  const project = from.project ?? org.azureDevOps.projects[0]!.name
  const repository: Repository = {
    id: uuidOf(`${org.domain}/ado/${project}/${from.name}`),
    name: from.name,
    project,
    git,
    disabled: from.archived,
    pulls: [],
    pushes: [],
  }
  for (const pull of from.pulls) {
    const { head, base, merge } = pulls[pull.number]!
    const updated = Date.parse(pull.updated ?? pull.opened)
    repository.pulls.push({
      ...{ id: pull.number, title: pull.title, description: pull.body, by: pull.by, created: Date.parse(pull.opened) },
      ...{
        source: `refs/heads/${pull.branch}`,
        target: 'refs/heads/main',
        sourceSha: head,
        targetSha: base,
        draft: pull.draft,
      },
      status: pull.state === 'open' ? 'active' : pull.state === 'merged' ? 'completed' : 'abandoned',
      ...(pull.state !== 'open' && { closed: updated }),
      ...(merge && { mergeSha: merge }),
      reviewers: pull.reviewers.map((person) => ({ person, vote: pull.state === 'merged' ? 10 : 0, required: false })),
    })
  }
  for (const commit of Object.values(git.commits).filter(({ parents }) => parents.length === 1)) {
    const push = { by: commit.by, at: commit.at, ref: 'refs/heads/main', from: commit.parents[0]!, to: commit.sha }
    repository.pushes.push({ id: nextId(), ...push })
  }
  return repository
}

function seedBuilds(
  org: Organisation,
  definition: Definition,
  repositories: Repository[],
  environments: Environment[],
): Build[] {
  const pipeline = org.pipelines[definition.id - 1]!
  return pipeline.runs.map(({ at, by, minutes, result, branch, environment, waits, tests }, index): Build => {
    const queued = Date.parse(at)
    const ref = `refs/heads/${branch}`
    const into = environments.find((each) => each.name === environment && each.project === pipeline.project)
    const [approvers, id] = [into?.approvers[definition.id] ?? [], uuidOf(`${definition.id}/${at}/approval`)]
    const decision = waits
      ? { status: 'pending' as const, comment: '' }
      : { status: 'approved' as const, by: approvers[0]!, comment: '', decided: queued }
    return {
      ...(into && { environment: into.id }),
      ...(into && approvers.length && { approval: { id, approvers, ...decision } }),
      ...(tests && { tests: { ...tests } }),
      ...{
        id: 0,
        definition: definition.id,
        number: `${at.slice(0, 10).replaceAll('-', '')}.${index + 1}`,
        queued,
        by,
      },
      ...{ seconds: minutes * 60, result, reason: 'individualCI', branch: ref, parameters: {} },
      sha: commitOf(repositories, definition, ref, queued),
    }
  })
}

/** The commit that a pipeline's repository has on a branch; a made-up one where the repository is GitHub's. */
export function commitOf(
  repositories: Repository[],
  { repository, project }: Definition,
  ref: string,
  at: number,
): string {
  const own = repositories.find((each) => each.name === repository && each.project === project)
  const elsewhere = uuidOf(`${repository}/${ref}/${Math.floor(at / DAY)}`)
    .replaceAll('-', '')
    .padEnd(40, '0')
  if (!own) return elsewhere
  let commit =
    own.git.commits[own.git.branches[ref.replace('refs/heads/', '')] ?? own.git.branches[own.git.defaultBranch]!]!
  while (commit.at > at && commit.parents[0]) commit = own.git.commits[commit.parents[0]]!
  return commit.sha
}

/** Two-week iterations in the order of their names; the one with most work in progress is the current one. */
function seedIterations(org: Organisation, now: number): Iteration[] {
  return org.azureDevOps.projects.flatMap(({ name: project }) => {
    const items = org.workItems.filter((item) => item.project === project && item.iteration !== undefined)
    const names = [...new Set(items.map((item) => iterationName(item)!))].sort((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    )
    const active = (name: string) =>
      items.filter((item) => iterationName(item) === name && item.state === 'Active').length
    const current = names.reduce((best, name, index) => (active(name) >= active(names[best]!) ? index : best), 0)
    const today = new Date(now)
    const monday = Date.UTC(
      today.getUTCFullYear(),
      today.getUTCMonth(),
      today.getUTCDate() - ((today.getUTCDay() + 6) % 7),
    )
    return names.map((name, index) => {
      const start = monday + (index - current) * 14 * DAY
      return {
        id: uuidOf(`${org.domain}/ado/${project}/iteration/${name}`),
        project,
        name,
        start,
        finish: start + 11 * DAY,
      }
    })
  })
}

export const projectId = (org: Organisation, project: string): string => uuidOf(`${org.domain}/ado/project/${project}`)
export const teamId = (org: Organisation, project: string, team: string): string =>
  uuidOf(`${org.domain}/ado/${project}/team/${team}`)
