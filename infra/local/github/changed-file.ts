import { blobOf, filesOf, type Change, type Commit } from '../git/git-repository.js'
import type { Documents } from './documents.js'
import type { Repository } from './state.js'

/** How the files that a commit, a comparison or a pull request changed are shown, seen from its last commit; lines are counted, not compared. */
export const changedFile =
  (documents: Documents, repository: Repository, commit: Commit) =>
  ({ path, status }: Change) => {
    const sha =
      filesOf(repository.git, status === 'removed' ? (commit.parents[0] ?? commit.sha) : commit.sha)[path] ?? null
    const lines = sha ? blobOf(repository.git, sha).toString('utf8').split('\n').length : 0
    const [additions, deletions] = status === 'removed' ? [0, lines] : [lines, 0]
    const contents_url = `${documents.url(repository)}/contents/${encodeURI(path)}?ref=${commit.sha}`
    const blob_url = `${documents.page(repository)}/blob/${commit.sha}/${path}`
    return {
      ...{ sha, filename: path, status, additions, deletions, changes: lines },
      ...{ blob_url, raw_url: blob_url, contents_url },
    }
  }
