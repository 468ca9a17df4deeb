import type { Octokit } from '@octokit/rest'
import { conflict, Fault, notFound, unavailable } from '../../../skills/kit/errors.js'
import type { ProposedPull } from '../../../skills/kit/declarations.js'
import type { PullFiles } from '../../pull-files.js'
import { connectGitHub, type GitHubOptions } from './github-client.js'

/** Files of repositories on GitHub, read, and changed by pull requests. */
export function gitHubPullFiles(options: GitHubOptions): PullFiles {
  const { organisation: owner } = options
  let connected: Promise<Octokit> | undefined

  async function ask<T>(fullName: string, question: (octokit: Octokit, repo: string) => Promise<T>): Promise<T> {
    const [given, repo = ''] = fullName.split('/')
    if (given?.toLowerCase() !== owner.toLowerCase())
      throw notFound(`${fullName} is not in ${owner} on GitHub, which is where Nexus may propose changes.`)
    try {
      return await question(await (connected ??= connectGitHub(options)), repo)
    } catch (error) {
      if (error instanceof Fault) throw error
      const { status } = error as { status?: number }
      if (status === undefined || status === 401) connected = undefined
      if (status === 404) throw notFound(`GitHub shows Nexus no ${fullName}.`, 'Its app may not be installed there.')
      throw unavailable(
        status === 401 || status === 403
          ? `GitHub does not let Nexus's app do this in ${fullName}.`
          : 'GitHub does not answer.',
        status === 403 ? 'The app needs to write contents and pull requests.' : undefined,
        error,
      )
    }
  }

  const pullOf = async (octokit: Octokit, repo: string, branch: string): Promise<ProposedPull | undefined> => {
    const { data } = await octokit.rest.pulls.list({
      owner,
      repo,
      head: `${owner}:${branch}`,
      state: 'all',
      per_page: 1,
    })
    const [pull] = data
    return (
      pull && {
        number: pull.number,
        url: pull.html_url,
        state: pull.merged_at ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
      }
    )
  }

  return {
    read: (fullName, path) =>
      ask(fullName, async (octokit, repo) => {
        try {
          const { data } = await octokit.rest.repos.getContent({ owner, repo, path })
          return 'content' in data
            ? { text: Buffer.from(data.content, 'base64').toString('utf8'), id: data.sha }
            : undefined
        } catch (error) {
          if ((error as { status?: number }).status !== 404) throw error
          await octokit.rest.repos.get({ owner, repo }) // which of the two is not there
          return undefined
        }
      }),

    propose: ({ fullName, path, text, base, branch, title, body }) =>
      ask(fullName, async (octokit, repo) => {
        const known = await pullOf(octokit, repo, branch)
        if (known?.state === 'open') return known
        const { data } = await octokit.rest.repos.get({ owner, repo })
        const into = data.default_branch
        const head = await octokit.rest.git.getRef({ owner, repo, ref: `heads/${into}` })
        await octokit.rest.git
          .createRef({ owner, repo, ref: `refs/heads/${branch}`, sha: head.data.object.sha })
          .catch(already)
        const content = Buffer.from(text, 'utf8').toString('base64')
        await octokit.rest.repos
          .createOrUpdateFileContents({
            owner,
            repo,
            path,
            branch,
            message: title,
            content,
            ...(base && { sha: base }),
          })
          .catch((error: unknown) => ours(error, octokit, repo, path, branch, content))
        const made = await octokit.rest.pulls.create({ owner, repo, head: branch, base: into, title, body })
        return { number: made.data.number, url: made.data.html_url, state: 'open' }
      }),

    find: (fullName, branch) => ask(fullName, (octokit, repo) => pullOf(octokit, repo, branch)),

    close: (fullName, branch) =>
      ask(fullName, async (octokit, repo) => {
        const pull = await pullOf(octokit, repo, branch)
        if (pull?.state === 'open')
          await octokit.rest.pulls.update({ owner, repo, pull_number: pull.number, state: 'closed' })
        await octokit.rest.git.deleteRef({ owner, repo, ref: `heads/${branch}` }).catch(gone)
      }),
  }

  /** The file on the branch may be ours already, from a request whose answer was lost; else somebody was faster. */
  async function ours(
    error: unknown,
    octokit: Octokit,
    repo: string,
    path: string,
    branch: string,
    content: string,
  ): Promise<void> {
    const { status } = error as { status?: number }
    if (status !== 409 && status !== 422) throw error
    const { data } = await octokit.rest.repos.getContent({ owner, repo, path, ref: branch })
    if ('content' in data && data.content.replace(/\s/g, '') === content) return
    throw conflict(`${path} is another by now.`, 'Ask again, and the change is made of what it says now.')
  }
}

/** "Reference already exists": a request before this one made it. */
function already(error: unknown): void {
  if ((error as { status?: number }).status !== 422) throw error
}

/** "Reference does not exist": it is deleted already. */
function gone(error: unknown): void {
  const { status } = error as { status?: number }
  if (status !== 422 && status !== 404) throw error
}
