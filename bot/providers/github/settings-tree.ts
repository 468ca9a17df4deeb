import type { Octokit } from '@octokit/rest'
import { unavailable } from '../../../skills/kit/errors.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Settings, SourceState } from '../../../skills/kit/ports.js'
import { connectGitHub, type GitHubOptions } from './github-client.js'

export interface SettingsTreeOptions extends GitHubOptions {
  /** Name of the repository in the organisation. */
  repository: string
  /** The branch whose head is in force. */
  branch: string
  clock: { now(): Instant }
}

/** The settings of an organisation: the files at the head of a branch, as they were read last. */
export interface SettingsTree extends Settings {
  /** Reads what has changed. Where GitHub does not answer, what was read last stays in force, and `state` says so. */
  refresh(signal: AbortSignal): Promise<void>
  /** How the tree stands: when it was last seen to be so, and since when GitHub does not answer. */
  state(): SourceState
  /** Where people read a file. */
  addressOf(path: string): string
}

/** One commit's files, all of them texts. */
interface Snapshot {
  version: string
  files: ReadonlyMap<string, string>
}

/** Files that settings are made of; anything else in the repository is not read. */
const settingsFile = /\.(ya?ml|md|json)$/
/** Longest file in bytes, and most files; a tree beyond that is no settings. */
const longestFile = 200_000
const mostFiles = 1000
/** Blobs fetched at a time. */
const atOnce = 8
/** How long the first question waits for the first reading, in milliseconds. */
const firstPatience = 10_000

/**
 * The settings tree in a GitHub repository. The head is asked for with its ETag, which costs no quota while nothing changed; of a new
 * commit only the blobs are fetched that were not known yet.
 */
export function gitHubSettings(options: SettingsTreeOptions): SettingsTree {
  const { organisation: owner, repository: repo, branch, clock } = options
  let connected: Promise<Octokit> | undefined
  let snapshot: Snapshot | undefined
  let etag: string | undefined
  let asOf: Instant | undefined
  let down: SourceState['down']
  let reading: Promise<void> | undefined
  const blobs = new Map<string, string>()

  async function read(signal: AbortSignal): Promise<void> {
    try {
      const octokit = await (connected ??= connectGitHub(options))
      const head = await headOf(octokit, signal)
      if (head !== undefined && head !== snapshot?.version) snapshot = await readCommit(octokit, head, signal)
      asOf = clock.now()
      down = undefined
    } catch (error) {
      connected = undefined
      etag = undefined
      down ??= { since: clock.now(), reason: reasonOf(error, `${owner}/${repo}`, branch) }
    }
  }

  /** The commit at the head of the branch; undefined where it is the one that is known. */
  async function headOf(octokit: Octokit, signal: AbortSignal): Promise<string | undefined> {
    try {
      const headers = etag === undefined || !snapshot ? {} : { 'if-none-match': etag }
      const answer = await octokit.rest.repos.getCommit({ owner, repo, ref: branch, headers, request: { signal } })
      etag = answer.headers.etag
      return answer.data.sha
    } catch (error) {
      if ((error as { status?: number }).status === 304) return undefined
      throw error
    }
  }

  async function readCommit(octokit: Octokit, version: string, signal: AbortSignal): Promise<Snapshot> {
    const request = { signal }
    const { data } = await octokit.rest.git.getTree({ owner, repo, tree_sha: version, recursive: '1', request })
    const entries = data.tree.filter(({ path, type, size = 0 }) => {
      return type === 'blob' && settingsFile.test(path) && size <= longestFile
    })
    if (data.truncated || entries.length > mostFiles)
      throw new Error(`${owner}/${repo} has more than ${mostFiles} files of settings`)
    const absent = [...new Set(entries.map(({ sha }) => sha))].filter((sha) => !blobs.has(sha))
    for (let from = 0; from < absent.length; from += atOnce)
      await Promise.all(
        absent.slice(from, from + atOnce).map(async (file_sha) => {
          const { data: blob } = await octokit.rest.git.getBlob({ owner, repo, file_sha, request })
          blobs.set(file_sha, Buffer.from(blob.content, 'base64').toString('utf8'))
        }),
      )
    const used = new Set(entries.map(({ sha }) => sha))
    for (const sha of blobs.keys()) if (!used.has(sha)) blobs.delete(sha)
    return { version, files: new Map(entries.map(({ path, sha }) => [path, blobs.get(sha)!])) }
  }

  const refresh: SettingsTree['refresh'] = (signal) =>
    (reading ??= read(signal).finally(() => {
      reading = undefined
    }))

  /** What was read last. @throws Fault Unavailable where nothing was ever read */
  async function known(): Promise<Snapshot> {
    if (!snapshot) await refresh(AbortSignal.timeout(firstPatience))
    if (!snapshot) throw unavailable('The settings cannot be read.', 'Nexus tries again every minute.')
    return snapshot
  }

  return {
    refresh,
    state: () => ({ source: 'settings', title: 'Settings', ...(asOf && { asOf }), ...(down && { down }) }),
    read: async (path) => (await known()).files.get(path),
    list: async (folder) => {
      const below = folder === '' ? '' : `${folder.replace(/\/$/, '')}/`
      return [...(await known()).files.keys()].filter((path) => path.startsWith(below)).sort()
    },
    version: async () => (await known()).version,
    addressOf: (path) =>
      `${webOf(options.endpoint)}/${owner}/${repo}/blob/${branch}/${path.split('/').map(encodeURIComponent).join('/')}`,
  }
}

/** Where people see what an API is for: GitHub Enterprise Server has it below `/api/v3` of its own host, github.com on another. */
export const webOf = (endpoint: string): string =>
  endpoint.endsWith('/api/v3') ? endpoint.slice(0, -'/api/v3'.length) : 'https://github.com'

/** What is wrong, in words of our own. */
function reasonOf(error: unknown, repository: string, branch: string): string {
  const { status } = error as { status?: number }
  if (status === 404 || status === 422 || status === 409)
    return `GitHub shows Nexus no branch ${branch} of ${repository}.`
  if (status === 401 || status === 403) return "GitHub refuses Nexus's app, or its quota is used up."
  return error instanceof Error && error.message.startsWith(repository)
    ? `${error.message}.`
    : 'GitHub does not answer.'
}
