import type { Filter } from './catalog/filter.js'
import type { OtherWay } from './catalog/other-way.js'
import type { Entity, Instant, Kind } from './model.js'
import type { Weekday } from './zoned-time.js'

/** One argument of a command: what it is called to people, and what it takes. */
export type Arg =
  | {
      type: 'entity'
      kinds: readonly Kind[]
      label: string
      /** Of resources only those of this type of Azure, such as `Microsoft.Web/sites`. */
      resourceType?: string
      optional?: true
    }
  | {
      type: 'text'
      label: string
      max: number
      /** Terms to look for, a name or value that is given, or a version; of what is none of them the words are taken as they were said. */
      holds?: TextHolds
      /** Words or signs behind which it stands, in whichever words the command is asked for; those first that tell most. */
      behind?: readonly string[]
      optional?: true
    }
  | { type: 'number'; label: string; min: number; max: number; integer: boolean; unit?: string; optional?: true }
  | {
      type: 'choice'
      label: string
      values: readonly string[]
      /** Other words for a value, in lower case: what is said → the value. */
      said?: Readonly<Record<string, string>>
      /**
       * Words of a whole question that tell a value, in lower case, those first that tell most. `…` stands for the name that is asked about:
       * "uses …" has the word before it, "… uses" behind it.
       */
      told?: Readonly<Record<string, string>>
      optional?: true
    }
  | {
      type: 'duration'
      label: string
      /** Shortest and longest, in minutes. */
      min: number
      max: number
      /** Lengths that a form offers, in minutes; without any it is typed. */
      offers?: readonly number[]
      optional?: true
    }
  | { type: 'time'; label: string; optional?: true }
  | { type: 'range'; label: string; optional?: true }
  | { type: 'time-of-day'; label: string; optional?: true }
  | { type: 'weekdays'; label: string; optional?: true }
  | { type: 'zone'; label: string; optional?: true }
  | {
      type: 'filter'
      label: string
      /** Kinds that words may ask for here; all of them unless told. */
      kinds?: readonly Kind[]
      /** Conditions that other arguments say: they become those, and only what is left stays a filter. */
      others?: readonly OtherWay[]
      optional?: true
    }

/** What free words are. */
export type TextHolds = 'terms' | 'name' | 'version'

/** A stretch of time, `from` before `to`. */
export interface Range {
  from: Instant
  to: Instant
}

/** Marks the value type of an argument for the compiler; it does not exist at run time. */
declare const value: unique symbol
export type Typed<A extends Arg, V> = A & { readonly [value]?: V }

/** The arguments of a command by name. */
export type Args = Record<string, Typed<Arg, unknown>>

/** What `run` gets for declared arguments; an optional one may be undefined. */
export type Values<A extends Args> = { [K in keyof A]: A[K] extends { readonly [value]?: infer V } ? V : never }

/**
 * An entity of the catalog. In words it is recognised by name, alias or typo; in an intent it is `{kind, id}`.
 * @param kind one kind, or several the command can answer for
 * @param label what it is to the person, such as `whose pager`
 * @param resourceType of resources only those of this type of Azure
 */
export function entity(
  kind: Kind | readonly Kind[],
  label: string,
  resourceType?: string,
): Typed<Extract<Arg, { type: 'entity' }>, Entity> {
  const kinds = typeof kind === 'string' ? [kind] : kind
  return { type: 'entity', kinds, label, ...(resourceType !== undefined && { resourceType }) }
}

/**
 * Free text up to `max` characters.
 * @param holds of terms to look for and of a name that is given what asks for them is left out: "everything about X, please" is X
 * @param behind words or signs behind which it stands, wherever the command is asked for: "to", ":"
 */
export const text = (
  label: string,
  max = 500,
  holds?: TextHolds,
  behind?: readonly string[],
): Typed<Extract<Arg, { type: 'text' }>, string> => ({
  type: 'text',
  label,
  max,
  ...(holds && { holds }),
  ...(behind && { behind }),
})

/** A number within bounds, both included; `unit` is shown after it. */
export const number = (
  label: string,
  bounds: { min: number; max: number; integer?: boolean; unit?: string },
): Typed<Extract<Arg, { type: 'number' }>, number> => ({ type: 'number', label, integer: true, ...bounds })

/**
 * One of a few words; `said` maps what people say besides, in lower case, to the value it means.
 * @param told words of a whole question that tell a value: "uses …" before the name that is asked about, "… uses" behind it
 */
export const choice = <const V extends string>(
  label: string,
  values: readonly V[],
  said?: Readonly<Record<string, NoInfer<V>>>,
  told?: Readonly<Record<string, NoInfer<V>>>,
): Typed<Extract<Arg, { type: 'choice' }>, V> => ({
  type: 'choice',
  label,
  values,
  ...(said && { said }),
  ...(told && { told }),
})

/**
 * A length of time within bounds in minutes, both included, such as `half an hour`; whole minutes in an intent.
 * @param bounds `offers` are the lengths that a form has to choose from; without any it is typed
 */
export const duration = (
  label: string,
  bounds: { min: number; max: number; offers?: readonly number[] },
): Typed<Extract<Arg, { type: 'duration' }>, number> => ({ type: 'duration', label, ...bounds })

/** A moment, such as `last Tuesday at 3`; an ISO instant in an intent. */
export const time = (label: string): Typed<Extract<Arg, { type: 'time' }>, Instant> => ({ type: 'time', label })

/** A stretch of time, such as `since lunch`; `{from, to}` in an intent. */
export const range = (label: string): Typed<Extract<Arg, { type: 'range' }>, Range> => ({ type: 'range', label })

/** A time of day, such as `half past nine`; `09:30` in an intent. */
export const timeOfDay = (label: string): Typed<Extract<Arg, { type: 'time-of-day' }>, string> => ({
  type: 'time-of-day',
  label,
})

/** Days of the week, such as `Mon-Thu` or `every day`; `['mon', 'tue', …]` in an intent. */
export const weekdays = (label: string): Typed<Extract<Arg, { type: 'weekdays' }>, Weekday[]> => ({
  type: 'weekdays',
  label,
})

/** The value of a zone argument that stands for whichever zone the person is in. */
export const ownZone = 'own'

/** A time zone, such as `Berlin time`; its IANA name in an intent, or `own` for the person's own, wherever they are. */
export const zone = (label: string): Typed<Extract<Arg, { type: 'zone' }>, string> => ({ type: 'zone', label })

/**
 * Which entities, in the filter language of the catalog; its text form in an intent, the filter itself for `run`, checked.
 * @param kinds what words may ask for with it, such as incidents only
 * @param others conditions that other arguments of the command say
 */
export const filter = (
  label: string,
  kinds?: readonly Kind[],
  others?: readonly OtherWay[],
): Typed<Extract<Arg, { type: 'filter' }>, Filter> => ({
  type: 'filter',
  label,
  ...(kinds && { kinds }),
  ...(others && { others }),
})

/** The same argument, which may be left out. */
export const optional = <A extends Arg, V>(arg: Typed<A, V>) =>
  ({ ...arg, optional: true }) as Typed<A & { optional: true }, V | undefined>
