import type { Person, Place } from '../../../skills/kit/model.js'
import type { Reply, ViewRef } from '../../../skills/kit/reply.js'
import type { Caller } from '../caller.js'
import type { Outcome } from '../outcome.js'
import type { Registry } from '../registry.js'
import { viewerOf } from '../viewer-of.js'
import type { CutForPlace } from './audience-cut.js'
import { thingsOf } from './cut-reply.js'

/** What saying something among several people needs. */
export interface InPlacesParts {
  registry: Registry
  /** Cuts what is said in a channel or a group to what everyone there may see; nothing is cut unless told. */
  cut?: CutForPlace
}

/** What leaves the hub for a place in which several people read. */
export interface InPlaces {
  /** An outcome as it may be said where it was asked; the rest of it goes to its asker alone. */
  outcome(outcome: Outcome, caller: Caller): Promise<Outcome>
  /** What is said unasked: a record drawn for everyone, or a reply, cut to what all of them may see. */
  drawIn(content: ViewRef | Reply, place: Pick<Place, 'kind' | 'id'>): Promise<Reply>
}

/** The one place where the audience of a channel is asked, for answers and for what goes out unasked. @param draw draws a record */
export function sayInPlaces(
  { registry, cut }: InPlacesParts,
  draw: (view: ViewRef, viewer: Person | 'everyone') => Promise<Reply>,
): InPlaces {
  return {
    async outcome(outcome, caller) {
      const { reply, command, args } = outcome
      // What is posted is cut when it is posted.
      if (!cut || reply.posted || viewerOf(caller) !== 'everyone') return outcome
      // What is refused or asked back tells nothing of the matter but the names it holds.
      const tells = outcome.outcome === 'answer' || outcome.outcome === 'note'
      const found = tells && command !== undefined ? registry.find(command) : undefined
      const { shown, rest } = await cut({
        ...{ reply, place: caller.place, area: found?.skill.area, role: found?.info.role ?? 'guest' },
        asked: tells ? thingsOf(args) : [],
      })
      return rest ? { ...outcome, reply: { ...shown, private: rest } } : outcome
    },
    async drawIn(content, place) {
      const reply = 'text' in content ? content : await draw(content, 'everyone')
      if (!cut) return reply
      const skill =
        'text' in content ? undefined : registry.skills.find(({ views }) => Object.hasOwn(views, content.kind))
      return (await cut({ reply, place, area: skill?.area, role: 'guest' })).shown
    },
  }
}
