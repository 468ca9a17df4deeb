import type { EvalCase } from './eval-case.js'
import type { Floors } from './floors.js'
import type { Verdict } from './judge.js'
import { confusions, linesBy, scoreOf, type Line, type Score } from './score.js'

/** What each figure is called, in the order in which they are said. */
const titles: Record<keyof Score, string> = {
  cases: 'cases',
  readingRight: 'reading commands right',
  precision: 'precision when it goes on',
  directlyOrAmongThree: 'right directly or among three',
  requestsReached: 'requests that reach proposal or form',
  requestsProposed: '  of them proposed without a question',
  argumentsF1: 'arguments F1',
  outOfScopeRefused: 'out of scope refused',
  unaskedProposals: 'proposals nobody asked for',
  unaskedNotes: 'notes nobody asked for',
  wrongTargets: 'wrong targets',
}
const counts = new Set<keyof Score>(['cases', 'unaskedProposals', 'unaskedNotes', 'wrongTargets'])

/** The whole report as lines of text: each set's figures beside its floors, then by command, voice and kind, and what was confused. */
export function sayReport(verdicts: readonly Verdict[], floors: Floors): string {
  const sets = ['tune', 'weigh', 'held-out'] as const
  const of = (set: EvalCase['set']) => verdicts.filter(({ one }) => one.set === set)
  const scored = sets.filter((set) => of(set).length)
  return [
    ...scored.flatMap((set) => [...sayScore(set, scoreOf(of(set)), floors), '']),
    ...scored.flatMap((set) =>
      sayTable(
        `by command (${set})`,
        linesBy(of(set), ({ one }) => one.command ?? undefined),
      ),
    ),
    ...scored.flatMap((set) =>
      sayTable(
        `by voice (${set})`,
        linesBy(of(set), ({ one }) => one.voice),
      ),
    ),
    ...scored.flatMap((set) =>
      sayTable(
        `no request (${set})`,
        linesBy(of(set), ({ one }) => one.kind),
      ),
    ),
    ...scored.flatMap((set) => [
      `confused (${set})`,
      ...confusions(of(set)).map(({ meant, got, times }) => `  ${times} × ${meant} taken for ${got}`),
      '',
    ]),
  ].join('\n')
}

function sayScore(set: EvalCase['set'], score: Score, { tunedOn, floors }: Floors): string[] {
  const names = Object.keys(titles) as (keyof Score)[]
  const tuned = tunedOn.includes(set) ? 'tuned on it' : 'not tuned on it; its figures only are looked at'
  return [
    `set ${set} (${tuned})`,
    ...names.map((name) => {
      const floor = name === 'cases' ? undefined : floors[set]?.[name]
      const bound = floor === undefined ? '' : `   ${counts.has(name) ? 'at most' : 'floor'} ${sayFigure(name, floor)}`
      return `  ${titles[name].padEnd(36)} ${sayFigure(name, score[name]).padStart(7)}${bound}`
    }),
  ]
}

const sayFigure = (name: keyof Score, value: number): string =>
  counts.has(name) ? String(value) : name === 'argumentsF1' ? value.toFixed(3) : `${(value * 100).toFixed(1)} %`

const columns = ['cases', 'right', 'asked', 'wrong', 'suggested', 'missed', 'refused'] as const

function sayTable(title: string, lines: readonly Line[]): string[] {
  if (!lines.length) return []
  const width = Math.max(title.length, ...lines.map(({ name }) => name.length + 2))
  return [
    `${title.padEnd(width)} ${columns.map((column) => column.padStart(9)).join('')}`,
    ...lines.map(
      (line) =>
        `${`  ${line.name}`.padEnd(width)} ${columns.map((column) => String(line[column]).padStart(9)).join('')}`,
    ),
    '',
  ]
}

/** Each floor that is not held, as a sentence. */
export const sayFallen = (
  fallen: readonly { set: string; figure: keyof Score; is: number; floor: number }[],
): string[] =>
  fallen.map(
    ({ set, figure, is, floor }) =>
      `${set}: ${titles[figure]} is ${sayFigure(figure, is)}, and must be ${counts.has(figure) ? 'at most' : 'at least'} ${sayFigure(figure, floor)}.`,
  )
