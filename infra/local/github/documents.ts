import type { Organisation } from '../organisation/model.js'
import { upnOf } from '../organisation/object-ids.js'
import { numberOf } from '../frame/ids.js'
import type { Commit } from '../git/git-repository.js'
import { iso } from './answers.js'
import type { Repository, Team } from './state.js'

type Person = Organisation['people'][number]
type Document = Record<string, unknown>

/** The login of the app, which is who acts with an installation token. */
export const BOT = 'nexus[bot]'

const nodeId = (kind: string, id: number): string => `${kind}_${Buffer.from(String(id)).toString('base64url')}`
export { nodeId }

/** How people, teams and repositories look in GitHub's answers. */
export class Documents {
  readonly org: Organisation
  readonly login: string
  /** Base of the API's addresses, and of the site's. */
  readonly api: string
  readonly site = 'https://github.com'

  constructor(
    org: Organisation,
    base: string,
    readonly teams: () => Team[],
  ) {
    this.org = org
    this.login = org.github.organisation
    this.api = `${base}/github`
  }

  /** Members: everybody who has a GitHub name and is no guest. */
  get members(): Person[] {
    return this.org.people.filter((person) => person.github !== undefined && !person.guest)
  }
  loginOf = (id: string): string => this.org.people.find((person) => person.id === id)?.github ?? id
  personOf = (login: string): Person | undefined =>
    this.org.people.find((person) => (person.github ?? person.id).toLowerCase() === login.toLowerCase())
  teamOf = (slug: string): Team | undefined => this.teams().find((team) => team.slug === slug)
  membersOf = (team: Team): Person[] => this.members.filter(({ id }) => team.members.includes(id))

  /** A user by short id, or the app. */
  user = (id: string): Document => this.account(this.loginOf(id), id === BOT ? 'Bot' : 'User')

  account(login: string, type: 'User' | 'Bot' | 'Organization'): Document {
    const id = numberOf(`github/${login}`)
    const url = `${this.api}/users/${encodeURIComponent(login)}`
    return {
      login,
      id,
      node_id: nodeId('U', id),
      avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
      gravatar_id: '',
      url,
      html_url: `${this.site}/${type === 'Bot' ? `apps/${login.replace('[bot]', '')}` : login}`,
      followers_url: `${url}/followers`,
      following_url: `${url}/following{/other_user}`,
      gists_url: `${url}/gists{/gist_id}`,
      starred_url: `${url}/starred{/owner}{/repo}`,
      subscriptions_url: `${url}/subscriptions`,
      organizations_url: `${url}/orgs`,
      repos_url: `${url}/repos`,
      events_url: `${url}/events{/privacy}`,
      received_events_url: `${url}/received_events`,
      type,
      user_view_type: 'public',
      site_admin: false,
    }
  }

  /** The organisation as `/orgs/{org}` gives it. */
  organisation(repositories: Repository[]): Document {
    const id = numberOf(`github/${this.login}`)
    const url = `${this.api}/orgs/${this.login}`
    return {
      ...{ login: this.login, id, node_id: nodeId('O', id), url, type: 'Organization', name: this.org.name },
      repos_url: `${url}/repos`,
      events_url: `${url}/events`,
      hooks_url: `${url}/hooks`,
      issues_url: `${url}/issues`,
      members_url: `${url}/members{/member}`,
      public_members_url: `${url}/public_members{/member}`,
      avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
      ...{ description: null, html_url: `${this.site}/${this.login}`, is_verified: true },
      ...{
        has_organization_projects: true,
        has_repository_projects: true,
        public_gists: 0,
        followers: 0,
        following: 0,
      },
      public_repos: repositories.filter((repository) => !repository.private).length,
      total_private_repos: repositories.filter((repository) => repository.private).length,
      ...{ created_at: '2019-03-04T09:12:00Z', updated_at: '2026-01-12T10:00:00Z', archived_at: null },
    }
  }

  team(team: Team): Document {
    const { id, slug, name, description, parent } = team
    const url = `${this.api}/orgs/${this.login}/teams/${slug}`
    const above = parent === undefined ? undefined : this.teamOf(parent)
    return {
      ...{ id, node_id: nodeId('T', id), url, html_url: `${this.site}/orgs/${this.login}/teams/${slug}` },
      ...{ name, slug, description, privacy: 'closed', permission: 'pull' },
      ...{ notification_setting: 'notifications_enabled', type: 'organization' },
      parent: above ? this.team(above) : null,
      members_url: `${url}/members{/member}`,
      repositories_url: `${url}/repos`,
    }
  }

  url = (repository: Repository): string => `${this.api}/repos/${this.login}/${repository.name}`
  page = (repository: Repository): string => `${this.site}/${this.login}/${repository.name}`

  /** A repository as lists give it (`minimal-repository`). */
  repository = (repository: Repository): Document => {
    const [url, page] = [this.url(repository), this.page(repository)]
    const pushed = Math.max(...Object.values(repository.git.branches).map((sha) => repository.git.commits[sha]!.at))
    const open = repository.pulls.filter(({ state }) => state === 'open').length
    return {
      ...{ id: repository.id, node_id: nodeId('R', repository.id), name: repository.name },
      ...{ full_name: `${this.login}/${repository.name}`, private: repository.private, html_url: page, url },
      owner: this.account(this.login, 'Organization'),
      description: repository.description || null,
      fork: false,
      ...links(url),
      ...{ git_url: `git://github.com/${this.login}/${repository.name}.git`, clone_url: `${page}.git`, svn_url: page },
      ssh_url: `git@github.com:${this.login}/${repository.name}.git`,
      ...{ mirror_url: null, homepage: null, license: null, language: repository.language, topics: repository.topics },
      ...{ archived: repository.archived, disabled: false, visibility: repository.private ? 'private' : 'public' },
      ...{ default_branch: repository.git.defaultBranch, is_template: false, web_commit_signoff_required: false },
      ...{ pushed_at: iso(pushed), created_at: iso(repository.created), updated_at: iso(pushed) },
      ...{ forks: 0, forks_count: 0, stargazers_count: 0, watchers: 0, watchers_count: 0, size: 128 },
      ...{ open_issues: open, open_issues_count: open, allow_forking: false },
      ...{
        has_issues: true,
        has_projects: true,
        has_wiki: false,
        has_pages: false,
        has_downloads: true,
        has_discussions: false,
      },
      permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
    }
  }

  /** A repository as events of an installation name it. */
  shortRepository = ({ id, name, private: isPrivate }: Repository): Document => ({
    ...{ id, node_id: nodeId('R', id), name, full_name: `${this.login}/${name}`, private: isPrivate },
  })

  /** A commit as `/repos/{owner}/{repo}/commits` gives it. */
  commit = (repository: Repository, commit: Commit): Document => {
    const url = this.url(repository)
    const person = this.org.people.find(({ id }) => id === commit.by)
    const name = person?.name ?? commit.by
    const email = person ? upnOf(this.org, person.id) : `${commit.by}@users.noreply.github.com`
    const signature = { name, email, date: iso(commit.at) }
    const account = person?.github || commit.by === BOT ? this.user(commit.by) : null
    return {
      ...{ sha: commit.sha, node_id: `C_${commit.sha.slice(0, 20)}`, url: `${url}/commits/${commit.sha}` },
      html_url: `${this.page(repository)}/commit/${commit.sha}`,
      comments_url: `${url}/commits/${commit.sha}/comments`,
      commit: {
        ...{ author: signature, committer: signature, message: commit.message, comment_count: 0 },
        tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
        url: `${url}/git/commits/${commit.sha}`,
        verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
      },
      ...{ author: account, committer: account },
      parents: commit.parents.map((sha) => ({
        sha,
        url: `${url}/commits/${sha}`,
        html_url: `${this.page(repository)}/commit/${sha}`,
      })),
    }
  }
}

const suffixes = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
}
/** The addresses of a repository's parts, as GitHub's URI templates. */
const links = (url: string): Document =>
  Object.fromEntries(Object.entries(suffixes).map(([name, suffix]) => [name, url + suffix]))
