import { usualEnvironment } from '../../skills/kit/environment-names.js'
import type { Json } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Likelihood } from './classifier/command-classifier.js'
import { fillSlots } from './fill-slots.js'
import { withFreeText } from './free-text.js'
import type { NameIndex } from './name-index.js'
import { placeAnywhere } from './slots-anywhere.js'
import type { Spotted } from './spotted.js'
import type { Hearing, Recognition, Suggestion, Understanding } from './understanding.js'

/** Buttons that are offered where no command was meant for sure. */
const most = 3
/** Commands less likely than this are not worth a button. */
const leastLikely = 0.02
/** Nor is a change that nothing is named for. */
const leastOfChange = 0.06
/** The same where something is named that they can be asked of. */
const leastOfNamed = 0.002

/** A command as a button, with the names that the text holds filled in. */
export function suggestionOf(
  { command, certainty }: Likelihood,
  spotted: Spotted,
  names: NameIndex,
  hearing: Hearing,
): Suggestion {
  const slots = withFreeText(command.args, placeAnywhere(command.args, spotted, names), spotted)
  const { args, recognised, wrong, unknown, choose } = fillSlots(command.args, slots, names, hearing)
  const open = [wrong?.argument, unknown?.argument, choose?.argument]
  const sure = Object.fromEntries(Object.entries(args).filter(([argument]) => !open.includes(argument)))
  // A title says what was said; of what the whole text tells no words can be shown.
  const said = Object.fromEntries(Object.entries(slots).filter(([, { start, end }]) => start < end))
  return { intent: { command: command.id, args: sure }, title: titled(command, recognised, said, sure), certainty }
}

/** The nearest commands, likeliest first. */
export function suggest(
  ranked: readonly Likelihood[],
  spotted: Spotted,
  names: NameIndex,
  hearing: Hearing,
): Understanding {
  const near = ranked
    .filter(
      ({ certainty, command: { effect } }) =>
        certainty >= (spotted.names.length ? leastOfNamed : effect === 'change' ? leastOfChange : leastLikely),
    )
    .slice(0, most)
  return near.length
    ? { outcome: 'suggest', suggestions: near.map((one) => suggestionOf(one, spotted, names, hearing)) }
    : { outcome: 'none', reason: 'I did not understand that.' }
}

/** Beside an answer fewer are offered: there is one already. */
const mostBeside = most - 1

/** What else may have been meant, beside a command that is answered. */
export function insteadOf(
  command: string,
  ranked: readonly Likelihood[],
  spotted: Spotted,
  names: NameIndex,
  hearing: Hearing,
): Suggestion[] {
  const others = ranked.filter((one) => one.command.id !== command)
  const near = suggest(others.slice(0, mostBeside), spotted, names, hearing)
  return near.outcome === 'suggest' ? near.suggestions : []
}

/** What says not to do something is left alone; what can be looked at of what it names is offered, and nothing that does anything. */
export function leaveAlone(
  reading: readonly CommandInfo[],
  spotted: Spotted,
  names: NameIndex,
  hearing: Hearing,
): Understanding {
  const suggestions: Suggestion[] = []
  for (const command of reading) {
    const [argument, ...more] = Object.keys(command.args).filter((name) => !command.args[name]!.optional)
    if (argument === undefined || more.length || command.args[argument]!.type !== 'entity') continue
    const suggestion = suggestionOf({ command, certainty: 0 }, spotted, names, { ...hearing, subjects: [] })
    if (suggestion.intent.args[argument] !== undefined) suggestions.push(suggestion)
    if (suggestions.length === mostLookedAt) break
  }
  return { outcome: 'suggest', suggestions, declined: true }
}

/** What can be looked at of what is left alone. */
const mostLookedAt = 2

/** A phrase with the names of its places. */
interface Sayable {
  phrase: string
  places: string[]
}

const known = new WeakMap<readonly string[], readonly [Sayable, ...Sayable[]]>()

/** What a command is asked with, its example first. */
function sayableOf({ example, says }: Pick<CommandInfo, 'example' | 'says'>): readonly [Sayable, ...Sayable[]] {
  const before = known.get(says)
  if (before) return before
  const sayable = (phrase: string): Sayable => ({
    phrase,
    places: [...phrase.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
  })
  const all = [sayable(example), ...says.map(sayable)] satisfies [Sayable, ...Sayable[]]
  known.set(says, all)
  return all
}

/** What a thing is called; an environment by its usual name, for its own is often short: "staging" for `stg`. */
const called = ({ ref, name }: Pick<Recognition, 'ref' | 'name'>): string =>
  (ref.kind === 'Environment' && usualEnvironment(name)) || name

/** A command in the words of the example that says most of what is known of it: "Restart checkout-web in staging". */
export function titled(
  command: Pick<CommandInfo, 'example' | 'says' | 'effect' | 'args'>,
  recognised: readonly Pick<Recognition, 'argument' | 'ref' | 'name'>[],
  slots: Readonly<Record<string, { words: string }>>,
  args: Readonly<Record<string, Json>>,
): string {
  const shown = Object.fromEntries(recognised.map((one) => [one.argument ?? '', called(one)]))
  const said = (name: string): string | undefined => shown[name] ?? slots[name]?.words
  const { effect, args: takes } = command
  const sayable = sayableOf(command)
  const fitting = sayable.filter(({ places }) => places.every((name) => name in args && said(name) !== undefined))
  const [most = sayable[0]] = fitting.sort((a, b) => b.places.length - a.places.length)
  // What is yet to be asked for shows as a gap: other words without a place would say less, or something else.
  const isOpen = effect !== 'read' || Object.entries(takes).some(([name, { optional }]) => !optional && !(name in args))
  const best = isOpen && !most.places.length ? sayable[0] : most
  // "For {ttl}" and "for 4 hours" say "for" once.
  const title = best.phrase.replace(/(?:(\w+) )?\{(\w+)\}/g, (_, before: string | undefined, name: string) => {
    const words = said(name) ?? '…'
    return before === undefined || words.toLowerCase().startsWith(`${before} `) ? words : `${before} ${words}`
  })
  return title.charAt(0).toUpperCase() + title.slice(1)
}
