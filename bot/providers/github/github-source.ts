import { z } from 'zod/v4'
import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import { Fault, unavailable } from '../../../skills/kit/errors.js'
import { connectGitHub, type GitHubOptions } from './github-client.js'
import { Knowledge } from './knowledge.js'
import { createChecksReader } from './read-checks.js'
import type { Reading } from './reading.js'
import { rememberAnswers } from './remember-answers.js'
import { deltaOfGitHub, rereadGitHub } from './reread-github.js'
import { stayWithinQuota, type Allowance } from './stay-within-quota.js'
import { sweepGitHub } from './sweep-github.js'
import { statusOf, Unread } from './unread.js'

const Watermark = z.object({ pushed: z.string() })

/**
 * What a GitHub organisation says, through a GitHub App, on github.com or an Enterprise Server: people and teams, repositories with their
 * owners, packages and open alerts, the services built from them, pull requests, workflows with their runs, environments and deployments.
 */
export function gitHubSource(options: GitHubOptions): CatalogSource {
  const { endpoint, organisation: org } = options
  let allowance: Allowance | undefined
  let connected: Promise<Pick<Reading, 'octokit' | 'quota'>> | undefined
  const [readChecks, knowledge] = [createChecksReader(), new Knowledge()]

  async function connect(): Promise<Pick<Reading, 'octokit' | 'quota'>> {
    const octokit = await connectGitHub(options)
    // The last one added is asked first: an answer that is known costs no quota, and every attempt is made with the ETag.
    rememberAnswers(octokit)
    return { octokit, quota: (allowance = stayWithinQuota(octokit)) }
  }

  async function reading(signal: AbortSignal): Promise<Reading> {
    connected ??= connect()
    const { octokit, quota } = await connected.catch((error: unknown) => {
      connected = undefined
      throw error
    })
    return { octokit, quota, org, request: { signal }, unread: new Unread(org), readChecks }
  }

  /** The error as a Fault that says what GitHub did; the next reading connects anew where the credential was refused. */
  function fault(error: unknown): Fault {
    if (error instanceof Fault) return error
    const status = statusOf(error)
    const refused = status === 401 || status === 403
    if (refused) connected = undefined
    const cause = Object.assign(new Error(`reading ${endpoint}`), { cause: error })
    return unavailable(`GitHub ${refused ? "refuses Nexus's app" : 'does not answer'}.`, undefined, cause)
  }

  return {
    name: 'github',
    title: 'GitHub',
    quota: () => allowance?.standing(),
    async *sweep(from, signal) {
      try {
        yield* sweepGitHub(await reading(signal), knowledge, from)
      } catch (error) {
        throw fault(error)
      }
    },
    async delta(since, signal) {
      const known = Watermark.safeParse(since)
      if (!known.success) return undefined
      return reading(signal)
        .then((one) => deltaOfGitHub(one, knowledge, known.data.pushed))
        .catch((error: unknown) => Promise.reject(fault(error)))
    },
    reread: (refs, signal) =>
      reading(signal)
        .then((one) => rereadGitHub(one, knowledge, refs))
        .catch((error: unknown) => Promise.reject(fault(error))),
  }
}
