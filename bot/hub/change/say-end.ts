import type { Span } from '../../../cards/model.js'
import type { Change } from './change.js'

/**
 * How a change ended, in one line for its asker.
 * @param mention whether the asker is named, so that they hear of it among others
 */
export function sayEnd({ proposal, run }: Change, mention: boolean): Span[] {
  const { by, id, plan } = proposal
  const who: Span[] = mention ? [{ mention: by.name, id: by.objectId }, ' '] : []
  return [
    ...who,
    `${id} `,
    `${ending({ proposal, ...(run && { run }) })}: ${plan.title}.`,
    ...why({ proposal, ...(run && { run }) }),
  ]
}

function ending({ proposal: { state, decided }, run }: Change): string {
  if (state === 'started' && run)
    return (
      { succeeded: 'is done', failed: 'failed', cancelled: 'was cancelled' }[run.state as string] ??
      'has an unknown outcome'
    )
  const by = decided?.by ? ` by ${decided.by.name}` : ''
  return { rejected: `was rejected${by}`, expired: 'expired', withdrawn: 'was withdrawn' }[state as string] ?? 'is void'
}

function why({ proposal: { state, decided }, run }: Change): string[] {
  const reason = state === 'started' ? run?.reason : decided?.reason
  return reason ? [` ${reason}`] : []
}
