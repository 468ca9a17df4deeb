import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { finish } from '../steps.js'
import { shuffled, trainSoftmax, type LabelledRow } from './softmax-regression.js'

const row = (label: number, values: Record<number, number>): LabelledRow => ({
  label,
  weight: 1,
  ids: Int32Array.from(Object.keys(values), Number),
  values: Float32Array.from(Object.values(values)),
})
const rows = [
  row(0, { 0: 1 }),
  row(0, { 0: 1, 3: 0.2 }),
  row(1, { 1: 1 }),
  row(1, { 1: 0.9, 3: 0.2 }),
  row(2, { 2: 1 }),
]
const training = { classes: 3, features: 4, epochs: 40, rate: 0.4, decay: 1e-4 }

test('what the examples say is learnt', () => {
  const model = finish(trainSoftmax(rows, training))
  for (const one of rows) {
    const likely = [...model.probabilities(one)]
    expect(likely.indexOf(Math.max(...likely))).toBe(one.label)
    expect(likely[one.label]).toBeGreaterThan(0.8)
  }
})

test('the same examples give the same model', () => {
  const [one, other] = [finish(trainSoftmax(rows, training)), finish(trainSoftmax(rows, training))]
  expect(one.probabilities(rows[1]!)).toEqual(other.probabilities(rows[1]!))
})

test('probabilities sum to 1 whatever is asked, also nothing', () => {
  const model = finish(trainSoftmax(rows, training))
  const values = fc.dictionary(fc.constantFrom('0', '1', '2', '3'), fc.float({ min: -50, max: 50, noNaN: true }))
  fc.assert(
    fc.property(values, (given) => {
      const likely = [...model.probabilities(row(0, given))]
      expect(likely.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 6)
      expect(likely.every((one) => one >= 0 && one <= 1)).toBe(true)
    }),
  )
})

test('an order has each number once', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(99), (count, seed) => {
      expect([...shuffled(count, seed)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at))
    }),
  )
  expect(shuffled(50, 1)).not.toEqual(shuffled(50, 2))
})
