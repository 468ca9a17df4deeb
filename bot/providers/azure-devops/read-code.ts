import type { Claim, Ref } from '../../../skills/kit/model.js'
import type { Fields } from '../../fields.js'
import { path } from './azure-devops-client.js'
import { adoRepository, pullRef } from './azure-devops-ids.js'
import type { Policies } from './read-policies.js'
import { branchOf, given, readSkipping, type Project, type Reading } from './reading.js'
import type { Teams } from './teams.js'
import { features, isClosed } from './unread.js'

/** A repository as lists give it. */
export interface Repository {
  /** A GUID. */
  id: string
  name: string
  project: Project
  url?: string
  branch?: string
  /** Shown, and closed to everybody. */
  disabled: boolean
}

export const refOfRepository = ({ project, name }: Pick<Repository, 'name' | 'project'>): Ref =>
  adoRepository(project.name, name)

/** A repository; undefined where it has no id or name. */
export function repositoryOf(one: Fields, project: Project): Repository | undefined {
  const [id, name, url, branch] = ['id', 'name', 'webUrl', 'defaultBranch'].map((field) => one.text(field, 2_000))
  if (!id || !name) return undefined
  const known = { ...(url && { url }), ...(branch && { branch: branchOf(branch)! }) }
  return { id: id.toLowerCase(), name, project, disabled: one.text('isDisabled') === 'true', ...known }
}

/** The repositories of a project, by name. @throws Refused where they are closed to Nexus */
export async function listRepositories({ client, signal }: Reading, project: Project): Promise<Repository[]> {
  const { items } = await client.get(path`${project.id}/_apis/git/repositories`, {}, signal)
  const found = items.flatMap((one) => repositoryOf(one, project) ?? [])
  return found.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
}

/** A repository with its policies and open pull requests. */
export async function readRepository(
  reading: Reading,
  repository: Repository,
  policies: Policies,
  teams: Teams,
): Promise<Claim[]> {
  const { name, project, url, branch, disabled } = repository
  const pulls = disabled ? [] : await readPulls(reading, repository, teams)
  const { reviews, rules } = policies.ofRepository(repository)
  const claim: Claim = {
    ...refOfRepository(repository),
    name,
    props: given({
      host: 'Azure DevOps',
      project: project.name,
      url,
      branch,
      visibility: project.visibility === 'public' ? 'public' : 'private',
      archived: disabled,
      updated: disabled ? undefined : await lastPush(reading, repository),
      openPulls: pulls.length,
      requiredReviews: reviews,
      policies: rules.length ? rules : undefined,
    }),
  }
  return [claim, ...pulls]
}

/** When somebody pushed last; undefined for an empty repository. */
async function lastPush({ client, signal, unread }: Reading, { id, project }: Repository) {
  const pushes = await unread.try(features.code, project.name, () =>
    client.get(path`${project.id}/_apis/git/repositories/${id}/pushes`, { $top: 1 }, signal),
  )
  return pushes?.items[0]?.instant('date')
}

async function readPulls(reading: Reading, repository: Repository, teams: Teams): Promise<Claim[]> {
  const { client, signal, unread } = reading
  const at = path`${repository.project.id}/_apis/git/repositories/${repository.id}/pullrequests`
  const pulls = await unread.try(features.code, repository.project.name, () =>
    readSkipping((paging) => client.get(at, { ...paging, 'searchCriteria.status': 'active' }, signal)),
  )
  const claims: Claim[] = []
  for (const pull of pulls ?? []) {
    const claim = await withChecks(reading, pull, repository, teams)
    if (claim) claims.push(claim)
  }
  return claims
}

/** One pull request, as an event named it; undefined where it is not open any more. @throws Refused where there is none */
export async function readPull(
  reading: Reading,
  repository: Repository,
  number: number,
  teams: Teams,
): Promise<Claim | undefined> {
  const at = path`${repository.project.id}/_apis/git/repositories/${repository.id}/pullrequests/${number}`
  const { body } = await reading.client.get(at, {}, reading.signal)
  return body.text('status') === 'active' ? withChecks(reading, body, repository, teams) : undefined
}

async function withChecks(
  reading: Reading,
  pull: Fields,
  repository: Repository,
  teams: Teams,
): Promise<Claim | undefined> {
  const number = pull.text('pullRequestId')
  if (!number) return undefined
  const artifactId = `vstfs:///CodeReview/CodeReviewId/${repository.project.id}/${number}`
  const { items } = await reading.client
    .get(path`${repository.project.id}/_apis/policy/evaluations`, { artifactId }, reading.signal, { version: preview })
    .catch((error: unknown) => {
      if (isClosed(error)) return { items: [] }
      throw error
    })
  return pullClaim(number, pull, repository, teams, checksOf(items))
}

/** Evaluations of policies were never released. */
const preview = '7.1-preview.1'

/** How the builds stand that a policy asks for; undefined where it asks for none. */
export function checksOf(evaluations: readonly Fields[]): 'passing' | 'failing' | 'pending' | undefined {
  const builds = evaluations.filter((one) => one.object('configuration').object('settings').has('buildDefinitionId'))
  const states = builds.map((one) => one.text('status')?.toLowerCase()).filter((state) => state !== 'notapplicable')
  if (states.length === 0) return undefined
  if (states.some((state) => state === 'rejected' || state === 'broken')) return 'failing'
  return states.every((state) => state === 'approved') ? 'passing' : 'pending'
}

function pullClaim(
  number: string,
  pull: Fields,
  repository: Repository,
  teams: Teams,
  checks: ReturnType<typeof checksOf>,
): Claim {
  const ref = refOfRepository(repository)
  const author = teams.refOf(pull.object('createdBy'))
  // Who has voted is not waited for.
  const waited = pull.objects('reviewers').filter((one) => (one.text('vote') ?? '0') === '0')
  const reviewers = waited.flatMap((one) => teams.refOf(one) ?? [])
  const labels = pull.objects('labels').flatMap((one) => one.text('name') ?? [])
  return {
    ...pullRef(ref, number),
    name: `${repository.name}#${number}`,
    props: given({
      title: pull.text('title', 400) ?? '',
      state: pull.text('isDraft') === 'true' ? 'draft' : 'open',
      repository: repository.name,
      branch: branchOf(pull.text('sourceRefName')),
      target: branchOf(pull.text('targetRefName')),
      opened: pull.instant('creationDate'),
      url: repository.url && `${repository.url}/pullrequest/${number}`,
      checks,
      labels: labels.length ? labels : undefined,
    }),
    relations: [
      { type: 'partOf', to: ref },
      ...(author ? [{ type: 'authoredBy' as const, to: author }] : []),
      ...reviewers.map((to) => ({ type: 'reviewBy' as const, to })),
    ],
  }
}
