import { cardFault, isObject } from '../card-check.js'
import { invoke } from '../channel/activities.js'
import type { InvokeAnswer } from '../channel/bot-client.js'
import type { TeamsContext } from '../context.js'
import type { Account, Place } from '../directory.js'
import type { Json, Message } from '../model.js'

/** What a click came back with; several may be there, none where the bot answered with nothing. */
export interface Outcome {
  /** The card as the person sees it now, where it changed. */
  card?: Json
  /** A sentence the bot answered. */
  message?: string
  /** An open dialog, to be answered with `/local/submit`; sizes as the bot gave them, in pixels or as words. */
  dialog?: { id: string; title: string; card: Json; height?: unknown; width?: unknown }
  /** An address to open. */
  url?: string
  /** Ids of elements that became visible or hidden, and are so now only in the person's client. */
  toggled?: string[]
  /** What Teams shows where the bot refused or failed. */
  error?: string
}

const card = 'application/vnd.microsoft.card.adaptive'
const sentence = 'application/vnd.microsoft.activity.message'

/** Runs an `Action.Execute` for a person; a card that comes back becomes their own view of the message. */
export async function execute(
  context: TeamsContext,
  person: Account,
  message: Message,
  place: Place,
  action: Json,
  trigger: 'manual' | 'automatic',
): Promise<Outcome> {
  const { id, title, verb, data } = action
  const value = {
    action: {
      type: 'Action.Execute',
      ...(id ? { id } : {}),
      ...(title ? { title } : {}),
      verb: verb ?? '',
      data: data ?? {},
    },
    trigger,
  }
  const answer = await context.bot.invoke(invoke(context, person, message, place, 'adaptiveCard/action', value))
  const fault = answerFault(answer)
  if (fault) return { error: fault }
  const response = isObject(answer.body) ? answer.body : {}
  if (response['type'] === sentence) return { message: String(response['value'] ?? '') }
  if (response['type'] !== card) return {}
  const wrong = cardFault(response['value'])
  if (wrong) return { error: `The bot answered with a card that Teams cannot show: ${wrong}.` }
  context.history.view(message, person.id, response['value'] as Json)
  return { card: response['value'] as Json }
}

/** What Teams tells a person whose click the bot did not take; undefined where it did. */
export function answerFault({ status, body }: InvokeAnswer): string | undefined {
  if (status === 0) return 'The bot did not answer in time. Try again.'
  const inner = isObject(body) && typeof body['statusCode'] === 'number' ? body['statusCode'] : status
  const code = status >= 400 ? status : inner
  if (code < 400) return undefined
  return `${reason(body) ?? 'Something went wrong. Try again.'} (${code})`
}

function reason(body: unknown): string | undefined {
  const value = isObject(body) ? (body['value'] ?? body['error']) : undefined
  return isObject(value) && typeof value['message'] === 'string' ? value['message'] : undefined
}
