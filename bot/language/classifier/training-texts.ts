import type { Arg, Args } from '../../../skills/kit/arguments.js'
import type { CommandInfo } from '../../../skills/kit/ports.js'
import { tokensOf } from '../tokens.js'
import { asPeopleSay } from './around-a-question.js'
import { questionsForThings } from './questions-for-things.js'

/** An example of a command as words in which what varies is replaced by its kind: "who owns <Service>". */
export interface TrainingText {
  command: string
  words: string[]
}

/** Fillings are taken with this stride, so that few texts see of many what is far apart; a prime, to come to each. */
const stride = 101

/** Fillings of a slot, in rotation: enough to see what may stand there, and no more than that. */
const mostFillings = 3

/** Texts of a command at most: more teach little, and learning takes as long as there are texts. */
const mostTexts = 500

/** All examples of a command, each with some of what may stand in its places. */
export function trainingTextsOf({ id, says, args }: CommandInfo): TrainingText[] {
  const asksForThings = Object.values(args).some(({ type }) => type === 'filter')
  const most = mostTexts * (asksForThings ? 2 : 1)
  const learnt = varied(says, most)
  const turns = Math.max(1, Math.min(asksForThings ? most : mostFillings, Math.floor(most / learnt.length)))
  const cut = new Map<string, string[]>()
  const wordsOf = (part: string): string[] => {
    const words = cut.get(part) ?? tokensOf(part).map(({ word }) => word)
    cut.set(part, words)
    return words
  }
  return learnt.flatMap((phrase, index) => {
    const names = [...phrase.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
    const widest = Math.max(1, ...names.map((name) => fillingsOf(name, args).length))
    return Array.from({ length: Math.min(widest, turns) }, (_, turn): TrainingText => {
      const filled = phrase.split(/(\{\w+\})/).flatMap((part) => {
        const name = /^\{(\w+)\}$/.exec(part)?.[1]
        if (!name) return wordsOf(part)
        const fillings = fillingsOf(name, args)
        return fillings[((index * turns + turn) * stride) % fillings.length] ?? []
      })
      return { command: id, words: asPeopleSay(filled, index * turns + turn) }
    })
  })
}

/**
 * At most so many examples: those first that have two pairs of neighbouring words or more which none before them has. The spellings of one pattern mostly
 * differ in a word, so that a pattern of a dozen spellings would else stand a dozen times where a line of its own is left out.
 */
function varied(says: readonly string[], most: number): string[] {
  if (says.length <= most) return [...says]
  const seen = new Set<string>()
  const isNew = says.map((phrase) => {
    const words = ['^', ...phrase.split(' '), '$']
    const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`)
    const unseen = pairs.filter((pair) => !seen.has(pair)).length
    pairs.forEach((pair) => seen.add(pair))
    return unseen >= 2
  })
  const kept = evenly(
    says.filter((_, at) => isNew[at]),
    most,
  )
  const others = says.filter((_, at) => !isNew[at])
  return [...kept, ...evenly(others, most - kept.length)]
}

/** At most so many of a list, spread over the whole of it. */
function evenly<T>(all: readonly T[], most: number): T[] {
  if (most <= 0) return []
  const step = Math.max(1, all.length / most)
  return all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step))
}

const fillings = new WeakMap<Arg, string[][]>()

function fillingsOf(name: string, args: Args): string[][] {
  const arg = args[name]
  if (!arg) return [[]]
  const known = fillings.get(arg) ?? wordsFor(arg)
  fillings.set(arg, known)
  return known
}

function wordsFor(arg: Arg): string[][] {
  switch (arg.type) {
    case 'entity':
      return [
        ...arg.kinds.map((kind) => [`<${kind}>`]),
        ...(arg.kinds.length === 1 && arg.kinds[0] === 'Incident' ? [['<number>']] : []),
      ]
    case 'choice':
      return [...new Set([...arg.values, ...Object.keys(arg.said ?? {})])].map((said) =>
        said.toLowerCase().split(/[\s-]+/),
      )
    case 'text':
      return freeWords
    case 'filter':
      return questionsForThings
    case 'number':
      return [['<number>']]
    case 'duration':
      return [['<duration>']]
    default:
      return [['<time>']]
  }
}

/** Free words may hold names: "search certificate renewal" where a pipeline is called so. */
const freeWords: string[][] = [[], ['<Service>'], [], ['<Pipeline>']]
