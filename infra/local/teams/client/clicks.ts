import { isObject } from '../card-check.js'
import { invoke } from '../channel/activities.js'
import type { TeamsContext } from '../context.js'
import type { Account, Place } from '../directory.js'
import type { Json, Message } from '../model.js'
import { Refusal } from '../refusal.js'
import { actionsOf, findAction, titleOf } from './card-actions.js'
import { answerFault, execute, type Outcome } from './card-invokes.js'
import type { Dialogs } from './dialogs.js'
import { collectInputs } from './inputs.js'
import { cardsFor } from './seen.js'
import type { Speech } from './speech.js'

/** A button that somebody presses. */
export interface Click {
  person: Account
  place: Place
  message: Message
  /** Title or id of the action, as the person sees it. */
  action: string
  /** Which of several with that title, counting from 0. */
  index?: number
  inputs: Json
}

/** Buttons of messages and dialogs, as the Teams client carries them out. */
export class Clicks {
  constructor(
    private readonly context: TeamsContext,
    private readonly speech: Speech,
    private readonly dialogs: Dialogs,
  ) {}

  async click(click: Click): Promise<Outcome> {
    const { message, person } = click
    const { cards } = cardsFor(message, person.id)
    const found = findAction(cards, click.action, click.index)
    if (!found) return this.#plainButton(click, cards)
    const { action } = found
    if (action['isEnabled'] === false) throw new Refusal(409, `'${titleOf(action)}' is disabled.`)
    switch (action['type']) {
      case 'Action.OpenUrl':
        return { url: String(action['url']) }
      case 'Action.ShowCard':
        return { card: action['card'] as Json }
      case 'Action.ToggleVisibility':
        return {
          toggled: (action['targetElements'] as unknown[]).map((element) =>
            String(isObject(element) ? element['elementId'] : element),
          ),
        }
    }
    const inputs = action['associatedInputs'] === 'none' ? {} : collectInputs(found.inputs, click.inputs)
    const own = isObject(action['data']) ? action['data'] : {}
    const data = { ...own, ...inputs }
    if (action['type'] === 'Action.Submit') return this.#submit(click, data, action['data'])
    const before = JSON.stringify(cards[0])
    const outcome = await execute(this.context, person, message, click.place, { ...action, data }, 'manual')
    if (outcome.card || outcome.error) return outcome
    // The bot may have edited the message for everybody instead of answering with a card.
    const [now] = cardsFor(message, person.id).cards
    return now && JSON.stringify(now) !== before ? { ...outcome, card: now } : outcome
  }

  /** Submits a dialog with its first submit button, or the one named. */
  async submitDialog(person: Account, id: string, inputs: Json, named?: string): Promise<Outcome> {
    const dialog = this.dialogs.of(id, person)
    const all = actionsOf(dialog.card)
    const found = named
      ? findAction([dialog.card], named)
      : all.find(({ action }) => action['type'] === 'Action.Submit')
    if (!found)
      throw new Refusal(404, `The dialog has no button ${named ? `'${named}'` : 'that submits'}. ${titles(all)}`)
    if (found.action['type'] !== 'Action.Submit')
      throw new Refusal(
        409,
        `'${titleOf(found.action)}' is ${String(found.action['type'])}; dialogs in Teams carry out Action.Submit.`,
      )
    const own = isObject(found.action['data']) ? found.action['data'] : {}
    const answer = await dialog.submit({ ...own, ...collectInputs(found.inputs, inputs) })
    const outcome = this.dialogs.answer(answer, person, dialog.submit)
    if (!outcome.error) this.dialogs.close(dialog)
    return outcome
  }

  /** Thumbs up or down on an answer. */
  async feedback(person: Account, place: Place, message: Message, reaction: unknown, text: unknown): Promise<Outcome> {
    if (reaction !== 'like' && reaction !== 'dislike') throw new Refusal(400, '`reaction` is like or dislike.')
    if (!message.content.feedback) throw new Refusal(409, 'The bot asks for no feedback on this message.')
    const feedback = JSON.stringify({ feedbackText: typeof text === 'string' ? text : '' })
    const value = { actionName: 'feedback', actionValue: { reaction, feedback } }
    const answer = await this.context.bot.invoke(
      invoke(this.context, person, message, place, 'message/submitAction', value),
    )
    const error = answerFault(answer)
    return error ? { error } : {}
  }

  #submit(click: Click, data: Json, raw: unknown): Outcome | Promise<Outcome> {
    const { person, place, message } = click
    const { msteams, ...rest } = data
    if (!isObject(msteams)) {
      this.speech.press(person, place, message, undefined, { value: typeof raw === 'string' ? raw : data })
      return {}
    }
    switch (msteams['type']) {
      case 'imBack':
        return this.#imBack(click, msteams['value'])
      case 'messageBack': {
        const value = { ...(isObject(msteams['value']) ? msteams['value'] : {}), ...rest }
        const shown = msteams['displayText']
        const text = msteams['text']
        this.speech.press(person, place, message, typeof shown === 'string' ? shown : undefined, {
          value,
          ...(typeof text === 'string' ? { text } : {}),
        })
        return {}
      }
      case 'task/fetch':
        return this.#fetchDialog(click, data)
      case 'invoke':
        return this.#invoke(click, isObject(msteams['value']) ? { ...msteams['value'], ...rest } : rest)
      case 'signin':
        return { url: String(msteams['value'] ?? '') }
      default:
        throw new Refusal(409, `Teams knows no msteams.type '${String(msteams['type'])}'.`)
    }
  }

  #imBack({ person, place, message }: Click, value: unknown): Outcome {
    const text = String(value ?? '')
    this.speech.press(person, place, message, text, { text })
    return {}
  }

  async #invoke({ person, place, message }: Click, value: unknown): Promise<Outcome> {
    const answer = await this.context.bot.invoke(invoke(this.context, person, message, place, undefined, value))
    const error = answerFault(answer)
    return error ? { error } : {}
  }

  async #fetchDialog({ person, place, message }: Click, data: Json): Promise<Outcome> {
    const ask = (name: string, sent: Json) =>
      this.context.bot.invoke(
        invoke(this.context, person, message, place, name, { data: sent, context: { theme: 'default' } }),
      )
    return this.dialogs.answer(await ask('task/fetch', data), person, (filled) => ask('task/submit', filled))
  }

  /** Suggested actions, and buttons of the older cards. */
  async #plainButton(click: Click, cards: Json[]): Promise<Outcome> {
    const { content } = click.message
    const older = content.attachments.flatMap(({ content: card }) =>
      isObject(card) && Array.isArray(card['buttons']) ? card['buttons'].filter(isObject) : [],
    )
    const buttons: Json[] = [...content.suggested, ...older]
    const button = buttons.find(({ title }) => title === click.action)
    const titled = cards.flatMap((card) => actionsOf(card))
    if (!button) throw new Refusal(404, `The message has no button '${click.action}'. ${titles(titled, buttons)}`)
    const { type, value } = button
    if (type === 'openUrl') return { url: String(value) }
    if (type === 'imBack') return this.#imBack(click, value)
    return this.#submit(click, { msteams: { ...button } }, undefined)
  }
}

function titles(found: { action: Json }[], buttons: Json[] = []): string {
  const all = [...found.map(({ action }) => titleOf(action)), ...buttons.map(({ title }) => String(title))]
  return all.length ? `It has: ${all.join(', ')}.` : 'It has none.'
}
