import { clean, plain } from './escape.js'
import { limits } from './limits.js'
import type { Choice, Input } from './model.js'
import type { Context } from './spans.js'

/** The properties of an Adaptive Cards input, as form.json names them; what is undefined is not drawn. */
export type InputView = Record<string, unknown> & { type: string; id: string }

const names = {
  text: 'Input.Text',
  choice: 'Input.ChoiceSet',
  date: 'Input.Date',
  time: 'Input.Time',
  number: 'Input.Number',
  toggle: 'Input.Toggle',
} as const

const show = (text: string | undefined, limit: number): string | undefined =>
  text === undefined ? undefined : plain(clean(text, limit))

const choicesOf = (choices: Choice[], most: number) =>
  choices.slice(0, most).map(({ title, value }) => ({ title: show(title, 80), value: value.slice(0, 200) || title }))

/** What differs by type; the rest is the same for all. */
function special(input: Input, most: number): Record<string, unknown> {
  switch (input.type) {
    case 'text': {
      const maxLength = input.maxLength ?? 1000
      return {
        value: input.value?.slice(0, maxLength),
        isMultiline: input.lines,
        maxLength,
        regex: input.pattern?.slice(0, 300),
      }
    }
    case 'choice':
      return {
        value: input.value?.slice(0, 200),
        choices: choicesOf(input.choices, most),
        style: input.search || input.choices.length > 8 ? 'filtered' : input.many ? 'expanded' : 'compact',
        isMultiSelect: input.many,
        query: input.search && { type: 'Data.Query', dataset: clean(input.search, 60) },
        wrap: true,
      }
    case 'toggle':
      return { value: input.value ? 'true' : 'false', caption: show(input.label, limits.label * 2), wrap: true }
    default:
      return { value: input.value, min: input.min, max: input.max }
  }
}

/**
 * A question as a card asks it, with a label for everyone and an error in words. Where there are more choices than `share` allows and
 * no search, the label says so.
 */
export function inputView(input: Input, share: number, { words }: Context): InputView {
  const most = Math.max(10, Math.ceil(limits.choices * share))
  const label = show(input.label, limits.label * 2) ?? input.id
  const many = input.type === 'choice' && !input.search && input.choices.length > most
  return {
    ...special(input, most),
    type: names[input.type],
    id: clean(input.id, limits.id),
    // A toggle's caption is its label; twice would be read twice.
    label:
      input.type === 'toggle' && !input.required
        ? undefined
        : many
          ? `${label} (${words.firstOf(most, input.choices.length)})`
          : label,
    isRequired: input.required,
    errorMessage: show(input.error, 120),
    placeholder: 'placeholder' in input ? show(input.placeholder, 80) : undefined,
  }
}
