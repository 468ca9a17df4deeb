import type { Octokit } from '@octokit/rest'
import type { ReadChecks } from './read-checks.js'
import type { Allowance } from './stay-within-quota.js'
import type { Unread } from './unread.js'

/** What every reader of GitHub reads with. */
export interface Reading {
  octokit: Octokit
  /** The organisation's login. */
  org: string
  /** Goes with every request. */
  request: { signal: AbortSignal }
  quota: Allowance
  unread: Unread
  readChecks: ReadChecks
}

/** A repository as lists give it. */
export type Repository = Awaited<
  ReturnType<Octokit['rest']['apps']['listReposAccessibleToInstallation']>
>['data']['repositories'][number]

/** GitHub's moments have no fractions of a second; Nexus's have. */
export const instantOf = (moment: string): string => new Date(moment).toISOString()
