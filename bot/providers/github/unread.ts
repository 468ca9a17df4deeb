import type { Gap } from '../../../skills/kit/catalog-source.js'

/** A part of GitHub that may be closed to an app, or off. */
export interface Feature {
  /** As people call it, in a sentence: "deployments". */
  name: string
  /** What the app must be given to read it, as GitHub's settings call it. */
  permission: string
  /** The kinds that come of it: they stay as they are while it cannot be read. */
  kinds: readonly string[]
  /** What to do where a repository has it not; absent where that is nothing worth saying. */
  turnOn?: string
}

export const features = {
  contents: { name: 'files and releases', permission: 'Contents: read', kinds: ['Service', 'Person'] },
  pulls: { name: 'pull requests', permission: 'Pull requests: read', kinds: ['PullRequest'] },
  checks: { name: 'checks of pull requests', permission: 'Checks: read', kinds: [] },
  actions: { name: 'workflows and their runs', permission: 'Actions: read', kinds: ['Pipeline', 'Run'] },
  environments: { name: 'environments', permission: 'Actions: read', kinds: ['Environment'] },
  deployments: { name: 'deployments', permission: 'Deployments: read', kinds: ['Deployment'] },
  graph: {
    name: 'the dependency graph',
    permission: 'Contents: read',
    kinds: ['Package'],
    turnOn: 'turn it on in its settings under Advanced Security to see what it is built from',
  },
  packages: { name: 'published packages', permission: 'Packages: read', kinds: ['Package'] },
  vulnerabilities: {
    name: 'Dependabot alerts',
    permission: 'Dependabot alerts: read',
    kinds: [],
    turnOn: 'turn them on in the settings under Advanced Security to see vulnerable packages',
  },
  code: {
    name: 'code scanning',
    permission: 'Code scanning alerts: read',
    kinds: [],
    turnOn: 'it needs Advanced Security, or a public repository',
  },
  secrets: {
    name: 'secret scanning',
    permission: 'Secret scanning alerts: read',
    kinds: [],
    turnOn: 'it needs Advanced Security, or a public repository',
  },
  teams: { name: 'teams and members', permission: 'Members: read', kinds: ['Team', 'Person'] },
} as const satisfies Record<string, Feature>

/** Statuses by which GitHub says that something is not there for the app: forbidden, absent, gone, or closed by law. */
const closed = [403, 404, 410, 451]
export const statusOf = (error: unknown): number => (error as { status?: number }).status ?? 0
export const isClosed = (error: unknown): boolean => closed.includes(statusOf(error))

/** Whether the app lacks the permission, whatever the repository. */
const isForbidden = (error: unknown): boolean =>
  statusOf(error) === 403 && /not accessible by integration/i.test((error as Error).message)

/** What GitHub did not let the app read, each said once. */
export class Unread {
  readonly #shut = new Set<Feature>()
  readonly #off = new Map<Feature, Set<string>>()
  #fresh: Gap[] = []

  /** @param organisation the login, of which all ids are */
  constructor(private readonly organisation: string) {}

  /**
   * Reads something that may be closed: undefined where it is. What the app has no permission for is not asked for again, because each
   * question costs some of the quota.
   * @param place the repository's name; the organisation's where it is asked of it as a whole
   */
  async try<T>(feature: Feature, place: string, read: () => Promise<T>): Promise<T | undefined> {
    if (this.#shut.has(feature)) return undefined
    try {
      return await read()
    } catch (error) {
      if (!isClosed(error)) throw error
      if (isForbidden(error)) this.#shutOff(feature)
      else this.#off.set(feature, (this.#off.get(feature) ?? new Set()).add(place))
      return undefined
    }
  }

  /** Reads something that a repository always has: undefined where the app lacks the permission; any other refusal is the repository's. */
  async permitted<T>(feature: Feature, read: () => Promise<T>): Promise<T | undefined> {
    if (this.#shut.has(feature)) return undefined
    try {
      return await read()
    } catch (error) {
      if (!isForbidden(error)) throw error
      this.#shutOff(feature)
      return undefined
    }
  }

  #shutOff(feature: Feature): void {
    this.#shut.add(feature)
    const { name, permission, kinds } = feature
    const reason = `Nexus's GitHub App may not read ${name}: give it the permission "${permission}" in the app's settings, and accept it in ${this.organisation}.`
    this.#fresh.push({ reason, ...(kinds.length && { keeps: { kinds, prefix: '' } }) })
  }

  /** Notes that a whole repository cannot be read: what is known of it stays. */
  repository(name: string, error: unknown): void {
    const [status, full] = [statusOf(error), `${this.organisation}/${name}`]
    const why = status === 451 ? 'is closed for legal reasons' : `is closed to Nexus's GitHub App (${status})`
    const kinds = ['Repository', 'PullRequest', 'Pipeline', 'Run', 'Deployment']
    this.#fresh.push({
      reason: `${full} ${why}: add it to the app's repositories in ${this.organisation}, or take it out if it shall not be seen.`,
      keeps: { kinds, prefix: `github/${full.toLowerCase()}` },
    })
    // Whose services these are is not in their ids: while one repository is unread, no service that GitHub knew goes.
    this.#fresh.push({
      reason: `The services that ${full} declares are as they were read last.`,
      keeps: { kinds: ['Service'], prefix: '' },
    })
  }

  /**
   * Notes that a repository's catalog-info.yaml cannot be read whole. The services in it are in no other place, so they stay as they are.
   * @param mistake its first: `line 3: …`
   */
  declarations(fullName: string, mistake: string): void {
    this.#fresh.push({
      reason: `catalog-info.yaml of ${fullName} cannot be read (${mistake}): mend it there. Services are kept as they were read last.`,
      keeps: { kinds: ['Service'], prefix: '' },
    })
  }

  /** What is new since it was asked last, for the next page. */
  fresh(): Gap[] {
    const gaps = this.#fresh
    this.#fresh = []
    return gaps
  }

  /** What is off, with where, for the last page. */
  off(): Gap[] {
    return [...this.#off].flatMap(([feature, places]): Gap[] => {
      if (!('turnOn' in feature)) return []
      return [
        { reason: `${sentence(feature.name)} of ${listed([...places].sort())} cannot be read: ${feature.turnOn}.` },
      ]
    })
  }
}

const sentence = (text: string): string => text[0]!.toUpperCase() + text.slice(1)
/** Most repositories named. */
const mostNamed = 5
const listed = (names: readonly string[]): string =>
  names.length > mostNamed
    ? `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`
    : names.join(', ')
