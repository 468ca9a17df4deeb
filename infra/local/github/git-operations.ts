import type { Handler, Router, VendorRequest } from '../frame/router.js'
import {
  blobOf,
  compare,
  filesOf,
  folder,
  historyOf,
  treeSha,
  type Change,
  type Commit,
  type Files,
} from '../git/git-repository.js'
import { bodyOf, notFound, or404, page, Refusal, textOf, unprocessable } from './answers.js'
import { checkRefName } from './content-operations.js'
import type { Server } from './server.js'
import type { Repository } from './state.js'

/** Commits, branches, tags, references, trees, and the comparison of two commits. */
export function gitOperations(router: Router, server: Server): void {
  const { documents } = server
  const base = '/repos/{owner}/{repo}'

  const fileOf =
    (repository: Repository, commit: Commit) =>
    ({ path, status }: Change) => {
      const sha =
        filesOf(repository.git, status === 'removed' ? (commit.parents[0] ?? commit.sha) : commit.sha)[path] ?? null
      const lines = sha ? blobOf(repository.git, sha).toString('utf8').split('\n').length : 0
      const [additions, deletions] = status === 'removed' ? [0, lines] : [lines, 0]
      const contents_url = `${documents.url(repository)}/contents/${encodeURI(path)}?ref=${commit.sha}`
      const blob_url = `${documents.page(repository)}/blob/${commit.sha}/${path}`
      return {
        ...{ sha, filename: path, status, additions, deletions, changes: lines },
        blob_url,
        raw_url: blob_url,
        contents_url,
      }
    }
  const whole = (repository: Repository, commit: Commit) => {
    const files = commit.changed.map(fileOf(repository, commit))
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
        files: [...paths.values()].slice(0, 300).map(fileOf(repository, to)),
      },
    }
  }

  const branchOf = (repository: Repository) => (name: string) => {
    const commit = repository.git.commits[repository.git.branches[name]!]!
    const short = { sha: commit.sha, url: `${documents.url(repository)}/commits/${commit.sha}` }
    return { name, commit: short, protected: name === repository.git.defaultBranch }
  }
  const refOf = (repository: Repository, ref: string, sha: string) => {
    const url = `${documents.url(repository)}/git/${ref}`
    const object = { type: 'commit', sha, url: `${documents.url(repository)}/git/commits/${sha}` }
    return { ref, node_id: `REF_${Buffer.from(`${repository.id}${ref}`).toString('base64url')}`, url, object }
  }
  const referencesOf = ({ git }: Repository): [string, string][] => [
    ...Object.entries(git.branches).map(([name, sha]): [string, string] => [`refs/heads/${name}`, sha]),
    ...Object.entries(git.tags).map(([name, sha]): [string, string] => [`refs/tags/${name}`, sha]),
  ]
  const refIn = (request: VendorRequest) => {
    const repository = server.repositoryIn(request)
    const found = referencesOf(repository).find(([ref]) => ref === `refs/${request.params.ref}`)
    return { repository, ref: found?.[0], sha: found?.[1] }
  }
  /** The branches or tags that a full reference belongs to, and its short name. */
  const holderOf = ({ git }: Repository, ref: string): [Record<string, string>, string] => {
    const match = /^refs\/(heads|tags)\/(.+)$/.exec(ref)
    if (!match) throw unprocessable(`Reference name must start with 'refs/heads/' or 'refs/tags/'`)
    return [match[1] === 'heads' ? git.branches : git.tags, match[2]!]
  }

  const createRef: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const body = bodyOf(request)
    const [ref, sha] = [textOf(body, 'ref', 'Reference'), textOf(body, 'sha', 'Reference')]
    const [holder, name] = holderOf(repository, ref)
    checkRefName(name)
    if (!Object.hasOwn(repository.git.commits, sha)) throw unprocessable('Object does not exist')
    if (Object.hasOwn(holder, name)) throw unprocessable('Reference already exists')
    holder[name] = sha
    server.save()
    return { status: 201, body: refOf(repository, ref, sha) }
  }

  const updateRef: Handler = (request) => {
    const { repository, ref, sha } = refIn(request)
    if (!ref || !sha) throw unprocessable('Reference does not exist')
    const body = bodyOf(request)
    const target = textOf(body, 'sha', 'Reference')
    if (!Object.hasOwn(repository.git.commits, target)) throw unprocessable('Object does not exist')
    const forward = historyOf(repository.git, target).some((commit) => commit.sha === sha)
    if (!forward && body.force !== true) throw unprocessable('Update is not a fast forward')
    const [holder, name] = holderOf(repository, ref)
    holder[name] = target
    server.save()
    return { status: 200, body: refOf(repository, ref, target) }
  }

  const deleteRef: Handler = (request) => {
    const { repository, ref } = refIn(request)
    if (!ref) throw unprocessable('Reference does not exist')
    const [holder, name] = holderOf(repository, ref)
    if (holder === repository.git.branches && name === repository.git.defaultBranch)
      throw unprocessable('Cannot delete the default branch')
    delete holder[name]
    server.save()
    return { status: 204 }
  }

  /** A tree by its own sha, by a commit's, or by a reference. */
  const tree: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const { git } = repository
    const key = request.params.sha!
    const commit = server.commitAt(repository, key)
    const [files, prefix] = commit ? [filesOf(git, commit.sha), ''] : or404(subtree(repository, key))
    const url = `${documents.url(repository)}/git/trees/`
    const below = (path: string): ReturnType<typeof folder> =>
      folder(git, files, path).flatMap((entry) =>
        request.query.recursive !== undefined && entry.type === 'tree' ? [entry, ...below(entry.path)] : [entry],
      )
    const entries = below(prefix).map(({ path, type, sha, size }) => ({
      ...{
        path: prefix ? path.slice(prefix.length + 1) : path,
        mode: type === 'tree' ? '040000' : '100644',
        type,
        sha,
      },
      ...(size !== undefined && { size }),
      url: `${documents.url(repository)}/git/${type}s/${sha}`,
    }))
    const sha = treeSha(git, files, prefix)
    return { status: 200, body: { sha, url: url + sha, tree: entries, truncated: false } }
  }

  router
    .get(`${base}/commits`, commits)
    .get(`${base}/commits/{ref}`, (request) => {
      const { repository, commit } = commitIn(request)
      return { status: 200, body: whole(repository, commit) }
    })
    .get(`${base}/compare/{range...}`, compared)
    .get(`${base}/git/commits/{ref}`, (request) => {
      const repository = server.repositoryIn(request)
      const commit = or404(repository.git.commits[request.params.ref!])
      const { commit: inner, ...outer } = documents.commit(repository, commit)
      return {
        status: 200,
        body: { ...(inner as object), sha: commit.sha, node_id: outer.node_id, parents: outer.parents },
      }
    })
    .get(`${base}/git/trees/{sha...}`, tree)
    .get(`${base}/git/blobs/{sha}`, (request) => {
      const repository = server.repositoryIn(request)
      const { sha } = request.params
      const content = or404(repository.git.blobs[sha!])
      const url = `${documents.url(repository)}/git/blobs/${sha}`
      const size = Buffer.from(content, 'base64').length
      return { status: 200, body: { sha, node_id: `B_${sha}`, size, url, content, encoding: 'base64' } }
    })
    .get(`${base}/branches`, (request) => {
      const repository = server.repositoryIn(request)
      return page(request, Object.keys(repository.git.branches).sort(), branchOf(repository))
    })
    .get(`${base}/branches/{branch}/protection`, () => {
      throw new Refusal(404, 'Branch not protected')
    })
    .get(`${base}/branches/{branch...}`, (request) => {
      const repository = server.repositoryIn(request)
      const name = request.params.branch!
      if (!Object.hasOwn(repository.git.branches, name)) throw new Refusal(404, 'Branch not found')
      const commit = documents.commit(repository, repository.git.commits[repository.git.branches[name]!]!)
      return { status: 200, body: { ...branchOf(repository)(name), commit } }
    })
    .get(`${base}/tags`, (request) => {
      const repository = server.repositoryIn(request)
      return page(request, Object.entries(repository.git.tags).reverse(), ([name, sha]) => ({
        ...{ name, commit: { sha, url: `${documents.url(repository)}/commits/${sha}` }, node_id: `REF_${sha}` },
        zipball_url: `${documents.url(repository)}/zipball/refs/tags/${name}`,
        tarball_url: `${documents.url(repository)}/tarball/refs/tags/${name}`,
      }))
    })
    .get(`${base}/git/matching-refs/{ref...}`, (request) => {
      const repository = server.repositoryIn(request)
      const found = referencesOf(repository).filter(([ref]) => ref.startsWith(`refs/${request.params.ref}`))
      return page(request, found, ([ref, sha]) => refOf(repository, ref, sha))
    })
    .get(`${base}/git/ref/{ref...}`, (request) => {
      const { repository, ref, sha } = refIn(request)
      return { status: 200, body: refOf(repository, or404(ref), or404(sha)) }
    })
    .post(`${base}/git/refs`, createRef)
    .patch(`${base}/git/refs/{ref...}`, updateRef)
    .delete(`${base}/git/refs/{ref...}`, deleteRef)
}

/** The files and the folder whose tree has a sha. */
function subtree({ git }: Repository, sha: string): [Files, string] | undefined {
  for (const files of Object.values(git.trees)) {
    const folders = new Set(
      Object.keys(files).flatMap((path) => path.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'))),
    )
    for (const path of folders) if (treeSha(git, files, path) === sha) return [files, path]
  }
  return undefined
}
