import type { Ref } from '../../../skills/kit/model.js'
import type { CommandInfo } from '../../../skills/kit/ports.js'
import type { Button, Intent, Reply } from '../../../skills/kit/reply.js'
import { isSame, refsIn, type Asked, type Memory } from '../../language/follow-up-memory.js'
import { thingsIn } from '../audience/cut-reply.js'
import { isInstead } from '../offer-instead.js'
import type { Outcome } from '../outcome.js'

/** Most rows and other things that are remembered of an answer; a page has ten. */
const mostRows = 20
const mostFound = 12
/** Longest memory, in characters of its JSON: what is longer is remembered without what it showed. */
const longest = 16_000

/**
 * What is remembered of a turn: references and arguments, and nothing of what was said.
 * @param before what was remembered until then: what Nexus asks back does not end what is spoken of
 * @returns `before` itself where the turn changes nothing of it
 */
export function memoryOf(
  outcome: Outcome,
  before: Memory | undefined,
  commandOf: (id: string) => CommandInfo | undefined,
): Memory | undefined {
  const { command, args, reply } = outcome
  const intent: Intent | undefined = command === undefined ? undefined : { command, args }
  switch (outcome.outcome) {
    case 'none':
      return before
    case 'suggest': {
      const choices = pressesIn(reply)
      return { rows: [], found: [], ...before, ...(choices.length && { asked: { what: 'guess', choices } }) }
    }
    case 'refuse': {
      if (!intent || (outcome.fault !== 'NotFound' && outcome.fault !== 'BadInput')) return before
      const choices = pressesIn(reply)
      return { intent, rows: [], found: [], ...(choices.length && { asked: { what: 'guess', choices } }) }
    }
    case 'ask': {
      const asked = askedIn(reply, commandOf)
      // What was shown before may be the answer to what is missing: "the second one".
      const rows = asked?.what === 'missing' ? (before?.rows ?? []) : []
      return intent && { intent, rows, found: [], ...(asked && { asked }) }
    }
    default:
      // Help speaks of nothing; what was spoken of before still is.
      return intent && !intent.command.startsWith('help.') ? within(shownBy(intent, reply)) : before
  }
}

function shownBy(intent: Intent, reply: Reply): Memory {
  const rows = rowsIn(reply).slice(0, mostRows)
  const named = refsIn(intent)
  const isNew = (ref: Ref, at: number, all: readonly Ref[]) =>
    !named.some((one) => isSame(one, ref)) && all.findIndex((one) => isSame(one, ref)) === at
  const found = thingsIn(reply).filter(isNew).slice(0, mostFound)
  const next = nextIn(reply, intent)
  return { intent, rows, found, ...(next ? { next } : isCut(reply) && { cut: true }) }
}

/** What shows the rest of an answer: its next page, or the question that lists all of what was cut. */
function nextIn({ buttons = [], card }: Reply, { command }: Intent): Intent | undefined {
  const more = (card?.sections ?? []).flatMap((section) => section.more ?? [])
  const page = [...buttons, ...more].find(({ intent }) => intent.command === command && 'after' in intent.args)
  return (page ?? more[0])?.intent
}

/** Whether there is more of something than the answer shows. */
const isCut = ({ card }: Reply): boolean =>
  (card?.sections ?? []).some((section) => section.kind === 'rows' && (section.total ?? 0) > section.rows.length)

/** What the rows of an answer lead to, in the order in which people count them. */
const rowsIn = ({ card }: Reply): (Intent | null)[] =>
  (card?.sections ?? []).flatMap((section) =>
    section.kind === 'rows' && !isInstead(section) ? section.rows.map(({ select }) => intentOf(select)) : [],
  )

/** A question of a reply: its rows, or the form that asks for what is missing. */
function askedIn(reply: Reply, commandOf: (id: string) => CommandInfo | undefined): Asked | undefined {
  const choices = rowsIn(reply)
  if (choices.length) return { what: 'which', choices: choices.slice(0, mostRows) }
  const form = reply.buttons?.find((button) => button.form)
  const [press] = form ? [] : pressesIn(reply)
  if (press) return { what: 'whether', choices: [press] }
  const args = form && commandOf(form.intent.command)?.args
  if (!form || !args) return undefined
  const missing = Object.keys(args).filter((name) => !args[name]!.optional && !(name in form.intent.args))
  return missing.length ? { what: 'missing', intent: form.intent, missing } : undefined
}

/** What may be pressed in answer, but for help's own ways out. */
const pressesIn = ({ buttons = [] }: Reply): (Intent | null)[] =>
  buttons
    .filter(({ form, intent }) => !form && intent.command !== 'help.show')
    .map(intentOf)
    .slice(0, mostRows)

const intentOf = (button: Button | undefined): Intent | null => button?.intent ?? null

function within(memory: Memory): Memory | undefined {
  if (JSON.stringify(memory).length <= longest) return memory
  const short: Memory = { ...memory, rows: [], found: [] }
  return JSON.stringify(short).length <= longest ? short : undefined
}
