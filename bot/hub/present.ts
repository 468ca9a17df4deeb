import type { Button as CardButton, CardData, Foot, Input, Section } from '../../cards/model.js'
import { mapPresses, pressesOf } from '../../cards/presses.js'
import { textProp } from '../../skills/kit/answer.js'
import { filterExample } from '../../skills/kit/argument-faults.js'
import type { Arg } from '../../skills/kit/arguments.js'
import { longestFilter } from '../../skills/kit/catalog/parse-filter.js'
import type { Entity } from '../../skills/kit/model.js'
import type { Catalog } from '../../skills/kit/ports.js'
import type { Button, CardBody, Reply, Section as ReplySection, Source } from '../../skills/kit/reply.js'
import { weekdays, weekdayTitles } from '../../skills/kit/zoned-time.js'
import { drawIntent } from './draw-intent.js'
import { choicesOf } from './form.js'
import { refKey } from '../../skills/kit/ref-key.js'
import { sayMinutes } from '../../skills/kit/say-minutes.js'

/** Stores a button and answers the id that its card carries. */
export type KeepButton = (button: Button) => Promise<string>

/**
 * Makes of a reply what a channel draws: buttons and rows become ids of what the server stored, forms become inputs, sources the
 * foot, people with a view of their own the refresh. A reply without a card gets one of its text.
 */
export async function present(reply: Reply, keep: KeepButton, catalog: Pick<Catalog, 'find'>): Promise<CardData> {
  const { sections: said = [], ...card }: CardBody = reply.card ?? {
    state: 'emphasis',
    topic: 'Nexus',
    title: 'Nexus',
    sentence: reply.text,
  }
  const buttons = await Promise.all((reply.buttons ?? []).map((button) => cardButton(button, keep)))
  const form = reply.buttons?.find((button) => button.form && !button.dialog)?.form
  const pressed = await Promise.all(said.map((section) => cardSection(section, keep)))
  const sections: Section[] = [...pressed, ...(form ? [await formSection(form, catalog)] : [])]
  const foot = footOf(reply.sources ?? [], reply.id)
  const { view, personal } = reply
  return {
    ...card,
    ...(sections.length && { sections }),
    ...(buttons.length && { buttons }),
    ...(foot && { foot }),
    ...(view && personal?.length && { refresh: { id: await keep(drawIntent(view)), people: personal } }),
  }
}

async function cardButton(button: Button, keep: KeepButton): Promise<CardButton> {
  const { title, style, form, dialog } = button
  // A form on the card is for being sent; one in a dialog is one way among others.
  const kept = style ?? (form && !dialog ? 'positive' : undefined)
  return {
    kind: dialog ? 'dialog' : 'execute',
    title,
    id: await keep(button),
    ...(kept && { style: kept }),
    ...(!form && { ignoresInputs: true }),
  }
}

/** A section whose rows carry ids in place of intents. */
async function cardSection(section: ReplySection, keep: KeepButton): Promise<Section> {
  const kept = await Promise.all(
    pressesOf(section).map(async (button) => [button, await cardButton(button, keep)] as const),
  )
  const ids = new Map(kept)
  return mapPresses(section, (button) => ids.get(button))
}

function footOf(sources: readonly Source[], id: string | undefined): Foot | undefined {
  if (!sources.length) return id === undefined ? undefined : { id }
  const query = sources.find((source) => source.query)?.query
  return {
    sources: sources.map(({ name, asOf, trouble }) => ({ name, asOf, ...(trouble && { silent: true }) })),
    ...(query && { query }),
    ...(id !== undefined && { id }),
  }
}

/** The questions of a form. */
export async function formSection(form: Record<string, Arg>, catalog: Pick<Catalog, 'find'>) {
  const inputs = Object.entries(form).map(([id, arg]) => inputOf(id, arg, catalog))
  return { kind: 'form' as const, inputs: await Promise.all(inputs) }
}

/** A thing as a list of a form has it: what has a number is known by what it was about. */
const choiceOf = (entity: Entity): string => [entity.name, textProp(entity, 'title')].filter(Boolean).join(' · ')

/** Arguments that are mostly picked from a list. */
const chosen: ReadonlySet<Arg['type']> = new Set(['entity', 'choice', 'duration', 'weekdays'])

async function inputOf(id: string, arg: Arg, catalog: Pick<Catalog, 'find'>): Promise<Input> {
  const name = arg.label.charAt(0).toUpperCase() + arg.label.slice(1)
  const label = arg.optional ? `${name} (may be left empty)` : name
  const error = `${name}: ${chosen.has(arg.type) ? 'choose one' : 'fill this in'}`
  const asked = { id, label, required: !arg.optional, error }
  switch (arg.type) {
    case 'entity': {
      const entities = await choicesOf(arg.kinds, catalog)
      if (!entities?.length)
        return {
          ...asked,
          type: 'text',
          placeholder: arg.kinds.length > 3 ? 'Its name' : `Name of the ${arg.kinds.join(' or ').toLowerCase()}`,
          maxLength: 200,
        }
      return {
        ...asked,
        type: 'choice',
        placeholder: 'Type or choose a name',
        choices: entities.map((entity) => ({ title: choiceOf(entity), value: refKey(entity) })),
      }
    }
    case 'choice':
      return { ...asked, type: 'choice', choices: arg.values.map((value) => ({ title: value, value })) }
    case 'number':
      return { ...asked, type: 'number', min: arg.min, max: arg.max }
    case 'duration':
      return arg.offers
        ? {
            ...asked,
            type: 'choice',
            choices: arg.offers.map((minutes) => ({ title: sayMinutes(minutes), value: sayMinutes(minutes) })),
          }
        : { ...asked, type: 'text', placeholder: '30 min, 2 hours, 1 day', maxLength: 60 }
    case 'filter':
      return { ...asked, type: 'text', lines: true, placeholder: filterExample, maxLength: longestFilter }
    case 'text':
      return { ...asked, type: 'text', maxLength: arg.max }
    case 'time':
      return { ...asked, type: 'text', placeholder: 'tomorrow 9:00, in 2 hours, Friday 17:00', maxLength: 60 }
    case 'range':
      return { ...asked, type: 'text', placeholder: 'yesterday to now, Monday 9:00 to Friday 17:00', maxLength: 120 }
    case 'time-of-day':
      return { ...asked, type: 'time' }
    case 'weekdays':
      return {
        ...asked,
        type: 'choice',
        many: true,
        choices: weekdays.map((day) => ({ title: weekdayTitles[day], value: day })),
      }
    case 'zone':
      return { ...asked, type: 'text', placeholder: 'Berlin, or Europe/Berlin', maxLength: 60 }
  }
}
