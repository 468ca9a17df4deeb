import { parse } from 'yaml'
import { z } from 'zod/v4'

/**
 * Which channel each team wants to hear of something in: team (a catalog id, `*` for every other one) → purpose → channel, by the channel's
 * name, or `team/Channel` where another team's is meant.
 */
export type ChannelWishes = Record<string, Record<string, string>>

export const wishesPath = 'channels.yaml'

/** The shape of `channels.yaml` and of NEXUS_CHANNELS. */
const ChannelWishesShape = z.record(z.string(), z.record(z.string(), z.string().trim().min(1).max(200)))

/** Where a wish leads: a team, and a channel of it where one is named. */
export interface WishedPlace {
  team: string
  channel?: string
}

/** The place that a team wants for a purpose; itself where nobody decided. Pure. */
export function wishOf(wishes: ChannelWishes, team: string, purpose: string): WishedPlace {
  const own = Object.hasOwn(wishes, team) ? wishes[team]![purpose] : undefined
  const said = own ?? wishes['*']?.[purpose]
  if (said === undefined) return { team }
  const [first, ...rest] = said.split('/')
  return rest.length ? { team: first!.trim(), channel: rest.join('/').trim() } : { team, channel: said }
}

/**
 * Reads `channels.yaml` of the settings tree.
 * @throws Error that says what is wrong with it
 */
export function readWishes(text: string): ChannelWishes {
  const read = ChannelWishesShape.safeParse(parse(text) ?? {})
  if (read.success) return read.data
  const { path, message } = read.error.issues[0]!
  throw new Error(`channels.yaml: ${path.join('.') || 'the file'}: ${message}; write team: {purpose: channel}.`)
}

/** What is wrong in `channels.yaml`. */
export function wishMistakes(text: string): string[] {
  try {
    readWishes(text)
    return []
  } catch (error) {
    return [(error as Error).message.split('\n')[0]!]
  }
}

/** What wishes are read from. */
export interface WishSources {
  /** Said by NEXUS_CHANNELS; they go before the settings'. */
  configured: ChannelWishes
  /** A file of the settings tree, or undefined where there is none. */
  read(path: string): Promise<string | undefined>
  /** Told of a file that cannot be read, once for each reason; what it said before holds on. */
  failed(error: unknown): void
}

/** The wishes as they stand now; a settings tree that cannot be read, or is wrong, leaves those that are configured. */
export function channelWishes({ configured, read, failed }: WishSources): () => Promise<ChannelWishes> {
  let known: { text: string; wishes: ChannelWishes } | undefined
  let failure = ''
  return async () => {
    try {
      const text = (await read(wishesPath)) ?? ''
      if (known?.text !== text) known = { text, wishes: readWishes(text) }
      failure = ''
    } catch (error) {
      if (failure !== String(error)) failed(error)
      failure = String(error)
    }
    const teams = new Set([...Object.keys(known?.wishes ?? {}), ...Object.keys(configured)])
    return Object.fromEntries([...teams].map((team) => [team, { ...known?.wishes[team], ...configured[team] }]))
  }
}
