import type { Octokit } from '@octokit/rest'
import { teamRef } from '../../../skills/kit/entity-ids.js'
import type { Claim } from '../../../skills/kit/model.js'
import { gitHubRepository, pullRef } from './github-ids.js'
import type { ChecksState } from './read-checks.js'
import type { People } from './read-people.js'
import { instantOf, type Reading, type Repository } from './reading.js'
import { features } from './unread.js'

type Pull = Awaited<ReturnType<Octokit['rest']['pulls']['list']>>['data'][number]
type Named = Pick<Repository, 'name' | 'full_name'>

/** A repository's open pull requests; undefined where they cannot be read. */
export async function readPulls(reading: Reading, repository: Named, people: People): Promise<Claim[] | undefined> {
  const { octokit, org, request, unread } = reading
  const list = { owner: org, repo: repository.name, state: 'open' as const, per_page: 100, request }
  const pulls = await unread.try(features.pulls, repository.name, () => octokit.paginate(octokit.rest.pulls.list, list))
  if (!pulls) return undefined
  const claims: Claim[] = []
  for (const pull of pulls) claims.push(await withChecks(reading, pull, repository, people))
  return claims
}

/** One pull request, as an event named it; undefined where it is not open any more. */
export async function readPull(
  reading: Reading,
  repository: Named,
  pull_number: number,
  people: People,
): Promise<Claim | undefined> {
  const { octokit, org, request } = reading
  const { data } = await octokit.rest.pulls.get({ owner: org, repo: repository.name, pull_number, request })
  return data.state === 'open' ? withChecks(reading, data as unknown as Pull, repository, people) : undefined
}

async function withChecks(reading: Reading, pull: Pull, repository: Named, people: People): Promise<Claim> {
  const { octokit, org, unread, request, readChecks } = reading
  const commit = { owner: org, repo: repository.name, ref: pull.head.sha }
  const checks = await unread.try(features.checks, repository.name, () => readChecks(octokit, commit, request.signal))
  return pullClaim(pull, repository, people, checks)
}

function pullClaim(pull: Pull, { name, full_name }: Named, people: People, checks: ChecksState | undefined): Claim {
  const ref = gitHubRepository(full_name)
  const author = people.refOf(pull.user?.login)
  const labels = pull.labels.map((label) => label.name)
  return {
    ...pullRef(ref, pull.number),
    name: `${name}#${pull.number}`,
    props: {
      title: pull.title,
      state: pull.draft ? 'draft' : pull.state,
      repository: name,
      branch: pull.head.ref,
      target: pull.base.ref,
      opened: instantOf(pull.created_at),
      updated: instantOf(pull.updated_at),
      url: pull.html_url,
      ...(labels.length && { labels }),
      ...(checks && { checks }),
    },
    relations: [
      { type: 'partOf', to: ref },
      ...(author ? [{ type: 'authoredBy' as const, to: author }] : []),
      ...(pull.requested_reviewers ?? [])
        .flatMap(({ login }) => people.refOf(login) ?? [])
        .map((to) => ({ type: 'reviewBy' as const, to })),
      ...(pull.requested_teams ?? []).map(({ slug }) => ({ type: 'reviewBy' as const, to: teamRef(slug) })),
    ],
  }
}
