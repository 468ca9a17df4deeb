import type { CommandInfo } from '../../skills/kit/ports.js'
import { editDistance } from '../../skills/kit/edit-distance.js'
import { tokensOf, type Token } from './tokens.js'

/** A command and how near a text is to its examples, 0 to 1. */
export interface Nearness {
  command: CommandInfo
  certainty: number
}

/** Finds the commands whose examples share the rarest words with a text. */
export type NearestCommands = (tokens: readonly Token[]) => Nearness[]

/** Learns the words of all examples; a word that few commands say weighs more. */
export function learnCommands(commands: readonly CommandInfo[]): NearestCommands {
  const vocabularies = commands.map((command) => ({ command, words: vocabularyOf(command) }))
  const spread = new Map<string, number>()
  for (const { words } of vocabularies) for (const word of words) spread.set(word, (spread.get(word) ?? 0) + 1)
  const weight = (word: string) => Math.log(1 + commands.length / (spread.get(word) ?? commands.length))
  return (tokens) => {
    const said = new Set(tokens.map(({ word }) => nearestWord(word, spread)))
    const total = [...said].reduce((sum, word) => sum + (word === undefined ? 1 : weight(word)), 0)
    const scored = vocabularies.map(({ command, words }) => {
      const shared = [...said].reduce(
        (sum, word) => sum + (word !== undefined && words.has(word) ? weight(word) : 0),
        0,
      )
      return { command, certainty: total ? shared / total : 0 }
    })
    return scored.filter(({ certainty }) => certainty > 0.05).sort((a, b) => b.certainty - a.certainty)
  }
}

function vocabularyOf({ says, skill, summary }: CommandInfo): Set<string> {
  const phrases = [...says.map((phrase) => phrase.replace(/\{\w+\}/g, ' ')), skill.replace('-', ' '), summary]
  return new Set(phrases.flatMap((phrase) => tokensOf(phrase).map(({ word }) => word)))
}

/** The known word that was probably meant, allowing one typo in words of four letters or more. */
function nearestWord(word: string, known: ReadonlyMap<string, number>): string | undefined {
  if (known.has(word)) return word
  if (word.length < 4) return undefined
  for (const candidate of known.keys())
    if (candidate.length >= 4 && editDistance(word, candidate, 1) === 1) return candidate
  return undefined
}
