import { faultOf } from '../../skills/kit/argument-faults.js'
import type { Args } from '../../skills/kit/arguments.js'
import type { Instant, Json, Kind } from '../../skills/kit/model.js'
import { refKey } from '../../skills/kit/ref-key.js'
import { environmentApart, environmentSaid, sameEnvironment } from './environment-apart.js'
import { chooseTarget } from './choose-target.js'
import { filterApart } from './filter-apart.js'
import type { Candidate, NameIndex } from './name-index.js'
import { readEnd } from './read-end.js'
import { askedBy } from './read-filter-words.js'
import { readQuestion } from './read-question.js'
import { isOfType, nounsOf, typeOfId } from './resource-type.js'
import { readTerms } from './read-terms.js'
import { readValue, type PlainArg } from './read-value.js'
import { pointsAtIt, spokenOf } from './spoken-of.js'
import { timesApart } from './times-apart.js'
import { tokensOf } from './tokens.js'
import type { Slots } from './slots.js'
import type { Hearing, Recognition } from './understanding.js'

/** What became of the words: filled arguments, and at most one that is ambiguous or unknown. */
export interface Filled {
  args: Record<string, Json>
  recognised: Recognition[]
  /** How sure the names are, all together. */
  certainty: number
  choose?: { argument: string; options: Candidate[] }
  /** A name that is sure enough for an answer, and not for anything to be done: what it may be. */
  unsure?: { argument: string; options: Candidate[] } | undefined
  unknown?: { argument: string; kinds: readonly Kind[]; words: string; near: Candidate[] }
  /** A plain argument whose words are not a value of its type. */
  wrong?: { argument: string }
  /** A name was found by less than all of its words. */
  loose?: true
}

/** Names at least this sure are taken without asking: one slip in the four letters of a short form still is. */
const sure = 0.65
const pronouns = /^(me|my|mine|i|myself)$/i
const ownTeam = /^(?:(?:my|our)(?: own)? (?:team|squad|crew|group)s?|us|ours)$/i
/** How sure words are that point at something where nothing is spoken of: surer than an unknown name, because it can be asked for. */
const pointless = 0.5

/** What filling takes of somebody who says something. */
type Asking = Pick<Hearing, 'speaker' | 'now' | 'zone' | 'subjects' | 'teams' | 'kinds'> &
  Partial<Pick<Hearing, 'text' | 'reading'>>

/** What was filled in while a text is understood, by the arguments and by what stands for them: many phrases have the same words in the same places. */
const fillings = new WeakMap<object, Map<Args, Map<string, Filled>>>()

/**
 * Fills arguments from words: names through the index, plain values by their type, and from what is spoken of what is not said. What is filled
 * belongs to whoever asked before as well, and is not changed.
 */
export function fillSlots(args: Args, slots: Slots, names: NameIndex, hearing: Asking): Filled {
  const { reading, subjects = [] } = hearing
  if (!reading) return fill(args, slots, names, hearing)
  const said = Object.entries(slots).map(([name, { words, start, end }]) => `${name} ${start} ${end} ${words}`)
  const key = [...said, ...subjects.map(refKey)].join('\n')
  const before = fillings.get(reading) ?? new Map<Args, Map<string, Filled>>()
  fillings.set(reading, before)
  const ofArgs = before.get(args) ?? new Map<string, Filled>()
  before.set(args, ofArgs)
  const filled = ofArgs.get(key) ?? fill(args, slots, names, hearing)
  ofArgs.set(key, filled)
  return filled
}

function fill(args: Args, slots: Slots, names: NameIndex, hearing: Asking): Filled {
  const { speaker, now, zone, subjects = [], teams = [] } = hearing
  const asked = askedBy(hearing, names)
  const filled: Filled = { args: {}, recognised: [], certainty: 1 }
  const targets = new Map<string, Candidate>()
  let begin: Instant | undefined
  for (const [argument, { words, start, end }] of Object.entries(
    toldBetter(args, environmentApart(args, timesApart(args, slots, names, { now, zone }), names), names),
  )) {
    const arg = args[argument]!
    if (arg.type !== 'entity') {
      const value =
        arg.type === 'filter'
          ? readQuestion(words, asked, arg)
          : (endAfter(begin, arg, words, zone) ?? readValue(arg, words, { now, zone }))
      if (arg.type === 'time' && value !== undefined) begin = value as Instant
      if (value === undefined || faultOf(arg, value)) filled.wrong = { argument }
      // Words that are no value go on as they are: the check of the intent says what is wrong with them, and nothing is left out in silence.
      filled.args[argument] = value ?? words
      continue
    }
    if (arg.kinds.includes('Person') && pronouns.test(words)) {
      filled.args[argument] = { ...speaker }
      const span = { start, end }
      filled.recognised.push({ argument, ref: speaker, name: words, span, certainty: 1, rivals: [] })
      continue
    }
    if (arg.kinds.includes('Team') && teams.length && ownTeam.test(words)) {
      take(
        argument,
        teams.map(({ kind, id, name }) => ({ ref: { kind, id }, name, certainty: 1, wordForWord: true })),
        filled,
      )
      continue
    }
    if (pointsAtIt(words, arg)) {
      if (!spokenOf(arg, subjects).length) filled.certainty = Math.min(filled.certainty, pointless)
      take(argument, spokenOf(arg, subjects), filled)
      continue
    }
    const typed = calledWithType(arg, { words, start, end }, hearing.text ?? '', names)
    const found = typed ? [typed] : names.find(words, arg.kinds).filter(({ ref }) => isOfType(ref, arg))
    const target = chooseTarget(found, arg)
    if (!target || target.best.certainty < sure) {
      filled.unknown = { argument, kinds: arg.kinds, words, near: found.slice(0, 3) }
      filled.certainty = Math.min(filled.certainty, 0.3)
      continue
    }
    const { best, rivals, alike, unsure } = target
    if (alike.length) filled.choose = { argument, options: alike }
    if (unsure.length) filled.unsure ??= { argument, options: unsure }
    if (!best.wordForWord) filled.loose = true
    filled.args[argument] = { ...best.ref }
    filled.recognised.push({
      argument,
      ref: best.ref,
      name: best.name,
      span: { start, end },
      certainty: best.certainty,
      rivals: rivals.map(({ ref, name, certainty }) => ({ ref, name, certainty })),
    })
    filled.certainty = Math.min(filled.certainty, best.certainty)
    targets.set(argument, best)
  }
  filled.unsure ??= elsewhere(args, targets)
  const where = environmentSaid(args, slots, targets, names)
  if (where && !('environment' in filled.args)) filled.args.environment = { ...where }
  for (const [argument, arg] of Object.entries(args))
    if (!arg.optional && !(argument in slots)) take(argument, spokenOf(arg, subjects), filled)
  return { ...filled, args: filterApart(args, filled.args, asked.kinds, now) }
}

/**
 * Words in the place where more is understood of them: "yesterday" is a stretch of time, where the command takes one, and the name of a thing is that
 * thing, where the command takes it before free words.
 */
function toldBetter(args: Args, slots: Slots, names: NameIndex): Slots {
  const order = Object.keys(args)
  const moves = Object.entries(slots).flatMap(([name, slot]): [from: string, to: string, slot: Slots[string]][] => {
    const arg = args[name]
    const open = order.filter((other) => !(other in slots) && args[other]!.optional)
    if (arg?.type === 'choice') {
      const range = open.find((other) => args[other]!.type === 'range')
      return range !== undefined && readValue(args[range] as PlainArg, slot.words, anytime) !== undefined
        ? [[name, range, slot]]
        : []
    }
    if (arg?.type !== 'text' || !arg.optional) return []
    const words = arg.holds === 'terms' ? readTerms(slot.words) : slot.words.replace(/[?!.]+$/, '')
    const thing = open.find(
      (other) => order.indexOf(other) < order.indexOf(name) && isCalled(words, args[other]!, names),
    )
    return thing === undefined ? [] : [[name, thing, { ...slot, words }]]
  })
  const moved = new Set(moves.map(([from]) => from))
  return Object.fromEntries([
    ...Object.entries(slots).filter(([name]) => !moved.has(name)),
    ...moves.map(([, to, slot]) => [to, slot] as const),
  ])
}

/** Whether words are a time does not depend on when they are said. */
const anytime = { now: '2026-01-07T12:00:00.000Z', zone: 'UTC' }

function isCalled(words: string, arg: Args[string], names: NameIndex): boolean {
  if (arg.type !== 'entity') return false
  const [best] = names.find(words, arg.kinds)
  return best !== undefined && best.certainty >= called && best.wordForWord && !best.doubtful
}

/**
 * The one resource that is called so with the word for its type behind it: "orders scale set" is `vmss-orders-prd`, though Orders is a service too.
 */
function calledWithType(
  arg: Extract<Args[string], { type: 'entity' }>,
  { words, end }: Slots[string],
  text: string,
  names: NameIndex,
): Candidate | undefined {
  if (arg.resourceType === undefined) return undefined
  const nouns = nounsOf(arg)
  const behind = tokensOf(text.slice(end, end + widestType))
  const others = behind.findIndex(({ word }) => !nouns.has(word))
  const type = behind.slice(0, others < 0 ? behind.length : others).map(({ word }) => word)
  if (!type.length) return undefined
  const [one, other] = names
    .find(`${words} ${type.join(' ')}`, arg.kinds)
    .filter(
      ({ ref, wordForWord }) =>
        ref.kind === 'Resource' && wordForWord && typeOfId(ref.id) === arg.resourceType!.toLowerCase(),
    )
  return one && (!other || other.certainty < one.certainty - closeCall) ? one : undefined
}

/** Most characters in which the word for a type stands behind a name. */
const widestType = 24
/** As sure as that are two of whom it cannot be said which is meant. */
const closeCall = 0.04

/** A name in the place of free words is one where it is said nearly as it is. */
const called = 0.9

/** A target that runs elsewhere than was said: "checkout-web-stg in production" names two things, and nobody knows which is meant. */
function elsewhere(args: Args, targets: ReadonlyMap<string, Candidate>): Filled['unsure'] {
  const where = [...targets.values()].find(({ ref }) => ref.kind === 'Environment')
  const [argument, target] =
    [...targets].find(
      ([name, { environment }]) =>
        args[name]?.type === 'entity' && environment !== undefined && !isThere(environment, where),
    ) ?? []
  return where && argument !== undefined && target ? { argument, options: [target] } : undefined
}

const isThere = (environment: string, where: Candidate | undefined): boolean =>
  where !== undefined && [where.ref.id, where.name].some((said) => sameEnvironment(said, environment))

/** Takes what is spoken of; of several one is asked for, and of none an argument stays open. */
function take(argument: string, about: Candidate[], filled: Filled): void {
  const [only, ...more] = about
  if (only) filled.args[argument] = { ...only.ref }
  if (more.length) filled.choose ??= { argument, options: about }
}

/** The end of a stretch whose beginning was read before it. */
const endAfter = (begin: Instant | undefined, { type }: Args[string], words: string, zone: string) =>
  type === 'time' && begin !== undefined ? readEnd(words, begin, zone) : undefined
