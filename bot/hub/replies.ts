import type { Text } from '../../cards/model.js'
import { notice } from '../../cards/notice.js'
import { Fault, type FaultCode } from '../../skills/kit/errors.js'
import type { Kind } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Button, Intent, Reply, ViewRef } from '../../skills/kit/reply.js'
import type { Tongue } from '../../skills/kit/tongues.js'
import { kindOfId } from '../language/spoken-of.js'
import type { Suggestion, Understanding } from '../language/understanding.js'
import type { Outcome } from './outcome.js'

/** What the hub itself says: suggestions and refusals; its questions back stand in `ask-back.ts`. Skills say everything else. */

type Of<O extends Understanding['outcome']> = Extract<Understanding, { outcome: O }>

/** Says that nothing has the name, with near ones as buttons; of an id that no record has, with those that there are. */
export function sayUnknownName(understanding: Of<'unknown-name'>, visible: readonly CommandInfo[]): Outcome {
  const { command, argument, kinds, name, near, args } = understanding
  const record = kindOfId(name) ?? kindOfId(`${idPrefix(kinds)}${name}`)
  if (record && kinds.includes(record)) return sayNoRecord(understanding, record, visible)
  const what = kinds.length > 2 ? 'Nothing' : `No ${kinds.join(' or ').toLowerCase()}`
  const sentence = `${what} in the catalog is called “${name}”.`
  const wayOn = near.length
    ? 'Did you mean one of these?'
    : 'Check the name; the catalog knows what Azure, GitHub, Azure DevOps, Entra and PagerDuty show.'
  const twice = (one: (typeof near)[number]) => near.filter((other) => other.name === one.name).length > 1
  const buttons = near.map((one): Button => ({
    title: twice(one) ? `${one.name} · ${one.ref.kind}` : one.name,
    intent: { command, args: { ...args, [argument]: { ...one.ref } } },
  }))
  return {
    outcome: 'refuse',
    fault: 'NotFound',
    command,
    args,
    reply: { ...refusal('NotFound', name, sentence, wayOn), buttons },
  }
}

/** Says that something is not there, or not there any more, for whoever looks. */
export const sayGone = ({ kind, id }: ViewRef): Reply =>
  refusal('NotFound', id, `${kind} ${id} is not in the catalog any more.`, 'Ask for it by name to see what is there.')

/** What lists the records of a kind that may be meant, and how that is asked for. */
const listsOf: Partial<Record<Kind, { prefix: string; title: string; intent: Intent; sentence: string }>> = {
  Incident: {
    prefix: 'INC-',
    title: 'Open incidents',
    intent: { command: 'incident.list', args: { which: 'open' } },
    sentence: 'Look at those that are open, or name one by its number.',
  },
  Proposal: {
    prefix: 'PR-',
    title: 'Open approvals',
    intent: { command: 'approval.list', args: {} },
    sentence: 'Look at those that wait, or name one by its number.',
  },
}

/** What stands before a bare number where a command takes nothing but such records. */
const idPrefix = (kinds: readonly Kind[]): string => (kinds.length === 1 && listsOf[kinds[0]!]?.prefix) || ''

function sayNoRecord(
  { command, kinds, name, args }: Of<'unknown-name'>,
  kind: Kind,
  visible: readonly CommandInfo[],
): Outcome {
  const { title, intent, sentence } = listsOf[kind]!
  const id = (kindOfId(name) ? name : `${idPrefix(kinds)}${name}`).trim().toUpperCase()
  const buttons: Button[] = visible.some((one) => one.id === intent.command) ? [{ title, intent }] : []
  return {
    outcome: 'refuse',
    fault: 'NotFound',
    command,
    args,
    reply: { ...refusal('NotFound', id, `There is no ${id}.`, sentence), buttons },
  }
}

/** How many commands are offered where none was understood. */
const offered = 3

/** Offers the nearest commands where none was meant for sure, and makes three of them with what can be asked just so. */
export function saySuggestions(suggestions: readonly Suggestion[], visible: readonly CommandInfo[]): Outcome {
  if (!suggestions.length) return sayNothingUnderstood('No command of Nexus is near to that.', visible)
  const near = suggestions.map(({ title, intent }): Button => ({ title, intent }))
  return {
    outcome: 'suggest',
    args: {},
    reply: {
      text: `I am not sure what you mean. Did you mean: ${near.map(({ title }) => `“${title}”`).join(' or ')}?`,
      card: {
        state: 'emphasis',
        icon: 'unknown',
        topic: 'Question',
        title: 'Not sure what you mean',
        sentence: 'These are the nearest things I can do.',
      },
      buttons: [...near, ...readyToAsk(visible, near)].slice(0, Math.max(offered, near.length)),
    },
  }
}

/** Says that nothing was done, because that is what was said; what can be looked at is offered. */
export function sayDeclined(suggestions: readonly Suggestion[]): Outcome {
  const sentence = 'I take that as nothing to be done, so I did nothing.'
  return {
    outcome: suggestions.length ? 'suggest' : 'none',
    args: {},
    reply: {
      text: sentence,
      card: { lean: true, state: 'emphasis', icon: 'quiet', topic: 'Left alone', title: 'Nothing was done', sentence },
      buttons: suggestions.map(({ title, intent }): Button => ({ title, intent })),
    },
  }
}

/**
 * Says that nothing was understood, and why, with three things that can be asked.
 * @param tongue the language of the reason, where that is not English
 */
export const sayNothingUnderstood = (reason: string, visible: readonly CommandInfo[], tongue?: Tongue): Outcome => ({
  outcome: 'none',
  args: {},
  reply: {
    // Who asked in another language has been told in it where help is.
    text: tongue ? reason : `${reason} Say “help” to see what I can do.`,
    card: { state: 'emphasis', icon: 'unknown', topic: 'Question', title: 'Nothing understood', sentence: reason },
    buttons: readyToAsk(visible, []).slice(0, offered),
  },
})

/** Help, and the featured commands that need nothing more, as buttons. */
function readyToAsk(visible: readonly CommandInfo[], besides: readonly Button[]): Button[] {
  const ready = visible.filter(
    ({ id, args, featured }) =>
      (featured || id === 'help.show') &&
      Object.values(args).every(({ optional }) => optional) &&
      !besides.some(({ intent }) => intent.command === id),
  )
  const helpFirst = [...ready].sort((a, b) => Number(b.id === 'help.show') - Number(a.id === 'help.show'))
  return helpFirst.map(({ id, example }) => ({ title: sentenceCase(example), intent: { command: id, args: {} } }))
}

/** A text as a sentence begins. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function refusal(code: FaultCode, about: string, message: string, wayOn?: string): Reply {
  const { sentence, sections, ...card } = notice(code, about, message, wayOn)
  return {
    text: withTimes([message, wayOn].filter(Boolean).join(' ')),
    card: {
      ...card,
      ...(sentence && { sentence: withTimes(sentence) }),
      ...(sections && {
        sections: sections.map((one) => (one.kind === 'text' ? { ...one, text: withTimes(one.text) } : one)),
      }),
    },
  }
}

const instants = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/

/** A failure's words with its moments as people read them, in their own zone: whoever fails knows no reader. */
const withTimes = (text: Text): Text =>
  typeof text === 'string' && instants.test(text)
    ? text.split(instants).map((part) => (instants.test(part) ? { time: part } : part))
    : text

/**
 * One card line for each class of failure; what is not one of them is a fault of Nexus and says no more than that.
 * @param intent absent where none was understood
 * @param about what was asked for, as the card's title
 * @param info of the command that was meant
 */
export function refuse(intent: Intent | undefined, about: string, error: unknown, info?: CommandInfo): Outcome {
  const own = 'Something in Nexus failed while answering this.'
  const fault =
    error instanceof Fault
      ? error
      : new Fault('Unavailable', own, 'Try again; if it stays, your administrator finds the reason in the log.')
  return {
    outcome: 'refuse',
    fault: fault.code,
    ...(intent && { command: intent.command }),
    args: intent?.args ?? {},
    reply: { ...refusal(fault.code, about, fault.message, fault.wayOn), buttons: waysOn(intent, fault.code, info) },
  }
}

/** What did not answer is asked again; what was said wrongly is asked for in a form. */
function waysOn(intent: Intent | undefined, code: FaultCode, info: CommandInfo | undefined): Button[] {
  if (!intent) return []
  if (code === 'Unavailable') return [{ title: 'Try again', intent }]
  const args = info?.args ?? {}
  if (code !== 'BadInput' || !Object.keys(args).length) return []
  const anew = { ...intent, args: {} }
  const asks = Object.values(args).some(({ optional }) => !optional)
  // Nothing is asked for by itself where everything may be left out, so the form stands on the card.
  return [asks ? { title: 'Fill in a form', intent: anew } : { title: 'Go on', intent: anew, form: args }]
}
