import type { Attachment } from 'botbuilder'
import type { Caller } from '../../hub/caller.js'
import type { ChannelAnswer } from './answer-invoke.js'
import type { CheckedActivity, Heard } from './parse-activity.js'
import { placeOf } from './place-of.js'

/** A card with the line it is picked by, as a message extension gives both. */
export type DrawnPostcard = Attachment & { preview?: Attachment }

/** What message extensions are answered from. */
export interface ComposeParts {
  /** Searches from the box in which a message is written: what may be picked, or a sentence in its place. */
  search(asked: AskedInBox, caller: Caller): Promise<DrawnPostcard[] | string>
  /** The card of a link; undefined where there is none that everyone who will read the message may see. */
  unfurl(link: string, caller: Caller): Promise<DrawnPostcard | undefined>
}

type AskedInBox = Extract<Heard, { kind: 'search' }>['asked']

/** Of another tenant's, and where nothing is known, the answer is the same: nothing. */
const nothing = { type: 'result', attachmentLayout: 'list', attachments: [] as Attachment[] }

/**
 * Answers a search or a link from the box in which a message is written (Microsoft, "Respond to search command", "Add link unfurling"). What a
 * link shows hangs on who pastes it where, so Teams is asked not to keep it for others.
 * @param caller absent for somebody of a tenant that is not served
 */
export async function answerCompose(
  heard: Extract<Heard, { kind: 'search' | 'link' }>,
  caller: Caller | undefined,
  { search, unfurl }: ComposeParts,
): Promise<ChannelAnswer> {
  if (!caller) return composed(nothing)
  if (heard.kind === 'search') {
    const found = await search(heard.asked, caller)
    return composed(typeof found === 'string' ? { type: 'message', text: found } : { ...nothing, attachments: found })
  }
  const card = await unfurl(heard.link, caller)
  const body = card ? { ...nothing, attachments: [card] } : nothing
  return composed(body, { cacheInfo: { cacheType: 'no_cache', cacheDuration: 0 } })
}

const composed = (composeExtension: object, beside: object = {}): ChannelAnswer => ({
  status: 200,
  body: { composeExtension, ...beside },
})

/**
 * Where the message will be read. A chat whose id does not begin with `a:` is one between people, in which others read it, whatever the activity
 * calls it.
 */
export function composedIn(activity: CheckedActivity): Caller['place'] {
  const place = placeOf(activity, true)
  return place.kind === 'personal' && !place.id.startsWith('a:') ? { ...place, kind: 'group' } : place
}
