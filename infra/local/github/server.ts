import type { VendorRequest } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import type { State } from '../frame/state.js'
import { filesOf, blobOf, resolve, type Commit } from '../git/git-repository.js'
import { githubApp, type App } from './app.js'
import { notFound, or404 } from './answers.js'
import { BOT, Documents } from './documents.js'
import { seedState, type GitHubState, type Repository } from './state.js'

/** The credential that a request came with, without its scheme. */
export const credentialOf = ({ headers }: Pick<VendorRequest, 'headers'>): string | undefined =>
  /^(?:bearer|token)\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]

const states = new WeakMap<Services, State<GitHubState>>()

/** The one state of the local GitHub. */
function gitHubState(services: Services): State<GitHubState> {
  const known = states.get(services)
  if (known) return known
  const state = services.open('github', () => seedState(services))
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

  constructor(services: Services) {
    this.app = githubApp(services)
    this.documents = new Documents(services.org, services.base)
    this.#state = gitHubState(services)
    this.#clock = services.clock
  }

  /** Business time, in milliseconds since 1970. */
  now = (): number => this.#clock.now().getTime()
  nextId = (): number => ++this.#state.value.lastId
  save = (): void => this.#state.changed()

  /** The repositories that the request's token may see, by name. */
  repositories(request: VendorRequest): Repository[] {
    const only = this.app.tokenOf(credentialOf(request) ?? '')?.repositories
    const all = this.#state.value.repositories
    return only ? all.filter(({ name }) => only.includes(name)) : all
  }
  /** Every repository of the organisation. */
  get all(): Repository[] {
    return this.#state.value.repositories
  }

  /** The repository that `{owner}/{repo}` of the path names, in any case; 404 where it is not or may not be seen. */
  repositoryIn(request: VendorRequest): Repository {
    const { owner, repo } = request.params
    if (owner!.toLowerCase() !== this.documents.login.toLowerCase()) throw notFound()
    const name = repo!.toLowerCase()
    return or404(this.repositories(request).find((repository) => repository.name.toLowerCase() === name))
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
