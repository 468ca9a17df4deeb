import { isObject } from '../card-check.js'
import type { Json } from '../model.js'
import { Refusal } from '../refusal.js'

/**
 * Collects what a person filled in, as the Adaptive Cards renderer does: defaults stand where nothing was given, every
 * value is sent as a string, empty inputs are left out. A value that the card does not allow is refused with the
 * card's own error message, before anything is sent.
 */
export function collectInputs(inputs: Json[], given: Json): Record<string, string> {
  const unknown = Object.keys(given).find((name) => !inputs.some(({ id }) => id === name))
  if (unknown !== undefined) {
    const known = inputs.map(({ id }) => String(id)).join(', ')
    throw new Refusal(400, `There is no input '${unknown}' here. ${known ? `There are: ${known}.` : 'There are none.'}`)
  }
  const data: Record<string, string> = {}
  for (const input of inputs) {
    const id = String(input['id'])
    const value = valueOf(input, given[id])
    const fault = inputFault(input, value)
    if (fault) {
      const said = typeof input['errorMessage'] === 'string' ? ` The card says: ${input['errorMessage']}` : ''
      throw new Refusal(400, `Input '${id}' ${fault}.${said}`)
    }
    if (value !== '') data[id] = value
  }
  return data
}

function valueOf(input: Json, given: unknown): string {
  if (input['type'] === 'Input.Toggle') {
    const on = String(input['valueOn'] ?? 'true')
    const off = String(input['valueOff'] ?? 'false')
    if (typeof given === 'boolean') return given ? on : off
    return String(given ?? input['value'] ?? off)
  }
  if (Array.isArray(given)) return given.map(String).join(',')
  return String(given ?? input['value'] ?? '')
}

/** What is wrong with a value, as the end of a sentence about the input; undefined where it will do. */
function inputFault(input: Json, value: string): string | undefined {
  if (input['isRequired'] === true && isEmpty(input, value)) return 'is required'
  if (value === '') return undefined
  switch (input['type']) {
    case 'Input.Text':
      return textFault(input, value)
    case 'Input.Number':
      if (!Number.isFinite(Number(value))) return `takes a number, not '${value}'`
      return rangeFault(input, Number(value), Number)
    case 'Input.Date':
      if (!/^\d{4}-\d\d-\d\d$/.test(value)) return `takes a date such as 2026-11-21, not '${value}'`
      return rangeFault(input, value, String)
    case 'Input.Time':
      if (!/^\d\d:\d\d$/.test(value)) return `takes a time such as 08:30, not '${value}'`
      return rangeFault(input, value, String)
    case 'Input.Toggle':
      return [input['valueOn'] ?? 'true', input['valueOff'] ?? 'false'].includes(value) ? undefined : 'is on or off'
    case 'Input.ChoiceSet':
      return choiceFault(input, value)
    default:
      return undefined
  }
}

/** A toggle that is required must be on. */
const isEmpty = (input: Json, value: string) =>
  input['type'] === 'Input.Toggle' ? value !== String(input['valueOn'] ?? 'true') : value.trim() === ''

function textFault({ maxLength, regex }: Json, value: string): string | undefined {
  if (typeof maxLength === 'number' && value.length > maxLength) return `takes at most ${maxLength} characters`
  if (typeof regex === 'string' && !matches(regex, value)) return `does not take '${value}'`
  return undefined
}

/** The renderer lets everything through where the card's expression is none. */
function matches(expression: string, value: string): boolean {
  try {
    return new RegExp(expression).test(value)
  } catch {
    return true
  }
}

function rangeFault<T extends number | string>(
  { min, max }: Json,
  value: T,
  as: (bound: unknown) => T,
): string | undefined {
  if (min !== undefined && value < as(min)) return `is at least ${String(min)}`
  if (max !== undefined && value > as(max)) return `is at most ${String(max)}`
  return undefined
}

function choiceFault(input: Json, value: string): string | undefined {
  // Choices that are looked up as one types (`choices.data`) are not all on the card.
  if (isObject(input['choices.data']) || input['style'] === 'filtered' || !Array.isArray(input['choices']))
    return undefined
  const allowed = input['choices'].filter(isObject).map((choice) => String(choice['value']))
  const chosen = input['isMultiSelect'] === true ? value.split(',') : [value]
  const wrong = chosen.find((one) => !allowed.includes(one))
  return wrong === undefined ? undefined : `has no choice '${wrong}'; there are: ${allowed.join(', ')}`
}
