import type { Range } from '../kit/arguments.js'
import type { Rota } from '../kit/ports.js'
import { without } from '../kit/shifts-of.js'

/** What of a range is covered by nobody, and what of it no source knows. */
export interface Coverage {
  gaps: Range[]
  unknown: Range[]
}

/**
 * The stretches of a range in which none of some rotas has anybody on call. Only time of which one rota or more are known is a gap; the rest is
 * unknown.
 */
export function coverageOf(rotas: readonly Pick<Rota, 'shifts' | 'known'>[], range: Range): Coverage {
  const open = rotas.flatMap(({ shifts }) => shifts).reduce<Range[]>(takeAway, [range])
  const unknown = rotas.map(({ known }) => known).reduce<Range[]>(takeAway, open)
  const gaps = unknown.reduce<Range[]>(takeAway, open)
  return { gaps: joined(gaps), unknown: joined(unknown) }
}

const takeAway = (left: readonly Range[], taken: Range): Range[] =>
  left.flatMap((one) => without({ from: one.from, to: one.to }, taken))

function joined(ranges: readonly Range[]): Range[] {
  const ordered = ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return ordered.reduce<Range[]>((kept, range) => {
    const last = kept.at(-1)
    return last && last.to === range.from ? [...kept.slice(0, -1), { from: last.from, to: range.to }] : [...kept, range]
  }, [])
}
