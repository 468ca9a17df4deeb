import { checkBuckets, checkPoints, checkRange, mostPoints } from '../check-series.js'
import { checkName, moment, wholeNumber } from '../limits.js'
import type { Bucket, Point, Series } from '../streams.js'
import type { Engine } from './engine.js'

/** The time series of a tenant. */
export function seriesOf(engine: Engine, tenant: string): Series {
  const { connection } = engine
  return {
    async add(name, points) {
      checkPoints(name, points)
      const rows = points.map(({ at, value }) => [tenant, name, at, value] as const)
      await engine.write(() => {
        for (const row of rows)
          connection.run('REPLACE INTO point (tenant, series, at, value) VALUES (?, ?, ?, ?)', ...row)
      }, rows.length * 32)
    },

    async range(name, { from, to, limit }) {
      checkRange(name, from, to)
      const count = wholeNumber('limit', limit, [1, mostPoints], mostPoints)
      const sql =
        'SELECT at, value FROM point WHERE tenant = ? AND series = ? AND at >= ? AND at < ? ORDER BY at LIMIT ?'
      return engine.read(() => connection.all<Point>(sql, tenant, name, from, to, count))
    },

    async buckets(name, { from, to, everyMs }) {
      checkBuckets(name, { from, to, everyMs })
      // Numbers are bound as REAL; the cast keeps the division whole.
      const sql = `SELECT at / CAST(?1 AS INTEGER) * CAST(?1 AS INTEGER) AS bucket,
          count(*) AS count, sum(value) AS sum, min(value) AS min, max(value) AS max
        FROM point WHERE tenant = ?2 AND series = ?3 AND at >= ?4 AND at < ?5 GROUP BY 1 ORDER BY 1`
      const rows = await engine.read(() =>
        connection.all<Omit<Bucket, 'at'> & { bucket: number }>(sql, everyMs, tenant, name, from, to),
      )
      return rows.map(({ bucket, ...figures }) => ({ at: bucket, ...figures }))
    },

    async drop(name, before) {
      checkName('the series', name)
      moment('before', before)
      const sql = 'DELETE FROM point WHERE tenant = ? AND series = ? AND at < ?'
      return engine.write(() => connection.run(sql, tenant, name, before).changes)
    },
  }
}
