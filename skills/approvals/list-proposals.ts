import type { Row } from '../../cards/model.js'
import { answer, count, listSection } from '../kit/answer.js'
import { notFound } from '../kit/errors.js'
import type { Entity, Json, Person } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'
import type { Shown } from './proposal-head.js'
import { headOf } from './proposal-head.js'

type ListTurn = Turn<'proposals' | 'people'>

/** Whose approvals are asked for: one person's or a team's; the asker's own where neither is said. */
export interface ProposalsAsked {
  person?: Entity | undefined
  team?: Entity | undefined
}

/** Lists what waits for the decision of the asker, of somebody else or of a team, and what they asked for themselves. */
export async function listProposals(asked: ProposalsAsked, turn: ListTurn): Promise<Reply> {
  const { proposals, person } = turn
  const { deciders, name } = await whose(asked, turn)
  const ids = deciders.map(({ id }) => id)
  const [waiting, own] = await Promise.all([
    proposals.list({ states: ['waiting'] }),
    Promise.all(ids.map((by) => proposals.list({ by }))),
  ])
  const mayDecide = async ({ proposal }: Shown, decider: Person): Promise<boolean> =>
    !proposal.votes.some(({ by }) => by.id === decider.id) && (await proposals.mayDecide(proposal, decider)).allowed
  const decisions = await Promise.all(
    waiting.map(async (shown) => ({
      shown,
      theirs: (await Promise.all(deciders.map((decider) => mayDecide(shown, decider)))).includes(true),
    })),
  )
  const mine = decisions.filter(({ theirs }) => theirs).map(({ shown }) => shown)
  const row = (shown: Shown): Row<Button> => {
    const { id, plan, by, state, expires } = shown.proposal
    const { topic } = headOf(shown)
    const waits = state === 'waiting'
    const asker = by.id === person.id ? [] : [` · asked by ${by.name}`]
    return {
      title: [{ strong: plan.title }],
      detail: [id, ...asker, ...(waits ? [' · expires ', { until: expires }] : [])],
      // Those of the first list wait.
      ...((!waits || ids.includes(by.id)) && { end: topic }),
      select: open(shown),
    }
  }
  const requested = own.flat()
  const sections = [
    listSection(`Wait for ${name}`, mine, row, { open: true }),
    listSection(name === 'you' ? 'Yours' : `Asked for by ${name}`, requested, row),
  ]
  const waits = `${count(mine.length, 'change')} wait${mine.length === 1 ? 's' : ''} for ${name}`
  const known = `${count(requested.length, 'change')} of yours ${requested.length === 1 ? 'is' : 'are'} known`
  const none =
    name === 'you' ? `No change waits for your approval; ${known}.` : `No change waits for the approval of ${name}.`
  const card: CardBody = {
    state: mine.length ? 'warning' : 'good',
    topic: 'Approvals',
    title: mine.length ? waits : `Nothing waits for ${name}`,
    sentence: mine.length ? 'Open one to decide it.' : none,
    sections: sections.filter((section) => section !== undefined),
  }
  // A lock screen shows no title.
  return answer(card, mine.length ? { headline: `${waits}. Open one to decide it.` } : {})
}

/**
 * The people whose decision is asked about, and what they are called.
 * @throws Fault NotFound where nobody of the directory is meant
 */
async function whose({ person, team }: ProposalsAsked, turn: ListTurn): Promise<{ deciders: Person[]; name: string }> {
  if (person && person.id !== turn.person.id) {
    const decider = await turn.people.get(person.id)
    if (!decider) throw notFound(`${person.name} has no account, so nothing waits for them.`)
    return { deciders: [decider], name: decider.name }
  }
  if (!team) return { deciders: [turn.person], name: 'you' }
  return { deciders: await turn.people.fitting({ role: 'guest', team: team.id }), name: team.name }
}

const open = ({ proposal: { id } }: Shown): Button => ({
  title: `Open ${id}`,
  intent: { command: 'approval.show', args: { proposal: { kind: 'Proposal', id } } satisfies Record<string, Json> },
})
