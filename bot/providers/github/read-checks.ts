import type { Octokit } from '@octokit/rest'

/** How the checks of a commit stand, all together. */
export type ChecksState = 'passing' | 'failing' | 'pending'

/** As much of a check run as is read (GitHub REST reference, "List check runs for a Git reference"). */
export interface CheckRun {
  status: string
  conclusion: string | null
}

/** Conclusions that keep nobody from merging. */
const fine = ['success', 'neutral', 'skipped']

/** Checks together: one that failed is enough, then one that still runs; undefined where there are none. */
export function stateOfChecks(runs: readonly CheckRun[]): ChecksState | undefined {
  if (!runs.length) return undefined
  if (runs.some(({ status, conclusion }) => status === 'completed' && !fine.includes(conclusion ?? '')))
    return 'failing'
  return runs.some(({ status }) => status !== 'completed') ? 'pending' : 'passing'
}

/** Reads how the checks of commits stand. A commit that passed is not asked about again: each question costs one of the app's quota. */
export function createChecksReader() {
  const passed = new Set<string>()
  return async function readChecks(
    octokit: Octokit,
    commit: { owner: string; repo: string; ref: string },
    signal: AbortSignal,
  ): Promise<ChecksState | undefined> {
    const name = `${commit.owner}/${commit.repo}@${commit.ref}`
    if (passed.has(name)) return 'passing'
    try {
      const { data } = await octokit.rest.checks.listForRef({ ...commit, per_page: 100, request: { signal } })
      const state = stateOfChecks(data.check_runs)
      if (state === 'passing') passed.add(name)
      return state
    } catch (error) {
      // The commit is gone: the pull request is shown without checks.
      if ([404, 422].includes((error as { status?: number }).status ?? 0)) return undefined
      throw error
    }
  }
}

export type ReadChecks = ReturnType<typeof createChecksReader>
