import type { Instant } from '../../../skills/kit/model.js'
import type { Whereto } from '../../../skills/kit/records.js'
import type { Change } from './change.js'

/** A message that shows a proposal, by the key it is edited by. */
export interface PostedMessage {
  key: string
  to: Whereto
  /** Key of its thread's first message. */
  root?: string
}

/** A change as it is kept, with what belongs to its keeping. */
export interface ChangeData {
  change: Change
  /** Counts the commits; it makes the ids of what they say. */
  revision: number
  messages: PostedMessage[]
  /** Where its asker is told how it ended. */
  tell?: { to: Whereto; root?: string; mention: boolean }
  /** Who has the present step in hand: the claim of its timer. Whoever comes later takes it over. */
  taken?: string
  /** Since when the present step finds no answer, and how often it was tried. */
  trouble?: { since: Instant; times: number }
}
