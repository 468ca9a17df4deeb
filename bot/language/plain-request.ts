import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Args } from '../../skills/kit/arguments.js'
import { isId, naming, sureEnough } from './closed-vocabulary.js'
import { fillSlots, type Filled } from './fill-slots.js'
import type { Slots } from './slots.js'
import type { NameIndex } from './name-index.js'
import { nearest, parted } from './verb-words.js'
import { joins, pointedAt } from './pointed-at.js'
import type { Request } from './request.js'
import { inFull, singular, speakers, type RequestForm, type RequestForms } from './request-forms.js'
import { commandsByVerb, formsSaid, isOwnWord, openedBy, verbsMeant } from './request-verbs.js'
import { isOfType } from './resource-type.js'
import { placeAnywhere } from './slots-anywhere.js'
import { spokenOf } from './spoken-of.js'
import { spot } from './spotted.js'
import { turnsRequest } from './tale.js'
import type { Token } from './tokens.js'
import type { Hearing } from './understanding.js'

/**
 * A request for a change or a note whose words stand in another order than in the command's examples: "restart, in staging, the checkout web app".
 * It is as closed as the phrases are: it opens with the command's verb, has all the words of one of its phrases, and every other word is a
 * name or value of an argument, a word of the command's phrases, or one of a few that only join.
 */
export interface PlainRequest {
  command: CommandInfo
  filled: Filled
  /** What stands for its arguments, as it was said. */
  slots: Slots
  missing: string[]
  /** Words of the phrase that was met. */
  words: number
  /** Something in it or beside it is not understood: it may be asked back, and is neither proposed nor done. */
  asks: boolean
}

/**
 * The requests that an utterance makes, if it makes any; several only where commands share their verb and words.
 * @param freely whether a few words may be in it that nothing explains: it is only asked back then
 */
export function plainRequests(
  request: Request,
  learnt: readonly RequestForms[],
  hearing: Hearing,
  names: NameIndex,
  freely = false,
): PlainRequest[] {
  const tokens = request.tokens.flatMap(parted)
  const [first, second] = tokens
  if (!first || request.doubtful || second?.word === 'of') return []
  const rest = tokens.slice(1)
  const verbs = verbsMeant(first.word, learnt)
  const meant = learnt.flatMap((one): PlainRequest[] => {
    const { command, nouns, vocabulary } = one
    const opened = openedBy(first.word, verbs, one)
    if (!opened) return []
    const inOwnWords = (word: string): string => {
      const plainly = command.effect === 'change' ? singular(word) : word
      const isOthers = !vocabulary.has(plainly) && isOwnWord(word, learnt)
      return inFull((isOthers ? undefined : nearest(plainly, vocabulary)) ?? word)
    }
    const mayBe = formsSaid(one, opened, new Set(rest.map(({ word }) => inOwnWords(word))))
    if (!mayBe.length) return []
    // What changes the world names its target.
    const heard = command.effect === 'change' ? { ...hearing, subjects: [] } : hearing
    const spotted = spot(rest, hearing, names, vocabulary)
    const { slots, used, leftNames, leftTimes } = placeAnywhere(command.args, spotted, names)
    if (leftNames.length || leftTimes.length) return []
    if (!rolesAreSaid(command.args, slots, rest) || isDifference(command.args, slots, rest, first.word)) return []
    const open = rest.filter((_, at) => !used.some(({ from, to }) => at >= from && at < to))
    const pointed = pointedAt(command.args, slots, open)
    if (pointed?.slot && spokenOf(command.args[pointed.argument]!, heard.subjects ?? []).length)
      slots[pointed.argument] = pointed.slot
    const plain = open.filter((token) => !pointed?.tokens.includes(token))
    const said = plain.map(({ word }) => inOwnWords(word))
    const strange = said.flatMap((word, at) => (isExplained(word, vocabulary) ? [] : [at]))
    const [unknown, ...others] = strange
    const id = unknown === undefined || others.length ? undefined : nameAt(rest, plain[unknown]!, slots, command.args)
    const isClosed = unknown === undefined || id !== undefined
    if (
      !isClosed &&
      !(
        freely &&
        mayBeLeft(
          strange.map((at) => said[at]!),
          learnt,
        )
      )
    )
      return []
    const isMet = ({ words, slots: places, named }: RequestForm): boolean => {
      const isOwn = (word: string) => words.includes(word) || nouns.has(word) || mayJoin(word)
      return (
        (opened.isOwn || freely || said.every((word, at) => strange.includes(at) || isOwn(word))) &&
        (named !== undefined) === (id !== undefined) &&
        (named === undefined || words.some((word) => !speakers.has(word))) &&
        words.every((word) => said.includes(word) || (nouns.has(word) && namesResource(slots, command, names))) &&
        places.every(
          (name) => name === named || name in slots || name === pointed?.argument || mayBeAsked(command, name),
        )
      )
    }
    const met = mayBe.filter(isMet).sort((a, b) => b.words.length - a.words.length)[0]
    if (!met) return []
    if (id && met.named !== undefined) slots[met.named] = id
    // What nothing explains may be what is to be done to, unless that is said.
    const isNamed = met.slots.every((name) => name in slots || name === pointed?.argument)
    if (!isClosed && !(isNamed && met.slots.length)) return []
    const filled = fillSlots(command.args, narrowed(slots, command, names), names, heard)
    if (filled.unknown || filled.loose || filled.certainty < sureEnough) return []
    if (filled.wrong && typeof filled.args[filled.wrong.argument] !== 'number') return []
    const missing = Object.keys(command.args).filter(
      (name) =>
        (!command.args[name]!.optional || name === pointed?.argument) &&
        !(name in filled.args) &&
        name !== filled.choose?.argument,
    )
    return [
      {
        command,
        filled,
        slots,
        missing,
        words: met.words.length,
        asks: request.surrounded || request.isUnsure === true || !isClosed,
      },
    ]
  })
  const complete = meant.some(({ missing }) => !missing.length) ? meant.filter(({ missing }) => !missing.length) : meant
  const most = Math.max(...complete.map(({ words }) => words))
  return complete.filter(({ words }) => words === most)
}

/** Most words that nothing explains in what is asked back. */
const mostLeft = 5

/** Whether words may stand in a request that is asked back: none turns it, and none asks for something else. */
const mayBeLeft = (words: readonly string[], learnt: readonly RequestForms[]): boolean =>
  words.length <= mostLeft &&
  words.every((word) => !turnsRequest(word)) &&
  !words.some((word) =>
    commandsByVerb(learnt)
      .get(word)
      ?.some(({ effect }) => effect === 'change'),
  )

const mayJoin = (word: string): boolean => joins.has(word) || naming.has(word)

const isExplained = (word: string, vocabulary: ReadonlySet<string>): boolean => vocabulary.has(word) || mayJoin(word)

/** Verbs of differences: the number behind "to" alone is how many there are to be. */
const differing = new Set('add increase decrease reduce drop remove raise lower grow shrink'.split(' '))

/** Whether a number is said to be how many more or fewer: "by 2", "2 more", "add 2". It is no number of how many there are to be. */
export function isDifference(args: Args, slots: Slots, tokens: readonly Token[], verb: string): boolean {
  return Object.entries(slots).some(([name, { start, end }]) => {
    if (args[name]?.type !== 'number') return false
    const before = tokens.findLast((token) => token.end <= start)?.word
    const behind = tokens.find((token) => token.start >= end)?.word
    if (differing.has(verb) && before !== 'to') return true
    return before === 'by' || /^(?:more|fewer|less|extra|additional|another)$/.test(behind ?? '')
  })
}

/** A word that looks like an id, stands where a new name is given, or behind the property whose value it is. */
function nameAt(tokens: readonly Token[], token: Token, slots: Slots, args: Args): Slots[string] | undefined {
  const before = tokens[tokens.indexOf(token) - 1]
  const isValue = Object.entries(slots).some(
    ([name, { end }]) => args[name]?.type === 'choice' && !args[name].optional && end === before?.end,
  )
  return isId(token.word) || naming.has(before?.word ?? '') || isValue
    ? { words: token.word, start: token.start, end: token.end }
    : undefined
}

const prepositions = new Set(['from', 'to', 'with', 'by', 'into', 'for'])

/**
 * Whether of several things of a kind it was said which is which: "promote checkout staging production" leaves open from where and to
 * where.
 */
function rolesAreSaid(args: Args, slots: Slots, tokens: readonly Token[]): boolean {
  return Object.keys(slots).every((name) => {
    const arg = args[name]!
    if (!prepositions.has(name) || arg.type !== 'entity') return true
    const shares = Object.keys(slots).some((other) => {
      const that = args[other]!
      return other !== name && that.type === 'entity' && that.kinds.some((kind) => arg.kinds.includes(kind))
    })
    const at = tokens.findIndex(({ start }) => start === slots[name]!.start)
    return !shares || tokens[at - 1]?.word === name
  })
}

/** What must be said and is a thing of the catalog is asked for where everything else is said. */
const mayBeAsked = ({ args }: CommandInfo, name: string): boolean =>
  args[name]?.type === 'entity' && !args[name].optional

/** Whether a name that was said is one of a resource of the type that the command is for, and of no service. */
const namesResource = (slots: Slots, { args }: CommandInfo, names: NameIndex): boolean =>
  Object.entries(slots).some(([name, { words }]) => {
    const arg = args[name]!
    if (arg.type !== 'entity' || arg.resourceType === undefined) return false
    const found = names.find(words, arg.kinds).filter(({ ref }) => isOfType(ref, arg))
    return found.length > 0 && found.every(({ ref }) => ref.kind === 'Resource')
  })

/** Of several things of a name the one of the environment that was said: "the jumpbox in staging". */
function narrowed(slots: Slots, { args }: CommandInfo, names: NameIndex): Slots {
  const where = slots.environment?.words
  if (where === undefined) return slots
  return Object.fromEntries(
    Object.entries(slots).map(([name, slot]) => {
      const arg = args[name]!
      if (name === 'environment' || arg.type !== 'entity') return [name, slot]
      const several = names.find(slot.words, arg.kinds).filter(({ ref }) => isOfType(ref, arg))
      const [first, second] = several
      if (!first || !second || first.certainty > second.certainty + 0.04 || first.ref.kind !== second.ref.kind)
        return [name, slot]
      const [one, other] = names.find(`${slot.words} ${where}`, arg.kinds).filter(({ ref }) => isOfType(ref, arg))
      const isOne = one?.wordForWord && (!other || other.certainty < one.certainty - 0.04)
      return [name, isOne ? { ...slot, words: `${slot.words} ${where}` } : slot]
    }),
  )
}
