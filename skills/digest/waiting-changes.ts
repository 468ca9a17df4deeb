import type { Row, Text } from '../../cards/model.js'
import type { Instant } from '../kit/model.js'
import type { Proposal } from '../kit/proposal.js'
import type { Button } from '../kit/reply.js'
import { dayIn } from '../kit/zoned-time.js'
import type { Matter, Part } from './contents.js'

/** Most rows of a part; a digest is read, not searched. */
export const mostRows = 6

/** Changes that the person may decide, and those they decided today, which show how it went. */
export async function waitingChanges(matter: Matter): Promise<Part> {
  const { person, turn } = matter
  const [waiting, all] = await Promise.all([turn.proposals.list({ states: ['waiting'] }), turn.proposals.list()])
  const open = await Promise.all(waiting.map(({ proposal }) => isFor(proposal, matter)))
  const mine = waiting.filter((_, index) => open[index]).map(({ proposal }) => proposal)
  const isToday = (at: Instant) => dayIn(person.zone, at) === dayIn(person.zone, turn.now)
  const decided = all.flatMap(({ proposal }) => {
    const vote = voteOf(proposal, matter)
    return vote && isToday(vote.at) ? [{ proposal, vote }] : []
  })
  const rows = mine.slice(0, mostRows).map((proposal) => waitingRow(proposal, matter))
  const [first] = mine
  return {
    needs: mine.length,
    ...(first && { first: `Approve: ${first.plan.title}, asked by ${first.by.name}.` }),
    ...(rows.length && { section: { kind: 'rows', rows } }),
    settled: decided.slice(0, mostRows).map(({ proposal, vote }) => decidedRow(proposal, vote.verdict)),
  }
}

const voteOf = ({ votes }: Proposal, { person }: Matter) => votes.findLast(({ by }) => by.objectId === person.objectId)

async function isFor(proposal: Proposal, matter: Matter): Promise<boolean> {
  if (proposal.expires <= matter.turn.now || voteOf(proposal, matter)) return false
  return (await matter.turn.proposals.mayDecide(proposal, matter.person)).allowed
}

/** What is risky is decided on its own card, where all of it can be read. */
function waitingRow({ id, plan, by, at, expires }: Proposal, { view }: Matter): Row<Button> {
  const args = { proposal: { kind: 'Proposal', id } }
  const open: Button = { title: 'Open', intent: { command: 'approval.show', args }, dialog: true }
  const approve: Button = {
    title: 'Approve',
    intent: { command: 'approval.approve', args },
    then: view,
    style: 'positive',
  }
  const detail: Text = [`Asked by ${by.name}, `, { ago: at }, `. ${plan.consequence} Expires `, { until: expires }, '.']
  return {
    state: 'warning',
    title: [{ strong: plan.title }],
    detail,
    end: id,
    buttons: plan.risk === 'high' ? [open] : [approve, open],
  }
}

const stateWords: Record<Proposal['state'], string> = {
  waiting: 'waits for others',
  approved: 'goes ahead',
  started: 'goes ahead',
  rejected: 'was rejected',
  void: 'was stopped, because its target changed',
  expired: 'expired',
  withdrawn: 'was withdrawn',
}

const decidedRow = ({ id, plan, state }: Proposal, verdict: 'approve' | 'reject'): Row<Button> => ({
  state: verdict === 'approve' ? 'good' : 'emphasis',
  icon: 'done',
  title: plan.title,
  detail: `${verdict === 'approve' ? 'Approved' : 'Rejected'} by you; it ${stateWords[state]}.`,
  end: id,
  select: {
    title: `Show ${id}`,
    intent: { command: 'approval.show', args: { proposal: { kind: 'Proposal', id } } },
    dialog: true,
  },
})
