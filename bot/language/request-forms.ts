import type { Arg } from '../../skills/kit/arguments.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import { naming } from './closed-vocabulary.js'
import { takesAll } from './phrases.js'
import { environments, joins } from './pointed-at.js'
import { nounsOf } from './resource-type.js'
import type { Token } from './tokens.js'

/** A phrase without its order: the verb, the other words that must be said, and the places that must be filled. */
export interface RequestForm {
  verb: string
  words: readonly string[]
  slots: readonly string[]
  /** A place of free words, which one word may take that looks like an id or stands behind "called". */
  named?: string
}

/** What plain requests are understood from, learnt once. */
export interface RequestForms {
  command: CommandInfo
  forms: readonly RequestForm[]
  /** The verbs of its forms: few, where there may be hundreds of forms. */
  verbs: ReadonlySet<string>
  /** Words that need not be said where the target is a resource, whose id says its type. */
  nouns: ReadonlySet<string>
  vocabulary: ReadonlySet<string>
}

/** Whom it is for says nothing of what: "give me …". */
export const speakers = new Set(['me', 'us', 'i', 'we'])
/** A word without the s of its plural: "rotate the key" says what "rotate the keys" does. What names an environment stays: several are not one. */
export const singular = (word: string): string =>
  word.length > 3 && !environments.has(word) ? word.replace(/([^s])s$/, '$1') : word

/** "env" as "environment". */
export const inFull = (word: string): string => (word === 'env' ? 'environment' : word)

/** Words of a phrase that change what it says; where one of its phrases has such a word, only the phrase itself may. */
const turning = new Set(
  'not no never without and or if unless because why when after before is are was were has have did do'.split(' '),
)

/** With these a phrase says what is so, or what the speaker does; its words have one order. */
const notVerbs = new Set(
  "i i've i'll we you this that on mine my no all done yes it got taking looking handling working acking acknowledging picking approved lgtm thumbs never next".split(
    ' ',
  ),
)

/** Learns the phrases of a command that changes something. */
export function learnRequests(command: CommandInfo, tokensOf: (text: string) => Token[]): RequestForms {
  // "open incidents" asks for what "open incident" makes.
  const plainly = command.effect === 'change' ? singular : (word: string) => word
  const forms = new Map<string, RequestForm>()
  const learn = (phrase: string): void => {
    const slots = [...phrase.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
    const words = tokensOf(phrase.replace(/\{\w+\}/g, ' ')).map(({ word }) => word)
    const [verb, ...rest] = words
    const opens = verb !== undefined && !phrase.trimStart().startsWith('{')
    if (!opens || notVerbs.has(verb) || words.some((word) => turning.has(word))) return
    // "Put me on call for Noor" has the words of "put Noor on call for me": who is who is said by their order.
    if (words.some((word) => speakers.has(word)) && slots.some((name) => isPerson(command.args[name]))) return
    // What is said in free words has no end of its own.
    const [named, ...more] = slots.filter((name) => takesAll(command.args[name]))
    if (more.length || (named !== undefined && command.args[named]?.type === 'filter')) return
    const takesEnvironment = slots.some((name) => isEnvironment(command.args[name]))
    const isSaid = (word: string) =>
      environments.has(word) ? !takesEnvironment : !joins.has(word) && !naming.has(word)
    const said = rest.filter(isSaid).map((word) => inFull(plainly(word)))
    // Many phrases are one form, which differ in words that only join.
    const form = `${verb} ${said.join(' ')} {${slots.join()}}`
    if (!forms.has(form)) forms.set(form, { verb, words: said, slots, ...(named !== undefined && { named }) })
  }
  for (const phrase of [...command.says, ...(command.requests ?? [])]) learn(phrase)
  const learnt = [...forms.values()]
  const nouns = new Set(Object.values(command.args).flatMap((arg) => [...nounsOf(arg)].map(plainly)))
  return {
    command,
    forms: learnt,
    verbs: new Set(learnt.map(({ verb }) => verb)),
    nouns,
    vocabulary: new Set([...nouns, ...learnt.flatMap(({ verb, words }) => [plainly(verb), ...words])]),
  }
}

const isPerson = (arg: Arg | undefined): boolean => arg?.type === 'entity' && arg.kinds.includes('Person')
const isEnvironment = (arg: Arg | undefined): boolean => arg?.type === 'entity' && arg.kinds.includes('Environment')
