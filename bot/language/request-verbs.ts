import type { CommandInfo } from '../../skills/kit/ports.js'
import { isVerb } from './closed-vocabulary.js'
import { isOneSlip } from './one-slip.js'
import type { RequestForm, RequestForms } from './request-forms.js'
import { generalVerbs } from './verb-words.js'

// Which commands a request may be of, by its verb and its words, before anything is looked up in it.

/** What of a command's verbs a request begins with. */
export interface Opened {
  verbs: ReadonlySet<string>
  /** The verb by itself says which command is meant: "restart". "Get" and "put" do so in a phrase of their own alone. */
  isOwn: boolean
  isGeneral: boolean
}

const byVerb = new WeakMap<readonly RequestForms[], ReadonlyMap<string, readonly CommandInfo[]>>()

/** The verbs of some commands, each with the commands that have it. */
export function commandsByVerb(learnt: readonly RequestForms[]): ReadonlyMap<string, readonly CommandInfo[]> {
  const known = byVerb.get(learnt)
  if (known) return known
  const commands = new Map<string, CommandInfo[]>()
  for (const { command, verbs } of learnt)
    for (const verb of verbs) commands.set(verb, [...(commands.get(verb) ?? []), command])
  byVerb.set(learnt, commands)
  return commands
}

/** Whether a word is one of some command's own, so that it is no other's with a slip in it: "wind", "stage". */
export const isOwnWord = (word: string, learnt: readonly RequestForms[]): boolean =>
  commandsByVerb(learnt).has(word) || learnt.some(({ vocabulary }) => vocabulary.has(word))

/** The verbs that a first word may be, as it is said or with a slip in it. */
export function verbsMeant(first: string, learnt: readonly RequestForms[]): readonly string[] {
  const isItself = isOwnWord(first, learnt)
  return [...commandsByVerb(learnt).keys()].filter(
    (verb) => verb === first || (!isItself && isOneSlip(verb, first) && isVerb(verb, first)),
  )
}

/** How a command's verbs open a request, where one of them does; `meant` are those that its first word may be. */
export function openedBy(first: string, meant: readonly string[], { verbs, forms }: RequestForms): Opened | undefined {
  const own = new Set(meant.filter((verb) => verbs.has(verb)))
  if (!own.size) return undefined
  const isGeneral = generalVerbs.has(first)
  const isOwn = !isGeneral && forms.some(({ verb, words }) => !words.length && own.has(verb))
  return { verbs: own, isOwn, isGeneral }
}

/** The forms that words may meet, before anything is looked up in them: their verb is said, and so are their words. */
export const formsSaid = (
  { forms, nouns }: RequestForms,
  { verbs, isOwn, isGeneral }: Opened,
  said: ReadonlySet<string>,
): readonly RequestForm[] =>
  forms.filter(
    ({ verb, words }) =>
      (words.length > 0 ? isOwn || verbs.has(verb) : !isGeneral && verbs.has(verb)) &&
      words.every((word) => said.has(word) || nouns.has(word)),
  )
