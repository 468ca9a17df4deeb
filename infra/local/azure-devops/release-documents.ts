import { iso } from './answers.js'
import { DEPLOYMENT, stageStatus, type Release, type Stage } from './release.js'
import type { Server } from './server.js'

/** How classic releases, their environments and approvals look. */
export function releaseDocuments(server: Server) {
  const url = (project: string, path: string) => `${server.base}/${encodeURIComponent(project)}/_apis/Release/${path}`

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
  /** Attempts to deploy to an environment: none while it waits for approval. */
  const deploySteps = (release: Release, stage: Stage) =>
    stage.deployed === undefined
      ? []
      : [
          {
            ...{ id: stage.id, deploymentId: stage.id, attempt: 1, reason: 'automated', queuedOn: iso(stage.deployed) },
            status: stageStatus(release, stage, server.now()),
            lastModifiedOn: iso(Math.min(server.now(), stage.deployed + DEPLOYMENT * 1000)),
            requestedFor: server.identity(release.by),
          },
        ]
  /** What is released: the pipeline's last build that had succeeded by then. */
  const artifact = (release: Release) => {
    const pipeline = server.org.pipelines[release.definition - 1]!
    const { id, name } = server.projectReference(release.project) as { id: string; name: string }
    const definition = { id: String(release.definition), name: pipeline.name }
    return {
      ...{ sourceId: `${id}:${release.definition}`, type: 'Build', alias: pipeline.name, isPrimary: true },
      definitionReference: {
        ...{ definition, project: { id, name }, version: { id: String(release.id), name: release.version } },
        repository: { id: pipeline.repository, name: pipeline.repository },
      },
    }
  }
  const environmentDocument = (release: Release) => (stage: Stage, index: number) => ({
    ...{ id: stage.id, releaseId: release.id, name: stage.name, rank: index + 1 },
    status: stageStatus(release, stage, server.now()),
    preDeployApprovals: [approvalDocument(release, stage)],
    postDeployApprovals: [],
    deploySteps: deploySteps(release, stage),
  })
  /** Lists of releases are without these, unless they are asked for. */
  const expanded = (release: Release, expand: string) => ({
    ...(/environments|approvals/i.test(expand) && { environments: release.stages.map(environmentDocument(release)) }),
    ...(/artifacts/i.test(expand) && { artifacts: [artifact(release)] }),
  })
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
    _links: {
      web: { href: `${server.base}/${encodeURIComponent(release.project)}/_release?releaseId=${release.id}` },
    },
    url: url(release.project, `releases/${release.id}`),
  })

  return { url, approvalDocument, environmentDocument, releaseDocument, expanded }
}
