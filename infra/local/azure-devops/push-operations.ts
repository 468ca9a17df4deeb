import type { Handler, Router } from '../frame/router.js'
import { addCommit, filesOf, historyOf, type Commit } from '../git/git-repository.js'
import { badArgument, collection, enumOf, field, iso, jsonOf, objectOf, page, Refusal } from './answers.js'
import { gitDocuments } from './git-documents.js'
import { APPLICATION, type Server } from './server.js'
import type { Repository } from './state.js'

const NONE = '0'.repeat(40)
const changeTypes = { add: 1, edit: 2, delete: 16 }
const contentTypes = { rawText: 0, base64Encoded: 1 }

/** References of Git repositories, and the pushes that move them. */
export function pushOperations(router: Router, server: Server): void {
  const { url, repositoryDocument, commitDocument } = gitDocuments(server)

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
    const made = { id: server.nextId(), by, at: server.now(), ref: name, from, to }
    repository.pushes.push(made)
    server.save()
    const commit = repository.git.commits[to]
    server.tell({
      ...{ eventType: 'git.push', project: repository.project, text: `Pushed to ${branch} of ${repository.name}` },
      resource: {
        commits: commit ? [commitDocument(repository)(commit)] : [],
        refUpdates: [{ name, oldObjectId: from, newObjectId: to }],
        repository: repositoryDocument(repository),
        ...{ pushedBy: server.identity(by), pushId: made.id, date: iso(made.at) },
        url: `${url(repository)}/pushes/${made.id}`,
      },
    })
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
  for (const scope of ['', '/{project}'].map((prefix) => `${prefix}/_apis/git/repositories/{repository}`))
    router
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
