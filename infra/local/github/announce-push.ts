import { upnOf } from '../organisation/object-ids.js'
import { compare, historyOf, type Commit } from '../git/git-repository.js'
import { iso } from './answers.js'
import { PullDocuments } from './pull-documents.js'
import type { Server } from './server.js'
import type { Repository } from './state.js'

const nobody = '0'.repeat(40)

/** A branch or tag that moved. */
export interface Pushed {
  /** `refs/heads/main`. */
  ref: string
  /** Shas; absent where the reference was made or deleted. */
  before?: string | undefined
  after?: string | undefined
  /** Short id of who pushed. */
  by: string
}

/** Lets the app hear of a push, and of the open pull requests that it moved (docs.github.com, "Webhook events and payloads": push). */
export function announcePush(server: Server, repository: Repository, { ref, before, after, by }: Pushed): void {
  const { git } = repository
  const { documents } = server
  const page = documents.page(repository)
  const head = after === undefined ? undefined : git.commits[after]!
  const isForced = Boolean(before && after && !historyOf(git, after).some(({ sha }) => sha === before))
  const added = before && after ? compare(git, before, after).ahead : []
  const show = (commit: Commit) => commitOf(server, repository, commit)
  server.announce('push', by, repository, {
    ...{ ref, before: before ?? nobody, after: after ?? nobody, base_ref: null },
    ...{ created: before === undefined, deleted: after === undefined, forced: isForced },
    compare: before && after ? `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}` : page,
    ...{ commits: added.map(show), head_commit: head ? show(head) : null },
    pusher: { name: documents.loginOf(by), email: mailOf(server, by) },
  })
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
  if (!branch || !before || !after) return
  const shown = new PullDocuments(server)
  for (const pull of repository.pulls) {
    if (pull.state !== 'open' || pull.branch !== branch) continue
    pull.updated = server.now()
    const about = { number: pull.number, pull_request: shown.whole(repository, pull) }
    server.announce('pull_request', by, repository, { action: 'synchronize', ...about, before, after })
  }
}

function commitOf(server: Server, repository: Repository, commit: Commit) {
  const { documents } = server
  const person = documents.org.people.find(({ id }) => id === commit.by)
  const author = {
    ...{ name: person?.name ?? commit.by, email: mailOf(server, commit.by), username: documents.loginOf(commit.by) },
  }
  const paths = (status: Commit['changed'][number]['status']) =>
    commit.changed.filter((change) => change.status === status).map(({ path }) => path)
  return {
    ...{ id: commit.sha, tree_id: commit.tree, distinct: true, message: commit.message, timestamp: iso(commit.at) },
    ...{ url: `${documents.page(repository)}/commit/${commit.sha}`, author, committer: author },
    ...{ added: paths('added'), removed: paths('removed'), modified: paths('modified') },
  }
}

const mailOf = ({ documents: { org } }: Server, by: string): string =>
  org.people.some(({ id }) => id === by) ? upnOf(org, by) : `${by}@users.noreply.github.com`
