import type { State } from '../../../cards/model.js'
import type { Reply } from '../../../skills/kit/reply.js'
import type { Change } from './change.js'

/**
 * How a change ended, in one line for its asker.
 * @param mention whether the asker is named, so that they hear of it among others
 */
export function sayEnd(change: Change, mention: boolean): Reply {
  const { by, id, plan } = change.proposal
  const { said, state } = endOf(change)
  const reason = change.proposal.state === 'started' ? change.run?.reason : change.proposal.decided?.reason
  const words = `${id} ${said}: ${plan.title}.${reason ? ` ${reason}` : ''}`
  const text = mention ? [{ mention: by.name, id: by.objectId }, ` ${words}`] : words
  return { text, card: { lean: true, state, topic: `Change ${id}`, title: `${id} ${said}`, sentence: text } }
}

function endOf({ proposal: { state, decided }, run }: Change): { said: string; state: State } {
  if (state === 'started' && run)
    switch (run.state) {
      case 'succeeded':
        return { said: 'is done', state: 'good' }
      case 'cancelled':
        return { said: 'was cancelled', state: 'emphasis' }
      case 'failed':
        return { said: 'failed', state: 'attention' }
      default:
        return { said: 'has an unknown outcome', state: 'attention' }
    }
  const by = decided?.by ? ` by ${decided.by.name}` : ''
  switch (state) {
    case 'rejected':
      return { said: `was rejected${by}`, state: 'emphasis' }
    case 'withdrawn':
      return { said: 'was withdrawn', state: 'emphasis' }
    case 'expired':
      return { said: 'has expired', state: 'emphasis' }
    default:
      return { said: 'is void', state: 'warning' }
  }
}
