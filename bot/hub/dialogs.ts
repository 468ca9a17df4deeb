import type { CardData, Input, Text } from '../../cards/model.js'
import { mapPresses } from '../../cards/presses.js'
import { Fault } from '../../skills/kit/errors.js'
import type { Json } from '../../skills/kit/model.js'
import type { Button, Reply } from '../../skills/kit/reply.js'
import type { ButtonBook } from './buttons.js'
import { permit, useOf } from './access/permit.js'
import type { Hub } from './hub.js'
import type { ReadBy } from './hub-parts.js'
import type { Caller } from './caller.js'
import type { Outcome } from './outcome.js'
import { formSection } from './present.js'
import { pressButton, sayTooOld } from './press-button.js'
import type { Registry } from './registry.js'
import { refuse } from './replies.js'
import { refKey } from '../../skills/kit/ref-key.js'

/** What a dialog comes to: it shows a card, or it closes with a sentence. */
export type DialogAnswer = { title: string; card: CardData } | { says: Text }

/** What dialogs are made of. */
export interface DialogParts {
  hub: Pick<Hub, 'press' | 'draw' | 'catalogFor'>
  registry: Pick<Registry, 'find'>
  book: ButtonBook
  /** Makes a card of a reply for whoever reads it, its buttons stored. */
  show(reply: Reply, by: ReadBy): Promise<CardData>
}

/** The dialogs that buttons open: a form, what is wrong with it, and what came of it. */
export interface Dialogs {
  /** The form of a button, for somebody who may use it. */
  open(id: string, caller: Caller): Promise<DialogAnswer>
  /** Runs a button of a dialog with what was filled in; a form that is not right comes back as it was filled in. */
  submit(id: string, inputs: Record<string, Json>, caller: Caller): Promise<DialogAnswer>
}

/** Dialogs over the stored buttons; a dialog itself is kept nowhere, its card names the button that opened it. */
export function createDialogs({ hub, registry, book, show }: DialogParts): Dialogs {
  return {
    async open(id, caller) {
      const button = await book.find(caller.person.tenant, id)
      if (!button) return refused(sayTooOld(), caller)
      const denial = denialOf(button, caller)
      if (denial) return refused(denial, caller, button)
      return button.form
        ? formOf(id, { ...button, form: button.form }, caller, button.intent.args)
        : run(id, {}, caller, button)
    },
    async submit(id, inputs, caller) {
      const button = await book.find(caller.person.tenant, id)
      return button ? run(id, inputs, caller, button) : refused(sayTooOld(), caller)
    },
  }

  async function run(id: string, inputs: Record<string, Json>, caller: Caller, button: Button): Promise<DialogAnswer> {
    const outcome = await pressButton(id, inputs, caller, hub, book)
    const { fault, reply } = outcome
    if (button.form && (fault === 'BadInput' || fault === 'NotFound'))
      return formOf(id, { ...button, form: button.form }, caller, inputs, reply.text)
    if (outcome.outcome === 'refuse') return refused(outcome, caller, button)
    // A record's card stands in the chat and moves there by itself; what is asked for, or has something to press, is shown.
    const shows = outcome.outcome === 'answer' && !button.form
    const settled = reply.view !== undefined || (outcome.outcome !== 'answer' && !reply.buttons?.length)
    const closes = reply.posted || (!shows && settled)
    return closes ? { says: reply.text } : { title: titleOf(button), card: inDialog(await show(reply, alone(caller))) }
  }

  /** The names and choices of a form are told to nobody who may not use its command. */
  function denialOf({ intent }: Button, { person }: Caller): Outcome | undefined {
    const found = registry.find(intent.command)
    if (!found) return sayTooOld()
    const { allowed, reason, wayOn } = permit({ person, use: useOf(found) })
    return allowed ? undefined : refuse(intent, found.info.summary, new Fault('NotAllowed', reason, wayOn), found.info)
  }

  async function formOf(
    id: string,
    button: Button & Required<Pick<Button, 'form'>>,
    caller: Caller,
    values: Record<string, Json>,
    fault?: Text,
  ): Promise<DialogAnswer> {
    const { inputs } = await formSection(button.form, await hub.catalogFor(alone(caller)))
    const info = registry.find(button.intent.command)?.info
    const title = titleOf(button)
    return {
      title,
      card: {
        state: fault === undefined ? 'accent' : 'warning',
        topic: info ? nameOf(info.skill) : 'Nexus',
        title: info?.summary ?? title,
        ...(fault !== undefined && { sentence: fault }),
        sections: [{ kind: 'form', inputs: inputs.map((input) => prefill(input, values[input.id])) }],
        buttons: [{ kind: 'submit', title, id, style: button.style ?? 'positive' }],
      },
    }
  }

  /** A refusal is a card that says which rule stood against it and the way on; there is nothing to fill in any more. */
  async function refused({ reply }: Outcome, caller: Caller, button?: Button): Promise<DialogAnswer> {
    const { buttons: _waysOn, ...said } = reply
    return { title: button ? titleOf(button) : 'Nexus', card: inDialog(await show(said, alone(caller))) }
  }
}

/** A dialog is read by whoever opened it, wherever its button stands. */
const alone = ({ person }: Caller): ReadBy => ({ person })

/** A skill's name as a card's topic: "on-call" is "On call". */
const nameOf = (skill: string): string => skill.charAt(0).toUpperCase() + skill.slice(1).replaceAll('-', ' ')

/** "Reject…" on a card is "Reject" in its dialog. */
const titleOf = ({ title }: Button): string => title.replace(/\s*(…|\.\.\.)$/, '')

/**
 * A card as a dialog can carry it out: Teams does Action.Submit there and no Action.Execute (Microsoft, "Adaptive Cards in dialogs"), opens
 * no dialog from a dialog, and refreshes nothing.
 */
function inDialog({ refresh: _refresh, buttons, sections, ...card }: CardData): CardData {
  const submits = (button: NonNullable<typeof buttons>[number]) =>
    button.kind === 'execute' ? { ...button, kind: 'submit' as const } : button.kind === 'dialog' ? undefined : button
  const kept = buttons?.map(submits).filter((button) => button !== undefined)
  return {
    ...card,
    ...(sections && { sections: sections.map((section) => mapPresses(section, submits)) }),
    ...(kept?.length && { buttons: kept }),
  }
}

/** A question with what was answered to it before, or is known already. */
function prefill(input: Input, value: Json | undefined): Input {
  if (value === undefined || value === null || value === '') return input
  if (input.type === 'toggle') return { ...input, value: value === true || value === 'true' }
  if (input.type !== 'number') return { ...input, value: asTyped(value) }
  const number = Number(value)
  return Number.isFinite(number) ? { ...input, value: number } : input
}

/** A value of an intent as a person would type or pick it. */
function asTyped(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { kind, id, from, to } = value as Record<string, Json>
  return typeof kind === 'string' ? refKey({ kind, id: String(id) }) : `${String(from)}..${String(to)}`
}
