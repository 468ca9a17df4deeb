import type { Person, Place, Ref } from '../../../skills/kit/model.js'
import type { Reply, ViewRef } from '../../../skills/kit/reply.js'
import type { Caller } from '../caller.js'
import type { Outcome } from '../outcome.js'
import type { Registry } from '../registry.js'
import { viewerOf } from '../viewer-of.js'
import type { Reader } from '../access/access.js'
import type { Access } from '../access/access.js'
import type { AudienceCut } from './audience-cut.js'
import { thingsOf } from './cut-reply.js'

/** What saying something among several people needs. */
export interface InPlacesParts {
  registry: Registry
  access: Pick<Access, 'by' | 'of'>
  /** Who reads along in a channel or a group; nothing is cut unless told. */
  audience?: AudienceCut
}

/** What leaves the hub for a place in which several people read. */
export interface InPlaces {
  /** Who reads what a caller asks for: they alone, or, where they say it aloud, everyone in the place with them. */
  readerOf(caller: Caller): Promise<Reader>
  /** An outcome as it may be said where it was asked; the rest of it goes to its asker alone. */
  outcome(outcome: Outcome, caller: Caller): Promise<Outcome>
  /** What is said unasked: a record drawn for everyone, or a reply, cut to what all of them may see. */
  drawIn(content: ViewRef | Reply, place: Pick<Place, 'kind' | 'id'>): Promise<Reply>
  /**
   * Reads once more what was asked among several people, by the catalog of what all of them may see, so that nothing else is in the answer.
   * @returns undefined where it is the same, or where nothing is hidden from them
   */
  readAgain(asked: Asked, read: (reader: Reader) => Promise<Reply>): Promise<Reply | undefined>
}

/** What was answered to whom, and where. */
export interface Asked {
  reply: Reply
  place: Place
  /** Who asked. */
  reader: Reader
  /** What it was asked about. */
  things: readonly Ref[]
}

/** The one place where the audience of a channel is asked, for answers and for what goes out unasked. @param draw draws a record */
export function sayInPlaces(
  { registry, access, audience }: InPlacesParts,
  draw: (view: ViewRef, viewer: Person | 'everyone', by?: Reader) => Promise<Reply>,
): InPlaces {
  return {
    async readerOf({ person, place, aloud }) {
      const own = await access.of(person)
      const everyone = aloud && (await audience?.readerIn(place))
      return everyone ? access.by(...own.sights, ...everyone.sights) : own
    },
    async outcome({ forAll, ...outcome }, caller) {
      const { reply, command, args } = outcome
      // What is posted is cut when it is posted.
      if (!audience || reply.posted || viewerOf(caller) !== 'everyone') return outcome
      // What is refused or asked back tells nothing of the matter but the names it holds.
      const tells = outcome.outcome === 'answer' || outcome.outcome === 'note'
      const found = tells && command !== undefined ? registry.find(command) : undefined
      const { shown, rest } = await audience.cut({
        ...{ reply, forAll, place: caller.place, area: found?.skill.area, role: found?.info.role ?? 'guest' },
        asked: tells ? thingsOf(args) : [],
      })
      return rest ? { ...outcome, reply: { ...shown, private: rest } } : outcome
    },
    async drawIn(content, place) {
      const reply = 'text' in content ? content : await draw(content, 'everyone', await audience?.readerIn(place))
      if (!audience) return reply
      const skill =
        'text' in content ? undefined : registry.skills.find(({ views }) => Object.hasOwn(views, content.kind))
      const asked = 'text' in content ? [] : [content]
      return (await audience.cut({ reply, place, area: skill?.area, role: 'guest', asked })).shown
    },
    async readAgain({ reply, place, reader, things }, read) {
      const everyone = await audience?.readerIn(place)
      if (!everyone || everyone.seesAll) return undefined
      // An answer about something that they may not see is kept back whole.
      const found = await Promise.all(things.map((thing) => everyone.catalog.get(thing)))
      if (!found.every(Boolean)) return undefined
      const forAll = await read(access.by(...reader.sights, ...everyone.sights))
      return said(forAll) === said(reply) ? undefined : forAll
    },
  }
}

/** What a reply says, but for how old its sources are: one of them may have been read anew in between. */
const said = ({ sources: _sources, ...reply }: Reply): string => JSON.stringify(reply)
