import { StoreBadInput } from './errors.js'
import { checkName, limits, moment, wholeNumber } from './limits.js'
import type { Point } from './streams.js'

/** Most points, or stretches of time, in one answer. */
export const mostPoints = 10_000

/** @throws StoreBadInput where points cannot be added */
export function checkPoints(name: string, points: readonly Point[]): void {
  checkName('the series', name)
  if (points.length > limits.batchItems)
    throw new StoreBadInput(`at most ${limits.batchItems} points at once: split them`)
  for (const { at, value } of points) {
    moment(`a moment in ${name}`, at)
    if (!Number.isFinite(value)) throw new StoreBadInput(`a value in ${name} is no finite number: ${String(value)}`)
  }
}

/** @throws StoreBadInput where a range is none */
export function checkRange(name: string, from: number, to: number): void {
  checkName('the series', name)
  moment('from', from)
  moment('to', to)
  if (to < from) throw new StoreBadInput(`the range of ${name} ends before it begins`)
}

/** @throws StoreBadInput where a range cannot be divided so */
export function checkBuckets(name: string, { from, to, everyMs }: { from: number; to: number; everyMs: number }): void {
  checkRange(name, from, to)
  wholeNumber('everyMs', everyMs, [1, 366 * 86_400_000])
  if ((to - from) / everyMs > mostPoints)
    throw new StoreBadInput(`the range has more than ${mostPoints} buckets: make them longer`)
}
