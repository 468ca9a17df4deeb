import type { Octokit } from '@octokit/rest'
import { environmentName, environmentRef } from '../../../skills/kit/environment-names.js'
import type { Claim } from '../../../skills/kit/model.js'
import { deploymentRef, gitHubRepository } from './github-ids.js'
import type { People } from './read-people.js'
import { instantOf, type Reading, type Repository } from './reading.js'
import { features } from './unread.js'

type Deployment = Awaited<ReturnType<Octokit['rest']['repos']['getDeployment']>>['data']
type Status = Awaited<ReturnType<Octokit['rest']['repos']['listDeploymentStatuses']>>['data'][number]
type Named = Pick<Repository, 'name' | 'full_name'>

/** An environment that a repository deploys to. */
export interface DeployedTo {
  name: string
  /** Whether somebody or something must agree first. */
  guarded: boolean
}

/** Deployments of a repository that are looked at, and of each environment those that are told: what runs, and what ran before it. */
const [looked, told] = [30, 2]

/** GitHub's states of a deployment in the words that all of the catalog's share ("Create a deployment status"). */
const states: Record<string, string> = {
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
  inactive: 'inactive',
  in_progress: 'running',
  queued: 'queued',
  pending: 'queued',
  waiting: 'waiting',
}

/** What a repository deployed last, by environment. */
export async function readDeployments(reading: Reading, repository: Named, people: People): Promise<Claim[]> {
  const { octokit, org, request, unread } = reading
  const list = { owner: org, repo: repository.name, per_page: looked, request }
  const answer = await unread.try(features.deployments, repository.name, () => octokit.rest.repos.listDeployments(list))
  const seen = new Map<string, number>()
  const newest = (answer?.data ?? []).filter(({ environment }) => {
    seen.set(environment, (seen.get(environment) ?? 0) + 1)
    return seen.get(environment)! <= told
  })
  const claims: Claim[] = []
  for (const deployment of newest) {
    const before = answer?.data.find((one) => one.environment === deployment.environment && one.id < deployment.id)
    claims.push(
      deploymentClaim(deployment, await lastStatus(reading, repository, deployment.id), repository, people, before),
    )
  }
  return claims
}

/** One deployment, as an event named it. */
export async function readDeployment(
  reading: Reading,
  repository: Named,
  deployment_id: number,
  people: People,
): Promise<Claim> {
  const { octokit, org, request } = reading
  const at = { owner: org, repo: repository.name, request }
  const { data } = await octokit.rest.repos.getDeployment({ ...at, deployment_id })
  const { data: near } = await octokit.rest.repos.listDeployments({
    ...{ ...at, environment: data.environment, per_page: looked },
  })
  const before = near.find(({ id }) => id < deployment_id)
  return deploymentClaim(data, await lastStatus(reading, repository, deployment_id), repository, people, before)
}

async function lastStatus(
  { octokit, org, request }: Reading,
  { name: repo }: Named,
  deployment_id: number,
): Promise<Status | undefined> {
  const { data } = await octokit.rest.repos.listDeploymentStatuses({
    ...{ owner: org, repo, deployment_id, per_page: 1, request },
  })
  return data[0]
}

function deploymentClaim(
  { id, environment, ref, sha, description, creator, created_at, updated_at }: Deployment,
  status: Status | undefined,
  { name, full_name }: Named,
  people: People,
  before: Deployment | undefined,
): Claim {
  const [repository, who] = [gitHubRepository(full_name), people.refOf(creator?.login)]
  const state = states[status?.state ?? 'pending'] ?? 'unknown'
  const url = status?.target_url || status?.log_url
  return {
    ...deploymentRef(repository, id),
    name: `${name} ${versionOf(ref)} in ${environmentName(environment)}`,
    props: {
      state,
      version: versionOf(ref),
      environment: environmentName(environment),
      commit: sha,
      started: instantOf(created_at),
      ...(before && { previous: versionOf(before.ref) }),
      ...(['succeeded', 'failed', 'inactive'].includes(state) && {
        ended: instantOf(status?.updated_at ?? updated_at),
      }),
      ...(description && { summary: description }),
      ...(url && { url }),
    },
    relations: [
      { type: 'builtFrom', to: repository },
      { type: 'runsIn', to: environmentRef(environment) },
      ...(who ? [{ type: 'authoredBy' as const, to: who }] : []),
    ],
  }
}

/** What was deployed, as people say it: a tag without its v, a commit shortened, a branch as it is. */
const versionOf = (ref: string): string =>
  /^[0-9a-f]{40}$/.test(ref) ? ref.slice(0, 7) : ref.replace(/^refs\/(heads|tags)\//, '').replace(/^v(?=\d)/, '')

/** The environments that a repository deploys to, and whether they are guarded. */
export async function readEnvironments(reading: Reading, { name: repo }: Named): Promise<DeployedTo[]> {
  const { octokit, org, request, unread } = reading
  const list = { owner: org, repo, per_page: 100, request }
  // `paginate` joins the pages of such a list, which its types do not know.
  const found = (await unread.try(features.environments, repo, () =>
    octokit.paginate(octokit.rest.repos.getAllEnvironments, list),
  )) as unknown as { name: string; protection_rules?: unknown[] }[] | undefined
  return (found ?? []).map(({ name, protection_rules }) => ({ name, guarded: Boolean(protection_rules?.length) }))
}
