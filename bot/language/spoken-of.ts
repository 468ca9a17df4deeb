import type { Arg } from '../../skills/kit/arguments.js'
import type { Kind, Ref } from '../../skills/kit/model.js'
import type { Candidate } from './name-index.js'

/** Kinds of records that messages and threads are about; people there call them "it", or nothing at all. */
const spokenKinds: readonly Kind[] = ['Incident', 'Proposal']

/** Words that stand for what is spoken of. */
export const itself = 'this'
const pronouns = /^(it|this|that|(this |that )?(one|incident|outage|alert|issue|proposal|change|request))$/i

/** Whether an argument may be what a thread is about. */
export const mayBeSpokenOf = (arg: Arg): boolean =>
  arg.type === 'entity' && arg.kinds.some((kind) => spokenKinds.includes(kind))

/** Whether an argument is nothing but such a record, so that a verb alone asks which one. */
export const isAlwaysSpokenOf = (arg: Arg): boolean =>
  arg.type === 'entity' && arg.kinds.every((kind) => spokenKinds.includes(kind))

/** Whether words only point at what is spoken of. */
export const pointsAtIt = (words: string, arg: Arg): boolean => mayBeSpokenOf(arg) && pronouns.test(words.trim())

/** What a thread is about of an argument's kinds, as candidates that are sure. */
export const spokenOf = (arg: Arg, subjects: readonly Ref[]): Candidate[] =>
  arg.type === 'entity' && mayBeSpokenOf(arg)
    ? subjects
        .filter(({ kind }) => arg.kinds.includes(kind))
        .map((ref) => ({ ref, name: ref.id, certainty: 1, wordForWord: true }))
    : []

const idPatterns: readonly [Kind, RegExp][] = [
  ['Incident', /^(?:inc|incident)[- ]?#?\d+$/i],
  ['Proposal', /^(?:pr-|proposal )\d+$/i],
]

/** The kind of record that words name by an id, such as INC-131, whether or not there is one. */
export const kindOfId = (words: string): Kind | undefined =>
  idPatterns.find(([, pattern]) => pattern.test(words.trim()))?.[0]
