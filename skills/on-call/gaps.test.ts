import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { coverageOf } from './gaps.js'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 21) + hour * 3_600_000).toISOString()
const stretchOf = (longest: number) =>
  fc
    .tuple(fc.integer({ min: -5, max: 45 }), fc.integer({ min: 1, max: longest }))
    .map(([from, long]) => ({ from: at(from), to: at(from + long) }))
const person = {
  kind: 'Person' as const,
  id: 'dana',
  name: 'Dana',
  tenant: '',
  aliases: [],
  props: {},
  sources: [],
  from: '2026-01-01T00:00:00.000Z',
}
const rota = fc.record({
  shifts: fc.array(
    stretchOf(15).map((one) => ({ ...one, person })),
    { maxLength: 4 },
  ),
  known: stretchOf(50),
})

test('every hour is covered, a gap, or unknown, as somebody says who looks at each by itself', () => {
  const seen = { covered: 0, gap: 0, unknown: 0 }
  fc.assert(
    fc.property(fc.array(rota, { maxLength: 3 }), (rotas) => {
      const { gaps, unknown } = coverageOf(rotas, { from: at(0), to: at(48) })
      const within = (ranges: readonly { from: string; to: string }[], hour: number) =>
        ranges.some(({ from, to }) => from <= at(hour) && at(hour) < to)
      for (let hour = 0; hour < 48; hour++) {
        const covered = rotas.some(({ shifts }) => within(shifts, hour))
        const known = rotas.some((one) => within([one.known], hour))
        const wanted = covered ? 'covered' : known ? 'gap' : 'unknown'
        seen[wanted]++
        expect(within(gaps, hour) ? 'gap' : within(unknown, hour) ? 'unknown' : 'covered').toBe(wanted)
      }
    }),
    { numRuns: 300 },
  )
  const all = seen.covered + seen.gap + seen.unknown
  expect(Math.min(seen.covered, seen.gap, seen.unknown) / all).toBeGreaterThan(0.1)
})
