import { takesKind } from '../../skills/kit/model.js'
import type { Arg } from '../../skills/kit/arguments.js'
import type { CommandInfo } from '../../skills/kit/ports.js'

/** A phrase of a command. */
interface Claim {
  info: CommandInfo
  phrase: string
}

/**
 * Phrases that two commands claim, whatever stands in the places of their arguments: which of them is meant would be chance.
 * @returns a sentence for each, which names both commands and the phrase
 */
export function sharedPhrases(commands: readonly CommandInfo[]): string[] {
  const claimed = new Map<string, Claim[]>()
  const mistakes: string[] = []
  for (const info of commands)
    for (const phrases of [info.says, info.requests ?? [], ...Object.values(info.saysIn ?? {})])
      for (const phrase of phrases) {
        const claim = { info, phrase }
        const shape = shapeOf(phrase)
        const alike = claimed.get(shape)
        if (!alike) {
          claimed.set(shape, [claim])
          continue
        }
        for (const other of alike)
          if (other.info !== info && meetAnywhere(claim, other))
            mistakes.push(`${info.id} and ${other.info.id} both say "${phrase}"`)
        alike.push(claim)
      }
  return mistakes
}

/** A phrase without what makes no difference: capitals, articles, and how its places are called. */
const shapeOf = (phrase: string): string =>
  phrase.replace(/\{\w+\}|\b(?:the|an?) /gi, (part) => (part.startsWith('{') ? '{}' : '')).toLowerCase()

const slotsOf = ({ info, phrase }: Claim): (Arg | undefined)[] =>
  [...phrase.matchAll(/\{(\w+)\}/g)].map(([, name]) => info.args[name!])

/** Whether the same words may stand in each of their places; what no argument takes is another mistake. */
function meetAnywhere(one: Claim, other: Claim): boolean {
  const others = slotsOf(other)
  return slotsOf(one).every((arg, at) => arg !== undefined && others[at] !== undefined && overlap(arg, others[at]))
}

/** Whether the same words may stand for both. A question for things is one only where every word of it is understood, and then it is no name. */
function overlap(one: Arg, other: Arg): boolean {
  if (one.type === 'filter' || other.type === 'filter') return one.type === other.type
  if (takesRecordsAlone(one) !== takesRecordsAlone(other)) return false
  if (one.type === 'entity' && other.type === 'entity')
    return (
      one.kinds.some((kind) => takesKind(other.kinds, kind)) || other.kinds.some((kind) => takesKind(one.kinds, kind))
    )
  if (one.type === 'choice' && other.type === 'choice')
    return wordsOf(one).some((word) => wordsOf(other).includes(word))
  return one.type === other.type || one.type === 'text' || other.type === 'text'
}

/** Records that a command of their own shows: of two that fit the one that takes them alone is meant. */
const records: readonly string[] = ['Incident', 'Proposal']
const takesRecordsAlone = (arg: Arg): boolean =>
  arg.type === 'entity' && arg.kinds.every((kind) => records.includes(kind))

const wordsOf = (arg: Extract<Arg, { type: 'choice' }>): string[] => [...arg.values, ...Object.keys(arg.said ?? {})]
