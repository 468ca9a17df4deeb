import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { badArgument, collection, enumOf, field, iso, jsonOf, page, Refusal } from './answers.js'
import { buildDocuments } from './build-documents.js'
import { progressOf } from './build.js'
import { isWaiting } from './environment.js'
import type { Server } from './server.js'
import { projectId, type Approval, type Build, type Environment } from './state.js'

/** The states of an approval, as the service numbers them. */
const states = { undefined: 0, uninitiated: 1, pending: 2, approved: 4, rejected: 8, skipped: 16, all: -1 }
type Waiting = Build & { approval: Approval }
const isGuarded = (build: Build): build is Waiting => build.approval !== undefined

/** Environments of YAML pipelines, what was deployed there, the checks in front of them, and the approvals runs wait for. */
export function environmentOperations(router: Router, server: Server): void {
  const { definitionOf, pipelineDocument, runDocument } = buildDocuments(server)
  const environmentsIn = (request: VendorRequest): Environment[] => {
    const project = server.projectIn(request).name
    return server.state.environments.filter((each) => each.project === project)
  }
  const environmentIn = (request: VendorRequest): Environment => {
    const found = environmentsIn(request).find(({ id }) => String(id) === request.params.environment)
    if (found) return found
    throw new Refusal(
      404,
      'EnvironmentNotFoundException',
      `Environment with ID ${request.params.environment} does not exist or has been deleted.`,
    )
  }
  const environmentDocument = ({ id, name, project }: Environment) => ({
    ...{
      id,
      name,
      description: '',
      createdOn: '2026-01-12T10:00:00.000Z',
      project: { id: projectId(server.org, project) },
    },
    createdBy: server.identity(server.org.people[0]!.id),
  })

  const owner = (id: number, name: string, url: string, web: string) => ({
    ...{ id, name, _links: { self: { href: url }, web: { href: web } } },
  })
  const records: Handler = (request) => {
    const { id } = environmentIn(request)
    const now = server.now()
    const there = server.state.builds
      // A record is made when the job begins, which is after the approval.
      .filter((build) => build.environment === id && !isWaiting(build) && build.approval?.status !== 'rejected')
      .filter((build) => progressOf(build, now).status !== 'notStarted')
      .sort((a, b) => b.queued - a.queued)
    return page({ ...request, query: { ...request.query, $top: request.query.top ?? '100' } }, there, (build) => {
      const definition = definitionOf(build)
      const { status, result, started, finished } = progressOf(build, now)
      const [pipeline, run] = [pipelineDocument(definition), runDocument(build)]
      return {
        ...{ id: build.id * 10, environmentId: id, planType: 'Build', stageName: 'Deploy', jobName: 'Deploy' },
        ...{ stageAttempt: 1, jobAttempt: 1, scopeId: projectId(server.org, definition.project) },
        definition: owner(definition.id, definition.name, pipeline.url, pipeline._links.web.href),
        owner: owner(build.id, build.number, run.url, run._links.web.href),
        ...{ queueTime: iso(build.queued), startTime: iso(started) },
        ...(status === 'completed' && {
          finishTime: iso(finished),
          result: result === 'canceled' ? 'canceled' : result,
        }),
      }
    })
  }

  const approvalsIn = (request: VendorRequest): Waiting[] => {
    const project = server.projectIn(request).name
    return server.state.builds.filter(isGuarded).filter((build) => definitionOf(build).project === project)
  }
  const approvalDocument = (build: Waiting, expand: string) => {
    const { id, approvers, status, by, comment, decided } = build.approval
    const [definition, run] = [definitionOf(build), runDocument(build)]
    const url = `${server.base}/${projectId(server.org, definition.project)}/_apis/pipelines/approvals/${id}`
    const steps = approvers.map((approver, index) => ({
      assignedApprover: server.identity(approver),
      ...(by === approver && { actualApprover: server.identity(approver), comment }),
      ...{ status: by === undefined || by === approver ? status : 'skipped', order: index + 1 },
      ...{ initiatedOn: iso(build.queued), lastModifiedOn: iso(decided ?? build.queued), history: [] },
    }))
    return {
      ...{ id, steps: /steps|1/i.test(expand) ? steps : [], status, createdOn: iso(build.queued) },
      ...{ lastModifiedOn: iso(decided ?? build.queued), executionOrder: 'anyOrder', minRequiredApprovers: 1 },
      ...{ blockedApprovers: [], instructions: '', _links: { self: { href: url } } },
      pipeline: {
        ...{ id: String(definition.id), name: definition.name },
        owner: owner(build.id, build.number, run.url, run._links.web.href),
      },
    }
  }
  const approvals: Handler = (request) => {
    const { state, $expand = '', approvalids } = request.query
    const wanted = state === undefined ? 'all' : enumOf(states, state)
    if (!wanted) throw badArgument('state', `The value '${state}' is not valid`)
    const listed = approvalsIn(request).filter(
      (build) =>
        (wanted === 'all' || build.approval.status === wanted) &&
        (wanted !== 'pending' || isWaiting(build)) &&
        (!approvalids || approvalids.split(',').includes(build.approval.id)),
    )
    return page({ ...request, query: { ...request.query, $top: request.query.top ?? '100' } }, listed, (build) =>
      approvalDocument(build, $expand),
    )
  }

  const decide: Handler = (request) => {
    const given = jsonOf(request)
    if (!Array.isArray(given) || given.length === 0) throw badArgument('updateParameters')
    const made = given.map((each: unknown) => {
      const build = approvalsIn(request).find(({ approval }) => approval.id === field(each, 'approvalId'))
      if (!build)
        throw new Refusal(
          404,
          'ApprovalNotFoundException',
          `Approval with ID ${String(field(each, 'approvalId'))} could not be found.`,
        )
      const status = enumOf(states, field(each, 'status'))
      if (status !== 'approved' && status !== 'rejected')
        throw badArgument('status', 'Only Approved and Rejected can be set')
      decideOne(build, status, server.caller(request), String(field(each, 'comment') ?? ''))
      return approvalDocument(build, 'steps')
    })
    server.save()
    return collection(made)
  }
  const decideOne = (build: Waiting, status: 'approved' | 'rejected', by: string, comment: string): void => {
    const { approval } = build
    if (!isWaiting(build))
      throw new Refusal(
        400,
        'ApprovalAlreadyCompletedException',
        `Approval with ID ${approval.id} is completed and cannot be changed.`,
      )
    if (!approval.approvers.includes(by))
      throw new Refusal(403, 'ApprovalUnauthorizedException', 'You are not an approver, so you cannot decide.')
    Object.assign(approval, { status, by, comment, decided: server.now() })
    tellOfApproval(server, build, 'ms.vss-pipelinechecks-events.approval-completed')
    tellWhenDone(server, build)
  }

  /** Checks of a resource: an approval for each pipeline that asks for one is a check of the environment. */
  const checks: Handler = (request) => {
    const { resourcetype, resourceid } = request.query
    if (resourcetype !== undefined && resourceid === undefined) throw badArgument('resourceId')
    const guarded = environmentsIn(request).filter(
      ({ id, approvers }) =>
        (resourceid === undefined || String(id) === resourceid) && Object.values(approvers).some((each) => each.length),
    )
    return collection(
      guarded.map(({ id, name }) => ({
        ...{ id: id + 1, type: { id: '8c6f20a7-a545-4486-9777-f762fafe0d4d', name: 'Approval' }, timeout: 43_200 },
        resource: { type: 'environment', id: String(id), name },
        url: `${server.base}/_apis/pipelines/checks/configurations/${id + 1}`,
      })),
    )
  }

  for (const area of ['distributedtask', 'pipelines'])
    router
      .get(`/{project}/_apis/${area}/environments`, (request) =>
        page(request, environmentsIn(request), environmentDocument, 1_000),
      )
      .get(`/{project}/_apis/${area}/environments/{environment}`, (request) => ({
        status: 200,
        body: environmentDocument(environmentIn(request)),
      }))
      .get(`/{project}/_apis/${area}/environments/{environment}/environmentdeploymentrecords`, records)
  router
    .get('/{project}/_apis/pipelines/approvals', approvals)
    .patch('/{project}/_apis/pipelines/approvals', decide)
    .get('/{project}/_apis/pipelines/checks/configurations', checks)
}

/** Tells that a run waits for its approvers, or that one of them has decided. */
export function tellOfApproval(
  server: Server,
  build: Build,
  eventType: 'ms.vss-pipelinechecks-events.approval-pending' | 'ms.vss-pipelinechecks-events.approval-completed',
): void {
  const { definitionOf, pipelineDocument, runDocument } = buildDocuments(server)
  const definition = definitionOf(build)
  const environment = server.state.environments.find(({ id }) => id === build.environment)
  const { id, status } = build.approval!
  server.tell({
    ...{ eventType, project: definition.project },
    text: `Approval ${status} for deployment of pipeline ${definition.name} to environment ${environment?.name}.`,
    resource: {
      ...{ approval: { id, status }, projectId: projectId(server.org, definition.project), stageName: 'Deploy' },
      ...{ pipeline: pipelineDocument(definition), run: runDocument(build), id: build.id },
      resource: { type: 'environment', id: String(environment?.id), name: environment?.name },
    },
  })
}

/** Tells that a build is complete once it is, unless it was stopped or held up meanwhile. */
export function tellWhenDone(server: Server, build: Build): void {
  const { definitionOf, buildDocument, runDocument, pipelineDocument } = buildDocuments(server)
  const tell = () => {
    const { status, result } = progressOf(build, server.now())
    if (status !== 'completed' || !server.state.builds.includes(build)) return
    const definition = definitionOf(build)
    const [project, text] = [definition.project, `Build ${build.number} ${result}`]
    server.tell({ eventType: 'build.complete', project, text, resource: buildDocument(build) })
    const resource = { run: runDocument(build), pipeline: pipelineDocument(definition) }
    server.tell({ eventType: 'ms.vss-pipelines.run-state-changed-event', project, text, resource })
  }
  const left = progressOf(build, server.now()).finished - server.now()
  if (left <= 0) tell()
  else if (!isWaiting(build)) server.after(left, tell)
}
