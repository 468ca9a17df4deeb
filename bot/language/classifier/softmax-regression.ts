import type { Steps } from '../steps.js'

/** A text's features, sparse: which of the learnt features it has, and how much of each. */
export interface SparseRow {
  ids: Int32Array
  values: Float32Array
}

/** An example to learn from. */
export interface LabelledRow extends SparseRow {
  /** Which class it is of, from 0. */
  label: number
  /** How much it counts; examples of a class that has many count less. */
  weight: number
}

/** Multinomial logistic regression that has been trained. */
export interface SoftmaxModel {
  /** How likely each class is, by its number; they sum to 1. */
  probabilities(row: SparseRow): Float64Array
}

export interface Training {
  classes: number
  features: number
  /** How often each example is gone over. */
  epochs: number
  /** The first step's length. */
  rate: number
  /** How strongly weights are drawn to 0 (L2), at every step for the features that it touches. */
  decay: number
}

/** An error below this moves nothing worth the time: most classes are out of the question for most examples after the first round. */
const negligible = 4e-3
/** An example whose error is below this is known well, and is passed over in so many rounds before it is looked at again. */
const knownWell = { error: 0.06, rounds: 2 }

/** Examples that are gone over in a step: some ten milliseconds. */
const atOnce = 1_000

/**
 * Trains by stochastic gradient descent with AdaGrad's step lengths (Duchi, Hazan and Singer, 2011). The order of the examples is a fixed
 * permutation, so the same examples always give the same model.
 */
export function* trainSoftmax(rows: readonly LabelledRow[], training: Training): Steps<SoftmaxModel> {
  const { classes, features, epochs, rate, decay } = training
  // Weights lie feature by feature, so that all classes of a feature are side by side.
  const weights = new Float32Array(features * classes)
  const squares = new Float32Array(features * classes)
  const bias = new Float64Array(classes)
  const errors = new Float64Array(classes)
  const moved = new Int32Array(classes)
  const passedOver = new Uint8Array(rows.length)
  const learn = (index: number): void => {
    const { ids, values, label, weight } = rows[index]!
    softmax(scores(rows[index]!, weights, bias, errors))
    errors[label]! -= 1
    if (-errors[label]! < knownWell.error) passedOver[index] = knownWell.rounds
    let count = 0
    for (let at = 0; at < classes; at++) {
      const error = errors[at]! * weight
      if (Math.abs(error) < negligible) continue
      errors[at] = error
      bias[at]! -= rate * 0.1 * error
      moved[count++] = at
    }
    if (!count) return
    for (let at = 0; at < ids.length; at++) {
      const [begin, value] = [ids[at]! * classes, values[at]!]
      for (let next = 0; next < count; next++) {
        const place = begin + moved[next]!
        const gradient = errors[moved[next]!]! * value + decay * weights[place]!
        squares[place]! += gradient * gradient
        weights[place]! -= (rate * gradient) / (Math.sqrt(squares[place]!) + 1e-6)
      }
    }
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffled(rows.length, epoch)
    for (let at = 0; at < order.length; at++) {
      if (at % atOnce === 0) yield
      const index = order[at]!
      if (passedOver[index]) passedOver[index]!--
      else learn(index)
    }
  }
  return modelOf(weights, bias)
}

/** A model by itself: what it was learnt from may be forgotten. */
const modelOf = (weights: Float32Array, bias: Float64Array): SoftmaxModel => ({
  probabilities: (row) => softmax(scores(row, weights, bias, new Float64Array(bias.length))),
})

/** How much speaks for each class. Features are taken four at a time, which is twice as quick: sums are read and written once for four. */
function scores(
  { ids, values }: SparseRow,
  weights: Float32Array,
  bias: Float64Array,
  sums: Float64Array,
): Float64Array {
  sums.set(bias)
  const classes = bias.length
  let at = 0
  for (; at + 4 <= ids.length; at += 4) {
    const [a, b, c, d] = [ids[at]! * classes, ids[at + 1]! * classes, ids[at + 2]! * classes, ids[at + 3]! * classes]
    const [va, vb, vc, vd] = [values[at]!, values[at + 1]!, values[at + 2]!, values[at + 3]!]
    for (let label = 0; label < classes; label++)
      sums[label]! +=
        weights[a + label]! * va + weights[b + label]! * vb + weights[c + label]! * vc + weights[d + label]! * vd
  }
  for (; at < ids.length; at++) {
    const [begin, value] = [ids[at]! * classes, values[at]!]
    for (let label = 0; label < classes; label++) sums[label]! += weights[begin + label]! * value
  }
  return sums
}

function softmax(sums: Float64Array): Float64Array {
  let most = -Infinity
  for (const sum of sums) most = Math.max(most, sum)
  let total = 0
  for (let label = 0; label < sums.length; label++) total += sums[label] = Math.exp(sums[label]! - most)
  for (let label = 0; label < sums.length; label++) sums[label]! /= total
  return sums
}

/** The numbers below a count in an order that looks like chance and is always the same (Fisher and Yates, with a linear congruence). */
export function shuffled(count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  let state = (seed + 1) >>> 0
  for (let last = count - 1; last > 0; last--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const other = Math.floor((state / 2 ** 32) * (last + 1))
    ;[order[last], order[other]] = [order[other]!, order[last]!]
  }
  return order
}
