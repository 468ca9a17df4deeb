import type { ReadDelivery } from '../../../skills/kit/delivery.js'
import { repositoryRef } from '../../../skills/kit/entity-ids.js'
import type { RecordedChange } from '../../../skills/kit/recorded-change.js'
import { webAddress } from '../../draft-alert.js'
import { draftChange } from '../../draft-change.js'
import { parseFields, type Fields } from '../../fields.js'

/** Events of service hooks that tell of a change (learn.microsoft.com/azure/devops/service-hooks/events). */
const changes: Record<string, RecordedChange['what']> = {
  'git.push': 'push',
  'git.pullrequest.merged': 'merge',
  'git.pullrequest.updated': 'merge',
  'build.complete': 'build',
  'ms.vss-release.deployment-completed-event': 'deployment',
  'ms.vss-pipelines.run-state-changed-event': 'build',
}

const outcomes: Record<string, RecordedChange['outcome']> = {
  succeeded: 'succeeded',
  partiallysucceeded: 'succeeded',
  failed: 'failed',
  rejected: 'failed',
  canceled: 'cancelled',
  stopped: 'cancelled',
}

/** Reads an event of Azure DevOps' service hooks. */
export const readAzureDevOps: ReadDelivery = ({ body, arrived, id }) => {
  const fields = parseFields(body)
  if (!fields) return { state: 'unreadable', reason: 'Its body is not JSON, or no object.' }
  const type = fields.text('eventType')
  if (!type) return { state: 'unreadable', reason: 'It is no event of a service hook: it has no `eventType`.' }
  const what = Object.hasOwn(changes, type) ? changes[type] : undefined
  const resource = fields.object('resource')
  if (!what || !ended(type, resource))
    return { state: 'ignored', reason: `Azure DevOps' event ${type} tells of no change that is done.` }
  const repository = resource.object('repository')
  const [project, name] = [repository.object('project').text('name'), repository.text('name')]
  const outcome = outcomeOf(what, resource)
  const by = byWhom(resource)
  const url = webAddress(resource.object('_links').object('web').text('href', 2_000) ?? resource.text('url', 2_000))
  const commit = resource.object('lastMergeCommit').text('commitId') ?? resource.objects('commits')[0]?.text('commitId')
  const change: RecordedChange = {
    source: 'azure-devops',
    what,
    title: fields.object('message').text('text') ?? type,
    ...(by && { by }),
    ...(outcome && { outcome }),
    ...(url && { url }),
    ...(commit && { commit }),
  }
  const about = project && name ? [{ refs: [repositoryRef('azure-devops', `${project}/${name}`)] }] : []
  return { state: 'read', drafts: [draftChange(change, { at: fields.instant('createdDate') ?? arrived, id, about })] }
}

/** A pull request that goes on, or a run that does, has changed nothing yet. */
function ended(type: string, resource: Fields): boolean {
  // "Merged" is said of every trial merge that Azure Repos makes while a pull request is open.
  if (type.startsWith('git.pullrequest.')) return resource.text('status') === 'completed'
  return type !== 'ms.vss-pipelines.run-state-changed-event' || resource.object('run').text('state') === 'completed'
}

function outcomeOf(what: RecordedChange['what'], resource: Fields): RecordedChange['outcome'] {
  if (what === 'push' || what === 'merge') return undefined
  const said =
    resource.text('result') ??
    resource.object('run').text('result') ??
    resource.object('environment').text('status') ??
    resource.text('status')
  return outcomes[said?.toLowerCase() ?? '']
}

function byWhom(resource: Fields): RecordedChange['by'] {
  const person = ['pushedBy', 'createdBy', 'closedBy', 'lastChangedBy', 'requestedFor']
    .map((name) => resource.object(name))
    .find((one) => one.has('displayName'))
  const [name, unique] = [person?.text('displayName'), person?.text('uniqueName')]
  return name ? { name, ...(unique?.includes('@') && { email: unique.toLowerCase() }) } : undefined
}
