import type { Handler, Router } from '../frame/router.js'
import { filesOf, folder, treeSha, type Files } from '../git/git-repository.js'
import { or404 } from './answers.js'
import type { Server } from './server.js'
import type { Repository } from './state.js'

/** Git's own objects below `/git`: commits, trees and blobs. */
export function gitObjectOperations(router: Router, server: Server): void {
  const { documents } = server
  const base = '/repos/{owner}/{repo}'

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
