import { afterAll, beforeAll, test } from '@jest/globals'
import { killRuns } from './kill-runs.js'
import { startHub, type Stage } from './start-hubs.js'

/** Rounds of changes, each killed once at any step of a run: `NEXUS_SOAK_ROUNDS=200 npm run soak`. */
const rounds = Number(process.env['NEXUS_SOAK_ROUNDS'] ?? 40)
const steps = ['locked', 'planned', 'started', 'taken', 'attempt-recorded', 'sent']
/** Those after which a run has ended: a later passing would leave too little to interrupt. */
const lastSteps = ['stepped', 'recorded']

let stage: Stage
beforeAll(async () => {
  stage = await startHub()
}, 90_000)
afterAll(() => stage?.stop())

test(
  `${rounds} kills, each at another moment of a run`,
  async () => {
    // Each step in turn, and each at its first to eighth passing: eight runs are in hand at once.
    const moments = Array.from({ length: 8 }, (_, n) => [
      ...steps.map((step) => `run.${step}:${n + 1}`),
      ...lastSteps.map((step) => `run.${step}`),
    ]).flat()
    for (let round = 0; round < rounds; round++) await killRuns(stage, [moments[round % moments.length]!])
  },
  rounds * 60_000,
)
