import type { Activity } from 'botbuilder'
import type { Caller } from '../../hub/caller.js'
import type { Rateable } from '../../../skills/kit/rateable.js'
import type { ChannelAnswer } from './answer-invoke.js'
import type { Thumb } from './read-thumb.js'

/** Takes a thumb; one on a message that is too old to be rated is taken and not kept, because nobody can do anything about that. */
export async function answerFeedback(
  thumb: Thumb,
  caller: Caller | undefined,
  rate: (thumb: Thumb, caller: Caller) => Promise<boolean>,
): Promise<ChannelAnswer> {
  if (!caller)
    return { status: 403, body: { error: { code: 'NotAllowed', message: 'Nexus does not serve your organisation.' } } }
  await rate(thumb, caller)
  return { status: 200, body: {} }
}

/** Microsoft, "Bot messages with AI-generated content": `feedbackLoopEnabled` has Teams show thumbs below the message. */
export const asksForThumbs = (answer: Partial<Activity>, rateable: Rateable | undefined): Partial<Activity> =>
  rateable ? { ...answer, channelData: { feedbackLoopEnabled: true } } : answer
