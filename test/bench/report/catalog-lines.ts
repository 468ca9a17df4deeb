import type { CatalogLine, CatalogResults, CatalogSize } from './catalog-results.js'
import { table } from './table.js'

/** What a question's p95 must stay below at 100,000 entities, in milliseconds and as a multiple of its floor's. */
const goals: Record<string, { ms?: number; ratio?: number }> = {
  get: { ratio: 3 },
  'filter by property': { ms: 5, ratio: 2 },
  'filter by tag in JSON': { ms: 5, ratio: 2 },
  search: { ms: 10 },
  'impact at depth 4': { ms: 1 },
  'filter as of yesterday': { ratio: 3 },
}
const sizeOfGoals = 100_000

/** The figures of the catalog as lines for people. */
export function catalogLines({ sizes }: CatalogResults): string[] {
  const head = ['load', 'entities/s', 'memory MB', 'file MB', 'bytes each', 'open ms']
  const loads = sizes.map(({ size, perSecond, memory, bytes, openMs }) => [
    `${size.toLocaleString('en')} entities`,
    perSecond.toFixed(0),
    ...[memory, bytes].map((one) => (one / 1e6).toFixed(0)),
    (bytes / size).toFixed(0),
    openMs.toFixed(0),
  ])
  return [...table(head, loads), ...sizes.flatMap((size) => ['', ...questionLines(size)])]
}

function questionLines({ size, lines }: CatalogSize): string[] {
  const rows = lines.map((line) => {
    const { name, p50, p95, floor } = line
    const ratio = floor ? (p95 / floor.p95).toFixed(1) : ''
    const floors = floor ? [floor.p50, floor.p95].map(inMs) : ['', '']
    return [name, ...[p50, p95].map(inMs), ...floors, ratio, ...(size === sizeOfGoals ? goalCells(line) : ['', ''])]
  })
  const head = [
    `of ${size.toLocaleString('en')} entities`,
    'p50 ms',
    'p95 ms',
    'least p50',
    'least p95',
    'ratio',
    'goal',
    '',
  ]
  return table(head, rows)
}

function goalCells({ name, p95, floor }: CatalogLine): [goal: string, verdict: string] {
  const { ms, ratio } = goals[name] ?? {}
  if (ms === undefined && ratio === undefined) return ['', '']
  const wanted = [...(ms === undefined ? [] : [`${ms} ms`]), ...(ratio === undefined ? [] : [`${ratio}x`])].join(', ')
  const met = (ms === undefined || p95 <= ms) && (ratio === undefined || !floor || p95 <= ratio * floor.p95)
  return [wanted, met ? 'PASS' : 'MISS']
}

const inMs = (ms: number): string => ms.toFixed(3)
