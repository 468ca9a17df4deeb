/** A channel with the names by which people call it. */
export interface KnownChannel {
  id: string
  /** Its team's name, where the catalog knows the team. */
  team?: string
  /** Its own name; General's where it is the team's first. */
  name: string
}

/**
 * The channels that a name may mean: `incidents`, `identity alerts`, `Identity / Alerts`; a team's name alone is its General channel. Pure.
 */
export function channelsNamed<C extends KnownChannel>(name: string, channels: readonly C[]): C[] {
  const wanted = slug(name)
  const whole = channels.filter((channel) => namesOf(channel).includes(wanted))
  return whole.length ? whole : channels.filter((channel) => slug(channel.name) === wanted)
}

/** How a channel is told from others: `identity-alerts`, `identity` for its General. */
export const fullName = (channel: KnownChannel): string => namesOf(channel)[0]!

function namesOf({ team, name }: KnownChannel): string[] {
  if (team === undefined) return [slug(name)]
  const full = `${slug(team)}-${slug(name)}`
  return slug(name) === 'general' ? [slug(team), full] : [full]
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
