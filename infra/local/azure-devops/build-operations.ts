import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { badArgument, collection, enumOf, field, iso, objectOf, page, Refusal } from './answers.js'
import { progressOf, templateParameters, type Progress } from './build.js'
import type { Server } from './server.js'
import { commitOf, projectId, type Build, type Definition } from './state.js'

const statuses = { none: 0, inProgress: 1, completed: 2, cancelling: 4, postponed: 8, notStarted: 32, all: 47 }
const results = { none: 0, succeeded: 2, partiallySucceeded: 4, failed: 8, canceled: 32 }
const orders = {
  finishTimeAscending: 2,
  finishTimeDescending: 3,
  queueTimeDescending: 4,
  queueTimeAscending: 5,
  startTimeDescending: 6,
  startTimeAscending: 7,
}

/** Builds and their definitions, and the same as pipelines and runs. */
export function buildOperations(router: Router, server: Server): void {
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

  const definitionIn = (request: VendorRequest, id: unknown): Definition => {
    const project = server.projectIn(request).name
    const found = server.state.definitions.find((each) => String(each.id) === String(id) && each.project === project)
    if (found) return found
    throw new Refusal(
      404,
      'DefinitionNotFoundException',
      `The build definition ${String(id)} does not exist or you do not have permission to view it.`,
    )
  }
  const buildIn = (request: VendorRequest): Build => {
    const project = server.optionalProject(request)?.name
    const found = server.state.builds.find(
      (each) =>
        String(each.id) === request.params.build && (project === undefined || definitionOf(each).project === project),
    )
    if (found) return found
    throw new Refusal(404, 'BuildNotFoundException', `The requested build ${request.params.build} could not be found.`)
  }

  const listBuilds: Handler = (request) => {
    const project = server.projectIn(request).name
    const wanted = server.state.builds
      .filter((build) => definitionOf(build).project === project)
      .filter(filterOf(request))
    const order = enumOf(orders, request.query.queryorder ?? 'finishTimeDescending') ?? 'finishTimeDescending'
    const key = (build: Build) => {
      const { started, finished } = progressOf(build, server.now())
      return order.startsWith('finish') ? finished : order.startsWith('start') ? started : build.queued
    }
    const ordered = wanted.sort((a, b) => (order.endsWith('Ascending') ? key(a) - key(b) : key(b) - key(a)))
    return page(request, ordered, buildDocument, 1_000)
  }
  const filterOf = ({ query }: VendorRequest) => {
    const ids = query.definitions?.split(',')
    const status = query.statusfilter === undefined ? 'all' : enumOf(statuses, query.statusfilter)
    const result = query.resultfilter === undefined ? 'none' : enumOf(results, query.resultfilter)
    if (!status || !result) throw badArgument(status ? 'resultFilter' : 'statusFilter', 'The value is not valid')
    const [from, to] = [query.mintime, query.maxtime].map((text) => (text ? Date.parse(text) : undefined))
    const person = query.requestedfor ? server.personNamed(query.requestedfor)?.id : undefined
    return (build: Build): boolean => {
      const progress = progressOf(build, server.now())
      return (
        (!ids || ids.includes(String(build.definition))) &&
        (status === 'all' || progress.status === status) &&
        (result === 'none' || progress.result === result) &&
        (!query.branchname || build.branch === query.branchname) &&
        (!query.buildnumber || build.number === query.buildnumber) &&
        (!query.buildids || query.buildids.split(',').includes(String(build.id))) &&
        (!query.requestedfor || build.by === person) &&
        (from === undefined || progress.finished >= from) &&
        (to === undefined || progress.finished <= to)
      )
    }
  }

  /** Queues a run of a pipeline on a branch. */
  const start = (
    request: VendorRequest,
    definition: Definition,
    ref: string | undefined,
    parameters: Record<string, string>,
  ): Build => {
    const repository = repositoryOf(definition)
    const branch = (ref ?? repository.defaultBranch).replace(/^(?!refs\/)/, 'refs/heads/')
    const own = server.state.repositories.find(({ id }) => id === repository.id)
    if (own && !own.git.branches[branch.replace('refs/heads/', '')])
      throw new Refusal(
        400,
        'PipelineValidationException',
        `Could not find the branch ${branch} in the repository ${repository.name}.`,
      )
    const now = server.now()
    const past = server.state.builds.filter((build) => build.definition === definition.id)
    const day = iso(now).slice(0, 10).replaceAll('-', '')
    const today = past
      .filter(({ number }) => number.startsWith(`${day}.`))
      .map(({ number }) => Number(number.split('.')[1]))
    const build: Build = {
      ...{ id: server.nextId(), definition: definition.id, number: `${day}.${Math.max(0, ...today) + 1}`, queued: now },
      ...{
        by: server.caller(request),
        seconds: past.at(-1)?.seconds ?? 180,
        result: 'succeeded',
        reason: 'manual',
        branch,
        parameters,
      },
      sha: commitOf(server.state.repositories, definition, branch, now),
    }
    server.state.builds.push(build)
    server.save()
    return build
  }

  const queue: Handler = (request) => {
    const body = objectOf(request)
    const definition = definitionIn(request, field(body.definition, 'id'))
    const parameters = templateParameters(definition, (body.templateParameters ?? {}) as Record<string, unknown>)
    const branch = typeof body.sourceBranch === 'string' ? body.sourceBranch : undefined
    return { status: 200, body: buildDocument(start(request, definition, branch, parameters)) }
  }
  const update: Handler = (request) => {
    const build = buildIn(request)
    if (enumOf(statuses, objectOf(request).status) !== 'cancelling')
      throw badArgument('status', 'Only Cancelling can be asked for')
    if (progressOf(build, server.now()).status === 'completed')
      throw new Refusal(
        409,
        'BuildStatusInvalidChangeException',
        `The build ${build.id} is already completed and cannot be changed.`,
      )
    build.cancelled = server.now()
    server.save()
    return { status: 200, body: buildDocument(build) }
  }

  const definitions: Handler = (request) => {
    const project = server.projectIn(request).name
    const { name, path, definitionids } = request.query
    const pattern = name && new RegExp(`^${name.replace(/[.+?^$(){}|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i')
    const wanted = server.state.definitions.filter(
      (each) =>
        each.project === project &&
        (!pattern || pattern.test(each.name)) &&
        (!path || each.folder === path) &&
        (!definitionids || definitionids.split(',').includes(String(each.id))),
    )
    return page(request, wanted, definitionDocument, 10_000)
  }

  router
    .get('/{project}/_apis/build/definitions', definitions)
    .get('/{project}/_apis/build/definitions/{definition}', (request) => ({
      status: 200,
      body: definitionDocument(definitionIn(request, request.params.definition)),
    }))
    .get('/{project}/_apis/build/builds', listBuilds)
    .post('/{project}/_apis/build/builds', queue)
    .get('/{project}/_apis/build/builds/{build}', (request) => ({ status: 200, body: buildDocument(buildIn(request)) }))
    .get('/_apis/build/builds/{build}', (request) => ({ status: 200, body: buildDocument(buildIn(request)) }))
    .patch('/{project}/_apis/build/builds/{build}', update)
    .get('/{project}/_apis/build/builds/{build}/changes', (request) => {
      const build = buildIn(request)
      const own = server.state.repositories.find(({ id }) => id === repositoryOf(definitionOf(build)).id)
      const commit = own?.git.commits[build.sha]
      return collection(
        commit
          ? [
              {
                id: commit.sha,
                type: 'TfsGit',
                message: commit.message,
                timestamp: iso(commit.at),
                author: server.identity(commit.by),
              },
            ]
          : [],
      )
    })
    .get('/{project}/_apis/build/builds/{build}/timeline', (request) => ({
      status: 200,
      body: timeline(buildIn(request), server.now()),
    }))
    .get('/{project}/_apis/build/latest/{definition}', (request) => {
      const { id } = definitionIn(request, request.params.definition)
      const newest = server.state.builds
        .filter(({ definition }) => definition === id)
        .sort((a, b) => b.queued - a.queued)[0]
      if (!newest) throw new Refusal(404, 'BuildNotFoundException', `No builds of the definition ${id} were found.`)
      return { status: 200, body: buildDocument(newest) }
    })

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
    const pipeline = pipelineDocument(definition)
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
            repository: { id: repositoryOf(definition).id, type: 'azureReposGit' },
            refName: build.branch,
            version: build.sha,
          },
        },
      },
      _links: { web: { href: `${base}/${encodeURIComponent(definition.project)}/_build/results?buildId=${build.id}` } },
    }
  }
  router
    .get('/{project}/_apis/pipelines', (request) => {
      const project = server.projectIn(request).name
      return page(
        request,
        server.state.definitions.filter((each) => each.project === project),
        pipelineDocument,
        10_000,
      )
    })
    .get('/{project}/_apis/pipelines/{pipeline}', (request) => {
      const definition = definitionIn(request, request.params.pipeline)
      const { id, type } = repositoryOf(definition)
      const configuration = {
        type: 'yaml',
        path: 'azure-pipelines.yml',
        repository: { id, type: type === 'TfsGit' ? 'azureReposGit' : 'gitHub' },
      }
      return { status: 200, body: { ...pipelineDocument(definition), configuration } }
    })
    .get('/{project}/_apis/pipelines/{pipeline}/runs', (request) => {
      const { id } = definitionIn(request, request.params.pipeline)
      const runs = server.state.builds.filter(({ definition }) => definition === id).sort((a, b) => b.queued - a.queued)
      return collection(runs.slice(0, 10_000).map(runDocument))
    })
    .post('/{project}/_apis/pipelines/{pipeline}/runs', (request) => {
      const definition = definitionIn(request, request.params.pipeline)
      const body = objectOf(request)
      const parameters = templateParameters(definition, (body.templateParameters ?? {}) as Record<string, unknown>)
      const ref = field(field(field(body.resources, 'repositories'), 'self'), 'refName')
      return {
        status: 200,
        body: runDocument(start(request, definition, typeof ref === 'string' ? ref : undefined, parameters)),
      }
    })
    .get('/{project}/_apis/pipelines/{pipeline}/runs/{build}', (request) => {
      const build = buildIn(request)
      if (String(build.definition) !== request.params.pipeline)
        throw new Refusal(404, 'BuildNotFoundException', `The requested build ${build.id} could not be found.`)
      return { status: 200, body: runDocument(build) }
    })
}

const runState = (status: Progress['status']): string => (status === 'completed' ? 'completed' : 'inProgress')

/** A build's one stage and job with where they stand. */
function timeline(build: Build, now: number) {
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
