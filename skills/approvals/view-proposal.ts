import { text } from '../kit/arguments.js'
import { notFound } from '../kit/errors.js'
import type { Json, Person } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Proposal } from '../kit/proposal.js'
import type { Button, Reply } from '../kit/reply.js'
import { openStage } from '../kit/stages.js'
import { proposalBody } from './proposal-body.js'
import { headOf, type Shown } from './proposal-head.js'
import { within } from './say-value.js'

export type ProposalTurn = Pick<SystemTurn<'catalog' | 'people' | 'proposals'>, 'catalog' | 'people' | 'proposals'>

/** Most people whom Teams gives a view of their own; the others press a button for it. */
const mostViews = 60

/** Draws a proposal: one body in every state, and the buttons of whoever looks. For everyone it has none that decide. */
export async function viewProposal(id: string, viewer: Person | 'everyone', turn: ProposalTurn): Promise<Reply> {
  const shown = await turn.proposals.get(id)
  if (!shown) throw notFound(`There is no proposal ${id.slice(0, 40)}.`, 'Say “approvals” to see those that wait.')
  const { proposal } = shown
  const approvers = await approversOf(proposal, turn)
  const { text: said, decided, ...head } = headOf(shown)
  const buttons =
    viewer === 'everyone' ? everyonesButtons(proposal, approvers) : await buttonsFor(shown, viewer, approvers, turn)
  // Who approved it stands in the place of buttons; whoever has some reads it in what it needs.
  const settled = buttons.length ? undefined : decided
  return {
    text: said,
    card: {
      ...head,
      ...(await proposalBody(shown, approvers, turn, settled !== undefined)),
      ...(settled && { decided: settled }),
    },
    buttons,
    personal: involved(shown, approvers).slice(0, mostViews),
    id,
  }
}

/** Who may decide the present stage, or could have decided the first; never the asker, and nobody who has voted. */
async function approversOf(proposal: Proposal, { people }: ProposalTurn): Promise<Person[]> {
  const stage = (proposal.state === 'waiting' ? openStage(proposal) : undefined) ?? proposal.stages[0]!
  const fitting = await people.fitting(stage.who)
  return fitting.filter(({ id }) => id !== proposal.by.id)
}

/** The Entra object ids of those whose view differs from everyone's: those who must act first. */
function involved({ proposal }: Shown, approvers: readonly Person[]): string[] {
  const voters = proposal.votes.map(({ by }) => by.objectId)
  const deciding = proposal.state === 'waiting' ? approvers.map(({ objectId }) => objectId) : []
  return [...new Set([proposal.by.objectId, ...voters, ...deciding])]
}

const reference = (id: string): Record<string, Json> => ({ proposal: { kind: 'Proposal', id } })

function everyonesButtons({ id, state }: Proposal, approvers: readonly Person[]): Button[] {
  return state === 'waiting' && approvers.length >= mostViews
    ? [{ title: 'Show my options', intent: { command: 'approval.show', args: reference(id) } }]
    : []
}

async function buttonsFor(
  shown: Shown,
  viewer: Person,
  approvers: readonly Person[],
  { proposals }: ProposalTurn,
): Promise<Button[]> {
  const { proposal, run } = shown
  const { id, state, votes } = proposal
  const own = viewer.id === proposal.by.id
  const voted = votes.some(({ by }) => by.id === viewer.id)
  if (state === 'waiting') {
    if (own) return [press('Withdraw request', 'approval.withdraw', id, 'destructive')]
    const may = !voted && approvers.some((person) => person.id === viewer.id)
    return may && (await proposals.mayDecide(proposal, viewer)).allowed ? decide(proposal) : []
  }
  if (!own && !voted) return []
  if (state === 'approved' || run?.state === 'running') return [pressRun('Cancel run', 'run.cancel', id, 'destructive')]
  if (run?.state === 'succeeded') {
    const may = proposal.undoneBy === undefined && (await proposals.mayUndo(proposal, viewer)).allowed
    return may ? [pressRun('Undo this change', 'run.undo', id)] : []
  }
  const again: Button = { title: `Ask again to ${within(proposal.plan.title).split(' ')[0]}`, intent: proposal.intent }
  return own && run?.state !== 'cancelling' ? [again] : []
}

/** What the button says that approves: "Approve restart", or "Agree with Dana" where those it concerns are asked. */
export const approveTitle = ({ by, plan }: Proposal): string =>
  plan.agreement ? `Agree with ${by.name}` : `Approve ${within(plan.title).split(' ')[0]}`

function decide(proposal: Proposal): Button[] {
  const { id } = proposal
  return [
    press(approveTitle(proposal), 'approval.approve', id, 'positive'),
    {
      title: 'Reject…',
      intent: { command: 'approval.reject', args: reference(id) },
      form: { reason: text('reason', 500) },
      dialog: true,
      style: 'destructive',
    },
  ]
}

/** A press after which the card shows the proposal as it is then, whatever came of it: a refusal takes nothing from view. */
const press = (title: string, command: string, id: string, style?: Button['style'], args = reference(id)): Button => ({
  title,
  intent: { command, args },
  then: { kind: 'Proposal', id },
  ...(style && { style }),
})

/** The same of its run. */
const pressRun = (title: string, command: string, id: string, style?: Button['style']): Button =>
  press(title, command, id, style, { run: { kind: 'Proposal', id } })
