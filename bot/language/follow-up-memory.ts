import type { Entity, Json, Ref } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Intent } from '../../skills/kit/reply.js'
import type { NameIndex } from './name-index.js'
import type { Hearing, Understanding } from './understanding.js'

/** What one person and Nexus last spoke of in one place: references and arguments, never what was said. */
export interface Memory {
  /** What was asked last, as far as it was understood. */
  intent?: Intent
  /** What the rows of the answer lead to, in their order; null where one led nowhere, or to what may not be seen any more. */
  rows: readonly (Intent | null)[]
  /** What else the answer told of, such as the team that owns a service. */
  found: readonly Ref[]
  /** What shows the next page. */
  next?: Intent
  /** Set where there was more than the answer showed, and nothing shows the rest. */
  cut?: true
  /** What Nexus asked back, where that is not answered yet. */
  asked?: Asked
}

/** A question of Nexus's own. */
export type Asked =
  /** Which of several was meant. */
  | { what: 'which'; choices: readonly (Intent | null)[] }
  /** Whether that is meant: Nexus named all of it. */
  | { what: 'whether'; choices: readonly (Intent | null)[] }
  /** Whether one of the nearest commands was meant: a guess, which nobody has asked for yet. */
  | { what: 'guess'; choices: readonly (Intent | null)[] }
  /** What a command lacks, the first of it asked for first. */
  | { what: 'missing'; intent: Intent; missing: readonly string[] }

/** What reading a follow-up needs of the world, all of it as the speaker may see it. */
export interface Speaking {
  hearing: Hearing
  /** What the words mean by themselves. */
  plain: Understanding
  memory: Memory
  names: NameIndex
  commandOf(id: string): CommandInfo | undefined
  /** A thing of the memory; undefined where it may not be seen any more. */
  thingOf(ref: Ref): Entity | undefined
  /** The understanding of a whole sentence, some words of which stand for things. */
  understand(text: string, called?: readonly Called[]): Understanding
}

/** What words of a sentence stand for: the things they may mean, those meant first before those found besides. */
export interface Called {
  words: string
  /** Likeliest group first; within a group all are as likely. */
  groups: readonly (readonly { ref: Ref; name: string }[])[]
}

/** The names where some words stand for what is spoken of, whatever else is called so. */
export function namesCalled(names: NameIndex, called: readonly Called[]): NameIndex {
  if (!called.length) return names
  const find: NameIndex['find'] = (words, kinds) => {
    const one = called.find((one) => one.words.toLowerCase() === words.trim().toLowerCase())
    const fitting = one?.groups
      .map((group) => group.filter(({ ref }) => kinds.includes(ref.kind)))
      .find(({ length }) => length)
    return fitting ? fitting.map((thing) => ({ ...thing, certainty: 1, wordForWord: true })) : names.find(words, kinds)
  }
  // What a question meant before some of its words stood for a thing is no matter now.
  return { ...names, find, look: (words) => (kinds) => find(words, kinds), questions: new Map() }
}

/** The thing that an argument is, or undefined where it is a plain value. */
export function refIn(value: Json | undefined): Ref | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { kind, id } = value
  return typeof kind === 'string' && typeof id === 'string' ? { kind, id } : undefined
}

/** The things among the arguments of an intent. */
export const refsIn = ({ args }: Intent): Ref[] => Object.values(args).flatMap((value) => refIn(value) ?? [])

export const isSame = (a: Ref, b: Ref): boolean => a.kind === b.kind && a.id === b.id

/** What people call a thing: records by their number, everything else by its name. */
export const callOf = ({ kind, id, name }: Pick<Entity, 'kind' | 'id' | 'name'>): string =>
  kind === 'Incident' || kind === 'Proposal' || kind === 'Run' ? id.toUpperCase() : name
