import type { Instant } from '../../../skills/kit/model.js'
import { settle, type Change } from './change.js'

/** How long an approved change may wait for its turn, in milliseconds: what was approved an hour ago is not what people expect now. */
const longestQueue = 60 * 60_000

/** The change at a moment: one that waited too long, for people or for its turn, has expired. The same change where it has not. */
export function decideExpiry(change: Change, now: Instant): Change {
  const { state, expires, decided } = change.proposal
  if (state === 'waiting' && now >= expires)
    return settle(change, 'expired', { at: now, reason: 'Nobody decided in time.' })
  if (state === 'approved' && Date.parse(now) - Date.parse(decided!.at) >= longestQueue)
    return settle(change, 'expired', { at: now, reason: 'It waited an hour for its turn.' })
  return change
}
