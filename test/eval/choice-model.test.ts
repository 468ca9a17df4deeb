import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fitWeights, likelihoods, type Choice } from './choice-model.js'

const choice = (right: number | undefined, ...options: number[][]): Choice => ({
  options: options.map((evidence, at) => ({ evidence, right: at === right })),
  none: { evidence: [1], right: right === undefined },
})

test('what was right for the same evidence becomes likely', () => {
  const choices = [
    ...Array.from({ length: 20 }, () => choice(0, [2, 0], [0, 2])),
    ...Array.from({ length: 20 }, () => choice(1, [0.2, 1], [1.8, 1])),
    ...Array.from({ length: 20 }, () => choice(undefined, [0.1, 1], [0, 2])),
  ]
  const weights = fitWeights(choices)
  expect(likelihoods(choices[0]!, weights).options[0]).toBeGreaterThan(0.8)
  expect(likelihoods(choices[20]!, weights).options[1]).toBeGreaterThan(0.8)
  expect(likelihoods(choices[40]!, weights).none).toBeGreaterThan(0.6)
})

test('likelihoods sum to 1 whatever the evidence', () => {
  const evidence = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 2, maxLength: 2 })
  fc.assert(
    fc.property(fc.array(evidence, { minLength: 1, maxLength: 6 }), (options) => {
      const { options: shares, none } = likelihoods(choice(0, ...options), { option: [3, -2], none: [1] })
      expect(shares.reduce((sum, share) => sum + share, none)).toBeCloseTo(1, 9)
    }),
  )
})

test('nothing to learn from is said', () => {
  expect(() => fitWeights([])).toThrow('There is nothing to fit weights to.')
})
