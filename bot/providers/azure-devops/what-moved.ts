import type { Ref } from '../../../skills/kit/model.js'
import { fieldsOf, type Fields } from '../../fields.js'
import { adoRepository, pipelineRef, pullRef, releaseRef, runRef, workItemRef } from './azure-devops-ids.js'
import { eachOnce } from '../../../skills/kit/ref-key.js'

/** What an event of Azure DevOps means for the catalog. */
export interface Moved {
  /** What to read anew, each once; one that is not there any more turns out to be gone by that. */
  reread: Ref[]
  /** Why everything is to be read: what it touched is not in the event. */
  sweep?: string
}

/** @param project the name of the project, or its id where an event says no more */
type Reader = (resource: Fields, project: string | undefined) => (Ref | undefined)[]

/** What each event moved, by its type (learn.microsoft.com, "Service hooks events"). Any other moves nothing. */
const readers: Record<string, Reader> = {
  'workitem.created': workItem,
  'workitem.updated': workItem,
  'workitem.commented': workItem,
  'workitem.deleted': workItem,
  'workitem.restored': workItem,
  'git.push': (resource, project) => [repositoryOf(resource, project)],
  'git.pullrequest.created': pull,
  'git.pullrequest.updated': pull,
  'git.pullrequest.merged': pull,
  'ms.vss-code.git-pullrequest-comment-event': (resource, project) => pull(resource.object('pullRequest'), project),
  'git.repo.created': (resource, project) => [repositoryOf(resource, project)],
  'git.repo.forked': (resource, project) => [repositoryOf(resource, project)],
  'git.repo.statuschanged': (resource, project) => [repositoryOf(resource, project)],
  'git.repo.renamed': (resource, project) => {
    const now = repositoryOf(resource, project)
    const within = resource.object('repository').object('project').text('name') ?? project
    return [now, named(within, resource.text('oldName'))]
  },
  'git.repo.deleted': (resource, project) => [
    named(resource.object('project').text('name') ?? project, resource.text('repositoryName')),
  ],
  'build.complete': (resource, project) => {
    const within = resource.object('project').text('name') ?? project ?? projectIn(resource.text('url', 2_000))
    const pipeline = resource.object('definition').text('id')
    return [numbered(within, resource.text('id'), runRef), numbered(within, pipeline, pipelineRef)]
  },
  'ms.vss-pipelines.run-state-changed-event': run,
  'ms.vss-pipelines.stage-state-changed-event': run,
  'ms.vss-pipelines.job-state-changed-event': run,
  'ms.vss-pipelinechecks-events.approval-pending': run,
  'ms.vss-pipelinechecks-events.approval-completed': run,
  'ms.vss-release.release-created-event': release,
  'ms.vss-release.release-abandoned-event': release,
  'ms.vss-release.deployment-approval-pending-event': release,
  'ms.vss-release.deployment-approval-completed-event': release,
  'ms.vss-release.deployment-started-event': release,
  'ms.vss-release.deployment-completed-event': release,
}

/** Events after which entities may be gone that they do not name. */
const sweeping: Record<string, string> = {
  'git.repo.deleted': 'what belonged to a repository went with it',
  'git.repo.renamed': 'what belongs to a repository is called by its new name',
}

/**
 * What an event of a service hook moved. Pure. It names only what to read anew and never what is so: an event that comes late, twice or
 * before an earlier one then changes nothing that is not so in Azure DevOps.
 * @param body the parsed body, of any form
 */
export function whatMoved(body: unknown): Moved {
  const fields = fieldsOf(body)
  const type = fields.text('eventType') ?? ''
  const container = fields.object('resourceContainers').object('project').text('id')?.toLowerCase()
  const found = Object.hasOwn(readers, type) ? readers[type]!(fields.object('resource'), container) : []
  const refs = found.filter((ref) => ref !== undefined)
  return {
    reread: eachOnce(refs),
    ...(Object.hasOwn(sweeping, type) && { sweep: sweeping[type]! }),
  }
}

/** An update's resource is the update: the item is named beside it, or in the revision that came of it. */
function workItem(resource: Fields): (Ref | undefined)[] {
  const ids = [resource.text('workItemId'), resource.object('revision').text('id'), resource.text('id')]
  const id = ids.find((one) => one !== undefined && /^[1-9]\d{0,14}$/.test(one))
  // What hangs together by links may have changed with it.
  return id === undefined ? [] : [workItemRef(id)]
}

function pull(resource: Fields, project: string | undefined): (Ref | undefined)[] {
  const repository = repositoryOf(resource, project)
  const number = resource.text('pullRequestId')
  if (!repository || !number || !/^\d{1,15}$/.test(number)) return []
  // How many are open is a property of the repository.
  return [pullRef(repository, number), repository]
}

function run(resource: Fields, project: string | undefined): (Ref | undefined)[] {
  const [one, pipeline] = [resource.object('run'), resource.object('pipeline')]
  const within = project ?? resource.text('projectId')?.toLowerCase()
  const id = one.text('id') ?? resource.text('runId')
  return [
    numbered(within, id, runRef),
    numbered(within, pipeline.text('id') ?? one.object('pipeline').text('id'), pipelineRef),
  ]
}

/** A release is read with its environments, of which one is named: any of them is enough where the event is of the release. */
function release(resource: Fields, project: string | undefined): (Ref | undefined)[] {
  const within = resource.object('project').text('name') ?? project
  const approval = resource.object('approval')
  const named = [resource, approval, resource.object('environment')].map((one) => one.object('release'))
  const of = named.find((one) => one.has('id'))
  const environments = [
    resource.object('environment'),
    approval.object('releaseEnvironment'),
    ...(of?.objects('environments') ?? []),
  ]
  const [id, environment] = [of?.text('id'), environments.find((one) => one.has('id'))?.text('id')]
  return within && id && environment && [id, environment].every((one) => /^\d{1,15}$/.test(one))
    ? [releaseRef(within, id, environment)]
    : []
}

function repositoryOf(resource: Fields, project: string | undefined): Ref | undefined {
  const repository = resource.object('repository')
  return named(repository.object('project').text('name') ?? project, repository.text('name'))
}

/** Names of projects and repositories have neither slashes nor hashes in them (Azure DevOps, "Naming restrictions"). */
const named = (project: string | undefined, name: string | undefined): Ref | undefined =>
  project && name && !/[/#]/.test(`${project}${name}`) ? adoRepository(project, name) : undefined

const numbered = (
  project: string | undefined,
  id: string | undefined,
  refOf: (project: string, id: string) => Ref,
): Ref | undefined => (project && !/[/#]/.test(project) && id && /^\d{1,15}$/.test(id) ? refOf(project, id) : undefined)

/** The project's id in an address of the REST API. */
const projectIn = (url: string | undefined): string | undefined =>
  /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/_apis\//i.exec(url ?? '')?.[1]?.toLowerCase()
