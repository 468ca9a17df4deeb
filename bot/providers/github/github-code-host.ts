import type { Octokit } from '@octokit/rest'
import { repositoryRef } from '../../../skills/kit/entity-ids.js'
import { Fault, unavailable } from '../../../skills/kit/errors.js'
import type { CodeFile, CodeHost, CodeRepository } from '../../code-host.js'
import { connectGitHub, type GitHubOptions } from './github-client.js'
import { webOf } from './settings-tree.js'
import { stayWithinQuota } from './stay-within-quota.js'

/** The files at the head of a repository, and the ETag by which they are asked for again. */
interface Tree {
  /** The branch and the moment of the last push: while both are the same, so are the files. */
  pushed: string
  etag: string | undefined
  files: CodeFile[]
}

/**
 * The files of an organisation's repositories on GitHub. The list says when each was pushed to; only of those that were since, the tree is
 * asked for, and with its ETag, so that what did not change costs none of the quota (docs.github.com, "Best practices for using the REST
 * API").
 */
export function gitHubCodeHost(options: GitHubOptions): CodeHost {
  const { organisation: owner } = options
  const trees = new Map<string, Tree>()
  let connected: Promise<Octokit> | undefined

  async function connect(): Promise<Octokit> {
    const octokit = await connectGitHub(options)
    stayWithinQuota(octokit)
    return octokit
  }

  async function ask<T>(question: (octokit: Octokit) => Promise<T>): Promise<T> {
    try {
      return await question(await (connected ??= connect()))
    } catch (error) {
      if (error instanceof Fault) {
        connected = undefined // not installed, or suspended
        throw error
      }
      const { status } = error as { status?: number }
      if (status === undefined || status === 401) connected = undefined
      const refused = status === 401 || status === 403 || status === 404
      throw unavailable(refused ? "GitHub refuses Nexus's app." : 'GitHub does not answer.', undefined, error)
    }
  }

  async function readTree(
    octokit: Octokit,
    repo: string,
    branch: string,
    at: string,
    signal: AbortSignal,
  ): Promise<CodeFile[]> {
    const before = trees.get(repo)
    const pushed = `${branch} ${at}`
    if (at && before?.pushed === pushed) return before.files
    const headers = before?.etag === undefined ? {} : { 'if-none-match': before.etag }
    try {
      const answer = await octokit.rest.git.getTree({
        ...{ owner, repo, tree_sha: branch, recursive: '1', headers, request: { signal } },
      })
      // A tree beyond GitHub's limit of 100,000 entries is cut: what it has is read, and what it lacks is not there.
      const files = answer.data.tree.flatMap(({ path, sha, type, size = 0 }) =>
        type === 'blob' ? [{ path, id: sha, size }] : [],
      )
      trees.set(repo, { pushed, etag: answer.headers.etag, files })
      return files
    } catch (error) {
      const { status } = error as { status?: number }
      if (status === 304 && before) {
        trees.set(repo, { ...before, pushed })
        return before.files
      }
      if (status === 409) return [] // "Git Repository is empty."
      throw error
    }
  }

  return {
    title: 'GitHub',
    repositories: (signal) =>
      ask(async (octokit) => {
        const listed = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, {
          ...{ per_page: 100, request: { signal } },
        })
        return listed
          .filter(({ archived, size }) => !archived && size !== 0)
          .map(({ name: repo, full_name, default_branch: branch = 'main', pushed_at: pushed }): CodeRepository => ({
            ref: repositoryRef('github', full_name),
            fullName: full_name,
            files: (within) => ask((client) => readTree(client, repo, branch, pushed ?? '', within)),
            read: ({ id }, within) =>
              ask(async (client) => {
                const { data } = await client.rest.git.getBlob({
                  ...{ owner, repo, file_sha: id, request: { signal: within } },
                })
                return Buffer.from(data.content, 'base64').toString('utf8')
              }),
            addressOf: (path) =>
              `${webOf(options.endpoint)}/${full_name}/blob/${branch}/${path.split('/').map(encodeURIComponent).join('/')}`,
          }))
      }),
  }
}
