import { entity, optional } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { besideItsCard } from '../kit/change-card.js'
import { notAllowed, notFound } from '../kit/errors.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Proposal, RunState } from '../kit/proposal.js'
import { says } from './says.js'
import { saysOfProgress } from './says-of-progress.js'
import { saysOfRequests } from './says-of-requests.js'

type RunTurn = Pick<Turn<'proposals'>, 'proposals' | 'person'>

const run = optional(entity('Proposal', 'which change, such as PR-12'))
const view = (id: string) => ({ kind: 'Proposal', id })

/** The change that is meant: the one that is named, else the newest of the asker's whose run is in one of these states. */
async function meant(
  named: Entity | undefined,
  states: readonly RunState[],
  { proposals, person }: RunTurn,
): Promise<Proposal> {
  const found = named
    ? await proposals.get(named.id)
    : (await proposals.list({ states: ['started', 'approved'], by: person.id })).find(
        ({ run }) => run && states.includes(run.state),
      )
  if (!found) throw notFound('There is no such run of yours.', 'Name it, such as “PR-12”; “my proposals” lists yours.')
  return found.proposal
}

const anyState: readonly RunState[] = ['queued', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled', 'unknown']

export default defineSkill({
  name: 'run',
  summary: 'Approved changes at work: progress, cancelling, taking back.',
  order: 51,
  uses: ['proposals', 'approvals'],
  commands: {
    show: {
      summary: 'How far a change is, and how it ended',
      says: saysOfProgress,
      args: { run },
      effect: 'read',
      role: 'developer',
      async run({ run: named }, turn) {
        const { id, plan } = await meant(named, anyState, turn)
        return { text: `${id}: ${plan.title}.`, view: view(id) }
      },
    },
    cancel: {
      summary: 'End a run at its next step; what was sent is not called back',
      says: says.cancel,
      requests: saysOfRequests.cancel,
      args: { run },
      effect: 'note',
      role: 'developer',
      async run({ run: named }, turn) {
        const proposal = await meant(named, ['running', 'queued'], turn)
        const { id, intent } = proposal
        await turn.approvals.cancel(id)
        const said = `${id} ends at its next step. What was sent is not called back.`
        const answer =
          turn.input === 'click' ? { text: said, view: view(id) } : besideItsCard(proposal, said, turn.place)
        return { ...answer, undo: intent }
      },
    },
    undo: {
      summary: 'Propose what takes a change back',
      says: says.undo,
      requests: saysOfRequests.undo,
      args: { run },
      effect: 'change',
      role: 'developer',
      async propose({ run: named }, turn) {
        const proposal = await meant(named, ['succeeded'], turn)
        const { id } = proposal
        if (turn.input === 'words') {
          const { allowed, reason, wayOn } = await turn.proposals.mayUndo(proposal, turn.person)
          if (!allowed) throw notAllowed(reason, wayOn)
          const said = `Words alone change nothing: press “Undo this change” on the card of ${id}.`
          return besideItsCard(proposal, said, turn.place)
        }
        const own = await turn.approvals.undo(id)
        return { text: `${own} is proposed to undo ${id}; it waits for approval.`, view: view(id) }
      },
    },
  },
})
