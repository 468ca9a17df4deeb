import type { Handler, Router } from '../frame/router.js'
import { badArgument, objectOf, Refusal } from './answers.js'
import { gitDocuments } from './git-documents.js'
import type { Server } from './server.js'

/** Renaming, disabling and deleting Git repositories. */
export function repositoryOperations(router: Router, server: Server): void {
  const { repositoryDocument } = gitDocuments(server)

  const update: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const { name, isDisabled } = objectOf(request)
    const { project, name: oldName } = repository
    const by = {
      initiatedBy: server.identity(server.caller(request)),
      utcTimestamp: new Date(server.now()).toISOString(),
    }
    if (name !== undefined) {
      if (typeof name !== 'string' || name.trim() === '') throw badArgument('name')
      const taken = server.state.repositories.some((each) => each.project === project && each.name === name)
      if (taken)
        throw new Refusal(
          409,
          'GitRepositoryNameAlreadyExistsException',
          `TF400948: A Git repository with the name ${name} already exists.`,
        )
      repository.name = name
      for (const definition of server.state.definitions)
        if (definition.project === project && definition.repository === oldName) definition.repository = name
    }
    if (typeof isDisabled === 'boolean') repository.disabled = isDisabled
    server.save()
    const shown = repositoryDocument(repository)
    if (repository.name !== oldName)
      server.tell({
        ...{ eventType: 'git.repo.renamed', project, text: `Repository ${oldName} is now ${repository.name}` },
        resource: { oldName, newName: repository.name, repository: shown, ...by },
      })
    if (typeof isDisabled === 'boolean')
      server.tell({
        ...{ eventType: 'git.repo.statuschanged', project, text: `Repository ${repository.name} changed its status` },
        resource: { disabled: isDisabled, repository: shown, ...by },
      })
    return { status: 200, body: shown }
  }

  const remove: Handler = (request) => {
    const repository = server.repositoryIn(request)
    const { id, name, project } = repository
    server.state.repositories = server.state.repositories.filter((each) => each !== repository)
    server.save()
    server.tell({
      ...{ eventType: 'git.repo.deleted', project, text: `Repository ${name} was deleted` },
      resource: {
        ...{ project: server.projectReference(project), repositoryId: id, repositoryName: name, isHardDelete: false },
        ...{ initiatedBy: server.identity(server.caller(request)) },
        utcTimestamp: new Date(server.now()).toISOString(),
      },
    })
    return { status: 204 }
  }

  for (const scope of ['', '/{project}'])
    router
      .patch(`${scope}/_apis/git/repositories/{repository}`, update)
      .delete(`${scope}/_apis/git/repositories/{repository}`, remove)
}
