import { faultOf } from '../../skills/kit/argument-faults.js'
import type { Arg, Args } from '../../skills/kit/arguments.js'
import { takesKind } from '../../skills/kit/model.js'
import type { Slots } from './slots.js'
import type { NameIndex } from './name-index.js'
import { bothEnds } from './both-ends.js'
import { askedBy } from './read-filter-words.js'
import { recurrenceIn } from './place-recurrence.js'
import { bare, questionIn, saidIn } from './question-anywhere.js'
import { readQuestion } from './read-question.js'
import { isOfType } from './resource-type.js'
import { readValue } from './read-value.js'
import { wordsOf } from './slash.js'
import type { SpottedName, Stretch } from './spot-names.js'
import type { SpottedTime } from './spot-times.js'
import type { Spotted } from './spotted.js'
import { toldSlots } from './told-choice.js'
import type { Token } from './tokens.js'
import { versionsApart } from './versions-apart.js'

/** What of a text fills the arguments of a command, wherever it stands. */
export interface Placed {
  slots: Slots
  /** Tokens that a slot took. */
  used: readonly Stretch[]
  /** Names that no argument takes: a sign that another command is meant. */
  leftNames: readonly SpottedName[]
  /** Times and numbers that no argument takes. */
  leftTimes: readonly SpottedTime[]
}

/** Puts the names, times, numbers and words of a text into the places of a command's arguments. Free text fills nothing: where it begins cannot be told. */
export function placeAnywhere(args: Args, { names: joined, apart, ...rest }: Spotted, names: NameIndex): Placed {
  const takesEnvironment = Object.values(args).some((arg) => arg.type === 'entity' && arg.kinds.includes('Environment'))
  const spotted = { ...rest, apart, names: versionsApart(args, takesEnvironment ? apart : joined, rest.tokens, names) }
  const slots: Slots = {}
  const used: Stretch[] = []
  const place = (argument: string, stretch: Stretch) => {
    const said = spotted.tokens.slice(stretch.from, stretch.to)
    slots[argument] = { words: bare(wordsOf(said, spotted.text)), start: said[0]!.start, end: said.at(-1)!.end }
    used.push(stretch)
  }
  const free = <S extends Stretch>(all: readonly S[]) => all.filter((one) => !used.some((other) => overlap(one, other)))

  for (const [argument, { kinds }] of inOrder(args, 'filter')) {
    const question = questionIn(spotted, names)
    const isOfKind =
      kinds === undefined ||
      (question && readQuestion(saidIn(question, spotted), askedBy(spotted.hearing, names), { kinds }))
    if (question && isOfKind) place(argument, question)
  }
  const recurrence = recurrenceIn(args, spotted)
  const said = recurrence ? Object.entries(recurrence.words) : []
  for (const [argument, words] of said) {
    place(argument, recurrence!)
    slots[argument]!.words = words
  }
  for (const [argument, arg] of inOrder(args, 'choice')) {
    const word = choiceIn(arg, spotted, free)
    if (word) place(argument, word)
  }
  for (const [argument, arg] of inOrder(args, 'entity')) {
    const fitting = free(spotted.names).filter(({ candidates }) =>
      candidates.some(({ ref }) => takesKind(arg.kinds, ref.kind) && isOfType(ref, arg)),
    )
    const led = fitting.find(({ from }) => spotted.tokens[from - 1]?.word === argument)
    const unled = fitting.filter((one) => !isLedByOther(one, argument, args, spotted.tokens))
    const name = led ?? unled.find((one) => !isVerb(one, spotted.tokens)) ?? unled[0]
    const numbered = name ?? recordByNumber(arg, free(spotted.times), names)
    if (name) place(argument, name)
    else if (numbered) {
      place(argument, numbered)
      slots[argument]!.words = `INC-${slots[argument]!.words.replace('#', '')}`
    } else if (arg.kinds.includes('Team') && ownTeamIn(spotted)) place(argument, ownTeamIn(spotted)!)
    else if (arg.kinds.includes('Person')) {
      const me = speakerIn(spotted.tokens)
      if (me && free([me]).length) place(argument, me)
    }
  }
  Object.assign(slots, toldSlots(args, spotted.tokens, spotted.names))
  for (const { stretch, says } of endsIn(args, free(spotted.times), spotted.tokens))
    for (const [argument, words] of Object.entries(says)) {
      place(argument, stretch)
      slots[argument]!.words = words
    }
  for (const [argument, arg] of Object.entries(args)) {
    if (arg.type === 'entity' || arg.type === 'choice' || arg.type === 'filter' || arg.type === 'text') continue
    // What the command cannot say of a recurrence it says nothing of: "every other Monday" is not every Monday.
    if (argument in slots || (recurrence && !said.length)) continue
    const time = free(spotted.times).find((stretch) => {
      const { words } = stretch
      if (isTimed(arg) && counts(stretch, spotted.tokens)) return false
      const value = readValue(arg, words, anytime)
      // What need not be said and cannot be meant is something else: "9.6" is no number of steps.
      return value !== undefined && !(arg.optional && arg.type === 'number' && faultOf(arg, value))
    })
    // "incidents 7d" are those of the last seven days.
    const length = arg.type === 'range' && !time ? free(spotted.times).find(({ is }) => is === 'duration') : undefined
    // "At 6 instances" says how many: there is no such time where one number is asked for.
    const many =
      arg.type === 'number' && !time ? free(spotted.times).find(({ words }) => atMany.test(words)) : undefined
    const found = time ?? length ?? many
    if (found) {
      place(argument, found)
      slots[argument]!.words = found.words.replace(many ? /^at /i : '', '')
    }
    if (length) slots[argument]!.words = `last ${slots[argument]!.words}`
  }
  return { slots, used, leftNames: free(spotted.names), leftTimes: free(spotted.times) }
}

const isTimed = ({ type }: Arg): boolean => type === 'time' || type === 'time-of-day' || type === 'range'

/** "Three people": a number of things is no time. */
const counts = ({ is, to }: SpottedTime, tokens: readonly Token[]): boolean =>
  is === 'number' && /^(?:people|\p{L}{3,}s)$/u.test(tokens[to]?.word ?? '')

const atMany = /^at \d{1,3}$/i

/** Arguments that are the end of something. */
const endings = ['to', 'until']
const endOnly = /^(?:up )?(?:to|until|till|by) (.+)$/i

/** What is said of an end: "until 3 pm", or both ends together, "tomorrow from 9 to 17". */
function endsIn(args: Args, times: readonly SpottedTime[], tokens: readonly Token[]) {
  const end = endings.find((name) => args[name]?.type === 'time')
  const arg = end === undefined ? undefined : args[end]
  if (end === undefined || arg?.type !== 'time') return []
  const isTime = (words: string) => readValue(arg, words, anytime) !== undefined
  const begins = args.from?.type === 'time' && end === 'to'
  for (const stretch of times) {
    const ends = begins ? bothEnds(stretch.words, anytime) : undefined
    if (ends) return [{ stretch, says: { from: ends.begin, to: ends.end } }]
  }
  for (const stretch of times) {
    const isLed = /^(?:to|until|till|by)$/.test(tokens[stretch.from - 1]?.word ?? '')
    const words = endOnly.exec(stretch.words)?.[1] ?? (isLed ? stretch.words : '')
    if (isTime(words)) return [{ stretch, says: { [end]: words } }]
  }
  return []
}

/** "130", where only an incident can be meant and there is INC-130. */
const recordByNumber = (
  { kinds }: Extract<Arg, { type: 'entity' }>,
  times: readonly SpottedTime[],
  names: NameIndex,
): SpottedTime | undefined =>
  kinds.length === 1 && kinds[0] === 'Incident'
    ? times.find(
        ({ is, words }) => is === 'number' && /^#?\d{2,5}$/.test(words) && names.knows(`INC-${words.replace('#', '')}`),
      )
    : undefined

/** Whether words are a time does not depend on when they are said; what they mean is read when slots are filled. */
const anytime = { now: '2026-01-07T12:00:00.000Z', zone: 'UTC' }

/** Arguments of a type, those that must be said first. */
function inOrder<T extends Arg['type']>(args: Args, type: T): [string, Extract<Arg, { type: T }>][] {
  return Object.entries(args)
    .filter((entry): entry is [string, Extract<Arg, { type: T }>] => entry[1].type === type)
    .sort(([, a], [, b]) => Number(a.optional ?? false) - Number(b.optional ?? false))
}

/** "to payments" is for the argument `to`, and for no other. */
const leading = new Set(['from', 'to', 'with', 'by', 'for', 'into'])
const isLedByOther = ({ from }: Stretch, argument: string, args: Args, tokens: readonly Token[]): boolean => {
  const before = tokens[from - 1]?.word
  return before !== undefined && before !== argument && leading.has(before) && args[before]?.type === 'entity'
}

/** "I search the owner of …": behind who does something stands what they do, though a thing is called so. */
const isVerb = ({ from, to }: Stretch, tokens: readonly Token[]): boolean =>
  to === from + 1 && /^(?:i|we|you|they)$/.test(tokens[from - 1]?.word ?? '')

const overlap = (a: Stretch, b: Stretch): boolean => a.from < b.to && b.from < a.to

/** "my", "mine", "for me", "am i": the speaker as a person. */
function speakerIn(tokens: readonly Token[]): Stretch | undefined {
  const at = tokens.findIndex(
    ({ word }, index) =>
      (word === 'my' && !isTeam(tokens[index + 1]?.word)) ||
      word === 'mine' ||
      (word === 'i' && ['am', 'do', 'did', 'have'].includes(tokens[index - 1]?.word ?? '')) ||
      (word === 'me' && ['for', 'to', 'of', 'on', 'by', 'with', 'from'].includes(tokens[index - 1]?.word ?? '')),
  )
  return at < 0 ? undefined : { from: at, to: at + 1 }
}

const isTeam = (word: string | undefined): boolean => /^(?:team|squad|crew)s?$/.test(word ?? '')

/** "my team", "our team", where it is known which that is. */
function ownTeamIn({ tokens, hearing }: Spotted): Stretch | undefined {
  const at = hearing.teams?.length
    ? tokens.findIndex(({ word }, index) => (word === 'my' || word === 'our') && isTeam(tokens[index + 1]?.word))
    : -1
  return at < 0 ? undefined : { from: at, to: at + 2 }
}

const widestChoice = 3

function choiceIn(
  arg: Extract<Arg, { type: 'choice' }>,
  { tokens }: Spotted,
  free: (all: readonly Stretch[]) => readonly Stretch[],
): Stretch | undefined {
  const known = new Set([...arg.values.map((value) => value.toLowerCase()), ...Object.keys(arg.said ?? {})])
  // "Sev 2" is a value in more ways than can be listed.
  const isValue = (words: string) =>
    known.has(words) || (/\b(?:sev|severity)/.test(words) && readValue(arg, words) !== undefined)
  for (let width = Math.min(widestChoice, tokens.length); width; width--)
    for (let from = 0; from + width <= tokens.length; from++) {
      const words = tokens.slice(from, from + width).map(({ word }) => word)
      if (isValue(words.join(' ')) && free([{ from, to: from + width }]).length) return { from, to: from + width }
    }
  return undefined
}
