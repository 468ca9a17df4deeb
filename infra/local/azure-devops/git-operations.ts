import type { Handler, Router, VendorRequest, VendorResponse } from '../frame/router.js'
import { blobOf, filesOf, folder, historyOf, resolve, type Commit, type TreeEntry } from '../git/git-repository.js'
import { collection, enumOf, page, Refusal } from './answers.js'
import { gitDocuments } from './git-documents.js'
import type { Server } from './server.js'
import type { Repository } from './state.js'

const recursions = { none: 0, oneLevel: 1, oneLevelPlusNestedEmptyFolders: 4, full: 120 }

/** Git repositories: what is in them, and their commits. */
export function gitOperations(router: Router, server: Server): void {
  const { url, repositoryDocument, signature, commitDocument } = gitDocuments(server)

  /** The commit that `versionDescriptor` names; the default branch's where it is absent. */
  const versionIn = (repository: Repository, { query }: VendorRequest, prefix = 'versiondescriptor'): Commit => {
    const version = query[`${prefix}.version`] ?? query.version
    const commit = resolve(repository.git, version || repository.git.defaultBranch)
    if (commit) return commit
    throw new Refusal(
      404,
      'GitUnresolvableToCommitException',
      `TF401175: The version descriptor <Branch: ${version} > could not be resolved to a version in the repository ${repository.name}`,
    )
  }

  const items: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const commit = versionIn(repository, request)
    const files = filesOf(repository.git, commit.sha)
    const path = (request.query.path ?? request.query.scopepath ?? request.params.path ?? '/').replace(/^\/+|\/+$/g, '')
    const entry = (item: TreeEntry) => ({
      ...{ objectId: item.sha, gitObjectType: item.type, commitId: commit.sha, path: `/${item.path}` },
      ...(item.type === 'tree' && { isFolder: true }),
      url: `${url(repository)}/items/${encodeURI(item.path)}?versionType=Branch`,
    })
    const sha = files[path]
    if (sha !== undefined)
      return file(request, blobOf(repository.git, sha), entry({ name: path, path, type: 'blob', sha }))
    const root = entry({ name: '', path, type: 'tree', sha: commit.tree })
    const level = enumOf(recursions, request.query.recursionlevel ?? 'none')
    const below = (at: string): TreeEntry[] =>
      folder(repository.git, files, at).flatMap((each) =>
        level === 'full' && each.type === 'tree' ? [each, ...below(each.path)] : [each],
      )
    const entries = below(path)
    if (path !== '' && entries.length === 0)
      throw new Refusal(
        404,
        'GitItemNotFoundException',
        `TF401174: The item '/${path}' could not be found in the repository '${repository.name}' at the version specified by '<Commit: ${commit.sha} >'.`,
      )
    if (request.query.path !== undefined && request.query.scopepath === undefined) return { status: 200, body: root }
    return collection([root, ...(level === 'none' ? [] : entries.map(entry))])
  }

  /** A file is JSON where the client asks for it, its bytes otherwise. */
  const file = ({ query, headers }: VendorRequest, bytes: Buffer, item: object): VendorResponse => {
    const json = query.$format === 'json' || /application\/json/.test(headers.accept ?? '')
    if (!json || query.download === 'true')
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes }
    if (query.scopepath !== undefined && query.path === undefined) return collection([item])
    return {
      status: 200,
      body: { ...item, ...(query.includecontent === 'true' && { content: bytes.toString('utf8') }) },
    }
  }

  const commits: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const criteria = (name: string) => request.query[`searchcriteria.${name}`] ?? request.query[name]
    const head = versionIn(repository, request, 'searchcriteria.itemversion')
    const [path, author, from, to] = ['itempath', 'author', 'fromdate', 'todate'].map(criteria)
    const inPath = (path ?? '/').replace(/^\/+|\/+$/g, '')
    const wanted = historyOf(repository.git, head.sha).filter((commit) => {
      const { name, email } = signature(commit.by, commit.at)
      return (
        (!inPath || commit.changed.some((change) => change.path === inPath || change.path.startsWith(`${inPath}/`))) &&
        (!author || `${name} <${email}>`.toLowerCase().includes(author.toLowerCase())) &&
        (!from || commit.at >= Date.parse(from)) &&
        (!to || commit.at <= Date.parse(to))
      )
    })
    const paged = {
      ...request,
      query: { ...request.query, $top: criteria('$top') ?? '100', $skip: criteria('$skip') ?? '0' },
    }
    return page(paged, wanted, commitDocument(repository), 1_000)
  }
  const commitIn = (repository: Repository, { params }: VendorRequest): Commit => {
    const commit = repository.git.commits[params.commit!]
    if (commit) return commit
    throw new Refusal(
      404,
      'GitCommitDoesNotExistException',
      `TF401021: The Git commit with ID ${params.commit} does not exist or you do not have permissions to view it.`,
    )
  }

  router.get('/_apis/git/repositories/{repository}', (request) => ({
    status: 200,
    body: repositoryDocument(server.repositoryIn(request)),
  }))
  for (const scope of ['', '/{project}'])
    router.get(`${scope}/_apis/git/repositories`, (request) => {
      const project = server.optionalProject(request)?.name
      const found = server.state.repositories.filter((each) => project === undefined || each.project === project)
      return collection(found.map(repositoryDocument))
    })
  router.get('/{project}/_apis/git/repositories/{repository}', (request) => ({
    status: 200,
    body: repositoryDocument(server.repositoryIn(request)),
  }))
  for (const scope of ['', '/{project}'].map((prefix) => `${prefix}/_apis/git/repositories/{repository}`))
    router
      .get(`${scope}/items`, items)
      .get(`${scope}/items/{path...}`, items)
      .get(`${scope}/commits`, commits)
      .get(`${scope}/commits/{commit}`, (request) => {
        const repository = server.repositoryIn(request)
        const commit = commitIn(repository, request)
        return {
          status: 200,
          body: { ...commitDocument(repository)(commit), treeId: commit.tree, parents: commit.parents },
        }
      })
      .get(`${scope}/commits/{commit}/changes`, (request) => {
        const { changed } = commitIn(server.repositoryIn(request), request)
        const types = { added: 'add', modified: 'edit', removed: 'delete' }
        const changes = changed.map(({ path, status }) => ({
          item: { path: `/${path}`, gitObjectType: 'blob' },
          changeType: types[status],
        }))
        return { status: 200, body: { changes } }
      })
}
