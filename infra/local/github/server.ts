import type { VendorRequest } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import type { State } from '../frame/state.js'
import { filesOf, blobOf, resolve, type Commit } from '../git/git-repository.js'
import { notFound, Refusal } from './answers.js'
import { githubApp, type App } from './app.js'
import { BOT, Documents, nodeId } from './documents.js'
import { installationDocument } from './installation-document.js'
import { permissionOfEvent } from './permissions.js'
import { seedState, seedTeams } from './seed-state.js'
import { type GitHubState, type Repository, type Team } from './state.js'
import { webhooksOf, type Webhooks } from './webhooks.js'

/** The credential that a request came with, without its scheme. */
export const credentialOf = ({ headers }: Pick<VendorRequest, 'headers'>): string | undefined =>
  /^(?:bearer|token)\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]

const states = new WeakMap<Services, State<GitHubState>>()

/** The one state of the local GitHub. */
function gitHubState(services: Services): State<GitHubState> {
  const known = states.get(services)
  if (known) return known
  const state = services.open('github', () => seedState(services))
  const { value } = state
  value.teams ??= seedTeams(services.org) // a state that was kept before teams and names could change
  value.renamed ??= {}
  states.set(services, state)
  return state
}

/** What every operation of the local GitHub works on. */
export class Server {
  readonly app: App
  readonly documents: Documents
  /** Who acts: an installation token acts as the app. */
  readonly actor = BOT
  readonly #state: State<GitHubState>
  readonly #clock: Services['clock']
  readonly webhooks: Webhooks
  /** Waits for a moment in business time. */
  readonly after: Services['after']

  constructor(services: Services) {
    this.app = githubApp(services)
    this.#state = gitHubState(services)
    this.documents = new Documents(services.org, services.base, () => this.#state.value.teams)
    this.webhooks = webhooksOf(services)
    this.after = services.after
    this.#clock = services.clock
  }

  /** Business time, in milliseconds since 1970. */
  now = (): number => this.#clock.now().getTime()
  nextId = (): number => ++this.#state.value.lastId
  save = (): void => this.#state.changed()

  /** The repositories that the request's token may see, by name. */
  repositories(request: VendorRequest): Repository[] {
    const token = this.app.tokenOf(credentialOf(request) ?? '')
    return this.all.filter((repository) => this.app.sees(repository, token))
  }
  /** Every repository of the organisation. */
  get all(): Repository[] {
    return this.#state.value.repositories
  }
  get teams(): Team[] {
    return this.#state.value.teams
  }
  /** Ids of repositories by their former names, in lower case. */
  get renamed(): Record<string, number> {
    return this.#state.value.renamed
  }

  /**
   * The repository that `{owner}/{repo}` of the path names, in any case; 404 where it is not or may not be seen, and where it went when it has
   * another name now.
   */
  repositoryIn(request: VendorRequest): Repository {
    const { owner, repo } = request.params
    if (owner!.toLowerCase() !== this.documents.login.toLowerCase()) throw notFound()
    const [name, visible] = [repo!.toLowerCase(), this.repositories(request)]
    const found = visible.find((repository) => repository.name.toLowerCase() === name)
    if (found) return found
    const moved = visible.find(({ id }) => Object.hasOwn(this.renamed, name) && id === this.renamed[name])
    throw moved ? this.#leadTo(moved, request) : notFound()
  }

  #leadTo({ id }: Repository, { method, path, url }: VendorRequest): Refusal {
    const location = `${this.documents.api}/repositories/${id}${path.replace(/^\/repos\/[^/]+\/[^/]+/, '')}${url.search}`
    return new Refusal(method === 'GET' ? 301 : 307, 'Moved Permanently', {
      headers: { location },
      page: '/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects',
    })
  }

  /**
   * Lets the app hear of something, where it may: where it has the event's permission and was given the repository.
   * @param by short id of who did it
   * @param fields what the event has besides what all have
   */
  announce(event: string, by: string, repository: Repository | undefined, fields: Record<string, unknown>): void {
    const { documents, app } = this
    const permission = permissionOfEvent[event]
    const { installation, installationId } = app
    if (permission && (!installation.permissions[permission] || installation.suspended)) return
    if (repository && !app.sees(repository)) return
    this.webhooks.announce(event, {
      ...fields,
      ...(repository && { repository: documents.repository(repository) }),
      ...(permission && { organization: documents.account(documents.login, 'Organization') }),
      sender: documents.user(by),
      ...(permission && { installation: { id: installationId, node_id: nodeId('I', installationId) } }),
    })
  }

  /** Lets the app hear what became of its installation, which it always may. */
  announceInstallation(event: string, by: string, fields: Record<string, unknown>): void {
    const sender = this.documents.user(by)
    this.webhooks.announce(event, { ...fields, installation: installationDocument(this), sender })
  }

  /** 404 unless `{org}` is the organisation. */
  checkOrganisation({ params }: VendorRequest): void {
    if (params.org!.toLowerCase() !== this.documents.login.toLowerCase()) throw notFound()
  }

  /** A file's text at a commit. */
  textAt({ git }: Repository, commit: Commit, path: string): string | undefined {
    const sha = filesOf(git, commit.sha)[path]
    return sha === undefined ? undefined : blobOf(git, sha).toString('utf8')
  }

  /** The commit that a reference names, the default branch's where it is absent. */
  commitAt = ({ git }: Repository, ref?: string): Commit | undefined => resolve(git, ref ?? git.defaultBranch)
}
