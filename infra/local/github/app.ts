import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { compactVerify, decodeJwt } from 'jose'
import { numberOf } from '../frame/ids.js'
import type { Services } from '../frame/services.js'
import type { State } from '../frame/state.js'
import { Refusal } from './answers.js'

/** What an installation may do at first; a token cannot be given more than the installation has. */
const granted: Record<string, string> = {
  actions: 'write',
  administration: 'write',
  checks: 'read',
  contents: 'write',
  deployments: 'write',
  environments: 'read',
  issues: 'write',
  members: 'read',
  metadata: 'read',
  packages: 'read',
  pull_requests: 'write',
  secret_scanning_alerts: 'read',
  security_events: 'read',
  statuses: 'write',
  vulnerability_alerts: 'read',
  workflows: 'write',
}

/** An installation's access token as the state keeps it. */
export interface InstallationToken {
  /** Milliseconds since 1970, real time. */
  expires: number
  /** Ids of the repositories it is cut to; absent for all of the installation's. */
  repositories?: number[]
  /** What it is cut to; absent for all that the installation may. */
  permissions?: Record<string, string>
}

/** The app's installation in the organisation, as its administrators have set it. */
export interface Installation {
  permissions: Record<string, string>
  /** Ids of the repositories that were chosen; absent for all. */
  selected?: number[]
  suspended?: boolean
}

interface AppState {
  appId: number
  installationId: number
  privateKey: string
  tokens: Record<string, InstallationToken>
  installation: Installation
}

const seed = (domain: string): AppState => ({
  appId: 100_000 + (numberOf(`${domain}/github-app`) % 900_000),
  installationId: numberOf(`${domain}/github-installation`),
  privateKey: generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey,
  tokens: {},
  installation: { permissions: granted },
})

const apps = new WeakMap<Services, App>()

/** The app of the local organisation; the same one for the same services, so that its key pair is made only once. */
export function githubApp(services: Services): App {
  const known = apps.get(services)
  if (known) return known
  const app = new App(services.open('github-app', () => seed(services.org.domain)))
  apps.set(services, app)
  return app
}

/** What a client of the local GitHub needs to be its app: the ids, and the private key as a PEM (PKCS#1, as GitHub's). */
export interface GitHubApp {
  appId: number
  installationId: number
  privateKey: string
}

/** The local organisation's GitHub App: its key pair, its tokens, and what it refuses. */
export class App implements GitHubApp {
  readonly #state: State<AppState>
  constructor(state: State<AppState>) {
    this.#state = state
    state.value.installation ??= { permissions: granted } // one that was kept before installations could be changed
    state.changed() // a key pair made now has to be there at the next start
  }
  get appId(): number {
    return this.#state.value.appId
  }
  get installationId(): number {
    return this.#state.value.installationId
  }
  get privateKey(): string {
    return this.#state.value.privateKey
  }

  /**
   * Checks an app's JSON web token: RS256 with the app's key, `iss` the app, ten minutes at most. Tokens keep real time.
   * Refusals as in docs.github.com, "Generating a JSON Web Token for a GitHub App".
   */
  async checkJwt(jwt: string): Promise<void> {
    const { alg, iss, iat, exp } = await this.#verified(jwt)
    const now = Date.now() / 1000
    if (alg !== 'RS256') throw new Refusal(401, 'A JSON web token could not be decoded')
    if (String(iss) !== String(this.appId)) throw new Refusal(404, 'Integration not found')
    if (typeof exp !== 'number' || exp <= now)
      throw new Refusal(
        401,
        `'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires`,
      )
    if (exp > now + 600 + 5) throw new Refusal(401, `'Expiration time' claim ('exp') is too far in the future`)
    if (typeof iat !== 'number' || iat > now + 5)
      throw new Refusal(
        401,
        `'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued`,
      )
  }

  async #verified(jwt: string): Promise<{ alg?: string; iss?: unknown; iat?: unknown; exp?: unknown }> {
    try {
      const { protectedHeader } = await compactVerify(jwt, createPublicKey(this.privateKey), { algorithms: ['RS256'] })
      return { alg: protectedHeader.alg, ...decodeJwt(jwt) }
    } catch {
      throw new Refusal(401, 'A JSON web token could not be decoded')
    }
  }

  get installation(): Installation {
    return this.#state.value.installation
  }
  /** Changes what the installation may see or do. Tokens that are out keep what of it they still may. */
  change(installation: Installation): void {
    this.#state.value.installation = installation
    this.#state.changed()
  }

  /** What a token may: what it was cut to, as far as the installation still has it. */
  permissionsOf({ permissions: cut }: InstallationToken): Record<string, string> {
    const { permissions } = this.installation
    if (!cut) return permissions
    const left = Object.entries(cut).filter(([name]) => permissions[name] !== undefined)
    return Object.fromEntries(left.map(([name, level]) => [name, permissions[name] === 'read' ? 'read' : level]))
  }
  /** Whether a token may see a repository; without a token, whether the installation may. */
  sees({ id }: { id: number }, token?: InstallationToken): boolean {
    const { selected } = this.installation
    return (selected?.includes(id) ?? true) && (token?.repositories?.includes(id) ?? true)
  }

  /** A new access token of the installation, good for an hour of real time. */
  issue(cut: Pick<InstallationToken, 'repositories' | 'permissions'>): { token: string; expires: number } {
    const token = `ghs_${randomBytes(24).toString('base64url').replace(/[-_]/g, '0').padEnd(36, '0')}`
    const expires = Math.floor(Date.now() / 1000) * 1000 + 3_600_000
    const { tokens } = this.#state.value
    for (const [old, { expires: end }] of Object.entries(tokens)) if (end <= Date.now()) delete tokens[old]
    tokens[token] = { expires, ...cut }
    this.#state.changed()
    return { token, expires }
  }

  /** Makes all tokens that are out worthless, as GitHub does when an app is uninstalled. */
  revokeTokens(): void {
    this.#state.value.tokens = {}
    this.#state.changed()
  }

  /** A token that was issued and is not yet expired. */
  tokenOf(token: string): InstallationToken | undefined {
    const known = Object.hasOwn(this.#state.value.tokens, token) ? this.#state.value.tokens[token] : undefined
    return known && known.expires > Date.now() ? known : undefined
  }
}
