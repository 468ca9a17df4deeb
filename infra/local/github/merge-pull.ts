import { addCommit, mergedFiles, type Commit } from '../git/git-repository.js'
import { announcePush } from './announce-push.js'
import { headOf, PullDocuments } from './pull-documents.js'
import type { Server } from './server.js'
import type { Pull, Repository } from './state.js'

/** How a pull request is merged. */
export interface Merging {
  /** Short id of who does it. */
  by: string
  /** Whether its commits become one. */
  squashed?: boolean
  /** Of the commit, in place of GitHub's own. */
  title?: string
  message?: string
}

/** Merges an open pull request into its base, and lets the app hear of it. @returns the commit that was made */
export function mergePull(
  server: Server,
  repository: Repository,
  pull: Pull,
  { by, squashed = false, title, message = pull.title }: Merging,
): Commit {
  const { git } = repository
  const [target, head] = [git.branches[pull.base]!, headOf(repository, pull)]
  const usual = `Merge pull request #${pull.number} from ${server.documents.login}/${pull.branch}`
  const made = addCommit(git, {
    parents: squashed ? [target] : [target, head],
    ...{ by, at: server.now(), message: [title ?? usual, message].join('\n\n') },
    files: mergedFiles(git, target, head),
  })
  closePull(server, repository, pull)
  git.branches[pull.base] = made.sha
  pull.merged = { at: server.now(), by, sha: made.sha }
  pull.updated = server.now()
  server.save()
  announcePush(server, repository, { ref: `refs/heads/${pull.base}`, before: target, after: made.sha, by })
  const shown = new PullDocuments(server).whole(repository, pull)
  server.announce('pull_request', by, repository, { action: 'closed', number: pull.number, pull_request: shown })
  return made
}

/** Closes a pull request, with the head that its branch has now. */
export function closePull(server: Server, repository: Repository, pull: Pull): void {
  pull.head = headOf(repository, pull)
  pull.state = 'closed'
  pull.closed = server.now()
}
