import type { Arg, Args } from '../../skills/kit/arguments.js'
import { endOfClause } from './clauses.js'
import { glue } from './glue-words.js'
import type { Slots } from './slots.js'
import type { Placed } from './slots-anywhere.js'
import { isWithin, type Spotted } from './spotted.js'
import { isVersion } from './versions-apart.js'

type Text = Extract<Arg, { type: 'text' }>

/**
 * Words of a text that are free words of a command: those behind what leads to them, "set the tier of orders to critical", and what looks like a
 * version. They are a guess, which may be answered or asked back and is never acted on.
 * @param placed what stands for the other arguments
 * @returns the slots of `placed` with those that were found
 */
export function withFreeText(args: Args, placed: Placed, spotted: Spotted): Slots {
  const found = Object.entries(args).flatMap(([name, arg]) => {
    if (arg.type !== 'text' || name in placed.slots) return []
    const slot = arg.holds === 'version' ? versionIn(placed, spotted) : ledTo(arg, placed, spotted)
    return slot ? [[name, slot] as const] : []
  })
  return found.length ? { ...placed.slots, ...Object.fromEntries(found) } : placed.slots
}

const versionIn = ({ used }: Placed, { tokens, text }: Spotted): Slots[string] | undefined => {
  const token = tokens.find(({ word }, at) => isVersion(word) && !isWithin(at, used))
  return token && { words: text.slice(token.start, token.end), start: token.start, end: token.end }
}

function ledTo({ behind = [], holds }: Text, { used }: Placed, { tokens, text }: Spotted): Slots[string] | undefined {
  for (const lead of behind) {
    const from = tokens.findIndex((_, at) => isLed(at, lead, tokens, text) && !isWithin(at, used))
    if (from < 0) continue
    // What is noted goes on to the end; a name, a value or a term is of one clause, and holds no other argument.
    const end = holds ? endOfClause(text, tokens[from]!.start) : text.length
    let to = tokens.findIndex(
      ({ start }, at) => at > from && (start >= end || (holds !== undefined && isWithin(at, used))),
    )
    if (to < 0) to = tokens.length
    while (to > from && glue.has(tokens[to - 1]!.word)) to--
    if (to === from) continue
    const [first, last] = [tokens[from]!.start, holds ? tokens[to - 1]!.end : text.trimEnd().length]
    const start = /["“„«]$/.test(text.slice(0, first)) ? first - 1 : first
    return { words: text.slice(start, last), start, end: last }
  }
  return undefined
}

/** Whether a lead stands before a token: words as tokens, a sign such as a colon between them. */
function isLed(at: number, lead: string, tokens: Spotted['tokens'], text: string): boolean {
  const before = tokens[at - 1]
  if (!before) return false
  if (!/\w/.test(lead)) return text.slice(before.end, tokens[at]!.start).includes(lead)
  const words = lead.split(' ')
  return words.every((word, index) => tokens[at - words.length + index]?.word === word)
}
