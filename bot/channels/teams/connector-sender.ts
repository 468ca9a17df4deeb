import type { Call, Delivery, Destination, Send } from '../../outgoing.js'
import type { ConnectorToken } from './bot-authentication.js'
import { callConnector, deliveredOf, textOf } from './call-connector.js'

/** How a conversation is reached, or a person's chat is opened. */
export interface Route {
  /** Address of the connector service; of the allow-list, because the hub's token goes there. */
  serviceUrl: string
  /** The bot's account, `28:` and its application id. */
  botId: string
  tenantId: string
  /** False after an uninstall: the service would still take the old id, but nobody wants to hear there. */
  installed: boolean
}

/** What the sender is made of. */
export interface SenderParts {
  token: ConnectorToken
  fetch: typeof globalThis.fetch
  /** The way to a destination, or undefined where Nexus never was there. A person's is that of their tenant. */
  routeOf(to: Destination): Promise<Route | undefined>
  /** Milliseconds until a call counts as unanswered; 10 s unless told. */
  patience?: number
}

const usualPatience = 10_000
/** Chats that are remembered, so that they are not opened again for every message. */
const mostChats = 10_000

/**
 * Speaks to Teams unasked. It makes each call once; who asked decides whether it is made again.
 *
 * The connector has no call that lists or reads messages, so what became of a call without an answer cannot be learnt here: it is
 * `unsure`. Microsoft Graph can read channels and chats where the app has that permission; that is a `FindMessages` of its own.
 */
export function createConnectorSender(parts: SenderParts): Send {
  const chats = new Map<string, string>()

  return async (call) => {
    const route = await parts.routeOf(call.to).catch(() => 'unread' as const)
    if (route === 'unread') return { is: 'busy', reason: 'The store did not say how this conversation is reached.' }
    if (!route) return { is: 'barred', barrier: 'not-in-roster', reason: 'Nexus was never in this conversation.' }
    if (!route.installed)
      return { is: 'barred', barrier: 'uninstalled', reason: 'Nexus was uninstalled from this conversation.' }
    const conversation = await conversationOf(call.to, route)
    if (typeof conversation !== 'string') return conversation
    const { method, path, body } = requestOf(call, conversation, route)
    const answer = await request(route, method, path, body)
    if (!('body' in answer)) return answer
    return deliveryOf(call, answer.body)
  }

  /** The conversation's id; a person's chat is opened, which Teams answers with the same one every time. */
  async function conversationOf(to: Destination, route: Route): Promise<string | Delivery> {
    if (!('person' in to)) return 'channel' in to ? to.channel : to.chat
    const key = `${route.tenantId}/${to.person}`
    const known = chats.get(key)
    if (known) return known
    const { botId, tenantId } = route
    const answer = await request(route, 'POST', 'v3/conversations', {
      isGroup: false,
      bot: { id: botId },
      members: [{ id: to.person }],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    })
    if (!('body' in answer)) {
      // Opening a chat says nothing in it, so it may be done again.
      return answer.is === 'unsure' ? { is: 'busy', reason: answer.reason } : answer
    }
    const id = textOf(answer.body, 'id')
    if (!id) return { is: 'busy', reason: 'Teams opened a chat without saying which.' }
    if (chats.size >= mostChats) chats.clear()
    chats.set(key, id)
    return id
  }

  function request({ serviceUrl }: Route, method: string, path: string, body: unknown) {
    return callConnector({ serviceUrl, method, path, body, patience: parts.patience ?? usualPatience }, parts)
  }
}

/** The HTTP request of a call. */
function requestOf(
  call: Call,
  conversation: string,
  { botId, tenantId }: Route,
): { method: string; path: string; body?: unknown } {
  const inThread =
    'channel' in call.to && call.root !== undefined ? `${conversation};messageid=${call.root}` : conversation
  const activities = `v3/conversations/${encodeURIComponent(inThread)}/activities`
  if (call.op === 'delete' || call.op === 'edit') {
    const path = `${activities}/${encodeURIComponent(call.activityId)}${targetedQuery(call.targeted === true)}`
    return call.op === 'delete'
      ? { method: 'DELETE', path }
      : { method: 'PUT', path, body: { ...call.activity, id: call.activityId } }
  }
  const { only, activity } = call
  if (only !== undefined)
    return { method: 'POST', path: activities + targetedQuery(true), body: { ...activity, recipient: { id: only } } }
  if (!('channel' in call.to) || call.root !== undefined) return { method: 'POST', path: activities, body: activity }
  return {
    method: 'POST',
    path: 'v3/conversations',
    body: {
      isGroup: true,
      bot: { id: botId },
      tenantId,
      channelData: { channel: { id: conversation }, tenant: { id: tenantId } },
      activity,
    },
  }
}

/** Microsoft, "Targeted messages": the ordinary calls with this parameter; only the recipient sees the message. */
const targetedQuery = (targeted: boolean) => (targeted ? '?isTargetedActivity=true' : '')

const deliveryOf = (call: Call, body: unknown): Delivery =>
  call.op === 'post' ? deliveredOf(body) : { is: 'delivered', activityId: call.activityId }
