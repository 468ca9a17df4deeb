import type { Catalog } from '../../../skills/kit/ports.js'
import type { HubParts, ReadBy } from '../hub-parts.js'

/** The catalog as those see it who read something: the person, and everyone else in the place. */
export async function catalogFor(
  { access, audience }: Pick<HubParts, 'access' | 'audience'>,
  { person, place, alone }: ReadBy,
): Promise<Catalog> {
  const reader = person && (await access.of(person))
  const others = place && !alone ? await audience?.readerIn(place) : undefined
  return access.by(...(reader?.sights ?? []), ...(others?.sights ?? [])).catalog
}
