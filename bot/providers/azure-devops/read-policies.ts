import type { Fields } from '../../fields.js'
import { path } from './azure-devops-client.js'
import { branchOf, readTokens, type Project, type Reading } from './reading.js'
import { features } from './unread.js'

/** Types of policies that are said in words of their own, by the ids that Azure DevOps gives them everywhere. */
const reviewers = 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd'
const build = '0609b952-1397-4640-95ec-e00a01b2c241'
const required = 'fd2167ab-b0be-447a-8ec8-39368250530e'
const sayings: Record<string, string> = {
  '40e92b44-2fe1-4dd6-b3d8-74a9c21d0c6e': 'a linked work item',
  'c6a1889d-b943-4856-b76f-9e46bb6b0df2': 'resolved comments',
  'fa4e907d-c16b-4a4c-9dfa-4916e5d171ab': 'one way of merging',
  'cbdc66da-9728-4af8-aada-9a5a32e4a226': 'a status',
}

/** What a branch asks of a pull request. */
export interface PolicyOfBranch {
  /** Reviewers who have to approve; absent where none has to. */
  reviews?: number
  /** In words: `2 approvals`, `build ledger-api-ci`. */
  rules: string[]
}

/** The branch policies of a project that are in force and block a merge. */
export class Policies {
  constructor(
    private readonly policies: readonly Fields[],
    private readonly pipelines: ReadonlyMap<string, string>,
  ) {}

  /** What the default branch of a repository asks. */
  ofRepository({ id, branch }: { id: string; branch?: string }): PolicyOfBranch {
    const own = this.policies.filter((policy) =>
      policy
        .object('settings')
        .objects('scope')
        .some((scope) => covers(scope, id, branch)),
    )
    const counts = own
      .filter((policy) => typeOf(policy) === reviewers)
      .map((policy) => Number(policy.object('settings').text('minimumApproverCount')) || 0)
    const reviews = Math.max(0, ...counts)
    return { ...(reviews && { reviews }), rules: [...new Set(own.map((policy) => this.#inWords(policy)))].sort() }
  }

  #inWords(policy: Fields): string {
    const [type, settings] = [typeOf(policy), policy.object('settings')]
    if (type === reviewers) {
      const count = settings.text('minimumApproverCount') ?? '1'
      return count === '1' ? 'an approval' : `${count} approvals`
    }
    if (type === build) {
      const id = settings.text('buildDefinitionId') ?? ''
      return `build ${settings.text('displayName') ?? this.pipelines.get(id) ?? id}`
    }
    if (type === required) return 'certain reviewers'
    return sayings[type] ?? policy.object('type').text('displayName')?.toLowerCase() ?? 'a policy'
  }
}

const typeOf = (policy: Fields): string => policy.object('type').text('id')?.toLowerCase() ?? ''

/** A scope without a repository is of all of them; one without a branch, of all branches. */
function covers(scope: Fields, repository: string, branch: string | undefined): boolean {
  const [id, ref] = [scope.text('repositoryId')?.toLowerCase(), branchOf(scope.text('refName'))]
  if (id !== undefined && id !== repository) return false
  if (ref === undefined) return scope.text('matchKind')?.toLowerCase() !== 'defaultbranch' || branch !== undefined
  return (
    branch !== undefined &&
    (scope.text('matchKind')?.toLowerCase() === 'prefix' ? branch.startsWith(ref) : branch === ref)
  )
}

/** The policies of a project; none where they are closed to Nexus. */
export async function readPolicies(reading: Reading, project: Project): Promise<Policies> {
  const { client, signal, unread } = reading
  const all = await unread.try(features.policies, project.name, () =>
    readTokens((token) =>
      client.get(path`${project.id}/_apis/policy/configurations`, { ...token, $top: 1_000 }, signal),
    ),
  )
  const inForce = (all ?? []).filter(
    (one) => ['isEnabled', 'isBlocking'].every((name) => one.text(name) === 'true') && one.text('isDeleted') !== 'true',
  )
  const wanted = inForce.flatMap((one) =>
    typeOf(one) === build ? (one.object('settings').text('buildDefinitionId') ?? []) : [],
  )
  return new Policies(inForce, await readNames(reading, project, [...new Set(wanted)]))
}

/** Names of pipelines, of those that policies ask for. */
async function readNames(
  { client, signal, unread }: Reading,
  project: Project,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const definitions = await unread.try(features.pipelines, project.name, () =>
    client.get(path`${project.id}/_apis/build/definitions`, { definitionIds: ids.join(',') }, signal),
  )
  return new Map((definitions?.items ?? []).map((one) => [one.text('id') ?? '', one.text('name') ?? '']))
}
