import { z } from 'zod/v4'
import type { Destination, FindMessages, Found, Sought } from '../../outgoing.js'
import type { GraphOptions } from './graph-client.js'

/** Where Graph has the messages of a destination. */
export type GraphPlace = { team: string; channel: string } | { chat: string }

/** What finding messages needs. */
export interface FindMessagesOptions extends GraphOptions {
  fetch: typeof globalThis.fetch
  /** Application id of the bot, whose messages are looked for. */
  botAppId: string
  /** Where Graph has a destination's messages, or undefined where nobody knows. */
  placeOf(to: Destination): Promise<GraphPlace | undefined>
}

/** Largest page of messages that Graph gives, and how many are read at most: some hundreds of messages within a minute. */
const pageSize = 50
const mostPages = 10
/** Milliseconds that the service's clock may be behind the hub's. */
const skew = 30_000
const patience = 15_000

/** As much of a chatMessage as is looked at (learn.microsoft.com, "chatMessage resource type"). */
const ChatMessage = z.looseObject({
  id: z.string(),
  createdDateTime: z.string(),
  lastModifiedDateTime: z.string().nullish(),
  deletedDateTime: z.string().nullish(),
  summary: z.string().nullish(),
  from: z.looseObject({ application: z.looseObject({ id: z.string().nullish() }).nullish() }).nullish(),
  body: z.looseObject({ content: z.string().nullish() }).nullish(),
  attachments: z.array(z.looseObject({ content: z.string().nullish() })).nullish(),
})
type ChatMessage = z.output<typeof ChatMessage>

/**
 * Finds Nexus's own messages by reading the thread in Microsoft Graph, which the connector cannot. It wants the application permissions
 * ChannelMessage.Read.All and Chat.Read.All, or the resource-specific ones of a team or a chat; without them it says so.
 *
 * Graph may show a message seconds after it was sent; whoever asks has to wait before nothing found means not there. Each page is asked for
 * once, not by Graph's SDK, which tries again for minutes: the outbox has a better use for the time and comes back by itself.
 */
export function createFindMessages({ placeOf, botAppId, ...graph }: FindMessagesOptions): FindMessages {
  return async (sought) => {
    if (sought.targeted) return 'never' // Graph tells of no message that one person alone sees
    const place = await placeOf(sought.to)
    if (!place) return 'never'
    try {
      return await search(graph, place, sought, botAppId)
    } catch {
      return 'later' // no answer, no token, or an answer that is none
    }
  }
}

async function search(graph: Reading, place: GraphPlace, sought: Sought, botAppId: string): Promise<Found> {
  const since = sought.since - skew
  const found: string[] = []
  const signal = AbortSignal.timeout(patience)
  const endpoint = graph.endpoint.replace(/\/$/, '')
  let next: string | undefined = endpoint + pathOf(place, sought.root, since)
  for (let pages = 0; next !== undefined; pages++) {
    if (pages === mostPages) return 'never'
    const page = await readPage(next, graph, signal)
    if (typeof page === 'string') return page
    const own = page.value.filter(
      ({ from, createdDateTime }) => from?.application?.id === botAppId && Date.parse(createdDateTime) >= since,
    )
    found.push(...own.filter((message) => isIt(message, sought)).map(({ id }) => id))
    // The newest come first; what lies behind a page of older ones is older still.
    const isOver = page.value.every((message) => changedAt(message) < since)
    next = isOver ? undefined : page['@odata.nextLink']
    if (next !== undefined && !next.startsWith(`${endpoint}/`)) return 'never' // the token belongs to this address
  }
  return found
}

type Reading = Pick<FindMessagesOptions, 'endpoint' | 'token' | 'fetch'>

const Page = z.looseObject({ value: z.array(ChatMessage), '@odata.nextLink': z.string().optional() })

/** 403: the permission is missing. 404 and 400: this place is not one that Graph can read. Any other refusal passes. */
async function readPage(
  url: string,
  { token, fetch }: Reading,
  signal: AbortSignal,
): Promise<z.output<typeof Page> | 'later' | 'never'> {
  const headers = { authorization: `Bearer ${await token()}`, accept: 'application/json' }
  const response = await fetch(url, { headers, signal, redirect: 'error' })
  if (response.ok) return Page.parse(await response.json())
  await response.body?.cancel()
  return [400, 403, 404].includes(response.status) ? 'never' : 'later'
}

const changedAt = ({ lastModifiedDateTime, createdDateTime }: ChatMessage): number =>
  Date.parse(lastModifiedDateTime ?? createdDateTime)

function pathOf(place: GraphPlace, root: string | undefined, since: number): string {
  if ('chat' in place) {
    const from = encodeURIComponent(`lastModifiedDateTime gt ${new Date(since).toISOString()}`)
    const order = encodeURIComponent('lastModifiedDateTime desc')
    return `/chats/${encodeURIComponent(place.chat)}/messages?$top=${pageSize}&$orderby=${order}&$filter=${from}`
  }
  const messages = `/teams/${encodeURIComponent(place.team)}/channels/${encodeURIComponent(place.channel)}/messages`
  return `${messages}${root === undefined ? '' : `/${encodeURIComponent(root)}/replies`}?$top=${pageSize}`
}

/** A message is known by the mark on its card; one that was sent without a mark, by the words of its notification or its text. */
function isIt({ deletedDateTime, attachments, summary, body }: ChatMessage, { mark, headline }: Sought): boolean {
  if (deletedDateTime) return false
  if (mark !== undefined) return (attachments ?? []).some(({ content }) => content?.includes(JSON.stringify(mark)))
  const text = (body?.content ?? '').replace(/<[^>]*>/g, '').trim()
  return [summary, text].includes(headline)
}
