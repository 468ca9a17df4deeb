import type { VendorResponse } from '../../frame/router.js'
import { adaptiveCard, cardFault, isObject } from '../card-check.js'
import type { Directory, Place } from '../directory.js'
import type { Attachment, Content, Json } from '../model.js'
import { badArgument, badSyntax, tooLarge } from './refusals.js'

/** Teams quotes 28 KB for a card and about 100 KB for a whole message, both as the JSON that is sent. */
const largestCard = 28 * 1_024
const largestMessage = 100 * 1_024
/** Teams shows so many suggested actions at most. */
const mostSuggested = 6

/** A bot's message, checked: what it says, or the service's refusal. */
export type Incoming = { content: Content } | { refusal: VendorResponse }

/** Checks an activity of type `message` as the service does before it shows it in a place. */
export function incoming(activity: Json, directory: Directory, place: Place): Incoming {
  const refusal =
    sizeFault(activity) ?? attachmentFault(activity) ?? formatFault(activity) ?? mentionFault(activity, directory)
  if (refusal) return { refusal }
  const { summary, importance } = activity
  return {
    content: {
      text: (activity['text'] as string | undefined) ?? '',
      textFormat: (activity['textFormat'] as Content['textFormat'] | undefined) ?? 'markdown',
      attachments: (activity['attachments'] as Attachment[] | undefined) ?? [],
      entities: listOf(activity['entities']),
      ...(typeof summary === 'string' ? { summary } : {}),
      ...(typeof importance === 'string' ? { importance } : {}),
      suggested: place.kind === 'personal' ? suggested(activity) : [],
      feedback: asksFeedback(activity['channelData']),
    },
  }
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])

function sizeFault(activity: Json): VendorResponse | undefined {
  if (Buffer.byteLength(JSON.stringify(activity)) > largestMessage) return tooLarge()
  const large = listOf(activity['attachments']).some(
    ({ content }) => content !== undefined && Buffer.byteLength(JSON.stringify(content)) > largestCard,
  )
  return large ? tooLarge() : undefined
}

function attachmentFault(activity: Json): VendorResponse | undefined {
  const attachments = activity['attachments'] ?? []
  if (!Array.isArray(attachments)) return badSyntax('attachments is not an array')
  if (!activity['text'] && !attachments.length) return badSyntax('Activity must include text or an attachment')
  for (const attachment of attachments) {
    if (!isObject(attachment) || typeof attachment['contentType'] !== 'string')
      return badSyntax('An attachment has no contentType')
    if (attachment['contentType'] !== adaptiveCard) continue
    const fault = cardFault(attachment['content'])
    if (fault) return badSyntax(fault)
  }
  return undefined
}

function formatFault({ text, textFormat }: Json): VendorResponse | undefined {
  if (text != null && typeof text !== 'string') return badSyntax('text is not a string')
  if (textFormat != null && !['plain', 'markdown', 'xml'].includes(String(textFormat)))
    return badArgument(`Unknown textFormat '${String(textFormat)}'`)
  return undefined
}

/** A mention must name somebody of the tenant, and its text must stand in the message. */
function mentionFault(activity: Json, directory: Directory): VendorResponse | undefined {
  for (const entity of listOf(activity['entities'])) {
    if (entity['type'] !== 'mention') continue
    const mentioned = isObject(entity['mentioned']) ? String(entity['mentioned']['id'] ?? '') : ''
    if (mentioned !== directory.bot.id && !directory.accountOf(mentioned))
      return badArgument('Invalid user identity in provided mention')
    if (typeof entity['text'] !== 'string' || !String(activity['text'] ?? '').includes(entity['text']))
      return badArgument('Mention text was not found in the text of the message')
  }
  return undefined
}

function suggested(activity: Json): Content['suggested'] {
  const { suggestedActions } = activity
  return listOf(isObject(suggestedActions) ? suggestedActions['actions'] : [])
    .filter(({ type }) => type === 'imBack')
    .slice(0, mostSuggested)
    .map(({ title, value }) => ({ type: 'imBack', title: String(title ?? ''), value }))
}

const asksFeedback = (channelData: unknown): boolean =>
  isObject(channelData) && (channelData['feedbackLoopEnabled'] === true || isObject(channelData['feedbackLoop']))
