import type { Instant, Person } from '../../../skills/kit/model.js'
import type { Decision, Plan } from '../../../skills/kit/plan.js'
import type { People } from '../../../skills/kit/ports.js'
import type { Actor, Proposal } from '../../../skills/kit/proposal.js'
import type { Whereto } from '../../../skills/kit/records.js'
import type { Reply } from '../../../skills/kit/reply.js'
import type { Caller } from '../caller.js'
import { demand } from '../access/permit.js'
import type { PlannedChange } from './keeper.js'
import type { Registered } from '../registry.js'
import { approvalRule, type ApprovalPolicy } from './approval-policy.js'
import type { ChangeBook } from './change-book.js'
import { proposalView } from './consequences.js'
import type { Permission } from './permission.js'
import { placeCard } from './place-card.js'
import type { PolicyGuards } from './policy-guards.js'
import { planHash, type Digest } from './plan-hash.js'

/** Whether a command may change anything now, and this plan in particular: read-only mode, the stop switch, a freeze. */
export type MayChange = (found: Registered, plan?: Plan) => Promise<Decision>

/** What making a proposal needs. */
export interface ProposeParts {
  book: ChangeBook
  policy(): Promise<ApprovalPolicy>
  permission: Permission
  people: Pick<People, 'fitting'>
  clock: { now(): Instant }
  digest: Digest
  mayChange: MayChange
  /** What the organisation's hours and freezes say to a plan. */
  guards: PolicyGuards
  /** Whether Nexus can speak in a place. */
  reaches(to: Whereto): Promise<boolean>
}

/** A proposal that everything speaks for, before it is kept. */
export type Draft = Omit<Proposal, 'id'>

export const actorOf = ({ id, objectId, name }: Person): Actor => ({ id, objectId, name })

/**
 * Drafts a proposal of a planned change, with the stages that the policy asks for.
 * @throws Fault NotAllowed where a guard or a switch stands against it, or nobody could ever approve it; nothing is kept then
 */
export async function draftProposal(
  { found, intent, plan: planned, turn }: PlannedChange,
  caller: Caller,
  parts: ProposeParts,
): Promise<Draft> {
  const asked = await parts.guards(intent.command, planned, caller.person)
  const plan = { ...planned, guards: [...planned.guards, ...asked] }
  plan.guards.forEach(demand)
  demand(await parts.mayChange(found, plan))
  const policy = await parts.policy()
  const { rule, stages, expires } = approvalRule(policy, intent.command, plan)
  demand(await parts.permission.canPass(stages, caller.person.id))
  const at = parts.clock.now()
  return {
    by: actorOf(caller.person),
    at,
    place: caller.place,
    turn,
    intent,
    plan,
    hash: planHash(intent.command, plan, policy.version, parts.digest),
    policy: { rule, version: policy.version },
    stages,
    votes: [],
    expires: plan.agreement?.until ?? new Date(Date.parse(at) + expires * 60_000).toISOString(),
    state: 'waiting',
  }
}

/** Keeps a proposal and has its card posted, in one commit; answers what its asker is told. */
export async function openProposal(proposal: Proposal, parts: ProposeParts): Promise<Reply> {
  const { id, by, place, plan, stages } = proposal
  const approvers = (await parts.people.fitting(stages[0]!.who)).filter((person) => person.id !== by.id)
  const asked = { place, by, ...(plan.team !== undefined && { team: plan.team }), personally: Boolean(plan.agreement) }
  const { first, shown, ...placed } = await placeCard(asked, approvers, (to) => parts.reaches(to))
  await parts.book.open({ change: { proposal }, ...placed }, first)
  const others =
    place.kind === 'terminal' && placed.messages.length === 0 ? ' Nobody could be told of it in Teams.' : ''
  return {
    text: `${id} waits for approval by ${await parts.permission.say(stages)}: ${plan.title}.${others}`,
    view: proposalView(id),
    ...(shown && { posted: true as const }),
  }
}
