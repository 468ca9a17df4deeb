import { answer, count, listSection } from '../kit/answer.js'
import type { Json } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, Reply } from '../kit/reply.js'
import type { Shown } from './proposal-head.js'
import { headOf } from './proposal-head.js'

type ListTurn = Turn<'proposals'>

/** Most proposals that get a button of their own. */
const mostButtons = 4

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
  const row = (shown: Shown) => {
    const { id, plan, by } = shown.proposal
    const { topic, status } = headOf(shown)
    return {
      title: `${id} ${plan.title}`,
      detail: `asked by ${by.name}`,
      end: status ? [`${topic} `, ...[status].flat()] : topic,
    }
  }
  const sections = [listSection('Wait for you', mine, row, { open: true }), listSection('Yours', own, row)]
  return answer(
    {
      state: mine.length ? 'warning' : 'good',
      topic: 'Approvals',
      title: mine.length
        ? `${count(mine.length, 'change')} wait${mine.length === 1 ? 's' : ''} for you`
        : 'Nothing waits for you',
      sentence: mine.length
        ? `${mine
            .map(({ proposal }) => proposal.id)
            .slice(0, 5)
            .join(', ')}: open one to decide it.`
        : `No change waits for your approval; ${count(own.length, 'change')} of yours ${own.length === 1 ? 'is' : 'are'} known.`,
      sections: sections.filter((section) => section !== undefined),
    },
    { buttons: [...mine, ...own].slice(0, mostButtons).map(open) },
  )
}

const open = ({ proposal: { id } }: Shown): Button => ({
  title: `Open ${id}`,
  intent: { command: 'approval.show', args: { proposal: { kind: 'Proposal', id } } satisfies Record<string, Json> },
})
