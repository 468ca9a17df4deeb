/** Of some things one is chosen: what speaks for each, and for choosing none; and which choices would be right. */
export interface Choice {
  options: readonly { evidence: readonly number[]; right: boolean }[]
  none: { evidence: readonly number[]; right: boolean }
}

/** How much each figure of the evidence weighs, for an option and for none. */
export interface Weights {
  option: number[]
  none: number[]
}

/** Rounds of descent, after which nothing moves any more, and how strongly weights are drawn to 0 (L2). */
const fitting = { rounds: 400, step: 0.05, decay: 0.5 }

/** How likely each option is, and none: a conditional logit (McFadden, 1974). */
export function likelihoods({ options, none }: Choice, weights: Weights): { options: number[]; none: number } {
  const scores = options.map(({ evidence }) => weighed(evidence, weights.option))
  const silent = weighed(none.evidence, weights.none)
  const most = Math.max(silent, ...scores)
  const shares = scores.map((score) => Math.exp(score - most))
  const rest = Math.exp(silent - most)
  const total = shares.reduce((sum, share) => sum + share, rest)
  return { options: shares.map((share) => share / total), none: rest / total }
}

/** Weights under which what was right is as likely as can be; full-batch gradient descent with Adam's steps (Kingma and Ba, 2015). */
export function fitWeights(choices: readonly Choice[]): Weights {
  const [first] = choices
  if (!first?.options[0]) throw new Error('There is nothing to fit weights to.')
  const length = first.options[0].evidence.length
  const weights: Weights = { option: Array(length).fill(0), none: Array(first.none.evidence.length).fill(0) }
  const moving = { option: createDescent(weights.option), none: createDescent(weights.none) }
  for (let round = 1; round <= fitting.rounds; round++) {
    const slope = { option: weights.option.map(() => 0), none: weights.none.map(() => 0) }
    for (const choice of choices) addSlope(choice, weights, slope)
    moving.option(slope.option, round)
    moving.none(slope.none, round)
  }
  return weights
}

/** Adds how the error of one choice changes with each weight. Where several options are right, any of them will do. */
function addSlope(choice: Choice, weights: Weights, slope: Weights): void {
  const likely = likelihoods(choice, weights)
  const right = choice.options.reduce(
    (sum, { right }, at) => sum + (right ? likely.options[at]! : 0),
    choice.none.right ? likely.none : 0,
  )
  if (right < 1e-9) return
  const add = (evidence: readonly number[], share: number, isRight: boolean, to: number[]) => {
    const error = share - (isRight ? share / right : 0)
    evidence.forEach((figure, at) => (to[at]! += error * figure))
  }
  choice.options.forEach(({ evidence, right }, at) => add(evidence, likely.options[at]!, right, slope.option))
  add(choice.none.evidence, likely.none, choice.none.right, slope.none)
}

function createDescent(weights: number[]): (slope: readonly number[], round: number) => void {
  const [mean, spread] = [weights.map(() => 0), weights.map(() => 0)]
  return (slope, round) =>
    weights.forEach((weight, at) => {
      const gradient = slope[at]! + fitting.decay * weight
      mean[at] = 0.9 * mean[at]! + 0.1 * gradient
      spread[at] = 0.999 * spread[at]! + 0.001 * gradient ** 2
      const steady = Math.sqrt(spread[at] / (1 - 0.999 ** round)) + 1e-8
      weights[at]! -= (fitting.step * (mean[at] / (1 - 0.9 ** round))) / steady
    })
}

const weighed = (evidence: readonly number[], by: readonly number[]): number =>
  evidence.reduce((sum, figure, at) => sum + figure * by[at]!, 0)
