import { conflict, notAllowed, notFound } from '../../../skills/kit/errors.js'
import type { Decision } from '../../../skills/kit/plan.js'
import type { Approvals } from '../../../skills/kit/ports.js'
import type { Proposal } from '../../../skills/kit/proposal.js'
import type { Caller } from '../caller.js'
import { demand } from '../access/permit.js'
import type { Doing } from './audit-lines.js'
import type { Changes } from './keeper.js'
import { grantedBy, type Change, type Ruling } from './change.js'
import type { ChangeData } from './change-data.js'
import type { ChangeSteps } from './change-steps.js'
import { decideUndo } from './decide-undo.js'
import { decideVote } from './decide-vote.js'
import { decideCancellation, decideWithdrawal } from './decide-withdrawal.js'
import { actorOf, draftProposal, openProposal, type ProposeParts } from './propose.js'
import { placeAgain } from './place-card.js'
import { presentStage } from '../../../skills/kit/stages.js'

/** Somebody who asks, in a turn of the log. */
type Turned = Caller & { turn: string }

/** What the keeper of changes is made of. */
export interface ChangesParts extends ProposeParts {
  steps(): ChangeSteps
}

/** The keeper of proposals and approvals: decides by the state machine, keeps what was decided, and says it by the outbox. */
export function createChanges(parts: ChangesParts): Changes {
  const { book, permission, clock } = parts

  async function read(id: string): Promise<Change> {
    const data = await book.get(id)
    if (!data) throw notFound(`There is no proposal ${id.slice(0, 40)}.`, 'Say “approvals” to see those that wait.')
    return data.change
  }

  const move = (id: string, doing: Doing, rule: (change: Change) => Ruling): Promise<ChangeData> =>
    book.move(id, (data) => withChange(data, grantedBy(rule(data.change))), doing)

  /**
   * One person's vote. Their permission is asked for every stage, because the stage may end while it is asked. Where changes are stopped
   * or frozen an approval is not counted, so the proposal still waits when they go on; a rejection is.
   */
  async function vote(
    id: string,
    { person, turn }: Turned,
    verdict: 'approve' | 'reject',
    reason?: string,
  ): Promise<void> {
    const { proposal } = await read(id)
    const permitted = await Promise.all(proposal.stages.map(({ who }) => permission.fitting(who, person)))
    const stopped = verdict === 'approve' ? await stops(proposal) : undefined
    const past = { allowed: false, reason: `${id} needs no more approvals.` }
    const by = actorOf(person)
    await move(id, { by, turn }, (change) =>
      decideVote(change, {
        by,
        at: clock.now(),
        verdict,
        ...(reason !== undefined && { reason }),
        permitted: both(permitted[presentStage(change.proposal)] ?? past, stopped),
      }),
    )
  }

  /** What stands against the change of a proposal now, whoever approves it: a switch, the hours, a freeze. */
  async function stops({ state, intent, plan, by }: Proposal): Promise<Decision | undefined> {
    if (state !== 'waiting') return undefined
    const switched = await parts.mayChange(parts.steps().find(intent.command), plan)
    if (!switched.allowed) return switched
    return (await parts.guards(intent.command, plan, by)).find(({ allowed }) => !allowed)
  }

  async function cancel(id: string, { person, turn }: Turned): Promise<void> {
    const permitted = await permission.mayCancel((await read(id)).proposal, person)
    const by = actorOf(person)
    await move(id, { by, turn }, (change) => decideCancellation(change, { by, at: clock.now() }, permitted))
  }

  const undoing = async ({ proposal: { undoneBy } }: Change): Promise<Change | undefined> =>
    undoneBy === undefined ? undefined : (await book.get(undoneBy))?.change

  /** The first is marked before the second is kept, so that of two who press at once one makes a proposal; see `decideStart` for the rest. */
  async function undo(id: string, caller: Turned): Promise<string> {
    const change = await read(id)
    const decision = decideUndo(change, await undoing(change))
    if (!decision.allowed) grantedBy(decision)
    const { intent } = decision as Extract<typeof decision, { allowed: true }>
    const found = parts.steps().find(intent.command, caller.person)
    demand(await parts.mayChange(found))
    const plan = await parts.steps().plan(intent, caller)
    const draft = await draftProposal({ found, intent, plan, turn: caller.turn }, caller, parts)
    const own = await book.records.nextId()
    await book.move(
      id,
      (data) => {
        const { proposal } = data.change
        if (proposal.undoneBy !== change.proposal.undoneBy)
          throw conflict(`${proposal.undoneBy} undoes ${id} already.`, `Look at ${proposal.undoneBy}.`)
        return withChange(data, { ...data.change, proposal: { ...proposal, undoneBy: own } })
      },
      { by: actorOf(caller.person), turn: caller.turn },
    )
    await openProposal({ ...draft, id: own, undoes: id }, parts)
    return own
  }

  return {
    async admit(found) {
      demand(await parts.mayChange(found))
    },
    async propose(change, caller) {
      const draft = await draftProposal(change, caller, parts)
      return openProposal({ ...draft, id: await book.records.nextId() }, parts)
    },
    async show({ kind, id }, caller, turn) {
      if (kind !== 'Proposal') return false
      const again = await placeAgain({ place: caller.place, by: caller.person }, `shown/${turn}`, parts.reaches)
      return again !== undefined && book.show(id, again.message, again.first)
    },
    approvalsFor: (caller, turn): Approvals => ({
      approve: async (id) => (needClick(caller), vote(id, { ...caller, turn }, 'approve')),
      reject: async (id, reason) => (needClick(caller), vote(id, { ...caller, turn }, 'reject', reason)),
      async withdraw(id, reason) {
        const by = actorOf(caller.person)
        await move(id, { by, turn }, (change) =>
          decideWithdrawal(change, { by, at: clock.now(), ...(reason !== undefined && { reason }) }),
        )
      },
      cancel: (id) => cancel(id, { ...caller, turn }),
      undo: async (id) => (needClick(caller), undo(id, { ...caller, turn })),
    }),
  }
}

const both = (permitted: Decision, also: Decision | undefined): Decision =>
  permitted.allowed && also?.allowed === false ? also : permitted

const withChange = (data: ChangeData, change: Change): ChangeData =>
  change === data.change ? data : { ...data, change }

/** What may change the world follows from a click on a card whose target and parameters the server stored. */
function needClick({ input }: Caller): void {
  if (input !== 'click') throw notAllowed('Words alone decide nothing.', 'Press the button on the card.')
}
