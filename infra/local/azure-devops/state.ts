import { uuidOf } from '../frame/ids.js'
import type { GitRepository } from '../git/git-repository.js'
import type { Organisation } from '../organisation/model.js'
import type { Release } from './release.js'
import type { Subscription } from './hook-event.js'
import type { WorkItem } from './work-item.js'

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

export const projectId = (org: Organisation, project: string): string => uuidOf(`${org.domain}/ado/project/${project}`)
export const teamId = (org: Organisation, project: string, team: string): string =>
  uuidOf(`${org.domain}/ado/${project}/team/${team}`)
