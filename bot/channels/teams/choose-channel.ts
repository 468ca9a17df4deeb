/** A channel of a team as people name it. */
export interface NamedChannel {
  id: string
  name: string
}

/** Names that channels for a purpose usually have, the likeliest first. */
const usual: Record<string, readonly string[]> = {
  incidents: ['incidents', 'alerts', 'ops', 'operations'],
  approvals: ['approvals', 'changes'],
}

/**
 * The channel of a team in which something is said: the one that was asked for, else one named after the purpose as teams usually do,
 * else General. Pure.
 * @param general id of the General channel, which is the team's own; the connector gives it no name
 * @param wanted name of a channel that somebody decided on
 */
export function chooseChannel<C extends NamedChannel>(
  channels: readonly C[],
  general: string,
  purpose: string,
  wanted?: string,
): C | undefined {
  const named = (name: string) => channels.find((channel) => plain(channel.name) === plain(name))
  const names = [...(wanted === undefined ? [] : [wanted]), ...(usual[purpose] ?? [purpose])]
  for (const name of names) {
    const found = named(name)
    if (found) return found
  }
  return channels.find(({ id }) => id === general) ?? channels[0]
}

/** Whether a team has the channel that was asked for. */
export const hasChannel = (channels: readonly NamedChannel[], wanted: string): boolean =>
  channels.some(({ name }) => plain(name) === plain(wanted))

const plain = (name: string): string => name.trim().toLowerCase()
