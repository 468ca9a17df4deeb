import type { Area } from '../../../skills/kit/audience.js'
import type { Entity, Place, Ref, Role } from '../../../skills/kit/model.js'
import type { Catalog } from '../../../skills/kit/ports.js'
import type { Reply } from '../../../skills/kit/reply.js'
import { mayHear, maySee, type Audience } from './audience.js'
import { cutReply, thingsIn, type Cut, type HiddenThing } from './cut-reply.js'

/** What is said in a place, and what is known of it. */
export interface Said {
  reply: Reply
  place: Pick<Place, 'kind' | 'id' | 'name'>
  area?: Area | undefined
  /** The least role that may ask for it. */
  role: Role
  /** What it was asked about. */
  asked?: readonly Ref[]
}

/** Cuts what is about to be said in a place to what everyone there may see. */
export type CutForPlace = (said: Said) => Promise<Cut>

/** What cutting is done by. */
export interface AudienceCutParts {
  catalog: Pick<Catalog, 'get' | 'related'>
  /** Who reads along in a place of several people. */
  audienceOf(place: Said['place']): Promise<Audience>
}

/** The one way that everything takes which goes out into a channel or a group. */
export function createAudienceCut({ catalog, audienceOf }: AudienceCutParts): CutForPlace {
  return async ({ reply, place, area, role, asked = [] }) => {
    if (place.kind !== 'channel' && place.kind !== 'group') return { shown: reply }
    const audience = await audienceOf(place)
    const heard = mayHear(audience, { area, role })
    if (!heard.allowed) return cutReply(reply, heard, [])
    return cutReply(reply, heard, await hiddenAmong([...asked, ...thingsIn(reply)], audience, catalog), asked)
  }
}

async function hiddenAmong(
  refs: readonly Ref[],
  audience: Audience,
  catalog: AudienceCutParts['catalog'],
): Promise<HiddenThing[]> {
  const once = [...new Map(refs.map((ref) => [`${ref.kind} ${ref.id}`, ref])).values()]
  const found = await Promise.all(
    once.map(async (ref): Promise<HiddenThing[]> => {
      const thing = await catalog.get(ref)
      const decision = maySee(audience, ref.kind, thing ? await classesOf(thing, catalog) : [])
      return decision.allowed ? [] : [{ ref, names: thing ? [thing.name] : [], reason: decision.reason }]
    }),
  )
  return found.flat()
}

/** The classes of restricted data that a thing holds, or that what it is part of holds: the tag `data`, several separated by commas. */
async function classesOf(thing: Entity, catalog: AudienceCutParts['catalog']): Promise<string[]> {
  const wholes = await catalog.related(thing, { type: 'partOf', direction: 'out' })
  return [thing, ...wholes.map(({ entity }) => entity)].flatMap(({ props }) => [
    ...classesIn(props['data']),
    ...(isObject(props['tags']) ? classesIn(props['tags']['data']) : []),
  ])
}

const classesIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? value
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean)
    : []

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
