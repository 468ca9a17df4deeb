import { z } from 'zod/v4'
import { readLinkAsked, readSearch, type AskedSearch } from './read-compose.js'
import { readThumb, type Thumb } from './read-thumb.js'
import type { Identity } from '../../identity.js'

/** An id of the channel; what the store could not keep as a name is no id: control characters, half a surrogate pair. */
const id = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII')

/** The id of something beside the conversation, kept and found by as it is. */
const foreignId = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII')

const account = z.looseObject({
  id,
  name: z.string().max(500).optional(),
  aadObjectId: foreignId(100).optional(),
})

/** As much of Microsoft's Activity schema as is relied on; the rest passes through unread. */
const Activity = z.looseObject({
  type: z.string().min(1).max(100),
  id: id.optional(),
  name: z.string().max(200).optional(),
  channelId: z.literal('msteams'),
  serviceUrl: z.string().max(2000),
  from: account,
  recipient: account.extend({ isTargeted: z.boolean().optional() }),
  conversation: z.looseObject({
    id,
    conversationType: z.string().max(50).optional(),
    name: z.string().max(500).nullish(),
    tenantId: foreignId(100).optional(),
  }),
  channelData: z
    .looseObject({
      eventType: z.string().max(100).optional(),
      tenant: z.looseObject({ id: foreignId(100) }).optional(),
      team: z
        .looseObject({
          id: foreignId(500).optional(),
          name: z.string().max(500).optional(),
          aadGroupId: foreignId(100).optional(),
        })
        .nullish(),
      channel: z.looseObject({ id: foreignId(500), name: z.string().max(500).optional() }).nullish(),
    })
    .nullish(),
  text: z.string().nullish(),
  locale: z.string().max(40).optional(),
  localTimezone: z.string().max(80).optional(),
  replyToId: foreignId(500).optional(),
  entities: z
    .array(z.looseObject({ type: z.string() }))
    .max(1000)
    .nullish(),
  value: z.unknown().optional(),
  action: z.string().max(50).optional(),
  membersAdded: z.array(account).max(5000).nullish(),
  membersRemoved: z.array(account).max(5000).nullish(),
})

/** An activity whose shape has been checked. */
export type CheckedActivity = z.output<typeof Activity>

/** A mention of somebody in a text: the words it stands as, and the account. */
export interface Mention {
  text: string
  accountId: string
  name: string
  objectId?: string
}

/** What an activity is to Nexus. */
export type Heard =
  /** `answers` is the activity id of the message it was written as a reply to; in a channel its thread says that. */
  | { kind: 'message'; text: string; mentions: Mention[]; slash: boolean; answers?: string }
  | { kind: 'action'; button: string; inputs: Record<string, unknown>; refresh: boolean }
  /** A button that opens a dialog, or that sends one; `button` is empty where it names none. */
  | { kind: 'dialog'; step: 'open' | 'submit'; button: string; inputs: Record<string, unknown> }
  /** A thumb on a message. */
  | { kind: 'feedback'; thumb: Thumb }
  /** A search from the box in which a message is written. */
  | { kind: 'search'; asked: AskedSearch }
  /** A link in a message that is being written. */
  | { kind: 'link'; link: string }
  | { kind: 'invoke'; name: string }
  | { kind: 'installed' }
  | { kind: 'uninstalled' }
  /** A team or a channel of it got another name, came or went. */
  | { kind: 'team-changed' }
  | { kind: 'ignored' }

/** A parsed activity: the sender, and what it is. */
export interface ParsedActivity {
  activity: CheckedActivity
  sender: Identity
  heard: Heard
}

/** What was wrong with an activity, in a sentence for the log and the 400. */
export class MalformedActivity extends Error {}

/**
 * Reads a body that claims to be an activity. No I/O and no trust: who may say it is decided before and after.
 * @throws MalformedActivity naming the first field that is wrong
 */
export function parseActivity(body: unknown): ParsedActivity {
  const result = Activity.safeParse(body)
  if (!result.success) {
    const issue = result.error.issues[0]!
    throw new MalformedActivity(`${issue.path.join('.') || 'body'}: ${issue.message}`)
  }
  const activity = result.data
  return { activity, sender: senderOf(activity), heard: heardIn(activity) }
}

function senderOf({ from, conversation, channelData, locale, localTimezone }: CheckedActivity): Identity {
  const tenantId = channelData?.tenant?.id ?? conversation.tenantId
  return {
    name: from.name ?? 'somebody',
    ...(tenantId && { tenantId }),
    ...(from.aadObjectId && { objectId: from.aadObjectId }),
    ...(localTimezone && { zone: localTimezone }),
    ...(locale && { locale }),
  }
}

function heardIn(activity: CheckedActivity): Heard {
  switch (activity.type) {
    case 'message':
      return heardMessage(activity)
    case 'invoke':
      return heardInvoke(activity)
    case 'installationUpdate':
      return activity.action === 'add'
        ? { kind: 'installed' }
        : activity.action === 'remove'
          ? { kind: 'uninstalled' }
          : { kind: 'ignored' }
    case 'conversationUpdate':
      if (activity.membersAdded?.some(({ id }) => id === activity.recipient.id)) return { kind: 'installed' }
      if (activity.membersRemoved?.some(({ id }) => id === activity.recipient.id)) return { kind: 'uninstalled' }
      return teamChanges.test(activity.channelData?.eventType ?? '') ? { kind: 'team-changed' } : { kind: 'ignored' }
    default:
      return { kind: 'ignored' }
  }
}

/** Microsoft, "Conversation events in your Teams bot": what a conversationUpdate is about. */
const teamChanges = /^(channel(Created|Renamed|Deleted|Restored)|team(Renamed|Restored|Unarchived))$/

const MentionEntity = z.looseObject({
  text: z.string().min(1).max(1000),
  mentioned: account,
})

function heardMessage({ id, text, entities, recipient, conversation, replyToId }: CheckedActivity): Heard {
  if (typeof text !== 'string') return { kind: 'ignored' }
  // Without its id a message that is sent again could not be told from a new one.
  if (id === undefined) throw new MalformedActivity('id: a message has one')
  const mentions = (entities ?? []).flatMap((entity) => {
    const mention = entity.type === 'mention' ? MentionEntity.safeParse(entity) : undefined
    if (!mention?.success) return []
    const { text: words, mentioned } = mention.data
    return [
      {
        text: words,
        accountId: mentioned.id,
        name: mentioned.name ?? '',
        ...(mentioned.aadObjectId && { objectId: mentioned.aadObjectId }),
      },
    ]
  })
  const answers = conversation.conversationType === 'channel' ? undefined : replyToId
  return { kind: 'message', text, mentions, slash: recipient.isTargeted === true, ...(answers && { answers }) }
}

function heardInvoke(activity: CheckedActivity): Heard {
  switch (activity.name) {
    case 'adaptiveCard/action':
      return heardAction(activity)
    case 'task/fetch':
      return heardDialog(activity, 'open')
    case 'task/submit':
      return heardDialog(activity, 'submit')
    case 'message/submitAction':
      return heardThumb(activity)
    case 'composeExtension/query':
      return heardSearch(activity)
    case 'composeExtension/queryLink':
      return heardLink(activity)
    default:
      return { kind: 'invoke', name: activity.name ?? '' }
  }
}

function heardSearch({ value }: CheckedActivity): Heard {
  const asked = readSearch(value)
  if (!asked) throw new MalformedActivity('value: must be a search: commandId, parameters, queryOptions')
  return { kind: 'search', asked }
}

function heardLink({ value }: CheckedActivity): Heard {
  const link = readLinkAsked(value)
  if (link === undefined) throw new MalformedActivity('value.url: must be the link')
  return { kind: 'link', link }
}

function heardThumb({ value, replyToId }: CheckedActivity): Heard {
  const thumb = readThumb(value, replyToId)
  if (!thumb)
    throw new MalformedActivity('value: must be a thumb on a message: actionName feedback, reaction like or dislike')
  return { kind: 'feedback', thumb }
}

const ActionValue = z.looseObject({
  action: z.looseObject({ verb: z.string(), data: z.looseObject({ id: z.string().max(100) }) }),
  trigger: z.string().optional(),
})

function heardAction({ value }: CheckedActivity): Heard {
  const read = ActionValue.safeParse(value)
  if (!read.success)
    throw new MalformedActivity('value.action: must be an Action.Execute of a card of Nexus, with the id of its button')
  const { id, ...inputs } = read.data.action.data
  return { kind: 'action', button: id, inputs, refresh: read.data.trigger === 'automatic' }
}

const DialogValue = z.looseObject({ data: z.looseObject({ id: z.string().max(100) }) })

/** What opens or sends a dialog without naming a button of Nexus is answered like a card that is too old, so that people read why. */
function heardDialog({ value }: CheckedActivity, step: 'open' | 'submit'): Heard {
  const read = DialogValue.safeParse(value)
  if (!read.success) return { kind: 'dialog', step, button: '', inputs: {} }
  const { id, msteams: _teams, ...inputs } = read.data.data
  return { kind: 'dialog', step, button: id, inputs }
}
