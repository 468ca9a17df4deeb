import { CardFactory, type Activity, type Attachment } from 'botbuilder'
import type { Caller } from '../../hub/caller.js'
import type { Outcome } from '../../hub/outcome.js'
import type { Heard } from './parse-activity.js'

/** What goes back over HTTP. */
export interface ChannelAnswer {
  status: number
  body?: unknown
}

/** A dialog as Teams shows it: a card under a title, or a sentence with which it ends. */
export type DrawnDialog = { title: string; card: object } | { message: string }

/** What invokes are answered from. */
export interface InvokeParts {
  press(button: string, inputs: Record<string, unknown>, caller: Caller): Promise<Outcome>
  /** Opens the dialog of a button, or submits one. */
  dialog(step: 'open' | 'submit', button: string, inputs: Record<string, unknown>, caller: Caller): Promise<DrawnDialog>
  /** Draws an outcome as an activity: for the place it was asked in, or in answer to a press for whoever pressed. */
  draw(outcome: Outcome, caller: Caller, how: 'for-all' | 'for-one'): Promise<Partial<Activity>>
}

/** An invoke that Nexus answers. */
export type HeardInvoke = Extract<Heard, { kind: 'action' | 'dialog' }>

const foreigner = 'Nexus does not serve your organisation.'
/** Longest title of a dialog that Teams takes, in characters (Microsoft, "TaskInfo"). */
const longestTitle = 64

/**
 * Answers a button of a card or of a dialog in its own response, never by the SDK: teams-ai would show one person's view to everybody once a
 * card with `refresh` was returned.
 * @param caller absent for somebody of a tenant that is not served
 */
export function answerInvoke(
  heard: HeardInvoke,
  caller: Caller | undefined,
  parts: InvokeParts,
): Promise<ChannelAnswer> {
  return heard.kind === 'action' ? answerAction(heard, caller, parts) : answerDialog(heard, caller, parts)
}

/** Microsoft, "Universal Actions": the card that comes back is seen by whoever pressed; others keep the message's. */
async function answerAction(
  { button, inputs }: Extract<Heard, { kind: 'action' }>,
  caller: Caller | undefined,
  parts: InvokeParts,
): Promise<ChannelAnswer> {
  if (!caller) return invokeError(403, 'NotAllowed', foreigner)
  const outcome = await parts.press(button, inputs, caller)
  const { attachments, summary } = await parts.draw(outcome, caller, 'for-one')
  // What is posted is on its way by the outbox.
  const card = outcome.reply.posted ? undefined : attachments?.[0]
  const value = card
    ? { statusCode: 200, type: card.contentType, value: card.content as unknown }
    : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: summary ?? '' }
  return { status: 200, body: value }
}

/** Microsoft, "Use dialogs in Teams bots": `continue` shows a card, `message` says something and ends the dialog. */
async function answerDialog(
  { step, button, inputs }: Extract<Heard, { kind: 'dialog' }>,
  caller: Caller | undefined,
  parts: InvokeParts,
): Promise<ChannelAnswer> {
  const drawn = caller ? await parts.dialog(step, button, inputs, caller) : { message: foreigner }
  if ('message' in drawn) return task({ type: 'message', value: drawn.message })
  const card: Attachment = CardFactory.adaptiveCard(drawn.card)
  return task({ type: 'continue', value: { title: drawn.title.slice(0, longestTitle), width: 'medium', card } })
}

const task = (said: object): ChannelAnswer => ({ status: 200, body: { task: said } })

/** The invoke response that Teams shows for a failed Action.Execute. */
const invokeError = (statusCode: number, code: string, message: string): ChannelAnswer => ({
  status: 200,
  body: { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } },
})
