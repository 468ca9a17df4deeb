import type { Ports, Proposals } from '../../../skills/kit/ports.js'
import type { Reader } from './access.js'
import { trimmedOnCall } from './trimmed-on-call.js'

/** The ports by which a skill learns what there is. */
type Telling = Pick<Ports, 'catalog' | 'onCall' | 'proposals'>

/** What there is for a reader, by whichever port it is asked. */
export const trimmedPorts = (ports: Telling, reader: Reader): Telling => ({
  catalog: reader.catalog,
  onCall: trimmedOnCall(ports.onCall, reader),
  proposals: reader.seesAll ? ports.proposals : trimmedProposals(ports.proposals, reader),
})

/** The proposals that say nothing of what a reader may not see. */
function trimmedProposals(proposals: Proposals, { maySeeRef }: Reader): Proposals {
  const isSeen = ({ proposal }: Awaited<ReturnType<Proposals['list']>>[number]) =>
    [{ kind: 'Proposal', id: proposal.id }, proposal.plan.target].every((ref) => maySeeRef(ref))
  return {
    ...proposals,
    async get(id) {
      const found = await proposals.get(id)
      return found && isSeen(found) ? found : undefined
    },
    list: async (filter) => (await proposals.list(filter)).filter(isSeen),
  }
}
