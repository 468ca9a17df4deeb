import { faultOf } from '../../skills/kit/argument-faults.js'
import type { Arg } from '../../skills/kit/arguments.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { usualEnvironment } from '../../skills/kit/environment-names.js'
import type { Json } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Intent } from '../../skills/kit/reply.js'
import { narrowed } from './follow-up-filter.js'
import { callOf, isSame, refIn, type Speaking } from './follow-up-memory.js'
import { kindAt } from './kind-words.js'
import { exactly, type Candidate } from './name-index.js'
import { askedBy } from './read-filter-words.js'
import { readValue } from './read-value.js'
import { isAlwaysSpokenOf } from './spoken-of.js'

/** An intent with one argument said anew. */
export interface Replaced {
  intent: Intent
  argument: string
  /** The things that the words fit, where they name one; of several it is asked which. */
  candidates: readonly Candidate[]
}

/** Names less sure than this are not taken for an answer that names nothing else. */
const sure = 0.85
const closeCall = 0.05

/**
 * The last command asked once more, with words in place of the argument they fit: "payments", "staging", "yesterday". What was said is
 * taken before what was not, and plain values, which are few, before names, which are many.
 */
export function replaceArgument(intent: Intent, words: string, speaking: Speaking): Replaced | undefined {
  const command = speaking.commandOf(intent.command)
  if (!command) return undefined
  const given = Object.entries(command.args).sort(
    ([one], [other]) => Number(other in intent.args) - Number(one in intent.args),
  )
  for (const [argument, arg] of given) {
    const value = plainValue(arg, words, intent.args[argument], speaking)
    if (value !== undefined) return { intent: withArgument(intent, command, argument, value), argument, candidates: [] }
  }
  for (const [argument, arg] of given) {
    const candidates = arg.type === 'entity' ? named(words, arg, intent.args[argument], speaking) : []
    const [best] = candidates
    if (!best) continue
    const alike = candidates.filter(
      (one) => one.certainty > best.certainty - closeCall && one.ref.kind === best.ref.kind,
    )
    return { intent: withArgument(intent, command, argument, { ...best.ref }), argument, candidates: alike }
  }
  return undefined
}

/** A plain value in words; free text is none, because any words would be. */
function plainValue(arg: Arg, words: string, before: Json | undefined, speaking: Speaking): Json | undefined {
  if (arg.type === 'entity' || arg.type === 'text') return undefined
  if (arg.type === 'filter')
    return typeof before === 'string' ? narrowed(before, words, askedBy(speaking.hearing, speaking.names)) : undefined
  // A bare number is many things: only one that was said before is said anew by one.
  if (arg.type === 'number' && before === undefined) return undefined
  const environment = arg.type === 'choice' ? usualEnvironment(words) : undefined
  const { now, zone } = speaking.hearing
  const value =
    readValue(arg, words, { now, zone }) ??
    (environment !== undefined ? readValue(arg, environment, { now, zone }) : undefined)
  return value === undefined || faultOf(arg, value) ? undefined : value
}

/** Things that words may name in place of the one that was meant before. */
function named(
  words: string,
  arg: Extract<Arg, { type: 'entity' }>,
  before: Json | undefined,
  { names, thingOf, hearing }: Speaking,
): Candidate[] {
  const { kinds } = arg
  const old = refIn(before)
  // A record is told by its number, and never by what it is about: another proposal for the same thing is another proposal.
  if (isAlwaysSpokenOf(arg))
    return names.find(words, kinds).filter(({ certainty, wordForWord }) => certainty >= exactly && wordForWord)
  const was = old && thingOf(old)
  const surely = (said: string, of = kinds) =>
    names.find(said, of).filter(({ certainty, ref }) => certainty >= sure && !(old && isSame(ref, old)))
  // Of equals the one of the kind that was meant before: Payments is a service after a service, and a team after a team.
  const plainly = surely(words).sort(
    (a, b) => b.certainty - a.certainty || Number(b.ref.kind === old?.kind) - Number(a.ref.kind === old?.kind),
  )
  if (plainly.length || !was) return plainly
  // "no, the api" after "orders": the other thing of that name, by what tells it apart.
  const name = callOf(was)
  const kind = kindAt(words.split(' '), 0, hearing.kinds ?? builtInKinds)
  const ofKind = kind && kinds.includes(kind.kind.kind) ? surely(name, [kind.kind.kind]) : []
  if (ofKind.length) return ofKind
  // It was that already: "no, the api" after payments-api, where no other kind is asked for.
  if (isOwnEnding(words, name)) return [{ ref: old, name, certainty: 1, wordForWord: true }]
  const stem = name.replace(/[-_ ]([a-z]+)$/i, (end, last: string) => (usualEnvironment(last) ? '' : end))
  const others = [
    `${stem}-${words}`,
    `${stem} ${words}`,
    ...shortEnvironments(words).map((short) => `${stem}-${short}`),
  ]
    .map((said) => surely(said))
    .filter(({ length }) => length)
  // What is called just so is meant, and no group that is called after it.
  return others.find(([best]) => best!.certainty >= exactly) ?? others[0] ?? []
}

/** Whether words are how a name ends. */
const isOwnEnding = (words: string, name: string): boolean =>
  ['-', '_', ' '].some((sign) => name.toLowerCase().endsWith(`${sign}${words}`))

/** How names of resources end by environment, of the usual ones. */
const endings: Readonly<Record<string, readonly string[]>> = {
  production: ['prd', 'prod'],
  staging: ['stg', 'stage'],
  test: ['tst', 'test'],
  dev: ['dev'],
}

const shortEnvironments = (words: string): readonly string[] => endings[usualEnvironment(words) ?? ''] ?? []

/** A page is of the question before, and of two ways to say when the newer one holds. */
function withArgument(intent: Intent, { args: declared }: CommandInfo, argument: string, value: Json): Intent {
  const isWhen = (name: string) =>
    ['time', 'range'].includes(declared[name]?.type ?? '') || name === 'when' || name === 'since'
  const kept = Object.entries(intent.args).filter(
    ([name]) => name !== 'after' && !(isWhen(argument) && isWhen(name) && name !== argument),
  )
  return { ...intent, args: { ...Object.fromEntries(kept), [argument]: value } }
}
