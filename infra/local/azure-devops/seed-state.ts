import { uuidOf } from '../frame/ids.js'
import type { Services } from '../frame/services.js'
import { seedRepository } from '../git/seed-repository.js'
import type { Organisation } from '../organisation/model.js'
import { seedEnvironments } from './environment.js'
import { seedReleases } from './release.js'
import { seedWorkItems } from './seed-work-items.js'
import {
  commitOf,
  type AzureDevOpsState,
  type Build,
  type Definition,
  type Environment,
  type Iteration,
  type Repository,
} from './state.js'
import { iterationName } from './work-item.js'

const DAY = 86_400_000

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
