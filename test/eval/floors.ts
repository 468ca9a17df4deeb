import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod/v4'
import { projectRoot } from '../../infra/local/project-root.js'
import type { Verdict } from './judge.js'
import { scoreOf, type Score } from './score.js'

const Share = z.number().min(0).max(1)
const Bounds = z.strictObject({
  readingRight: Share,
  precision: Share,
  directlyOrAmongThree: Share,
  requestsReached: Share,
  requestsProposed: Share,
  argumentsF1: Share,
  outOfScopeRefused: Share,
  unaskedProposals: z.int().min(0),
  unaskedNotes: z.int().min(0),
  wrongTargets: z.int().min(0),
})
const Floors = z.strictObject({
  /** Sets whose cases somebody has looked at while the understanding was changed. */
  tunedOn: z.array(z.enum(['tune', 'weigh', 'held-out'])),
  /** Of each set, below which share, or above which count, the evaluation fails. */
  floors: z.partialRecord(z.enum(['tune', 'weigh', 'held-out']), Bounds),
})
export type Floors = z.infer<typeof Floors>

/** The floors of the repository, `test/eval/floors.json`. */
export const readFloors = (): Floors =>
  Floors.parse(JSON.parse(readFileSync(join(projectRoot(), 'test', 'eval', 'floors.json'), 'utf8')))

/** Figures of counts, of which fewer are better. */
const atMost = new Set<keyof Score>(['unaskedProposals', 'unaskedNotes', 'wrongTargets'])

/** The floors that are not held. */
export function fallenBelow(verdicts: readonly Verdict[], { floors }: Floors) {
  return Object.entries(floors).flatMap(([set, bounds]) => {
    const of = verdicts.filter(({ one }) => one.set === set)
    const score = scoreOf(of)
    return (Object.entries(bounds) as [keyof typeof bounds, number][])
      .filter(([figure, floor]) => of.length && (atMost.has(figure) ? score[figure] > floor : score[figure] < floor))
      .map(([figure, floor]) => ({ set, figure, is: score[figure], floor }))
  })
}
