import { entity, optional, text, time } from '../kit/arguments.js'
import { askAbout } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import { besideItsCard } from '../kit/change-card.js'
import { notAllowed, notFound } from '../kit/errors.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Proposal } from '../kit/proposal.js'
import type { Intent, Reply } from '../kit/reply.js'
import { saysIn } from './says-in.js'
import { listProposals } from './list-proposals.js'
import { approveTitle, viewProposal } from './view-proposal.js'
import { says } from './says.js'
import { saysOfRequests } from './says-of-requests.js'
import { saysOfDecisions } from './says-of-decisions.js'
import { saysOfOne } from './says-of-one.js'

const proposal = entity('Proposal', 'which proposal, such as PR-12')
const view = ({ id }: Entity) => ({ kind: 'Proposal', id })
const show = ({ id }: Entity): Intent => ({ command: 'approval.show', args: { proposal: { kind: 'Proposal', id } } })

type DecidingTurn = Pick<Turn<'proposals'>, 'proposals' | 'person' | 'place'>

/**
 * What is said where words would decide: which button does. Whoever may not decide is told so at once, and of what is decided already its card.
 * @throws Fault NotAllowed with the rule that stands against it
 */
async function clickDecides(
  which: Entity,
  verdict: 'approve' | 'reject',
  turn: DecidingTurn,
): Promise<Reply & { undo: Intent }> {
  const proposal = await read(which, turn)
  const undo = show(which)
  if (proposal.state !== 'waiting') return { text: `${which.id} is ${proposal.state}.`, view: view(which), undo }
  const { allowed, reason, wayOn } = await turn.proposals.mayDecide(proposal, turn.person)
  if (!allowed) throw notAllowed(reason, wayOn)
  const button = verdict === 'approve' ? approveTitle(proposal) : 'Reject…'
  const said = `Words alone decide nothing: press “${button}” on the card of ${which.id}.`
  return { ...besideItsCard(proposal, said, turn.place), undo }
}

async function read({ id }: Entity, { proposals }: Pick<Turn<'proposals'>, 'proposals'>): Promise<Proposal> {
  const found = await proposals.get(id)
  if (!found) throw notFound(`There is no proposal ${id}.`)
  return found.proposal
}

/** The way back from a decision is to ask for the change again. */
const askAgain = async (which: Entity, turn: Pick<Turn<'proposals'>, 'proposals'>): Promise<Intent> =>
  (await read(which, turn)).intent

export default defineSkill({
  name: 'approval',
  summary: 'Changes that wait for people: who must agree, and what was decided.',
  order: 50,
  uses: ['catalog', 'people', 'proposals', 'approvals'],
  commands: {
    list: {
      summary: 'Changes that wait for me or somebody else, and those asked for',
      says,
      saysIn,
      args: {
        person: optional(entity('Person', 'whose decision')),
        team: optional(entity('Team', 'or of which team')),
      },
      effect: 'read',
      role: 'developer',
      featured: true,
      run: (asked, turn) => listProposals(asked, turn),
    },
    show: {
      summary: 'A change that was proposed: its plan, its approvals, its run',
      says: saysOfOne,
      args: { proposal },
      effect: 'read',
      role: 'developer',
      run: async ({ proposal: which }, turn) => ({
        text: (await viewProposal(which.id, turn.person, turn)).text,
        view: view(which),
      }),
    },
    approve: {
      summary: 'Approve a change, by the button on its card',
      says: saysOfDecisions.approve,
      requests: saysOfRequests.approve,
      args: { proposal },
      effect: 'note',
      role: 'developer',
      async run({ proposal: which }, turn) {
        if (turn.input === 'words') return clickDecides(which, 'approve', turn)
        await turn.approvals.approve(which.id)
        return { text: `You approved ${which.id}.`, view: view(which), undo: cancel(which) }
      },
    },
    reject: {
      summary: 'Reject a change with a reason, by the button on its card',
      says: saysOfDecisions.reject,
      requests: saysOfRequests.reject,
      args: { proposal, reason: optional(text('reason', 500)) },
      effect: 'note',
      role: 'developer',
      async run({ proposal: which, reason }, turn) {
        if (turn.input === 'words') return clickDecides(which, 'reject', turn)
        await turn.approvals.reject(which.id, reason ?? '')
        return { text: `You rejected ${which.id}.`, view: view(which), undo: await askAgain(which, turn) }
      },
    },
    withdraw: {
      summary: 'Take back a change that I asked for',
      says: saysOfDecisions.withdraw,
      requests: saysOfRequests.withdraw,
      args: { proposal, reason: optional(text('reason', 500)) },
      effect: 'note',
      role: 'developer',
      async run({ proposal: which, reason }, turn) {
        await turn.approvals.withdraw(which.id, reason)
        const proposal = await read(which, turn)
        const said = `You withdrew ${which.id}.`
        const answer =
          turn.input === 'click' ? { text: said, view: view(which) } : besideItsCard(proposal, said, turn.place)
        return { ...answer, undo: proposal.intent }
      },
    },
    delegate: {
      summary: 'Let somebody else decide in my place',
      says: saysOfDecisions.delegate,
      requests: saysOfRequests.delegate,
      args: {
        proposal: optional(proposal),
        person: entity('Person', 'to whom'),
        until: optional(time('until when')),
        reason: optional(text('reason', 500)),
      },
      effect: 'note',
      role: 'developer',
      planned: {
        instead: 'Everybody who may decide a change has it in their own list; who that is stands on its card.',
        near: ({ proposal: which }) => [
          ...askAbout(which, 'Show', 'approval.show', 'proposal'),
          { title: 'Open approvals', intent: { command: 'approval.list', args: {} } },
        ],
      },
    },
  },
  views: { Proposal: viewProposal },
  offers: ['run.cancel', 'run.undo'],
})

const cancel = ({ id }: Entity): Intent => ({ command: 'run.cancel', args: { run: { kind: 'Proposal', id } } })
