import type { Steps } from '../steps.js'
import type { LabelledRow, SparseRow } from './softmax-regression.js'

/** Examples by which commands are compared with a text one by one: how like it is the one that is most like it. */
export interface NearestExamples {
  /** For each class the likeness of its nearest example, 0 to 1 (cosine of TF-IDF rows). */
  likeness(row: SparseRow): Float64Array
}

/** Examples that are taken in in a step: some ten milliseconds. */
const atOnce = 4_000

/** Indexes examples by their features, so that only those that share one are looked at. */
export function* indexExamples(
  rows: readonly LabelledRow[],
  classes: number,
  features: number,
): Steps<NearestExamples> {
  const labels = Int32Array.from(rows, ({ label }) => label)
  const counts = new Int32Array(features + 1)
  for (const { ids } of rows) for (const id of ids) counts[id + 1]!++
  const begins = counts.map(
    (
      (sum) => (count) =>
        (sum += count)
    )(0),
  )
  const next = begins.slice()
  const places = new Int32Array(begins[features]!)
  const shares = new Float32Array(begins[features]!)
  for (const [row, { ids, values }] of rows.entries()) {
    if (row % atOnce === 0) yield
    const length = lengthOf(values)
    ids.forEach((id, at) => {
      places[next[id]!] = row
      shares[next[id]!++] = values[at]! / length
    })
  }
  // One for all texts: there are as many as examples.
  const sums = new Float64Array(rows.length)
  return {
    likeness({ ids, values }) {
      sums.fill(0)
      const length = lengthOf(values)
      for (let at = 0; at < ids.length; at++)
        for (let place = begins[ids[at]!]!; place < begins[ids[at]! + 1]!; place++)
          sums[places[place]!]! += (shares[place]! * values[at]!) / length
      const nearest = new Float64Array(classes)
      for (let row = 0; row < labels.length; row++)
        if (sums[row]! > nearest[labels[row]!]!) nearest[labels[row]!] = sums[row]!
      return nearest
    },
  }
}

const lengthOf = (values: Float32Array): number => Math.hypot(...values) || 1
