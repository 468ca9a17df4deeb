import type { Octokit } from '@octokit/rest'
import { sweepOfAll, type CatalogSource } from '../../../skills/kit/catalog-source.js'
import { personRef, repositoryRef, teamRef } from '../../../skills/kit/entity-ids.js'
import { unavailable } from '../../../skills/kit/errors.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import { readCatalogInfo } from './catalog-info.js'
import { createChecksReader, type ChecksState, type ReadChecks } from './read-checks.js'
import { ownersOfEverything } from './codeowners.js'
import { connectGitHub, type GitHubOptions } from './github-client.js'

type Repository = Awaited<ReturnType<Octokit['rest']['repos']['listForOrg']>>['data'][number]
type Commit = Awaited<ReturnType<Octokit['rest']['repos']['listCommits']>>['data'][number]
type Pull = Awaited<ReturnType<Octokit['rest']['pulls']['list']>>['data'][number]

/** Places where GitHub looks for CODEOWNERS, in its order. */
const codeownersPlaces = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']

/** Repositories, the services their catalog-info.yaml declares, teams, and open pull requests, through a GitHub App. */
export function gitHubSource(options: GitHubOptions): CatalogSource {
  const { endpoint: baseUrl, organisation: org } = options
  let connected: Promise<Octokit> | undefined
  const readChecks = createChecksReader()
  return {
    name: 'github',
    title: 'GitHub',
    sweep: sweepOfAll(async (signal) => {
      try {
        const octokit = await (connected ??= connectGitHub(options))
        const reader = new GitHubReader(octokit, org, signal, readChecks)
        return await reader.everything()
      } catch (error) {
        connected = undefined
        const status = (error as { status?: number }).status
        const reason =
          status === 401 || status === 403 ? "refuses Nexus's app, or its quota is used up" : 'does not answer'
        throw unavailable(
          `GitHub ${reason}.`,
          undefined,
          Object.assign(new Error(`reading ${baseUrl}`), { cause: error }),
        )
      }
    }),
  }
}

class GitHubReader {
  constructor(
    private readonly octokit: Octokit,
    private readonly org: string,
    private readonly signal: AbortSignal,
    private readonly readChecks: ReadChecks,
  ) {}

  async everything(): Promise<Claim[]> {
    const request = { signal: this.signal }
    const repositories = await this.octokit.paginate(this.octokit.rest.repos.listForOrg, {
      org: this.org,
      per_page: 100,
      request,
    })
    const mails = await this.readMembers(repositories)
    const claims: Claim[] = []
    for (const repository of repositories.filter(({ archived }) => !archived))
      claims.push(...(await this.readRepository(repository, mails)))
    return [
      ...mergeServices(claims),
      ...(await this.readTeams()),
      ...[...mails].map(([login, { mail, name }]): Claim => ({
        ...personRef(mail),
        name,
        props: { gitHubLogin: login },
      })),
    ]
  }

  /**
   * Mail addresses by login, which is how GitHub's people are told to be the directory's: the one a member shows, else the one they
   * commit with most. Who has neither is left out.
   */
  private async readMembers(repositories: readonly Repository[]): Promise<Map<string, { mail: string; name: string }>> {
    const request = { signal: this.signal }
    const { rest } = this.octokit
    const members = await this.octokit.paginate(rest.orgs.listMembers, { org: this.org, per_page: 100, request })
    const commits: Commit[] = []
    for (const { name, size } of repositories) {
      if (size === 0) continue // GitHub answers 409 for the commits of an empty repository
      const { data } = await rest.repos.listCommits({ owner: this.org, repo: name, per_page: 100, request })
      commits.push(...data)
    }
    const people = new Map<string, { mail: string; name: string }>()
    for (const { login } of members) {
      const { data } = await rest.users.getByUsername({ username: login, request })
      const mail = data.email ?? usualMail(commits.filter(({ author }) => author?.login === login))
      if (mail) people.set(login, { mail, name: data.name ?? login })
    }
    return people
  }

  private async readTeams(): Promise<Claim[]> {
    const teams = await this.octokit.paginate(this.octokit.rest.teams.list, {
      org: this.org,
      per_page: 100,
      request: { signal: this.signal },
    })
    const claims = teams.map(({ name, slug, description }): Claim => ({
      ...teamRef(slug),
      name,
      aliases: [slug],
      props: { gitHubTeam: slug, ...(description && { summary: description }) },
    }))
    return [...new Map(claims.map((claim) => [claim.id, claim])).values()]
  }

  private async readRepository(repository: Repository, mails: ReadonlyMap<string, { mail: string }>): Promise<Claim[]> {
    const info = await this.readFile(repository.name, 'catalog-info.yaml')
    const codeowners = await this.readFirst(repository.name, codeownersPlaces)
    const ref = repositoryRef('github', repository.full_name)
    const owners = ownersOfEverything(codeowners ?? '').map((owner) => ({
      type: 'ownedBy' as const,
      to: teamRef(owner),
      why: 'CODEOWNERS',
    }))
    const services = info ? readCatalogInfo(info, ref, owners) : []
    const pulls = await this.octokit.paginate(this.octokit.rest.pulls.list, {
      owner: this.org,
      repo: repository.name,
      state: 'open',
      per_page: 100,
      request: { signal: this.signal },
    })
    const commitOf = (pull: Pull) => ({ owner: this.org, repo: repository.name, ref: pull.head.sha })
    const pullClaims: Claim[] = []
    for (const pull of pulls) {
      const checks = await this.readChecks(this.octokit, commitOf(pull), this.signal)
      pullClaims.push(pullClaim(pull, repository, ref, mails, checks))
    }
    return [repositoryClaim(repository, ref, owners, services), ...services, ...pullClaims]
  }

  private async readFirst(repo: string, paths: readonly string[]): Promise<string | undefined> {
    for (const path of paths) {
      const text = await this.readFile(repo, path)
      if (text !== undefined) return text
    }
    return undefined
  }

  private async readFile(repo: string, path: string): Promise<string | undefined> {
    try {
      const { data } = await this.octokit.rest.repos.getContent({
        owner: this.org,
        repo,
        path,
        request: { signal: this.signal },
      })
      return 'content' in data ? Buffer.from(data.content, 'base64').toString('utf8') : undefined
    } catch (error) {
      if ((error as { status?: number }).status === 404) return undefined
      throw error
    }
  }
}

/** The address that most of a person's commits carry; GitHub's own no-reply addresses say nothing. */
function usualMail(commits: readonly Commit[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { commit } of commits) {
    const mail = commit.author?.email?.toLowerCase()
    if (mail && !mail.endsWith('@users.noreply.github.com')) counts.set(mail, (counts.get(mail) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0]
}

function repositoryClaim(
  repository: Repository,
  ref: Ref,
  owners: NonNullable<Claim['relations']>,
  services: readonly Claim[],
): Claim {
  const { name, description, language, default_branch, html_url, topics, pushed_at } = repository
  return {
    ...ref,
    name,
    props: {
      host: 'GitHub',
      url: html_url,
      ...(description && { summary: description }),
      ...(language && { language }),
      ...(default_branch && { branch: default_branch }),
      ...(topics?.length && { topics }),
      ...(pushed_at && { updated: new Date(pushed_at).toISOString() }),
      declares: services.map(({ id }) => id),
    },
    relations: owners,
  }
}

function pullClaim(
  pull: Pull,
  repository: Repository,
  ref: Ref,
  mails: ReadonlyMap<string, { mail: string }>,
  checks: ChecksState | undefined,
): Claim {
  const person = (login: string | undefined) => (login && mails.has(login) ? [personRef(mails.get(login)!.mail)] : [])
  return {
    kind: 'PullRequest',
    id: `${ref.id}#${pull.number}`,
    name: `${repository.name}#${pull.number}`,
    props: {
      title: pull.title,
      state: pull.draft ? 'draft' : pull.state,
      repository: repository.name,
      branch: pull.head.ref,
      opened: new Date(pull.created_at).toISOString(),
      updated: new Date(pull.updated_at).toISOString(),
      url: pull.html_url,
      ...(checks && { checks }),
    },
    relations: [
      { type: 'partOf', to: ref },
      ...person(pull.user?.login).map((to) => ({ type: 'authoredBy' as const, to })),
      ...(pull.requested_reviewers ?? [])
        .flatMap(({ login }) => person(login))
        .map((to) => ({ type: 'reviewBy' as const, to })),
    ],
  }
}

/** Two repositories may declare the same service; the first one's claim stands, in the order of names. */
function mergeServices(claims: readonly Claim[]): Claim[] {
  const seen = new Map<string, Claim>()
  for (const claim of claims) if (!seen.has(`${claim.kind}/${claim.id}`)) seen.set(`${claim.kind}/${claim.id}`, claim)
  return [...seen.values()]
}
