import type { LanguageResults } from './language-results.js'
import { table } from './table.js'

/** What the p99 must stay below at a number of names, in milliseconds, and what a start may take. */
const goals: Record<number, { p99: number; start?: number }> = {
  2_000: { p99: 15, start: 1_500 },
  200_000: { p99: 50 },
}

/** The figures of understanding as lines for people. */
export function languageLines({ commands, sizes }: LanguageResults): string[] {
  const rows = sizes.map(({ size, compileMs, learnMs, memory, p50, p99, router }) => {
    const { p99: most, start } = goals[size] ?? {}
    const isMet = most !== undefined && p99 <= most && (start === undefined || compileMs + learnMs <= start)
    return [
      `${size.toLocaleString('en')} names, ${commands} commands`,
      ...[compileMs, learnMs].map((ms) => ms.toFixed(0)),
      (memory / 1e6).toFixed(0),
      ...[p50, p99, router.p50, router.p99].map((ms) => ms.toFixed(2)),
      ...(most === undefined ? ['', ''] : [`${most} ms`, isMet ? 'PASS' : 'MISS']),
    ]
  })
  const head = [
    'understanding',
    'compile ms',
    'learn ms',
    'heap MB',
    'p50 ms',
    'p99 ms',
    'router p50',
    'router p99',
    'goal',
    '',
  ]
  return table(head, rows)
}
