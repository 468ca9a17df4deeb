import { iso } from './answers.js'
import { progressOf, type Progress } from './build.js'
import type { Server } from './server.js'
import { projectId, type Build, type Definition } from './state.js'

/** How builds and their definitions look, and the same as pipelines and runs. */
export function buildDocuments(server: Server) {
  const { org, base } = server
  const address = (project: string) => `${base}/${projectId(org, project)}/_apis`
  const definitionOf = (build: Build): Definition => server.state.definitions.find(({ id }) => id === build.definition)!

  const reference = (definition: Definition) => ({
    ...{
      id: definition.id,
      name: definition.name,
      url: `${address(definition.project)}/build/Definitions/${definition.id}?revision=1`,
    },
    ...{
      uri: `vstfs:///Build/Definition/${definition.id}`,
      path: definition.folder,
      type: 'build',
      queueStatus: 'enabled',
      revision: 1,
    },
    project: server.projectReference(definition.project),
  })
  const repositoryOf = ({ repository, project }: Definition) => {
    const own = server.state.repositories.find((each) => each.name === repository && each.project === project)
    return own
      ? {
          id: own.id,
          type: 'TfsGit',
          name: repository,
          defaultBranch: `refs/heads/${own.git.defaultBranch}`,
          url: `${base}/${project}/_git/${repository}`,
        }
      : {
          id: `${org.github.organisation}/${repository}`,
          type: 'GitHub',
          name: `${org.github.organisation}/${repository}`,
          defaultBranch: 'main',
          url: `https://github.com/${org.github.organisation}/${repository}.git`,
        }
  }
  const definitionDocument = (definition: Definition) => ({
    ...reference(definition),
    ...{ quality: 'definition', createdDate: iso(definition.created), authoredBy: server.identity(org.people[0]!.id) },
    queue: { id: 1, name: 'Azure Pipelines', pool: { id: 1, name: 'Azure Pipelines', isHosted: true } },
    ...{ repository: repositoryOf(definition), process: { yamlFilename: 'azure-pipelines.yml', type: 2 } },
  })
  const buildDocument = (build: Build) => {
    const definition = definitionOf(build)
    const { status, result, started, finished } = progressOf(build, server.now())
    const url = `${address(definition.project)}/build/Builds/${build.id}`
    return {
      ...{
        id: build.id,
        buildNumber: build.number,
        status,
        ...(result && { result }),
        queueTime: iso(build.queued),
        url,
      },
      ...(status !== 'notStarted' && { startTime: iso(started) }),
      ...(status === 'completed' && { finishTime: iso(finished) }),
      ...{
        definition: reference(definition),
        project: server.projectReference(definition.project),
        uri: `vstfs:///Build/Build/${build.id}`,
      },
      ...{
        sourceBranch: build.branch,
        sourceVersion: build.sha,
        priority: 'normal',
        reason: build.reason,
        repository: repositoryOf(definition),
      },
      ...{
        requestedFor: server.identity(build.by),
        requestedBy: server.identity(build.by),
        lastChangedDate: iso(status === 'completed' ? finished : build.queued),
      },
      ...{
        parameters: JSON.stringify(build.parameters),
        templateParameters: build.parameters,
        retainedByRelease: false,
        logs: { id: 0, type: 'Container', url: `${url}/logs` },
      },
      _links: {
        self: { href: url },
        web: { href: `${base}/${encodeURIComponent(definition.project)}/_build/results?buildId=${build.id}` },
      },
    }
  }

  const pipelineDocument = (definition: Definition) => ({
    ...{ id: definition.id, revision: 1, name: definition.name, folder: definition.folder },
    url: `${address(definition.project)}/pipelines/${definition.id}?revision=1`,
    _links: {
      web: {
        href: `${base}/${encodeURIComponent(definition.project)}/_build/definition?definitionId=${definition.id}`,
      },
    },
  })
  const runDocument = (build: Build) => {
    const definition = definitionOf(build)
    const { status, result, finished } = progressOf(build, server.now())
    const [pipeline, repository] = [pipelineDocument(definition), repositoryOf(definition)]
    return {
      ...{
        id: build.id,
        name: build.number,
        state: runState(status),
        ...(result && { result: result === 'partiallySucceeded' ? 'succeeded' : result }),
      },
      ...{ createdDate: iso(build.queued), ...(status === 'completed' && { finishedDate: iso(finished) }) },
      ...{
        templateParameters: build.parameters,
        pipeline,
        url: `${address(definition.project)}/pipelines/${definition.id}/runs/${build.id}`,
      },
      resources: {
        repositories: {
          self: {
            repository: { id: repository.id, type: repository.type === 'TfsGit' ? 'azureReposGit' : 'gitHub' },
            refName: build.branch,
            version: build.sha,
          },
        },
      },
      _links: { web: { href: `${base}/${encodeURIComponent(definition.project)}/_build/results?buildId=${build.id}` } },
    }
  }

  return { definitionOf, repositoryOf, definitionDocument, buildDocument, pipelineDocument, runDocument }
}

const runState = (status: Progress['status']): string => (status === 'completed' ? 'completed' : 'inProgress')

/** A build's one stage and job with where they stand. */
export function timeline(build: Build, now: number) {
  const { status, result, started, finished } = progressOf(build, now)
  const state = status === 'notStarted' ? 'pending' : status
  const record = (type: string, name: string, order: number) => ({
    ...{ id: `${build.id}-${type}`, parentId: type === 'Stage' ? null : `${build.id}-Stage`, type, name, order, state },
    ...{
      startTime: status === 'notStarted' ? null : iso(started),
      finishTime: status === 'completed' ? iso(finished) : null,
    },
    ...{
      result: result ?? null,
      percentComplete: status === 'completed' ? 100 : 0,
      errorCount: result === 'failed' ? 1 : 0,
      warningCount: 0,
    },
  })
  return {
    id: String(build.id),
    changeId: 1,
    records: [record('Stage', 'Build', 1), record('Job', 'Build and test', 1)],
  }
}
