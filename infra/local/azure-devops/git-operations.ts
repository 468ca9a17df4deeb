import type { Handler, Router, VendorRequest, VendorResponse } from '../frame/router.js'
import {
  addCommit,
  blobOf,
  filesOf,
  folder,
  historyOf,
  resolve,
  type Commit,
  type TreeEntry,
} from '../git/git-repository.js'
import { badArgument, collection, enumOf, field, iso, jsonOf, objectOf, page, Refusal } from './answers.js'
import { APPLICATION, type Server } from './server.js'
import type { Repository } from './state.js'

const NONE = '0'.repeat(40)
const changeTypes = { add: 1, edit: 2, delete: 16 }
const contentTypes = { rawText: 0, base64Encoded: 1 }
const recursions = { none: 0, oneLevel: 1, oneLevelPlusNestedEmptyFolders: 4, full: 120 }

/** Git repositories: items, references, commits and pushes. */
export function gitOperations(router: Router, server: Server): void {
  const url = (repository: Repository) =>
    `${server.base}/${server.projectReference(repository.project).id}/_apis/git/repositories/${repository.id}`

  const repositoryDocument = (repository: Repository) => ({
    ...{
      id: repository.id,
      name: repository.name,
      url: url(repository),
      project: server.projectReference(repository.project),
    },
    ...{
      defaultBranch: `refs/heads/${repository.git.defaultBranch}`,
      size: 131_072,
      isDisabled: false,
      isInMaintenance: false,
    },
    remoteUrl: `${server.base}/${encodeURIComponent(repository.project)}/_git/${repository.name}`,
    webUrl: `${server.base}/${encodeURIComponent(repository.project)}/_git/${repository.name}`,
  })

  const signature = (id: string, at: number) => {
    const { displayName, uniqueName } = server.identity(id)
    return { name: displayName, email: uniqueName, date: iso(at) }
  }
  const commitDocument = (repository: Repository) => (commit: Commit) => ({
    ...{ commitId: commit.sha, author: signature(commit.by, commit.at), committer: signature(commit.by, commit.at) },
    ...{ comment: commit.message, url: `${url(repository)}/commits/${commit.sha}` },
    changeCounts: {
      Add: commit.changed.filter(({ status }) => status === 'added').length,
      Edit: commit.changed.filter(({ status }) => status === 'modified').length,
      Delete: commit.changed.filter(({ status }) => status === 'removed').length,
    },
    remoteUrl: `${repositoryDocument(repository).remoteUrl}/commit/${commit.sha}`,
  })

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

  const references = ({ git }: Repository): [string, string][] => [
    ...Object.entries(git.branches).map(([name, sha]): [string, string] => [`refs/heads/${name}`, sha]),
    ...Object.entries(git.tags).map(([name, sha]): [string, string] => [`refs/tags/${name}`, sha]),
  ]
  /** Moves a branch from one commit to another; refuses where it is not where the client thinks. */
  const moveRef = (repository: Repository, name: string, from: string, to: string, by: string): void => {
    const branch = /^refs\/heads\/(.+)$/.exec(name)?.[1]
    if (!branch) throw badArgument('refUpdates', `The reference name '${name}' is not valid`)
    if ((repository.git.branches[branch] ?? NONE) !== from)
      throw new Refusal(
        409,
        'GitReferenceStaleException',
        `TF401028: The reference '${name}' has already been updated by another client, so you cannot update it. Please try again.`,
      )
    if (to === NONE) delete repository.git.branches[branch]
    else repository.git.branches[branch] = to
    repository.pushes.push({ id: server.nextId(), by, at: server.now(), ref: name, from, to })
    server.save()
  }

  const updateRefs: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const updates = jsonOf(request)
    if (!Array.isArray(updates) || updates.length === 0) throw badArgument('refUpdates')
    const results = updates.map((update: unknown) => {
      const [name, from, to] = ['name', 'oldObjectId', 'newObjectId'].map((key) => String(field(update, key)))
      if (to !== NONE && !repository.git.commits[to!])
        throw badArgument('newObjectId', `The object '${to}' does not exist`)
      moveRef(repository, name!, from!, to!, server.caller(request))
      return {
        repositoryId: repository.id,
        name,
        oldObjectId: from,
        newObjectId: to,
        isLocked: false,
        updateStatus: 'succeeded',
        success: true,
      }
    })
    return collection(results)
  }

  const push: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const body = objectOf(request)
    const [update] = (body.refUpdates ?? []) as unknown[]
    const given = (body.commits ?? []) as unknown[]
    if (!update || given.length === 0) throw badArgument(update ? 'commits' : 'refUpdates')
    const [name, from] = [String(field(update, 'name')), String(field(update, 'oldObjectId'))]
    const parent = from === NONE ? undefined : repository.git.commits[from]
    if (from !== NONE && !parent) throw badArgument('oldObjectId', `The object '${from}' does not exist`)
    let head: Commit | undefined = parent
    const by = server.caller(request)
    const made = given.map((each) => {
      head = addCommit(repository.git, {
        ...{ parents: head ? [head.sha] : [], by: by === APPLICATION ? 'nexus' : by, at: server.now() },
        ...{ message: String(field(each, 'comment') ?? ''), edits: editsOf(each, repository, head) },
      })
      return head
    })
    moveRef(repository, name, from, head!.sha, by)
    const { id } = repository.pushes.at(-1)!
    const refUpdates = [{ repositoryId: repository.id, name, oldObjectId: from, newObjectId: head!.sha }]
    const shown = {
      pushId: id,
      date: iso(server.now()),
      pushedBy: server.identity(by),
      url: `${url(repository)}/pushes/${id}`,
    }
    return {
      status: 201,
      body: {
        ...shown,
        commits: made.map(commitDocument(repository)),
        refUpdates,
        repository: repositoryDocument(repository),
      },
    }
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
      .get(`${scope}/refs`, (request) => {
        const repository = server.repositoryIn(request)
        const { filter = '', filtercontains = '' } = request.query
        const found = references(repository).filter(
          ([name]) => name.startsWith(`refs/${filter}`) && name.includes(filtercontains),
        )
        return page(
          request,
          found,
          ([name, objectId]) => ({
            name,
            objectId,
            creator: server.identity(APPLICATION),
            url: `${url(repository)}/refs?filter=${encodeURIComponent(name.slice(5))}`,
          }),
          1_000,
        )
      })
      .post(`${scope}/refs`, updateRefs)
      .get(`${scope}/stats/branches`, (request) => {
        const repository = server.repositoryIn(request)
        const main = repository.git.branches[repository.git.defaultBranch]!
        const count = (from: string, than: string) =>
          historyOf(repository.git, from).filter((commit) => !historyOf(repository.git, than).includes(commit)).length
        return collection(
          Object.entries(repository.git.branches).map(([name, sha]) => ({
            ...{
              name,
              aheadCount: count(sha, main),
              behindCount: count(main, sha),
              isBaseVersion: name === repository.git.defaultBranch,
            },
            commit: commitDocument(repository)(repository.git.commits[sha]!),
          })),
        )
      })
      .get(`${scope}/pushes`, (request) => {
        const repository = server.repositoryIn(request)
        return page(
          request,
          [...repository.pushes].sort((a, b) => b.at - a.at),
          ({ id, by, at, ref, from, to }) => ({
            ...{ pushId: id, date: iso(at), pushedBy: server.identity(by), url: `${url(repository)}/pushes/${id}` },
            ...{
              refUpdates: [{ name: ref, oldObjectId: from, newObjectId: to }],
              repository: repositoryDocument(repository),
            },
          }),
        )
      })
      .post(`${scope}/pushes`, push)
}

/** The edits of a pushed commit; refuses to add what is there, and to change or remove what is not. */
function editsOf(commit: unknown, { git }: Repository, head: Commit | undefined): Record<string, Buffer | null> {
  const files = head ? filesOf(git, head.sha) : {}
  const changes = (field(commit, 'changes') ?? []) as unknown[]
  return Object.fromEntries(
    changes.map((change) => {
      const path = String(field(field(change, 'item'), 'path') ?? '').replace(/^\/+/, '')
      const type = enumOf(changeTypes, field(change, 'changeType'))
      const content = field(change, 'newContent')
      if (!type || path === '')
        throw badArgument('changes', 'A change needs an item with a path, and the type add, edit or delete')
      if ((files[path] !== undefined) === (type === 'add'))
        throw new Refusal(
          400,
          'GitItemAlreadyExistsException',
          `TF401035: The change '${type}' of '/${path}' does not fit the item that is there.`,
        )
      if (type === 'delete') return [path, null]
      const base64 = enumOf(contentTypes, field(content, 'contentType') ?? 'rawText') === 'base64Encoded'
      return [path, Buffer.from(String(field(content, 'content') ?? ''), base64 ? 'base64' : 'utf8')]
    }),
  )
}
