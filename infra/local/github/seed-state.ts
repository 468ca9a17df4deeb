import { numberOf } from '../frame/ids.js'
import type { Services } from '../frame/services.js'
import type { GitRepository } from '../git/git-repository.js'
import { seedRepository } from '../git/seed-repository.js'
import type { Organisation } from '../organisation/model.js'
import type { Alert, GitHubState, Repository, Run, Team } from './state.js'
import { workflowSource } from './workflow-source.js'

type OrgRepository = Organisation['repositories'][number]

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
