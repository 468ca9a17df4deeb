import { join } from 'node:path'
import { discoverSkills } from '../../bot/discover-skills.js'
import { candidatesOf, evidenceForNone, type LearntRequests, type View } from '../../bot/language/evidence.js'
import type { EvalCase } from './eval-case.js'
import { openEvalHouse } from './eval-house.js'
import { fitWeights, likelihoods, type Choice, type Weights } from './choice-model.js'
import { readCaseFiles } from './read-case-files.js'

// `npm run fit`: fits the weights of bot/language/evidence-weights.ts to the cases of set "weigh" that no phrase decides, and prints them. Those of "tune"
// would not do: examples were written by whoever had read them, so the classifier knows them better than it knows what people will say. What they are
// worth, and where a threshold should stand, is shown on voices that were left out of the fit in turn.

interface Example {
  voice: string
  choice: Choice
  /** Of each option its command, and whether that only reads. */
  commands: readonly { id: string; reads: boolean }[]
  meant: string | null
  meansReading: boolean
  meansDeed: boolean
}

/** Parts into which the voices are divided; each is judged by weights that were fitted to the others. */
const folds = 3
const thresholds = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9]

async function main(): Promise<void> {
  const seen: [readonly View[], LearntRequests][] = []
  const house = openEvalHouse(
    await discoverSkills(join(import.meta.dirname, '..', '..', 'skills')),
    (views, learnt) => {
      seen.push([views, learnt])
    },
  )
  const examples = readCaseFiles(['test/language'])
    .filter(({ set }) => set === 'weigh')
    .flatMap((one): Example[] => {
      seen.length = 0
      house.hear(one)
      return seen[0] ? [exampleOf(one, ...seen[0], house)] : []
    })
  const voices = [...new Set(examples.map(({ voice }) => voice))]
  const judged = Array.from({ length: folds }, (_, fold) => {
    const isLeftOut = ({ voice }: Example) => voices.indexOf(voice) % folds === fold
    const weights = fitWeights(examples.filter((one) => !isLeftOut(one)).map(({ choice }) => choice))
    return examples.filter(isLeftOut).map((one) => verdictOf(one, weights))
  }).flat()
  const reading = judged.filter(({ meansReading }) => meansReading)
  console.log(`${examples.length} cases, ${reading.length} of them for reading commands; judged by voices left out:`)
  for (const least of thresholds) {
    const answered = judged.filter(({ reads, certainty }) => reads && certainty >= least)
    const right = answered.filter((one) => one.right).length
    console.log(`  from ${least}: ${share(right, reading.length)} right, precision ${share(right, answered.length)}`)
  }
  const deeds = judged.filter(({ meansDeed }) => meansDeed)
  const others = judged.filter(({ meansDeed }) => !meansDeed)
  console.log(`${deeds.length} of them ask for changes and notes:`)
  for (const least of thresholds) {
    const asked = judged.filter(({ reads, certainty }) => !reads && certainty >= least)
    const right = asked.filter((one) => one.right).length
    const unasked = asked.filter(({ meansDeed }) => !meansDeed).length
    console.log(
      `  from ${least}: ${share(right, deeds.length)} asked back, ${share(right, asked.length)} of what is asked back, ${unasked} of ${others.length} others`,
    )
  }
  const { option, none } = fitWeights(examples.map(({ choice }) => choice))
  const rounded = (weights: readonly number[]) => `[${weights.map((weight) => weight.toFixed(2)).join(', ')}]`
  console.log(`export const weights = { command: ${rounded(option)}, none: ${rounded(none)} }`)
}

function exampleOf(
  one: EvalCase,
  views: readonly View[],
  learnt: LearntRequests,
  house: ReturnType<typeof openEvalHouse>,
): Example {
  const hearing = house.hearingOf(one)
  const names = house.namesNow()
  const candidates = views.flatMap((view) => candidatesOf(view, names, hearing, learnt))
  return {
    voice: one.voice,
    meant: one.command,
    meansReading: house.commands.some(({ id, effect }) => id === one.command && effect === 'read'),
    meansDeed: house.commands.some(({ id, effect }) => id === one.command && effect !== 'read'),
    commands: candidates.map(({ command: { id, effect } }) => ({ id, reads: effect === 'read' })),
    choice: {
      options: candidates.map(({ command, evidence }) => ({ evidence, right: command.id === one.command })),
      none: { evidence: evidenceForNone(views), right: one.command === null },
    },
  }
}

/** The likeliest command of an example, all its views together. */
function verdictOf({ choice, commands, meant, meansReading, meansDeed }: Example, weights: Weights) {
  const likely = likelihoods(choice, weights)
  const sums = new Map<string, number>()
  commands.forEach(({ id }, at) => sums.set(id, (sums.get(id) ?? 0) + likely.options[at]!))
  const [best, certainty] = [...sums].sort(([, a], [, b]) => b - a)[0] ?? ['', 0]
  const reads = commands.some(({ id, reads }) => id === best && reads)
  return { right: best === meant, certainty, reads: reads || best === '', meansReading, meansDeed }
}

const share = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
