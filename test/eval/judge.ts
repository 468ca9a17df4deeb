import { readDuration } from '../../bot/language/read-duration.js'
import type { Suggestion, Understanding } from '../../bot/language/understanding.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import { printFilter } from '../../skills/kit/catalog/print-filter.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import type { Effect } from '../../skills/kit/effect.js'
import type { Json, Ref } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { EvalCase } from './eval-case.js'

/** How one case went. */
export interface Verdict {
  one: EvalCase
  /** Effect of the command that is meant. */
  effect?: Effect
  /**
   * `right` and `wrong`: it went on with a command; `asked`: the right one, with a question back; `suggested`: the right one is among three
   * buttons; `missed`: buttons without it; `refused`: nothing was understood, or it was left alone.
   */
  came: 'right' | 'wrong' | 'asked' | 'suggested' | 'missed' | 'refused'
  /** Whether the right one is among the buttons, in place of an answer or beside a wrong one. */
  offered: boolean
  /** The command that it came to. */
  got?: string
  /** It went on with that command, without asking back. */
  goesOn: boolean
  /** What understood it, and how surely, where it went on. */
  via?: Extract<Understanding, { outcome: 'intent' }>['via']
  certainty?: number
  /** Whether a change would be proposed, and whether somebody asked for that one. */
  proposes: boolean
  unasked: boolean
  /** Whether a record of Nexus would change that nobody asked to change. */
  unaskedNote: boolean
  /** It goes on with an entity that is not meant. */
  wrongTarget: boolean
  /** Arguments that the case says, those of them that were given, and the right ones; what the case does not say is not judged. */
  args: { said: number; given: number; right: number }
}

/** What things of the catalog are called. */
export interface Called {
  nameOf(ref: Ref): string | undefined
  /** The resource group of the resource of a name. */
  groupOf(name: string): string | undefined
}

/** Compares what a case means with what it was understood as. */
export function judge(
  one: EvalCase,
  understanding: Understanding,
  commands: readonly CommandInfo[],
  called: Called,
): Verdict {
  const effectOf = (id: string | null | undefined) => commands.find((command) => command.id === id)?.effect
  const effect = effectOf(one.command)
  const got = commandOf(understanding)
  const came = cameTo(one, understanding, got, effectOf(got))
  const goesOn = understanding.outcome === 'intent' && came !== 'refused'
  const gotEffect = goesOn ? effectOf(got) : undefined
  const { args, wrongTarget } = compareArgs(one, understanding, commands, called)
  const proposes = gotEffect === 'change'
  const other = got !== one.command
  return {
    one,
    ...(effect && { effect }),
    came,
    offered: offeredIn(understanding).some(({ intent }) => intent.command === one.command),
    ...(got !== undefined && { got }),
    goesOn,
    ...(understanding.outcome === 'intent' && { via: understanding.via, certainty: understanding.certainty }),
    proposes,
    unasked: proposes && other,
    unaskedNote: gotEffect === 'note' && other,
    wrongTarget: wrongTarget && goesOn && !other && gotEffect !== 'read',
    args,
  }
}

function offeredIn(understanding: Understanding): readonly Suggestion[] {
  if (understanding.outcome === 'suggest') return understanding.declined ? [] : understanding.suggestions
  return 'instead' in understanding ? (understanding.instead ?? []) : []
}

function commandOf(understanding: Understanding): string | undefined {
  if ('intent' in understanding) return understanding.intent.command
  return 'command' in understanding ? understanding.command : undefined
}

function cameTo(
  { command, ambiguous }: EvalCase,
  understanding: Understanding,
  got: string | undefined,
  effect: Effect | undefined,
): Verdict['came'] {
  if (command === null && ambiguous && effect === 'read') return 'refused'
  if (understanding.outcome === 'none') return 'refused'
  if (understanding.outcome === 'suggest') {
    if (!understanding.suggestions.length || understanding.declined) return 'refused'
    return understanding.suggestions.some(({ intent }) => intent.command === command) ? 'suggested' : 'missed'
  }
  if (got !== command) return 'wrong'
  return understanding.outcome === 'intent' ? 'right' : 'asked'
}

function compareArgs(one: EvalCase, understanding: Understanding, commands: readonly CommandInfo[], called: Called) {
  const nothing = { args: { said: 0, given: 0, right: 0 }, wrongTarget: false }
  if (one.command === null || commandOf(understanding) !== one.command) return nothing
  const given =
    'intent' in understanding ? understanding.intent.args : 'args' in understanding ? understanding.args : {}
  const types = commands.find(({ id }) => id === one.command)?.args ?? {}
  const open = new Map(Object.entries(given))
  const unlike: Json[] = []
  let [right, tried] = [0, 0]
  // Who wrote the cases does not know what each command calls its arguments: what fits none by name may fit one by value.
  for (const [name, value] of Object.entries(one.args ?? {}).sort(
    ([a], [b]) => Number(!(a in given)) - Number(!(b in given)),
  )) {
    const fits = [name, ...open.keys()].find(
      (other) => open.has(other) && same(value, open.get(other)!, types[other]?.type, called),
    )
    tried += Number(fits !== undefined || name in given)
    if (fits === undefined) unlike.push(value)
    else right += Number(open.delete(fits))
  }
  const entities = (values: Iterable<Json>) => [...values].filter((value) => isObject(value) && 'kind' in value)
  return {
    args: { said: Object.keys(one.args ?? {}).length, given: tried, right },
    wrongTarget: entities(unlike).length > 0 && entities(open.values()).length > 0,
  }
}

/** Whether two values mean the same: ids in any case, moments to the minute, filters in their canonical form. */
function same(said: Json, given: Json, type: string | undefined, called: Called): boolean {
  if (type === 'filter') return canonical(said) === canonical(given)
  if (type === 'duration') return minutesOf(said) !== undefined && minutesOf(said) === minutesOf(given)
  if (type === 'weekdays') return daysOf(said) === daysOf(given)
  if (isRef(given)) return means(said, given, called)
  if (type === 'duration' && typeof said === 'string') return readDuration(said) === given
  // A range without an end ends now, or with its day or month: both are right.
  const begins = isObject(said) && 'from' in said && !('to' in said) && isObject(given) && 'from' in given
  return begins ? plain(said.from!) === plain(given.from!) : plain(said) === plain(given)
}

/** A length of time in minutes; cases write it so or as "8 hours". */
function minutesOf(length: Json): number | undefined {
  if (typeof length === 'number') return length
  const [, number, unit] = /^(\d+) (minute|hour|day|week)s?$/.exec(String(length)) ?? []
  return unit === undefined ? undefined : Number(number) * { minute: 1, hour: 60, day: 1_440, week: 10_080 }[unit]!
}

/** Days of the week in their order; cases write those from Monday to Friday as "weekdays". */
const daysOf = (days: Json): string =>
  (days === 'weekdays' ? ['mon', 'tue', 'wed', 'thu', 'fri'] : [days].flat()).map(String).sort().join()

/**
 * Whether what a case says of an entity is that one: its id or its name, of a person the beginning of the mail address, of a resource also
 * the service that its name or its resource group's has in it, because "checkout in staging" is both.
 */
function means(said: Json, given: Ref, called: Called): boolean {
  const name = isObject(said) ? (said.id ?? said.name) : said
  if (typeof name !== 'string') return false
  const wanted = name.toLowerCase()
  const known = [given.id, given.id.split('@')[0]!, called.nameOf(given) ?? '', given.id.split('/').at(-1)!]
  if (known.some((name) => name.toLowerCase() === wanted)) return true
  return (
    given.kind === 'Service' &&
    isObject(said) &&
    said.kind === 'Resource' &&
    [wanted, called.groupOf(wanted) ?? ''].some((name) => `-${name}`.includes(`-${given.id}-`))
  )
}

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isRef = (value: Json): value is { kind: string; id: string } =>
  isObject(value) && typeof value.kind === 'string' && typeof value.id === 'string'

const canonical = (filter: Json): string => {
  try {
    return printFilter(ordered(readFilter(String(filter), builtInKinds))).toLowerCase()
  } catch {
    return `${String(filter)} (no filter)`
  }
}

/** A filter with its conditions in one order, because it means the same in each; texts are compared without case. */
function ordered(filter: Filter): Filter {
  const sorted = (filters: readonly Filter[]): Filter[] =>
    filters.map(ordered).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if ('all' in filter) return { all: sorted(filter.all) }
  if ('any' in filter) return oneOf(filter.any) ?? { any: sorted(filter.any) }
  if ('not' in filter) return { not: ordered(filter.not) }
  if ('in' in filter) return { ...filter, in: filter.in.toSorted() }
  return 'step' in filter ? { ...filter, of: ordered(filter.of) } : filter
}

/** "region = a or region = b" as the same said with "in", the values in one order. */
function oneOf(filters: readonly Filter[]): Filter | undefined {
  const [first] = filters
  const tests = filters.flatMap((one) => ('is' in one && one.is === '=' ? [one] : []))
  if (!first || tests.length < filters.length || tests.some(({ property }) => property !== tests[0]!.property))
    return undefined
  return { property: tests[0]!.property, in: tests.map(({ value }) => value).toSorted() }
}

function plain(value: Json): string {
  if (typeof value === 'string') {
    const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN
    return Number.isNaN(moment) ? value.trim().toLowerCase() : new Date(moment).toISOString().slice(0, 16)
  }
  if (Array.isArray(value)) return value.map(plain).join()
  if (value === null || typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([name, part]) => `${name}=${plain(part!)}`)
    .sort()
    .join()
}
