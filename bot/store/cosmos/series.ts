import { checkBuckets, checkPoints, checkRange, mostPoints } from '../check-series.js'
import { checkName, moment, wholeNumber } from '../limits.js'
import type { Bucket, Point, Series } from '../streams.js'
import type { Engine } from './engine.js'
import { inParallel } from './in-parallel.js'
import { ordered } from './order.js'

/** A point as it is kept: its moment is its id, so that adding it twice is adding it once. */
interface PointDocument extends Point {
  id: string
  type: 'point'
  tenant: string
  stream: string
  order: string
}

/** Points of one batch. */
const together = 100

/** The time series of a tenant. */
export function seriesOf(engine: Engine, tenant: string): Series {
  const { connection } = engine
  const keyOf = (name: string): [string, string] => [tenant, `series/${name}`]
  const find = (name: string, from: number, to: number, limit: number) =>
    connection.find<PointDocument>('streams', {
      tenant,
      within: keyOf(name)[1],
      where: [
        [['type'], '=', 'point'],
        [['order'], '>=', ordered(from)],
        [['order'], '<', ordered(to)],
      ],
      order: ['order'],
      limit,
    })
  /** Every point of a stretch, in answers of a bounded size. */
  async function* pointsOf(name: string, from: number, to: number): AsyncGenerator<PointDocument[]> {
    for (let next = from; ;) {
      const found = await find(name, next, to, 1000)
      yield found
      if (found.length < 1000) return
      next = found.at(-1)!.at + 1
    }
  }
  return {
    async add(name, points) {
      checkPoints(name, points)
      const [, stream] = keyOf(name)
      const documents = [...new Map(points.map(({ at, value }) => [at, value]))].map(([at, value]) => {
        const order = ordered(at)
        return {
          operationType: 'Upsert' as const,
          resourceBody: { id: `point.${order}`, type: 'point', tenant, stream, order, at, value },
        }
      })
      await inParallel(chunks(documents), (group) => connection.batch('streams', keyOf(name), group), 4)
    },

    async range(name, { from, to, limit }) {
      checkRange(name, from, to)
      const most = wholeNumber('limit', limit, [1, mostPoints], mostPoints)
      return (await find(name, from, to, most)).map(({ at, value }) => ({ at, value }))
    },

    async buckets(name, { from, to, everyMs }) {
      checkBuckets(name, { from, to, everyMs })
      const buckets = new Map<number, Bucket>()
      for await (const points of pointsOf(name, from, to))
        for (const { at, value } of points) {
          const start = Math.floor(at / everyMs) * everyMs
          const { count, sum, min, max } = buckets.get(start) ?? { count: 0, sum: 0, min: value, max: value }
          buckets.set(start, {
            ...{ at: start, count: count + 1, sum: sum + value },
            ...{ min: Math.min(min, value), max: Math.max(max, value) },
          })
        }
      return [...buckets.values()]
    },

    async drop(name, before) {
      checkName('the series', name)
      moment('before', before)
      let dropped = 0
      for await (const points of pointsOf(name, 0, before)) {
        const outcomes = await inParallel(
          chunks(points.map(({ id }) => ({ operationType: 'Delete' as const, id }))),
          (group) => connection.batch('streams', keyOf(name), group),
          4,
        )
        dropped += outcomes.reduce((sum, outcome) => sum + ('failed' in outcome ? 0 : outcome.etags.length), 0)
      }
      return dropped
    },
  }
}

const chunks = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / together) }, (_, n) => list.slice(n * together, (n + 1) * together))
