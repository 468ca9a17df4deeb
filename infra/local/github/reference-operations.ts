import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { historyOf } from '../git/git-repository.js'
import { announcePush } from './announce-push.js'
import { bodyOf, or404, page, Refusal, textOf, unprocessable } from './answers.js'
import { checkRefName } from './content-operations.js'
import type { Server } from './server.js'
import type { Repository } from './state.js'

/** Branches, tags, and the references that both are. */
export function referenceOperations(router: Router, server: Server): void {
  const { documents } = server
  const base = '/repos/{owner}/{repo}'

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
    announcePush(server, repository, { ref, after: sha, by: server.actor })
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
    announcePush(server, repository, { ref, before: sha, after: target, by: server.actor })
    return { status: 200, body: refOf(repository, ref, target) }
  }

  const deleteRef: Handler = (request) => {
    const { repository, ref, sha } = refIn(request)
    if (!ref) throw unprocessable('Reference does not exist')
    const [holder, name] = holderOf(repository, ref)
    if (holder === repository.git.branches && name === repository.git.defaultBranch)
      throw unprocessable('Cannot delete the default branch')
    delete holder[name]
    server.save()
    announcePush(server, repository, { ref, before: sha, by: server.actor })
    return { status: 204 }
  }

  router
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
