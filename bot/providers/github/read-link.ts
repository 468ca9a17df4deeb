import { pathParts, type LinkReader, type LinkTarget } from '../../../skills/kit/link.js'
import { gitHubRepository, pullRef, runRef, workflowRef } from './github-ids.js'

const number = /^\d{1,15}$/

/** Pages of a repository that are about all of it; of what has a page of its own, such as an issue, only that page's thing is told. */
const wholePages = new Set(['tree', 'blob', 'actions', 'pulls', 'issues', 'branches', 'releases', 'commits'])

/**
 * Reads addresses of GitHub's pages: a repository, a pull request with its tabs, a workflow and its runs.
 * @param host of the pages: `github.com`, or an Enterprise server's
 */
export const gitHubLinks = (host: string): LinkReader => ({
  domains: [host],
  read(address) {
    const [owner, name, page, first, second] = pathParts(address) ?? []
    if (!owner || !name) return []
    const repository = gitHubRepository(`${owner}/${name.replace(/\.git$/, '')}`)
    return targetsOf(page, first, second)

    function targetsOf(page?: string, first?: string, second?: string): LinkTarget[] {
      if (page === undefined) return [repository]
      if (page === 'pull') return number.test(first ?? '') ? [pullRef(repository, first!)] : []
      if (page === 'actions' && first === 'runs') return number.test(second ?? '') ? [runRef(repository, second!)] : []
      if (page === 'actions' && first === 'workflows') return second ? [workflowRef(repository, second)] : []
      if (page === 'tree' || page === 'blob') return [repository]
      return wholePages.has(page) && first === undefined ? [repository] : []
    }
  },
})

/**
 * Where GitHub's pages are, of the address of its API: an Enterprise server serves both, and github.com has `api.` before its own.
 * @param endpoint such as `https://api.github.com` or `https://github.contoso.com/api/v3`
 */
export function gitHubHost(endpoint: string | undefined): string {
  const { hostname, pathname } = new URL(endpoint ?? 'https://api.github.com')
  return /^\/api\/v3\/?$/.test(pathname) ? hostname : hostname.startsWith('api.') ? hostname.slice(4) : 'github.com'
}
