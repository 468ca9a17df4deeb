import { numberOf } from '../../frame/ids.js'
import { addCommit, emptyRepository } from '../../git/git-repository.js'
import { announcePush } from '../announce-push.js'
import { invalid, Refusal } from '../answers.js'
import type { Server } from '../server.js'
import type { Repository } from '../state.js'

/** What somebody changes of a repository; what is absent stays. */
export interface RepositoryChange {
  name?: string | undefined
  description?: string | undefined
  archived?: boolean | undefined
  private?: boolean | undefined
}

/** Makes an empty repository, or takes in one that another owner gives. */
export function createRepository(
  server: Server,
  { name, by, from }: { name: string; by: string; from?: string | undefined },
): Repository {
  checkName(server, name)
  const repository: Repository = {
    ...{ id: numberOf(`${server.documents.login}/${name}/${server.nextId()}`), name, description: '', language: null },
    ...{ topics: [], private: true, archived: false, team: null, created: server.now(), git: emptyRepository() },
    ...{ pulls: [], workflows: [], runs: [], checks: {}, statuses: [], environments: [], deployments: [] },
    ...{ releases: [], dependencies: [], dependencyGraph: true, packages: [], security: [], alerts: [] },
  }
  const { git } = repository
  const edits = { 'README.md': Buffer.from(`# ${name}\n`) }
  git.branches[git.defaultBranch] = addCommit(git, {
    ...{ parents: [], by, at: server.now(), message: 'Initial commit', edits },
  }).sha
  server.all.push(repository)
  delete server.renamed[name.toLowerCase()]
  server.save()
  const owner = from && { owner: { from: { organization: server.documents.account(from, 'Organization') } } }
  server.announce('repository', by, repository, {
    ...{ action: from ? 'transferred' : 'created' },
    ...(owner && { changes: owner }),
  })
  return repository
}

/** Changes a repository, and lets the app hear of each change by itself. */
export function changeRepository(server: Server, repository: Repository, by: string, to: RepositoryChange): void {
  const announce = (action: string, changes?: unknown) =>
    server.announce('repository', by, repository, { action, ...(changes !== undefined && { changes }) })
  if (to.name !== undefined && to.name !== repository.name) {
    if (to.name.toLowerCase() !== repository.name.toLowerCase()) checkName(server, to.name)
    const from = repository.name
    repository.name = to.name
    server.renamed[from.toLowerCase()] = repository.id
    delete server.renamed[to.name.toLowerCase()]
    announce('renamed', { repository: { name: { from } } })
  }
  if (to.description !== undefined && to.description !== repository.description) {
    const from = repository.description
    repository.description = to.description
    announce('edited', { description: { from } })
  }
  if (to.archived !== undefined && to.archived !== repository.archived) {
    repository.archived = to.archived
    announce(to.archived ? 'archived' : 'unarchived')
  }
  if (to.private !== undefined && to.private !== repository.private) {
    repository.private = to.private
    announce(to.private ? 'privatized' : 'publicized')
  }
  server.save()
}

/** Deletes a repository, or gives it to another owner, of which the app hears only that it has it no more. */
export function removeRepository(server: Server, repository: Repository, by: string, to?: string): void {
  const { all, documents } = server
  if (!to) server.announce('repository', by, repository, { action: 'deleted' })
  else
    server.announceInstallation('installation_repositories', by, {
      ...{ action: 'removed', repository_selection: 'all', repositories_added: [], requester: null },
      repositories_removed: [documents.shortRepository(repository)],
    })
  all.splice(all.indexOf(repository), 1)
  server.save()
}

/** Commits files to a branch as somebody who has a clone. */
export function pushFiles(
  server: Server,
  repository: Repository,
  what: { by: string; branch?: string | undefined; message?: string | undefined; files: Record<string, string | null> },
): string {
  if (repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.')
  const { git } = repository
  const branch = what.branch ?? git.defaultBranch
  const before = git.branches[branch]
  const edits = Object.fromEntries(
    Object.entries(what.files).map(([path, text]) => [path, text === null ? null : Buffer.from(text)]),
  )
  const parent = before ?? git.branches[git.defaultBranch]!
  const { sha } = addCommit(git, {
    ...{ parents: [parent], by: what.by, at: server.now(), message: what.message ?? 'Change files', edits },
  })
  git.branches[branch] = sha
  server.save()
  announcePush(server, repository, { ref: `refs/heads/${branch}`, before, after: sha, by: what.by })
  return sha
}

function checkName({ all }: Server, name: string): void {
  const taken = all.some((repository) => repository.name.toLowerCase() === name.toLowerCase())
  if (taken) throw invalid({ resource: 'Repository', field: 'name', code: 'already_exists' })
}
