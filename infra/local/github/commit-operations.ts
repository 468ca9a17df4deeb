import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { compare, historyOf, type Commit } from '../git/git-repository.js'
import { notFound, page, unprocessable } from './answers.js'
import { changedFile } from './changed-file.js'
import type { Server } from './server.js'
import type { Repository } from './state.js'

/** A repository's commits with what they changed, and the comparison of two of them. */
export function commitOperations(router: Router, server: Server): void {
  const { documents } = server
  const base = '/repos/{owner}/{repo}'

  const whole = (repository: Repository, commit: Commit) => {
    const files = commit.changed.map(changedFile(documents, repository, commit))
    const sum = (key: 'additions' | 'deletions') => files.reduce((total, file) => total + file[key], 0)
    const [additions, deletions] = [sum('additions'), sum('deletions')]
    return {
      ...documents.commit(repository, commit),
      stats: { total: additions + deletions, additions, deletions },
      files,
    }
  }

  const commits: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const { sha, path, author, since, until } = request.query
    const head = server.commitAt(repository, sha || undefined)
    if (!head) throw notFound('/commits/commits#list-commits')
    const wanted = historyOf(repository.git, head.sha).filter(
      (commit) =>
        (!path || commit.changed.some((change) => change.path === path || change.path.startsWith(`${path}/`))) &&
        (!author || documents.loginOf(commit.by).toLowerCase() === author.toLowerCase()) &&
        (!since || commit.at >= Date.parse(since)) &&
        (!until || commit.at <= Date.parse(until)),
    )
    return page(request, wanted, (commit) => documents.commit(repository, commit))
  }

  const commitIn = (request: VendorRequest) => {
    const repository = server.repositoryIn(request)
    const commit = server.commitAt(repository, request.params.ref)
    if (!commit) throw unprocessable(`No commit found for SHA: ${request.params.ref}`)
    return { repository, commit }
  }

  const compared: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const [from, to] = request.params
      .range!.split(/\.{2,3}/)
      .map((ref) => server.commitAt(repository, ref.split(':').pop()))
    if (!from || !to) throw notFound('/commits/commits#compare-two-commits')
    const { ahead, behind, base: common } = compare(repository.git, from.sha, to.sha)
    const status = ahead.length ? (behind.length ? 'diverged' : 'ahead') : behind.length ? 'behind' : 'identical'
    const paths = new Map(ahead.flatMap(({ changed }) => changed.map((change) => [change.path, change])))
    const url = `${documents.url(repository)}/compare/${request.params.range}`
    return {
      status: 200,
      body: {
        ...{ url, html_url: `${documents.page(repository)}/compare/${request.params.range}`, status },
        ...{ ahead_by: ahead.length, behind_by: behind.length, total_commits: ahead.length },
        base_commit: documents.commit(repository, from),
        merge_base_commit: documents.commit(repository, common ?? from),
        commits: ahead.slice(0, 250).map((commit) => documents.commit(repository, commit)),
        files: [...paths.values()].slice(0, 300).map(changedFile(documents, repository, to)),
      },
    }
  }

  router
    .get(`${base}/commits`, commits)
    .get(`${base}/commits/{ref}`, (request) => {
      const { repository, commit } = commitIn(request)
      return { status: 200, body: whole(repository, commit) }
    })
    .get(`${base}/compare/{range...}`, compared)
}
