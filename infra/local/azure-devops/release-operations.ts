import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { badArgument, collection, enumOf, iso, objectOf, page, Refusal } from './answers.js'
import { releasingPipelines, stageStatus, type Release, type Stage } from './release.js'
import type { Server } from './server.js'

const decisions = { pending: 1, approved: 2, rejected: 4, skipped: 8 }

/** Classic releases in their smallest form: definitions, releases, and the approvals that hold them up. */
export function releaseOperations(router: Router, server: Server): void {
  const base = '/{project}/_apis/release'
  const url = (project: string, path: string) => `${server.base}/${encodeURIComponent(project)}/_apis/Release/${path}`

  const definitionDocument = ({ id, pipeline, environments }: ReturnType<typeof releasingPipelines>[number]) => ({
    ...{ id, name: pipeline.name, path: '\\', source: 'undefined', revision: 1, isDeleted: false },
    environments: environments.map((name, index) => ({ id: id * 10 + index, name, rank: index + 1 })),
    url: url(pipeline.project, `definitions/${id}`),
  })
  const definitionsIn = (request: VendorRequest) => {
    const project = server.projectIn(request).name
    return releasingPipelines(server.org).filter(({ pipeline }) => pipeline.project === project)
  }
  const releasesIn = (request: VendorRequest) => {
    const project = server.projectIn(request).name
    return server.state.releases.filter((release) => release.project === project)
  }
  const found = <T>(value: T | undefined, typeKey: string, message: string): T => {
    if (value === undefined) throw new Refusal(404, typeKey, message)
    return value
  }

  const approvalDocument = (release: Release, stage: Stage) => {
    const { id, approver, status, comment, decided } = stage.approval
    const identity = server.identity(approver)
    return {
      ...{
        id,
        revision: 1,
        approvalType: 'preDeploy',
        status,
        comments: comment,
        isAutomated: status === 'skipped',
        attempt: 1,
        rank: 1,
      },
      ...{
        approver: identity,
        ...(decided !== undefined && { approvedBy: identity }),
        createdOn: iso(release.created),
      },
      modifiedOn: iso(decided ?? release.created),
      release: { id: release.id, name: release.name, url: url(release.project, `releases/${release.id}`) },
      releaseDefinition: {
        id: release.definition,
        name: server.org.pipelines[release.definition - 1]!.name,
        path: '\\',
      },
      releaseEnvironment: { id: stage.id, name: stage.name },
      url: url(release.project, `approvals/${id}`),
    }
  }
  const releaseDocument = (release: Release) => ({
    ...{
      id: release.id,
      name: release.name,
      status: 'active',
      createdOn: iso(release.created),
      modifiedOn: iso(release.created),
    },
    ...{
      createdBy: server.identity(release.by),
      modifiedBy: server.identity(release.by),
      description: `${release.service} ${release.version}`,
    },
    releaseDefinition: { id: release.definition, name: server.org.pipelines[release.definition - 1]!.name, path: '\\' },
    environments: release.stages.map((stage, index) => ({
      ...{
        id: stage.id,
        releaseId: release.id,
        name: stage.name,
        rank: index + 1,
        status: stageStatus(release, stage, server.now()),
      },
      preDeployApprovals: [approvalDocument(release, stage)],
      postDeployApprovals: [],
    })),
    url: url(release.project, `releases/${release.id}`),
  })

  /** Those that can be decided: their stage's turn has come, unless decided ones are asked for. */
  const approvals: Handler = (request) => {
    const status = enumOf(decisions, request.query.statusfilter ?? 'pending')
    if (!status) throw badArgument('statusFilter', `The value '${request.query.statusfilter}' is not valid`)
    const person = request.query.assignedtofilter ? server.personNamed(request.query.assignedtofilter)?.id : undefined
    const listed = releasesIn(request).flatMap((release) =>
      release.stages
        .filter(
          (stage) =>
            stage.approval.status === status &&
            (status !== 'pending' || stageStatus(release, stage, server.now()) === 'queued'),
        )
        .filter(({ approval }) => !request.query.assignedtofilter || approval.approver === person)
        .map((stage) => approvalDocument(release, stage)),
    )
    return collection(listed)
  }

  const decide: Handler = (request) => {
    const wanted = Number(request.params.approval)
    const release = releasesIn(request).find(({ stages }) => stages.some(({ approval }) => approval.id === wanted))
    const known = found(
      release,
      'ApprovalNotFoundException',
      `VS402947: The approval ${request.params.approval} does not exist.`,
    )
    const stage = known.stages.find(({ approval }) => approval.id === wanted)!
    const { status, comments = '' } = objectOf(request)
    const decision = enumOf(decisions, status)
    if (decision !== 'approved' && decision !== 'rejected')
      throw badArgument('status', 'Only Approved and Rejected can be set')
    if (stage.approval.status !== 'pending' || stageStatus(known, stage, server.now()) !== 'queued')
      throw new Refusal(
        400,
        'ReleaseApprovalAlreadyCompletedException',
        `VS402982: The approval ${wanted} is not pending, so it cannot be changed.`,
      )
    if (server.caller(request) !== stage.approval.approver && server.person(server.caller(request)))
      throw new Refusal(403, 'UnauthorizedRequestException', 'VS402904: Access denied: only the approver may decide.')
    Object.assign(stage.approval, { status: decision, comment: String(comments), decided: server.now() })
    if (decision === 'approved') stage.deployed = server.now()
    server.save()
    return { status: 200, body: approvalDocument(known, stage) }
  }

  router
    .get(`${base}/definitions`, (request) => page(request, definitionsIn(request), definitionDocument, 10_000))
    .get(`${base}/definitions/{definition}`, (request) => {
      const definition = definitionsIn(request).find(({ id }) => String(id) === request.params.definition)
      const { definition: id } = request.params
      return {
        status: 200,
        body: definitionDocument(
          found(
            definition,
            'ReleaseDefinitionNotFoundException',
            `VS402881: Release definition with id ${id} does not exist.`,
          ),
        ),
      }
    })
    .get(`${base}/releases`, (request) => {
      const wanted = request.query.definitionid
      const listed = releasesIn(request).filter(({ definition }) => !wanted || String(definition) === wanted)
      return page(
        request,
        listed.sort((a, b) => b.created - a.created),
        releaseDocument,
        10_000,
      )
    })
    .get(`${base}/releases/{release}`, (request) => {
      const release = releasesIn(request).find(({ id }) => String(id) === request.params.release)
      return {
        status: 200,
        body: releaseDocument(
          found(
            release,
            'ReleaseNotFoundException',
            `VS402885: Release with id ${request.params.release} does not exist.`,
          ),
        ),
      }
    })
    .get(`${base}/approvals`, approvals)
    .patch(`${base}/approvals/{approval}`, decide)
}
