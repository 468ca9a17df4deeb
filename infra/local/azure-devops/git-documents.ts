import type { Commit } from '../git/git-repository.js'
import { iso } from './answers.js'
import type { Server } from './server.js'
import type { Repository } from './state.js'

/** How Git repositories and commits look. */
export function gitDocuments(server: Server) {
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
      isDisabled: repository.disabled,
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

  return { url, repositoryDocument, signature, commitDocument }
}
