import { isObject } from '../card-check.js'
import type { Json } from '../model.js'
import { Refusal } from '../refusal.js'

/** A text that a body must have. @param what what it is, for who left it out */
export function required(body: Json, name: string, what: string): string {
  const value = body[name]
  if (typeof value !== 'string' || !value) throw new Refusal(400, `\`${name}\` is missing: ${what}.`)
  return value
}

/** The inputs of a card that a body brings; none where it brings none. */
export function inputsOf(body: Json): Json {
  const inputs = body['inputs'] ?? {}
  if (!isObject(inputs)) throw new Refusal(400, '`inputs` is an object of input id to value.')
  return inputs
}

/** A moment, in milliseconds since 1970. @param fault what a text is that is none */
export function parseTime(text: string, fault = 'is no instant'): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new Refusal(400, `'${text}' ${fault} such as 2026-11-21T08:30:00Z.`)
  return time
}
