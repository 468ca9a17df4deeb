import type { CommandInfo } from '../../../skills/kit/ports.js'
import { speltOut } from '../chat-words.js'
import type { Steps } from '../steps.js'
import { tokensOf } from '../tokens.js'
import { conceptWords } from './concepts.js'
import { indexExamples, type NearestExamples } from './nearest-examples.js'
import { noCommand } from './no-command.js'
import { trainSoftmax, type LabelledRow, type SoftmaxModel } from './softmax-regression.js'
import { learnFeatures, type FeatureSpace } from './text-features.js'
import { trainingTextsOf, type TrainingText } from './training-texts.js'
import { createVocabulary, type Vocabulary } from './vocabulary.js'

/** How likely words mean a command, 0 to 1. */
export interface Likelihood {
  command: CommandInfo
  certainty: number
}

/** A command that words may mean, with what the two ways to compare them say. */
export interface Ranked extends Likelihood {
  /** How like the words its nearest example is, 0 to 1. */
  likeness: number
}

/** Words, names in them replaced by their kinds (`delexicalise`), to the commands they may mean, the likeliest first. What asks for nothing has its share too. */
export interface CommandClassifier {
  weigh(words: readonly string[]): {
    ranked: Ranked[]
    /** How likely the words ask for nothing, 0 to 1. */
    asksNothing: number
  }
  /** Words that some example has, and those that are known to be about the same: no typos of others. */
  vocabulary: Vocabulary
}

/** Found on the set "tune" of test/language: more rounds, letters of other lengths or no balance give no more. */
const training = { epochs: 5, rate: 0.4, decay: 5e-4 }
/** How far commands with few examples are made up for. */
const balance = 0.75

/** Learns commands from their own examples, in two seconds for a hundred commands; the same examples always give the same answers. */
export function* trainClassifier(commands: readonly CommandInfo[]): Steps<CommandClassifier> {
  const said: TrainingText[] = []
  for (const one of commands) {
    for (const { command, words } of trainingTextsOf(one)) said.push({ command, words: words.flatMap(speltOut) })
    yield
  }
  const texts = distinct(said)
  yield
  const rest = noCommand.map((line) =>
    line.split(' ').flatMap((part) => (part.startsWith('<') ? [part] : wordsOf(part))),
  )
  const labels = new Map(commands.map(({ id }, label) => [id, label]))
  const labelled = [
    ...texts.map(({ command, words }) => ({ label: labels.get(command)!, words })),
    ...rest.map((words) => ({ label: commands.length, words })),
  ]
  const space = yield* learnFeatures(labelled.map(({ words }) => words))
  yield
  const counts = new Map<number, number>()
  for (const { label } of labelled) counts.set(label, (counts.get(label) ?? 0) + 1)
  const usual = labelled.length / (commands.length + 1)
  const rows = labelled.map(({ label }, at): LabelledRow => {
    const weight = Math.min(2, (usual / counts.get(label)!) ** balance)
    return { ...space.rows[at]!, label, weight }
  })
  const model = yield* trainSoftmax(rows, { ...training, classes: commands.length + 1, features: space.size })
  const nearest = yield* indexExamples(rows, commands.length + 1, space.size)
  return classifierOf(commands, createVocabulary(countWords(commands, labelled)), space.rowOf, model, nearest)
}

/** A classifier by itself: the examples may be forgotten. */
function classifierOf(
  commands: readonly CommandInfo[],
  vocabulary: Vocabulary,
  rowOf: FeatureSpace['rowOf'],
  model: SoftmaxModel,
  nearest: NearestExamples,
): CommandClassifier {
  return {
    vocabulary,
    weigh(words) {
      const row = rowOf(words)
      const [likely, near] = [model.probabilities(row), nearest.likeness(row)]
      const ranked = commands
        .map((command, label) => ({ command, certainty: likely[label]!, likeness: near[label]! }))
        .sort((a, b) => b.certainty - a.certainty)
      return { ranked, asksNothing: likely[commands.length]! }
    },
  }
}

const wordsOf = (text: string): string[] => tokensOf(text).flatMap(({ word }) => speltOut(word))

/** How often each word is said in examples, also in those that are too many to learn from. */
function countWords(
  commands: readonly CommandInfo[],
  learnt: readonly { words: readonly string[] }[],
): Map<string, number> {
  const counts = new Map<string, number>(conceptWords.map((word) => [word, 0]))
  const count = (word: string) => counts.set(word, (counts.get(word) ?? 0) + 1)
  for (const { words } of learnt) words.forEach(count)
  for (const { says } of commands)
    for (const phrase of says)
      phrase
        .split(/\{\w+\}|[\s,;?!]+/)
        .filter(Boolean)
        .forEach(count)
  return counts
}

function distinct(texts: readonly TrainingText[]): TrainingText[] {
  return [...new Map(texts.map((text) => [`${text.command} ${text.words.join(' ')}`, text])).values()]
}
