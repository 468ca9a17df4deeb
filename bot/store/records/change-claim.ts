import type { Claim } from '../../../skills/kit/model.js'
import type { Proposal, Run } from '../../../skills/kit/proposal.js'

/** What the catalog shows of a change, so that "PR-12" is a name like any other. */
export const changeClaim = ({ proposal, run }: { proposal: Proposal; run?: Run }): Claim => ({
  kind: 'Proposal',
  id: proposal.id,
  name: proposal.id,
  props: {
    title: proposal.plan.title,
    state: run && proposal.state === 'started' ? run.state : proposal.state,
    asked: proposal.at,
    ...(proposal.plan.environment !== undefined && { environment: proposal.plan.environment }),
  },
  relations: [{ type: 'authoredBy', to: { kind: 'Person', id: proposal.by.id } }],
})
