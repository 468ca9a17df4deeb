import type { Gap } from '../../../skills/kit/catalog-source.js'
import { Refused } from './azure-devops-client.js'
import { prefixOf } from './azure-devops-ids.js'

/** A part of a project that may be closed to Nexus, or off. */
export interface Feature {
  /** As people call it, in a sentence: "classic releases". */
  name: string
  /** The permission it takes, as Azure DevOps' settings call it. */
  permission: string
  /** The kinds that come of it: they stay as they are while it cannot be read. */
  kinds: readonly string[]
}

export const features = {
  code: {
    name: 'repositories and pull requests',
    permission: 'Repositories: Read',
    kinds: ['Repository', 'PullRequest'],
  },
  policies: { name: 'branch policies', permission: 'Repositories: Read', kinds: [] },
  pipelines: { name: 'pipelines and their runs', permission: 'Pipelines: View builds', kinds: ['Pipeline', 'Run'] },
  tests: { name: 'test runs', permission: 'View test runs', kinds: [] },
  releases: { name: 'classic releases', permission: 'Releases: View releases', kinds: ['Deployment'] },
  environments: { name: 'environments', permission: 'Environments: Reader', kinds: ['Deployment', 'Environment'] },
  approvals: { name: 'approvals', permission: 'Pipelines: View builds', kinds: [] },
  teams: { name: 'teams and sprints', permission: 'View project-level information', kinds: ['Team', 'Person'] },
  feeds: { name: 'feeds', permission: 'Feed Reader', kinds: ['Package'] },
} as const satisfies Record<string, Feature>

/** Statuses by which Azure DevOps says that something is not there for who asks. */
export const isClosed = (error: unknown): error is Refused =>
  error instanceof Refused && [403, 404, 410].includes(error.status)
/** It is not there at all, or not for us. */
export const isAbsent = (error: unknown): boolean => isClosed(error) && error.status !== 403

/** What Azure DevOps did not let Nexus read, each said once. */
export class Unread {
  readonly #said = new Set<string>()
  #fresh: Gap[] = []

  /** Reads something that may be closed: undefined where it is. */
  async try<T>(feature: Feature, place: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      if (!isClosed(error)) throw error
      this.feature(feature, place)
      return undefined
    }
  }

  /** Notes that a part of a project is closed. */
  feature({ name, permission, kinds }: Feature, project: string): void {
    this.#say(`${project}/${name}`, [
      {
        reason: `Nexus may not read ${name} in the Azure DevOps project ${project}: give its service principal the permission "${permission}" there.`,
        // What is not named by its project may be anybody's: none of that kind goes while this is closed.
        ...(kinds.length && { keeps: { kinds, prefix: kinds.some(isShared) ? '' : prefixOf(project) } }),
      },
    ])
  }

  /** Notes that nothing in a project can be read. */
  project(project: string): void {
    this.#say(project, [
      {
        reason: `The Azure DevOps project ${project} is closed to Nexus: make its service principal a Reader in the project's settings, or leave it if it shall not be seen.`,
        keeps: { kinds: ['Repository', 'PullRequest', 'Pipeline', 'Run', 'Deployment'], prefix: prefixOf(project) },
      },
      // Whose these are is not in their ids.
      {
        reason: `Work items, teams and people of ${project} are as they were read last.`,
        keeps: { kinds: ['WorkItem', 'Team', 'Person'], prefix: '' },
      },
    ])
  }

  #say(key: string, gaps: readonly Gap[]): void {
    if (this.#said.has(key)) return
    this.#said.add(key)
    this.#fresh.push(...gaps)
  }

  /** What is new since it was asked last, for the next page. */
  fresh(): Gap[] {
    const gaps = this.#fresh
    this.#fresh = []
    return gaps
  }
}

const isShared = (kind: string): boolean => ['Team', 'Person', 'Environment', 'Package'].includes(kind)
