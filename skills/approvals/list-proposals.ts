import type { Row } from '../../cards/model.js'
import { answer, count, listSection } from '../kit/answer.js'
import type { Json } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'
import type { Shown } from './proposal-head.js'
import { headOf } from './proposal-head.js'

type ListTurn = Turn<'proposals'>

/** Lists what waits for the asker's decision, and what they asked for themselves. */
export async function listProposals(turn: ListTurn): Promise<Reply> {
  const { proposals, person } = turn
  const [waiting, own] = await Promise.all([proposals.list({ states: ['waiting'] }), proposals.list({ by: person.id })])
  const decisions = await Promise.all(
    waiting.map(async (shown) => ({
      shown,
      mine:
        !shown.proposal.votes.some(({ by }) => by.id === person.id) &&
        (await proposals.mayDecide(shown.proposal, person)).allowed,
    })),
  )
  const mine = decisions.filter(({ mine: yes }) => yes).map(({ shown }) => shown)
  const row = (shown: Shown): Row<Button> => {
    const { id, plan, by, state, expires } = shown.proposal
    const { topic } = headOf(shown)
    const waits = state === 'waiting'
    const asker = by.id === person.id ? [] : [` · asked by ${by.name}`]
    return {
      title: [{ strong: plan.title }],
      detail: [id, ...asker, ...(waits ? [' · expires ', { until: expires }] : [])],
      // Those under "Wait for you" wait.
      ...((!waits || by.id === person.id) && { end: topic }),
      select: open(shown),
    }
  }
  const sections = [listSection('Wait for you', mine, row, { open: true }), listSection('Yours', own, row)]
  const waits = `${count(mine.length, 'change')} wait${mine.length === 1 ? 's' : ''} for you`
  const card: CardBody = {
    state: mine.length ? 'warning' : 'good',
    topic: 'Approvals',
    title: mine.length ? waits : 'Nothing waits for you',
    sentence: mine.length
      ? 'Open one to decide it.'
      : `No change waits for your approval; ${count(own.length, 'change')} of yours ${own.length === 1 ? 'is' : 'are'} known.`,
    sections: sections.filter((section) => section !== undefined),
  }
  // A lock screen shows no title.
  return answer(card, mine.length ? { headline: `${waits}. Open one to decide it.` } : {})
}

const open = ({ proposal: { id } }: Shown): Button => ({
  title: `Open ${id}`,
  intent: { command: 'approval.show', args: { proposal: { kind: 'Proposal', id } } satisfies Record<string, Json> },
})
