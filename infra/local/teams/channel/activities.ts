import { randomUUID } from 'node:crypto'
import type { TeamsContext } from '../context.js'
import { conversationId, type Account, type Place } from '../directory.js'
import type { Activity, Json, Message } from '../model.js'
import { localTime } from './local-time.js'

/** Whose doing an activity is, and where. */
export interface Origin {
  person: Account
  place: Place
  /** Message that opened the channel thread. */
  root?: string | undefined
}

/** Address at which the bot answers. */
export const serviceUrl = (context: TeamsContext): string => `${context.services.base}/teams/`

/** Makes activities with everything that Teams puts on each of them. */
export function activity(context: TeamsContext, origin: Origin, type: string, own: Json, id?: string): Activity {
  const { directory, services } = context
  const { person, place, root } = origin
  const now = services.clock.now()
  const { channelData, entities, recipient, ...rest } = own
  return {
    type,
    // What is not a message has an id of another form.
    id: id ?? `f:${randomUUID()}`,
    timestamp: now.toISOString(),
    localTimestamp: localTime(now, person.zone),
    localTimezone: person.zone,
    serviceUrl: serviceUrl(context),
    channelId: 'msteams',
    from: { id: person.mri, name: person.name, aadObjectId: person.objectId },
    recipient: { ...directory.bot, ...(recipient as Json | undefined) },
    conversation: conversation(context, place, root),
    channelData: { ...teamData(place), tenant: { id: directory.tenant }, ...(channelData as Json | undefined) },
    entities: [...((entities as Json[] | undefined) ?? []), clientInfo(person)],
    locale: person.locale,
    ...rest,
  }
}

/** An invoke on a message (a button of its card, a refresh, feedback), whose answer the client waits for. */
export const invoke = (
  context: TeamsContext,
  person: Account,
  message: Message,
  place: Place,
  name: string | undefined,
  value: unknown,
): Activity =>
  activity(context, { person, place, root: message.root ?? message.id }, 'invoke', {
    ...(name ? { name } : {}),
    value,
    replyToId: message.id,
    channelData: { source: { name: 'message' }, legacy: { replyToId: message.id } },
  })

function conversation(context: TeamsContext, place: Place, root: string | undefined): Json {
  const { tenant } = context.directory
  if (place.kind === 'personal')
    return { id: place.conversation, conversationType: 'personal', tenantId: tenant, isGroup: false }
  const id = conversationId(place, root)
  return { id, conversationType: 'channel', tenantId: tenant, isGroup: true, name: place.name }
}

function teamData({ team, conversation, name }: Place): Json {
  if (!team) return {}
  return {
    teamsChannelId: conversation,
    teamsTeamId: team.id,
    channel: { id: conversation, name },
    team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId },
    settings: { selectedChannel: { id: conversation } },
  }
}

const clientInfo = ({ locale, zone }: Account): Json => ({
  type: 'clientInfo',
  locale,
  country: locale.split('-')[1] ?? locale.toUpperCase(),
  platform: 'Web',
  timezone: zone,
})
