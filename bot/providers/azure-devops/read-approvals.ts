import type { Ref } from '../../../skills/kit/model.js'
import type { Fields } from '../../fields.js'
import { path } from './azure-devops-client.js'
import { readTokens, type Project, type Reading } from './reading.js'
import type { Teams } from './teams.js'
import { features } from './unread.js'
import { eachOnce } from '../../../skills/kit/ref-key.js'

/** What a run or a release waits for. */
export interface Approval {
  /** In words: `approval by Nadia Haddad or Felix Brandt`. */
  gate: string
  approvers: Ref[]
}

/** Approvals on a page. */
const perPage = 200

/** The runs of a project that wait for somebody's approval, by the id of their build. */
export async function readApprovals(
  { client, signal, unread }: Reading,
  project: Project,
  teams: Teams,
): Promise<Map<string, Approval>> {
  const query = { state: 'pending', $expand: 'steps', top: perPage }
  const pending = await unread.try(features.approvals, project.name, () =>
    readTokens((token) => client.get(path`${project.id}/_apis/pipelines/approvals`, { ...query, ...token }, signal)),
  )
  const found = new Map<string, Approval>()
  for (const approval of pending ?? []) {
    const build = approval.object('pipeline').object('owner').text('id')
    const steps = approval.objects('steps').filter((step) => step.text('status')?.toLowerCase() === 'pending')
    const people = steps.map((step) => step.object('assignedApprover'))
    const least = Number(approval.text('minRequiredApprovers')) || people.length
    if (build) found.set(build, approvalOf(people, teams, least >= people.length ? 'and' : 'or'))
  }
  return found
}

/** An approval by some people or groups. */
export function approvalOf(people: readonly Fields[], teams: Teams, joined: 'and' | 'or'): Approval {
  const names = people.flatMap((one) => one.text('displayName') ?? [])
  const last = names.at(-1)
  const listed = names.length > 1 ? `${names.slice(0, -1).join(', ')} ${joined} ${last}` : last
  const refs = people.flatMap((one) => teams.refOf(one) ?? [])
  const approvers = eachOnce(refs)
  return { gate: listed ? `approval by ${listed}` : 'an approval', approvers }
}
