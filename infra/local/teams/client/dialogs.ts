import { randomUUID } from 'node:crypto'
import { adaptiveCard, cardFault, isObject } from '../card-check.js'
import type { InvokeAnswer } from '../channel/bot-client.js'
import type { Account } from '../directory.js'
import type { Json } from '../model.js'
import { Refusal } from '../refusal.js'
import { answerFault, type Outcome } from './card-invokes.js'

/** A dialog that a person has open. */
export interface Dialog {
  id: string
  person: string
  title: string
  card: Json
  /** Sends what was filled in to the bot. */
  submit(data: Json): Promise<InvokeAnswer>
}

/** Dialogs (task modules) that are open in somebody's client; closing the client loses them, as in Teams. */
export class Dialogs {
  readonly #open = new Map<string, Dialog>()

  /** The dialog with an id, if it is this person's. */
  of(id: string, person: Account): Dialog {
    const dialog = this.#open.get(id)
    if (!dialog) throw new Refusal(404, `There is no open dialog '${id}'. It may have been submitted; click again.`)
    if (dialog.person !== person.id) throw new Refusal(409, `Dialog '${id}' is not ${person.name}'s.`)
    return dialog
  }

  close = (dialog: Dialog): boolean => this.#open.delete(dialog.id)

  /**
   * Reads the answer to `task/fetch` or `task/submit`: `continue` opens a dialog, `message` says something, nothing
   * closes it; a message extension may answer with a card for the compose box.
   */
  answer(answer: InvokeAnswer, person: Account, submit: Dialog['submit']): Outcome {
    const fault = answerFault(answer)
    if (fault) return { error: fault }
    const body = isObject(answer.body) ? answer.body : {}
    const task = isObject(body['task']) ? body['task'] : undefined
    if (task?.['type'] === 'message') return { message: String(task['value'] ?? '') }
    if (task?.['type'] === 'continue') return this.#continue(task['value'], person, submit)
    const composed = isObject(body['composeExtension']) ? body['composeExtension']['attachments'] : undefined
    const first = Array.isArray(composed) ? composed[0] : undefined
    return isObject(first) && isObject(first['content']) ? { card: first['content'] } : {}
  }

  #continue(value: unknown, person: Account, submit: Dialog['submit']): Outcome {
    const { title, card: attachment, url, height, width } = isObject(value) ? value : ({} as Json)
    if (typeof url === 'string') return { url }
    const card = isObject(attachment) && attachment['contentType'] === adaptiveCard ? attachment['content'] : undefined
    const wrong = cardFault(card)
    if (wrong) return { error: `The bot answered with a dialog that Teams cannot show: ${wrong}.` }
    const dialog: Dialog = {
      id: randomUUID(),
      person: person.id,
      title: String(title ?? ''),
      card: card as Json,
      submit,
    }
    this.#open.set(dialog.id, dialog)
    const size = { ...(height === undefined ? {} : { height }), ...(width === undefined ? {} : { width }) }
    return { dialog: { id: dialog.id, title: dialog.title, card: dialog.card, ...size } }
  }
}
