import { teamRef } from '../../../skills/kit/entity-ids.js'
import type { Moved } from '../../../skills/kit/delivery.js'
import type { Ref } from '../../../skills/kit/model.js'
import { fieldsOf, type Fields } from '../../fields.js'
import { deploymentRef, gitHubRepository, loginRef, packageRef, pullRef, runRef, workflowRef } from './github-ids.js'
import { eachOnce } from '../../../skills/kit/ref-key.js'

type Reader = (body: Fields, repository: Ref | undefined) => (Ref | undefined)[]

const whole: Reader = (_body, repository) => [repository]
const pull: Reader = (body, repository) => numbered(repository, body.object('pull_request').text('number'), pullRef)
const deployment: Reader = (body, repository) =>
  numbered(repository, body.object('deployment').text('id'), deploymentRef)
const person =
  (name: string): Reader =>
  (body) => {
    const login = body.object(name).text('login') ?? body.object('membership').object('user').text('login')
    return login ? [loginRef(login)] : []
  }
const team: Reader = (body) => [body.object('team').text('slug') ?? '', before(body, 'name')].flatMap(refOfTeam)

/** What each event moved, by its name (docs.github.com, "Webhook events and payloads"). Any other moves nothing. */
const readers: Record<string, Reader> = {
  push: (body, repository) => {
    const branch = body.object('repository').text('default_branch')
    return branch && body.text('ref') === `refs/heads/${branch}` ? [repository] : []
  },
  pull_request: (body, repository) => [...pull(body, repository), ...countsPulls(body, repository)],
  pull_request_review: pull,
  check_run: (body, repository) => checked(body.object('check_run'), repository),
  check_suite: (body, repository) => checked(body.object('check_suite'), repository),
  deployment,
  deployment_status: deployment,
  release: whole,
  workflow_run: (body, repository) => {
    const [run, path] = [body.object('workflow_run'), body.object('workflow').text('path')]
    const pipeline = repository && path ? [workflowRef(repository, path)] : []
    return [...numbered(repository, run.text('id'), runRef), ...pipeline]
  },
  dependabot_alert: (body, repository) => {
    const named = body.object('alert').object('dependency').object('package')
    const [ecosystem, name] = [named.text('ecosystem'), named.text('name')]
    return [repository, ...(ecosystem && name ? [packageRef(ecosystem, name)] : [])]
  },
  code_scanning_alert: whole,
  secret_scanning_alert: whole,
  repository: (body, repository) => [repository, ...namesBefore(body)],
  team: (body, repository) => [...team(body, repository), repository],
  team_add: whole,
  membership: (body, repository) => [...team(body, repository), ...person('member')(body, repository)],
  organization: person('member'),
}

/** Events after which entities may be gone, or seen, that they do not name. */
const sweeping: Record<string, { actions: readonly string[]; why: string }> = {
  repository: {
    actions: ['deleted', 'renamed', 'transferred', 'archived', 'unarchived'],
    why: 'what belongs to a repository moves with it',
  },
  installation: {
    actions: ['created', 'deleted', 'suspend', 'unsuspend', 'new_permissions_accepted'],
    why: "what Nexus's app may read has changed",
  },
  installation_repositories: { actions: ['added', 'removed'], why: "the repositories of Nexus's app have changed" },
  team: { actions: ['deleted'], why: 'what a team had went with it' },
}

/**
 * What an event of GitHub moved. Pure. It names only what to read anew and never what is so: an event that comes late, twice or before
 * an earlier one then changes nothing that is not so on GitHub.
 * @param event the header X-GitHub-Event
 * @param body the parsed body, of any form
 */
export function whatMoved(event: string, body: unknown): Omit<Moved, 'source'> {
  const fields = fieldsOf(body)
  const name = fields.object('repository').text('full_name')
  const repository = name && /^[^/\s]+\/[^/\s]+$/.test(name) ? gitHubRepository(name) : undefined
  const found = Object.hasOwn(readers, event) ? readers[event]!(fields, repository) : []
  const refs = found.filter((ref) => ref !== undefined)
  const reread = eachOnce(refs)
  const whole = Object.hasOwn(sweeping, event) ? sweeping[event]! : undefined
  return { reread, ...(whole?.actions.includes(fields.text('action') ?? '') && { sweep: whole.why }) }
}

/** A thing of a repository by its number; nothing where either is missing. */
const numbered = (repository: Ref | undefined, number: string | undefined, refOf: typeof pullRef): Ref[] =>
  repository && number && /^\d+$/.test(number) ? [refOf(repository, number)] : []

/** How many are open is a property of the repository. */
const countsPulls = (body: Fields, repository: Ref | undefined): (Ref | undefined)[] =>
  ['opened', 'closed', 'reopened'].includes(body.text('action') ?? '') ? [repository] : []

const checked = (check: Fields, repository: Ref | undefined): Ref[] =>
  check.objects('pull_requests').flatMap((one) => numbered(repository, one.text('number'), pullRef))

/** What something was called before. */
const before = (body: Fields, name: string): string => body.object('changes').object(name).text('from') ?? ''

const refOfTeam = (name: string): Ref[] => {
  const ref = teamRef(name)
  return ref.id ? [ref] : []
}

/** The repository under its name, or its owner, of before. */
function namesBefore(body: Fields): Ref[] {
  const full = body.object('repository').text('full_name')?.split('/') ?? []
  const changes = body.object('changes')
  const [owner, name] = full
  const from = changes.object('owner').object('from')
  const oldOwner = from.object('user').text('login') ?? from.object('organization').text('login')
  const oldName = changes.object('repository').object('name').text('from')
  if (!owner || !name || (!oldOwner && !oldName)) return []
  return [gitHubRepository(`${oldOwner ?? owner}/${oldName ?? name}`)]
}
