import { ok, type Router, type VendorRequest, type VendorResponse } from '../frame/router.js'
import type { TokenClaims } from '../frame/services.js'
import { raise, type Operations } from './operations.js'
import { badRequest, GraphError } from './refusals.js'

/** A message of Teams, as much of it as Graph tells an application. */
export interface TeamsMessage {
  id: string
  /** First message of its thread; absent for that itself and in chats. */
  root?: string
  from: { application: { id: string; name: string } } | { user: { id: string; name: string } }
  /** What it says, as HTML. */
  html: string
  cards: { contentType: string; content: unknown }[]
  /** What a notification says of it. */
  summary?: string
  at: string
  editedAt?: string
  deletedAt?: string
}

/** A channel or a chat with its messages, oldest first; those that one person alone sees are not among them. */
export interface Conversation {
  messages: TeamsMessage[]
  /** The application was allowed by the team's owner to read it (resource-specific consent). */
  consent: boolean
}

/** The messages of Teams, which Graph reads and Teams keeps. */
export interface TeamsMessages {
  /** By the object id of the team's group and the channel's thread id. */
  channel(groupId: string, channelId: string): Conversation | undefined
  /** By the id that Graph has for a chat, `19:…@unq.gbl.spaces` for one of two. */
  chat(chatId: string): Conversation | undefined
}

/** Default and largest page of messages (learn.microsoft.com, "List channel messages"). */
const pageSize = { standard: 20, most: 50 }

/** What a list is of: a channel's threads, a thread's replies, or a chat. */
interface Listing {
  conversation: Conversation
  messages: TeamsMessage[]
  show(message: TeamsMessage): unknown
  context: string
}

/** Messages of channels and chats, for applications that may read them. */
export function addMessageOperations(
  router: Router,
  { context }: Operations,
  teams: TeamsMessages,
  claimsOf: (request: VendorRequest) => Promise<TokenClaims | undefined>,
): void {
  const channelOf = async (request: VendorRequest): Promise<Conversation> => {
    const { team = '', channel = '' } = request.params
    const found = teams.channel(team.toLowerCase(), channel)
    permit(await claimsOf(request), 'ChannelMessage.Read.All', 'ChannelMessage.Read.Group', found?.consent === true)
    return found ?? raise(new GraphError(404, 'NotFound', 'NotFound'))
  }
  const inChannel =
    ({ team, channel }: Record<string, string>) =>
    (message: TeamsMessage) => ({
      ...shown(message, true),
      chatId: null,
      channelIdentity: { teamId: team, channelId: channel },
    })
  const base = '/teams/{team}/channels/{channel}/messages'
  router
    .get(base, async (request) => {
      const conversation = await channelOf(request)
      const last = (root: TeamsMessage) =>
        conversation.messages
          .filter(({ id, root: of }) => id === root.id || of === root.id)
          .map(changedAt)
          .sort()
          .at(-1)!
      const roots = conversation.messages.filter(({ root }) => root === undefined)
      return list(request, {
        conversation,
        messages: roots.toSorted((a, b) => (last(a) < last(b) ? 1 : -1)),
        show: inChannel(request.params),
        context: context(`teams('${request.params.team}')/channels('${request.params.channel}')/messages`),
      })
    })
    .get(`${base}/{message}/replies`, async (request) => {
      const conversation = await channelOf(request)
      const { message: root } = request.params
      if (!conversation.messages.some(({ id, root: of }) => id === root && of === undefined))
        throw new GraphError(404, 'NotFound', 'NotFound')
      return list(request, {
        conversation,
        messages: conversation.messages.filter(({ root: of }) => of === root).toReversed(),
        show: inChannel(request.params),
        context: context(
          `teams('${request.params.team}')/channels('${request.params.channel}')/messages('${root}')/replies`,
        ),
      })
    })
    .get('/chats/{chat}/messages', async (request) => {
      const { chat = '' } = request.params
      const conversation = teams.chat(chat)
      permit(await claimsOf(request), 'Chat.Read.All', 'ChatMessage.Read.Chat', conversation?.consent === true)
      if (!conversation) throw new GraphError(404, 'NotFound', 'NotFound')
      const filter = readFilter(request.query)
      return list(request, {
        conversation,
        messages: conversation.messages.filter((message) => filter(changedAt(message))).toReversed(),
        show: (message) => ({ ...shown(message, false), chatId: chat, channelIdentity: null }),
        context: context(`chats('${chat}')/messages`),
      })
    })
}

/** Application permissions, or the consent of the team's owner or the chat's members (learn.microsoft.com, "Resource-specific consent"). */
function permit(claims: TokenClaims | undefined, role: string, consentRole: string, consent: boolean): void {
  const roles = claims?.roles ?? []
  if (claims?.idtyp === 'app' && (roles.includes(role) || consent)) return
  const wants = `API requires one of '${role}, ${role.replace('Read', 'ReadWrite')}, ${consentRole}'`
  throw new GraphError(
    403,
    'Forbidden',
    `Missing role permissions on the request. ${wants}. Roles on the request '${roles.join(', ')}'. Resource specific consent grants on the request ''.`,
  )
}

/** A filter of a chat's messages: by the moment of the last change, which must be what they are ordered by. */
function readFilter({ $filter, $orderby }: VendorRequest['query']): (at: string) => boolean {
  if ($orderby !== undefined && !/^(lastModifiedDateTime|createdDateTime) desc$/.test($orderby))
    throw badRequest(`QueryOptions to order by '${$orderby}' is not supported.`)
  if ($filter === undefined) return () => true
  const [, operator, moment] = /^lastModifiedDateTime (gt|lt) (\S+)$/.exec($filter) ?? []
  if (moment === undefined || Number.isNaN(Date.parse(moment))) throw badRequest('Invalid filter clause')
  if ($orderby !== 'lastModifiedDateTime desc')
    throw badRequest('The $filter and $orderby query parameters must be on the same property.')
  return (at) => (operator === 'gt' ? Date.parse(at) > Date.parse(moment) : Date.parse(at) < Date.parse(moment))
}

function list(request: VendorRequest, { messages, show, context }: Listing): VendorResponse {
  const { query, url } = request
  const size = query.$top === undefined ? pageSize.standard : Number(query.$top)
  if (!Number.isInteger(size) || size < 1 || size > pageSize.most)
    throw badRequest(
      `The limit of '${pageSize.most}' for Top query has been exceeded. The value from the incoming request is '${query.$top}'.`,
    )
  const after = query.$skiptoken
  const from =
    after === undefined ? 0 : messages.findIndex(({ id }) => id === Buffer.from(after, 'base64url').toString()) + 1
  const page = messages.slice(from, from + size)
  const next = new URL(url)
  if (from + size < messages.length)
    next.searchParams.set('$skiptoken', Buffer.from(page.at(-1)!.id).toString('base64url'))
  return ok({
    '@odata.context': context,
    '@odata.count': page.length,
    ...(from + size < messages.length && { '@odata.nextLink': next.href.replaceAll('%24', '$') }),
    value: page.map(show),
  })
}

const changedAt = ({ at, editedAt, deletedAt }: TeamsMessage): string => deletedAt ?? editedAt ?? at

/** A chatMessage (learn.microsoft.com, "chatMessage resource type"); `summary` is told of in channels only. */
function shown(message: TeamsMessage, inChannel: boolean) {
  const { id, root, from, html, cards, summary, at, editedAt, deletedAt } = message
  const attachments = deletedAt === undefined ? cards : []
  return {
    id,
    replyToId: root ?? null,
    etag: id,
    messageType: 'message',
    createdDateTime: at,
    lastModifiedDateTime: changedAt(message),
    lastEditedDateTime: editedAt ?? null,
    deletedDateTime: deletedAt ?? null,
    subject: null,
    summary: (inChannel && summary) || null,
    importance: 'normal',
    locale: 'en-us',
    webUrl: null,
    policyViolation: null,
    eventDetail: null,
    from: senderOf(from),
    body: {
      contentType: 'html',
      content:
        deletedAt === undefined
          ? html + attachments.map((_, index) => `<attachment id="${id}-${index}"></attachment>`).join('')
          : '',
    },
    attachments: attachments.map(({ contentType, content }, index) => ({
      id: `${id}-${index}`,
      contentType,
      contentUrl: null,
      content: JSON.stringify(content),
      name: null,
      thumbnailUrl: null,
      teamsAppId: null,
    })),
    mentions: [],
    reactions: [],
  }
}

const senderOf = (from: TeamsMessage['from']) =>
  'application' in from
    ? {
        application: {
          '@odata.type': '#microsoft.graph.teamworkApplicationIdentity',
          id: from.application.id,
          displayName: from.application.name,
          applicationIdentityType: 'bot',
        },
        device: null,
        user: null,
      }
    : {
        application: null,
        device: null,
        user: {
          '@odata.type': '#microsoft.graph.teamworkUserIdentity',
          id: from.user.id,
          displayName: from.user.name,
          userIdentityType: 'aadUser',
        },
      }
