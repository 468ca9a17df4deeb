import { setTimeout as pause } from 'node:timers/promises'
import type { VendorResponse } from '../../frame/router.js'
import { ok } from '../../frame/router.js'
import { isObject } from '../card-check.js'
import type { TeamsContext } from '../context.js'
import { conversationId, type Place } from '../directory.js'
import type { Json, Message } from '../model.js'
import { incoming } from './incoming.js'
import {
  badArgument,
  badSyntax,
  blocked,
  editedAtOnce,
  noActivity,
  noConversation,
  notInRoster,
  notInstalledForUser,
  notPermitted,
  throttled,
} from './refusals.js'
import type { Throttle } from './throttle.js'

/** Where a bot's message goes. */
export interface Target {
  place: Place
  /** Id of the message whose thread it joins. */
  root?: string | undefined
  /** `?isTargetedActivity=true`: only the activity's recipient sees it. */
  targeted: boolean
}

/** The operations by which a bot speaks: create, send, edit and delete. */
export function sending(context: TeamsContext, throttle: Throttle) {
  const { directory, history, membership, feed } = context
  const editing = new Set<string>()

  /**
   * Whether the bot may speak there. An uninstalled bot still may, by the conversation id it has; what it may not is
   * speak where it never was, where it is blocked, and to single persons of a team it was removed from.
   */
  function barred(place: Place, targeted: boolean): VendorResponse | undefined {
    const install = membership.install(place)
    if (!install || (targeted && install.removed)) return notInRoster()
    return install.blocked ? blocked() : undefined
  }

  /** @param answers id of the message that a reply call names */
  function send(body: unknown, target: Target, answers?: string): VendorResponse {
    const { place, targeted } = target
    if (!isObject(body)) return badSyntax('The body is not an activity')
    const seconds = throttle.send(conversationId(place, target.root))
    if (seconds) return throttled(seconds)
    const root = target.root && history.find(target.root)
    if (target.root && (!root || root.place !== place.id)) return noActivity()
    const only = targeted ? addressee(body, place) : undefined
    const refused = barred(place, targeted) ?? (typeof only === 'object' ? only : undefined)
    if (refused) return refused
    // An answer for everybody to what only one person sees (a slash command) stands in the channel by itself.
    const thread = root && (targeted || !root.targeted) ? { root: root.root ?? root.id } : {}
    const seenBy = typeof only === 'string' ? only : undefined
    if (body['type'] === 'typing') {
      feed.emit({ kind: 'typing', place: place.id, from: 'bot', ...thread, ...(seenBy ? { only: seenBy } : {}) })
      return { status: 201, body: { id: String(context.services.clock.now().getTime()) } }
    }
    if (body['type'] !== 'message')
      return badArgument(`Activity type '${String(body['type'])}' cannot be sent to Teams`)
    const checked = incoming(body, directory, place)
    if ('refusal' in checked) return checked.refusal
    const { content } = checked
    const own = { ...(seenBy && { targeted: seenBy }), ...(answers && { answers }) }
    const message = history.post({ place: place.id, from: 'bot', content, ...thread, ...own })
    return { status: 201, body: { id: message.id } }
  }

  /** Short id of the one person a targeted message is for, or the refusal. */
  function addressee(activity: Json, place: Place): string | VendorResponse {
    if (place.kind === 'personal') return badArgument('Targeted messages are not supported in personal chats')
    const { recipient } = activity
    if (!isObject(recipient) || typeof recipient['id'] !== 'string')
      return badArgument('Recipient is missing in a targeted message')
    const account = directory.accountOf(recipient['id'])
    if (!account || !membership.members(place).includes(account))
      return badArgument('Recipient of a targeted message is not a member of the conversation')
    return account.id
  }

  /** The bot's own message, or why it may not be touched. */
  function ownMessage(id: string, { place, targeted }: Target): Message | VendorResponse {
    const message = history.find(id)
    if (!message || message.place !== place.id || (message.targeted !== undefined) !== targeted) return noActivity()
    if (message.from !== 'bot') return notPermitted('The bot may change only messages that it sent.')
    return barred(place, targeted) ?? message
  }

  async function edit(id: string, body: unknown, target: Target): Promise<VendorResponse> {
    if (!isObject(body)) return badSyntax('The body is not an activity')
    const seconds = throttle.send(conversationId(target.place, target.root))
    if (seconds) return throttled(seconds)
    if (target.targeted && body['recipient'])
      return badArgument('Recipient must not be given when a targeted message is edited')
    const message = ownMessage(id, target)
    if ('status' in message) return message
    const checked = incoming(body, directory, target.place)
    if ('refusal' in checked) return checked.refusal
    if (editing.has(id)) return editedAtOnce()
    editing.add(id)
    await pause(context.options.editMs ?? 20)
    editing.delete(id)
    if (message.deletedAt) return noActivity()
    history.edit(message, checked.content)
    return ok({ id })
  }

  function remove(id: string, target: Target): VendorResponse {
    const message = ownMessage(id, target)
    if ('status' in message) return message
    history.remove(message)
    return { status: 200 }
  }

  /** Opens a chat with one person, or a new thread in a channel. Teams bots cannot open group chats. */
  function create(body: unknown): VendorResponse {
    const wrong = badSyntax('Incorrect conversation creation parameters')
    if (!isObject(body)) return wrong
    const data = isObject(body['channelData']) ? body['channelData'] : {}
    const channel = isObject(data['channel']) ? data['channel']['id'] : undefined
    if (channel !== undefined) return createThread(body, channel)
    const members = Array.isArray(body['members']) ? body['members'].filter(isObject) : []
    const tenant = body['tenantId'] ?? (isObject(data['tenant']) ? data['tenant']['id'] : undefined)
    if (body['isGroup'] === true || members.length !== 1 || tenant !== directory.tenant) return wrong
    const account = directory.accountOf(String(members[0]?.['id'] ?? ''))
    const place = account && directory.place(`personal/${account.id}`)
    if (!place) return badSyntax('Bad format of conversation ID')
    if (membership.install(place)?.blocked) return blocked()
    if (!membership.isInstalled(place)) return notInstalledForUser()
    if (body['activity'] === undefined) return { status: 201, body: { id: place.conversation } }
    return created(send(body['activity'], { place, targeted: false }), () => place.conversation)
  }

  function createThread(body: Json, channel: unknown): VendorResponse {
    const place = typeof channel === 'string' ? directory.conversation(channel)?.place : undefined
    if (!place || place.kind !== 'channel') return noConversation()
    if (!membership.isInstalled(place)) return notInRoster()
    if (body['activity'] === undefined) return badSyntax('Incorrect conversation creation parameters')
    return created(send(body['activity'], { place, targeted: false }), (id) => conversationId(place, id))
  }

  const created = (sent: VendorResponse, conversation: (activityId: string) => string): VendorResponse => {
    if (sent.status !== 201) return sent
    const { id } = sent.body as { id: string }
    return { status: 201, body: { id: conversation(id), activityId: id } }
  }

  return { create, send, edit, remove, barred }
}
