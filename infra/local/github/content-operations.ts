import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { addCommit, blobOf, filesOf, folder, type Commit, type Files, type TreeEntry } from '../git/git-repository.js'
import { announcePush } from './announce-push.js'
import { bodyOf, invalid, notFound, or404, Refusal, textOf } from './answers.js'
import { codeownersErrors, findCodeowners } from './codeowners.js'
import type { Server } from './server.js'
import type { Repository } from './state.js'

/** Files: read, listed and written, each write a commit; and what is wrong with CODEOWNERS. */
export function contentOperations(router: Router, server: Server): void {
  const { documents } = server

  const entryOf = (repository: Repository, ref: string) => (entry: TreeEntry) => {
    const type = entry.type === 'tree' ? 'dir' : 'file'
    const url = `${documents.url(repository)}/contents/${encodeURI(entry.path)}?ref=${encodeURIComponent(ref)}`
    const git_url = `${documents.url(repository)}/git/${entry.type}s/${entry.sha}`
    const html_url = `${documents.page(repository)}/${entry.type}/${ref}/${entry.path}`
    const download_url =
      type === 'dir'
        ? null
        : `https://raw.githubusercontent.com/${documents.login}/${repository.name}/${ref}/${entry.path}`
    const shared = {
      ...{ name: entry.name, path: entry.path, sha: entry.sha, size: entry.size ?? 0, url },
      html_url,
      git_url,
    }
    return { ...shared, download_url, type, _links: { self: url, git: git_url, html: html_url } }
  }

  /** The one file at a path, as an entry. */
  const fileAt = (repository: Repository, files: Files, path: string): TreeEntry | undefined => {
    const sha = files[path]
    if (sha === undefined) return undefined
    const size = blobOf(repository.git, sha).length
    return { name: path.split('/').pop()!, path, type: 'blob', sha, size }
  }

  const read = (request: VendorRequest, path: string) => {
    const repository = server.repositoryIn(request)
    const ref = request.query.ref || repository.git.defaultBranch
    const commit = server.commitAt(repository, ref)
    if (!commit) throw new Refusal(404, `No commit found for the ref ${ref}`, { page: '/v3/repos/contents/' })
    const files = filesOf(repository.git, commit.sha)
    const show = entryOf(repository, ref)
    const file = fileAt(repository, files, path)
    if (file) {
      const bytes = blobOf(repository.git, file.sha)
      if (/vnd\.github\.(v3\.)?raw/.test(request.headers.accept ?? ''))
        return {
          status: 200,
          headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' },
          body: bytes,
        }
      return { status: 200, body: { ...show(file), content: wrapped(bytes.toString('base64')), encoding: 'base64' } }
    }
    const entries = folder(repository.git, files, path)
    if (entries.length === 0 && path !== '') throw notFound('/repos/contents#get-repository-content')
    return { status: 200, body: entries.map(show) }
  }

  /** Where a write goes: the branch, and the file that is there now; 409 where the sha given is not its. */
  const targetOf = (request: VendorRequest, body: Record<string, unknown>) => {
    const repository = server.repositoryIn(request)
    if (repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.')
    const branch =
      typeof body.branch === 'string' ? body.branch.replace(/^refs\/heads\//, '') : repository.git.defaultBranch
    const head = repository.git.branches[branch]
    if (head === undefined) throw new Refusal(404, `Branch ${branch} not found`)
    const path = request.params.path!
    const sha = filesOf(repository.git, head)[path]
    if (sha !== undefined && (typeof body.sha !== 'string' || body.sha === ''))
      throw new Refusal(422, `Invalid request.\n\n"sha" wasn't supplied.`)
    if (typeof body.sha === 'string' && body.sha !== '' && body.sha !== sha)
      throw new Refusal(409, `${path} does not match ${body.sha}`)
    return { repository, branch, head, path, sha }
  }

  const commit = (
    repository: Repository,
    branch: string,
    head: string,
    message: string,
    path: string,
    content: Buffer | null,
  ) => {
    const made = addCommit(repository.git, {
      ...{ parents: [head], by: server.actor, at: server.now(), message, edits: { [path]: content } },
    })
    repository.git.branches[branch] = made.sha
    server.save()
    announcePush(server, repository, { ref: `refs/heads/${branch}`, before: head, after: made.sha, by: server.actor })
    return { sha: made.sha, ...(documents.commit(repository, made).commit as object), parents: [{ sha: head }] }
  }

  const write: Handler = (request) => {
    const body = bodyOf(request)
    const message = textOf(body, 'message', 'Content')
    if (typeof body.content !== 'string') throw new Refusal(422, `Invalid request.\n\n"content" wasn't supplied.`)
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(body.content)) throw new Refusal(422, 'content is not valid Base64')
    const { repository, branch, head, path, sha } = targetOf(request, body)
    const made = commit(repository, branch, head, message, path, Buffer.from(body.content, 'base64'))
    const file = fileAt(repository, filesOf(repository.git, made.sha), path)!
    return { status: sha === undefined ? 201 : 200, body: { content: entryOf(repository, branch)(file), commit: made } }
  }

  const remove: Handler = (request) => {
    const body = bodyOf(request)
    const message = textOf(body, 'message', 'Content')
    const { repository, branch, head, path, sha } = targetOf(request, body)
    if (sha === undefined) throw notFound()
    return { status: 200, body: { content: null, commit: commit(repository, branch, head, message, path, null) } }
  }

  const headOf = (repository: Repository, ref: string | undefined): Commit => or404(server.commitAt(repository, ref))

  router
    .get('/repos/{owner}/{repo}/contents', (request) => read(request, ''))
    .get('/repos/{owner}/{repo}/contents/{path...}', (request) => read(request, request.params.path!))
    .put('/repos/{owner}/{repo}/contents/{path...}', write)
    .delete('/repos/{owner}/{repo}/contents/{path...}', remove)
    .get('/repos/{owner}/{repo}/readme', (request) => {
      const repository = server.repositoryIn(request)
      const names = Object.keys(filesOf(repository.git, headOf(repository, request.query.ref).sha))
      return read(request, or404(names.find((name) => /^readme(\.\w+)?$/i.test(name))))
    })
    .get('/repos/{owner}/{repo}/codeowners/errors', (request) => {
      const repository = server.repositoryIn(request)
      const files = filesOf(repository.git, headOf(repository, request.query.ref).sha)
      const path = or404(findCodeowners(Object.keys(files)))
      const source = blobOf(repository.git, files[path]!).toString('utf8')
      return { status: 200, body: { errors: codeownersErrors(source, path, documents) } }
    })
}

/** GitHub breaks Base64 into lines of 60. */
const wrapped = (base64: string): string => base64.replace(/.{1,60}/g, '$&\n')

/** Refuses a branch name that Git would refuse. */
export function checkRefName(name: string): void {
  if (!/^[^\s~^:?*[\\]+$/.test(name) || /\.\.|\/\/|\.lock$|^[/.]|[/.]$/.test(name))
    throw invalid({ resource: 'Reference', field: 'ref', code: 'invalid' })
}
