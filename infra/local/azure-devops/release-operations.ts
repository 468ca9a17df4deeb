import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { badArgument, collection, enumOf, iso, objectOf, page, Refusal } from './answers.js'
import { releaseDocuments } from './release-documents.js'
import { DEPLOYMENT, releasingPipelines, stageStatus, type Release, type Stage } from './release.js'
import type { Server } from './server.js'
import type { EventType } from './hook-event.js'

const decisions = { pending: 1, approved: 2, rejected: 4, skipped: 8 }

/** Classic releases in their smallest form: definitions, releases, and the approvals that hold them up. */
export function releaseOperations(router: Router, server: Server): void {
  const base = '/{project}/_apis/release'
  const { url, approvalDocument, environmentDocument, releaseDocument, expanded } = releaseDocuments(server)

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

  const whole = (release: Release) => ({ ...releaseDocument(release), ...expanded(release, 'environments,artifacts') })
  /** When something last happened with a stage; undefined where nothing did. */
  const changedAt = (release: Release, { deployed, approval }: Stage): number | undefined =>
    deployed === undefined
      ? (approval.decided ?? (approval.status === 'pending' ? release.created : undefined))
      : Math.max(deployed, Math.min(server.now(), deployed + DEPLOYMENT * 1000))
  const deploymentDocument = ({ release, stage, at }: { release: Release; stage: Stage; at: number | undefined }) => ({
    ...{ id: stage.id, attempt: 1, deploymentStatus: stageStatus(release, stage, server.now()) },
    release: { id: release.id, name: release.name, url: url(release.project, `releases/${release.id}`) },
    releaseDefinition: { id: release.definition, name: server.org.pipelines[release.definition - 1]!.name, path: '\\' },
    releaseEnvironment: { id: stage.id, name: stage.name },
    lastModifiedOn: iso(at!),
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

  const tellOfStage = (release: Release, stage: Stage, decision: 'approved' | 'rejected'): void => {
    const { name, project } = release
    const resource = () => ({
      environment: environmentDocument(release)(stage, release.stages.indexOf(stage)),
      release: { id: release.id, name, url: url(project, `releases/${release.id}`) },
      project: server.projectReference(project),
    })
    const tell = (eventType: EventType, what: string, more = {}) =>
      server.tell({
        eventType,
        project,
        text: `${name} in ${stage.name}: ${what}`,
        resource: { ...resource(), ...more },
      })
    const approval = approvalDocument(release, stage)
    tell('ms.vss-release.deployment-approval-completed-event', decision, { approval })
    if (decision === 'rejected') return
    tell('ms.vss-release.deployment-started-event', 'deployment started')
    server.after(DEPLOYMENT * 1000, () => tell('ms.vss-release.deployment-completed-event', 'deployment completed'))
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
    tellOfStage(known, stage, decision)
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
        (release) => ({ ...releaseDocument(release), ...expanded(release, request.query.$expand ?? '') }),
        100,
      )
    })
    .get(`${base}/releases/{release}`, (request) => {
      const release = releasesIn(request).find(({ id }) => String(id) === request.params.release)
      return {
        status: 200,
        body: whole(
          found(
            release,
            'ReleaseNotFoundException',
            `VS402885: Release with id ${request.params.release} does not exist.`,
          ),
        ),
      }
    })
    .get(`${base}/deployments`, (request) => {
      const { minmodifiedtime, definitionid } = request.query
      const from = minmodifiedtime ? Date.parse(minmodifiedtime) : 0
      if (Number.isNaN(from)) throw badArgument('minModifiedTime', `The value '${minmodifiedtime}' is not valid`)
      const listed = releasesIn(request)
        .filter(({ definition }) => !definitionid || String(definition) === definitionid)
        .flatMap((release) => release.stages.map((stage) => ({ release, stage, at: changedAt(release, stage) })))
        .filter(({ at }) => at !== undefined && at >= from)
        .sort((a, b) => b.at! - a.at!)
      return page(request, listed, deploymentDocument, 100)
    })
    .get(`${base}/approvals`, approvals)
    .patch(`${base}/approvals/{approval}`, decide)
}
