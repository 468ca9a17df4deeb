import type { Ref } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Intent } from '../../skills/kit/reply.js'
import { answerAsked } from './follow-up-answers.js'
import { replaceArgument } from './follow-up-ellipsis.js'
import { refsIn, isSame, type Speaking } from './follow-up-memory.js'
import { namePointers } from './follow-up-pronouns.js'
import { exactly } from './name-index.js'
import { asksForMore, asksHowMany, goesOn, rowAlone, rowsTogether, saidAnew } from './follow-up-words.js'
import { offer, offerOrRun } from './follow-up-offers.js'
import { inTongue } from './tongues/understand-tongues.js'
import type { Understanding } from './understanding.js'

/**
 * Reads words that mean something only by what was spoken of before: answers to what Nexus asked, "show more", "the second one", "and for
 * payments?", "no, the api", "who owns it". Asked where the words by themselves are no full command; undefined where they are no follow-up
 * either.
 *
 * What changes the world is never taken from a conversation: it comes back as a suggestion, to be pressed. The one exception is an answer
 * to Nexus's own question about a request that was already plain.
 */
export function followUp(speaking: Speaking): Understanding | undefined {
  const { plain, memory, hearing } = speaking
  // Which of several is asked by the question itself, where it was whole.
  if (plain.outcome === 'choose' && !memory.asked && !goesOn(hearing.text)) return undefined
  return (
    answerAsked(speaking) ??
    readMore(speaking) ??
    readHowMany(speaking) ??
    readRows(speaking) ??
    readGoingOn(speaking) ??
    readPointers(speaking, speaking.hearing.text)
  )
}

/** Whether an understanding stands by itself, whatever was said before: a slash command, or a phrase that is more than a name. */
export function isFull(understanding: Understanding, text: string): boolean {
  if (understanding.outcome !== 'intent' || understanding.via === 'classifier') return false
  if (understanding.via === 'slash') return true
  const [only, ...more] = understanding.recognised
  if (!only || more.length) return true
  const around = `${text.slice(0, only.span.start)}${text.slice(only.span.end)}`
  return /[\p{L}\p{N}]/u.test(around)
}

function readMore({ memory, hearing }: Speaking): Understanding | undefined {
  if (!asksForMore(hearing.text)) return undefined
  if (memory.next) return run(memory.next)
  if (!memory.intent) return undefined
  const reason = memory.cut
    ? 'There is more of it than I can show at once: ask for less, such as that of one service or one environment.'
    : 'That was all of it: there is no more to show.'
  return { outcome: 'none', understood: true, reason }
}

/** How many there are stands above what was found: the question is answered again, from its first page. */
function readHowMany({ memory: { intent }, hearing, commandOf }: Speaking): Understanding | undefined {
  if (!intent || !asksHowMany(hearing.text)) return undefined
  const args = commandOf(intent.command)?.args ?? {}
  if (!Object.keys(intent.args).some((name) => args[name]?.type === 'filter')) return undefined
  const { after: _page, ...asked } = intent.args
  return run({ ...intent, args: asked })
}

function readRows(speaking: Speaking): Understanding | undefined {
  const { memory, hearing } = speaking
  const rows = memory.asked && 'choices' in memory.asked ? memory.asked.choices : memory.rows
  if (!rows.length) return undefined
  const several = rowsTogether(hearing.text)
  if (several !== undefined) return offer(rows.slice(0, several), speaking)
  const at = rowAlone(hearing.text)
  if (at === undefined) return undefined
  const row = rows.at(at)
  if (row) return offerOrRun(row, speaking)
  const many = rows.length === 1 ? 'There was only one' : `There were only ${rows.length}`
  return {
    outcome: 'none',
    understood: true,
    reason: row === null ? 'That one cannot be shown.' : `${many} to choose from.`,
  }
}

function readGoingOn(speaking: Speaking): Understanding | undefined {
  const going = goesOn(speaking.hearing.text)
  if (!going) return undefined
  const read = readAnew(going.rest, speaking) ?? readPointers(speaking, going.rest) ?? readWhole(going.rest, speaking)
  return read && going.tongue ? inTongue(read, going.tongue) : read
}

/** The last question, asked of something else. */
function readAnew(rest: string, speaking: Speaking): Understanding | undefined {
  const { intent: last } = speaking.memory
  if (!last) return undefined
  const ways = saidAnew(rest).flatMap((words) => replaceArgument(last, words, speaking) ?? [])
  // "for payments" may be nearly a name, and "payments" is one.
  const replaced = ways.find(({ candidates: [best] }) => !best || best.certainty >= exactly) ?? ways[0]
  if (!replaced) return undefined
  const { intent, argument, candidates } = replaced
  if (effectOf(intent, speaking) !== 'read') return offer([intent], speaking, { calls: candidates })
  if (candidates.length > 1) return { outcome: 'choose', intent, argument, options: [...candidates] }
  return run(intent)
}

/** "and who owns payments" is a question of its own, with a word before it. */
function readWhole(rest: string, speaking: Speaking): Understanding | undefined {
  for (const words of saidAnew(rest)) {
    const whole = speaking.understand(words)
    if (isFull(whole, words) && whole.outcome === 'intent') return tamed(whole, speaking, true, words)
  }
  return undefined
}

/** "who owns it": the sentence with the name in place of the pointer, understood as a whole. */
function readPointers(speaking: Speaking, text: string): Understanding | undefined {
  const pointed = namePointers(text, speaking)
  if (!pointed) return undefined
  const understood = speaking.understand(pointed.text, [pointed.called])
  const meant = pointed.called.groups.flat()
  // The thing has to be what the command is about; elsewhere the word pointed at something else.
  const isUsed = (one: Understanding): one is Extract<Understanding, { intent: Intent }> =>
    'intent' in one &&
    (one.outcome === 'choose' || refsIn(one.intent).some((ref) => meant.some((thing) => isSame(thing.ref, ref))))
  const read = isUsed(understood) ? understood : filledIn(speaking, meant)
  return read && tamed(read, speaking, pointed.shown, pointed.text)
}

/** "snooze it", which says all but of what: what is pointed at takes the place that is open. */
function filledIn(
  { plain, commandOf }: Speaking,
  meant: readonly { ref: Ref }[],
): Extract<Understanding, { outcome: 'intent' }> | undefined {
  if (plain.outcome !== 'incomplete') return undefined
  const args = commandOf(plain.intent.command)?.args ?? {}
  for (const name of plain.missing) {
    const arg = args[name]
    const fitting = arg?.type === 'entity' ? meant.filter(({ ref }) => arg.kinds.includes(ref.kind)) : []
    if (fitting.length !== 1) continue
    const { command, args: given } = plain.intent
    return run({ command, args: { ...given, [name]: { ...fitting[0]!.ref } } })
  }
  return undefined
}

/** What only reads goes on; a note too, of what the person has named; everything else is offered. */
function tamed(
  understood: Extract<Understanding, { intent: Intent }>,
  speaking: Speaking,
  shown = false,
  title?: string,
): Understanding | undefined {
  const effect = effectOf(understood.intent, speaking)
  if (effect === 'read' || (effect === 'note' && !shown)) return understood
  return offer([understood.intent], speaking, { ...(title && { said: title }) })
}

const effectOf = ({ command }: Intent, { commandOf }: Speaking): CommandInfo['effect'] =>
  commandOf(command)?.effect ?? 'change'

const run = (intent: Intent): Extract<Understanding, { outcome: 'intent' }> => ({
  outcome: 'intent',
  intent,
  via: 'follow-up',
  certainty: 1,
  recognised: [],
})
