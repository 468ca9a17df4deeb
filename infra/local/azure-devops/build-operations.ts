import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { badArgument, collection, enumOf, field, iso, objectOf, page, Refusal } from './answers.js'
import { buildDocuments, timeline } from './build-documents.js'
import { progressOf, templateParameters } from './build.js'
import { tellWhenDone } from './environment-operations.js'
import { queueBuild } from './queue-build.js'
import type { Server } from './server.js'
import type { Build, Definition } from './state.js'

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
  const { definitionOf, repositoryOf, definitionDocument, buildDocument, pipelineDocument, runDocument } =
    buildDocuments(server)

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
    const most = Number(request.query.maxbuildsperdefinition ?? Infinity)
    const seen = new Map<number, number>()
    const listed = ordered.filter(({ definition }) => {
      seen.set(definition, (seen.get(definition) ?? 0) + 1)
      return seen.get(definition)! <= most
    })
    return page(request, listed, buildDocument, 1_000)
  }
  const filterOf = ({ query }: VendorRequest) => {
    const ids = query.definitions?.split(',')
    const wanted = query.statusfilter?.split(',').map((each) => enumOf(statuses, each)) ?? ['all']
    const result = query.resultfilter === undefined ? 'none' : enumOf(results, query.resultfilter)
    if (wanted.includes(undefined)) throw badArgument('statusFilter', 'The value is not valid')
    if (!result) throw badArgument('resultFilter', 'The value is not valid')
    const [from, to] = [query.mintime, query.maxtime].map((text) => (text ? Date.parse(text) : undefined))
    const person = query.requestedfor ? server.personNamed(query.requestedfor)?.id : undefined
    return (build: Build): boolean => {
      const progress = progressOf(build, server.now())
      return (
        (!ids || ids.includes(String(build.definition))) &&
        (wanted.includes('all') || wanted.includes(progress.status)) &&
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

  const queue: Handler = (request) => {
    const body = objectOf(request)
    const definition = definitionIn(request, field(body.definition, 'id'))
    const parameters = templateParameters(definition, (body.templateParameters ?? {}) as Record<string, unknown>)
    const branch = typeof body.sourceBranch === 'string' ? body.sourceBranch : undefined
    return { status: 200, body: buildDocument(queueBuild(server, request, definition, branch, parameters)) }
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
    tellWhenDone(server, build)
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
        body: runDocument(
          queueBuild(server, request, definition, typeof ref === 'string' ? ref : undefined, parameters),
        ),
      }
    })
    .get('/{project}/_apis/pipelines/{pipeline}/runs/{build}', (request) => {
      const build = buildIn(request)
      if (String(build.definition) !== request.params.pipeline)
        throw new Refusal(404, 'BuildNotFoundException', `The requested build ${build.id} could not be found.`)
      return { status: 200, body: runDocument(build) }
    })
}
