import { everything } from '../../../skills/kit/catalog/filter.js'
import type { Area } from '../../../skills/kit/audience.js'
import { dataProperties } from '../../../skills/kit/data-classes.js'
import type { Place, Ref, Role } from '../../../skills/kit/model.js'
import type { Reply } from '../../../skills/kit/reply.js'
import type { Access, Reader } from '../access/access.js'
import { mayHear, type Audience } from './audience.js'
import { sightOfAudience } from './audience-sight.js'
import { cutReply, thingsIn, type Cut, type HiddenThing } from './cut-reply.js'

/** What is said in a place, and what is known of it. */
export interface Said {
  reply: Reply
  /** What it is where only what everyone there may see is known, where that is not the same. */
  forAll?: Reply | undefined
  place: Pick<Place, 'kind' | 'id' | 'name'>
  area?: Area | undefined
  /** The least role that may ask for it. */
  role: Role
  /** What it was asked about. */
  asked?: readonly Ref[]
}

/** The audiences of places, as everything asks them that is said among several people. */
export interface AudienceCut {
  /** Cuts what is about to be said in a place to what everyone there may see. */
  cut(said: Said): Promise<Cut>
  /** What everyone in a place may see; undefined where nobody but the asker reads. */
  readerIn(place: Said['place']): Promise<Reader | undefined>
}

/** What cutting is done by. */
export interface AudienceCutParts {
  access: Pick<Access, 'whole' | 'by' | 'policy'>
  /** Who reads along in a place of several people. */
  audienceOf(place: Said['place']): Promise<Audience>
}

/** The one way that everything takes which goes out into a channel or a group. */
export function createAudienceCut({ access, audienceOf }: AudienceCutParts): AudienceCut {
  const isShared = ({ kind }: Said['place']) => kind === 'channel' || kind === 'group'
  /** Every value of restricted data there is: a few, and the read model counts them. */
  const heldData = async () =>
    (await Promise.all(dataProperties.map((property) => access.whole.tally({ filter: everything }, property))))
      .flat()
      .flatMap(({ value }) => value ?? [])
  const readerOf = async (audience: Audience) =>
    access.by(sightOfAudience(audience, await heldData(), await access.policy()))
  return {
    readerIn: async (place) => (isShared(place) ? readerOf(await audienceOf(place)) : undefined),
    async cut({ reply, forAll, place, area, role, asked = [] }) {
      if (!isShared(place)) return { shown: reply }
      const audience = await audienceOf(place)
      const heard = mayHear(audience, { area, role })
      if (!heard.allowed) return cutReply({ reply, heard, hidden: [] })
      const everyone = await readerOf(audience)
      const hidden = await hiddenAmong([...asked, ...thingsIn(reply)], everyone, access)
      const hushed = everyone.sights.some(({ closes }) => closes.some(({ secret }) => secret))
      return cutReply({ reply, forAll, heard, hidden, asked, hushed })
    },
  }
}

const unheld = { tenant: '', name: '', aliases: [], props: {}, sources: [], from: '' }

async function hiddenAmong(
  refs: readonly Ref[],
  { maySee }: Reader,
  { whole }: Pick<Access, 'whole'>,
): Promise<HiddenThing[]> {
  const once = [...new Map(refs.map((ref) => [`${ref.kind} ${ref.id}`, ref])).values()]
  const found = await Promise.all(
    once.map(async (ref): Promise<HiddenThing[]> => {
      const thing = await whole.get(ref)
      // Of what is not in the catalog its kind is known at least.
      const { allowed, reason, secret } = maySee(thing ?? { ...ref, ...unheld })
      return allowed ? [] : [{ ref, names: thing ? [thing.name] : [], reason, ...(secret && { secret }) }]
    }),
  )
  return found.flat()
}
