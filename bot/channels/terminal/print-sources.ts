import type { Skipped, SourceState } from '../../../skills/kit/ports.js'
import type { SyncReport } from '../../sync-report.js'
import { escaped, type Screen } from './screen.js'

/** How many gaps and reasons are printed; all of them are in the JSON. */
const mostPrinted = 5
const number = (n: number): string => n.toLocaleString('en')

/** How a source stands, in lines: its age and trouble, the reading under way, then what could not be read or was passed over. */
export function sourceLines({ title, asOf, down, reading, swept, gaps, skipped, quota }: SourceState): string[] {
  const again = down?.retryAt === undefined ? '' : `, asked again at ${down.retryAt}`
  const told = [
    asOf === undefined ? 'never read to its end' : `read ${asOf}`,
    ...(swept
      ? [`${number(swept.read)} told${asOf !== undefined && asOf > swept.at ? ` at ${swept.at}, news since` : ''}`]
      : []),
    ...(reading ? [`reading: ${sayReading(reading)}`] : []),
    ...(quota ? [sayQuota(quota)] : []),
    ...(down ? [`${down.reason} Since ${down.since}${again}.`] : []),
  ]
  return [`${down ? '▲' : '●'} ${title.padEnd(14)} ${told.join(' · ')}`, ...notes(gaps, skipped)]
}

/** Prints what came of a reading of sources. @returns the exit status: 0 only where all of them were read */
export function printSync(reports: readonly SyncReport[], json: boolean, screen: Screen): number {
  if (json) screen.print(JSON.stringify(reports))
  else for (const report of reports) for (const line of reportLines(report)) screen.print(escaped(line))
  return reports.some(({ down }) => down !== undefined) ? 1 : 0
}

function reportLines({ source, read, written, dropped, down, retryAt, gaps, skipped }: SyncReport): string[] {
  const name = source.padEnd(14)
  if (down !== undefined)
    return [`▲ ${name} ${down}${retryAt === undefined ? '' : ` It is asked again at ${retryAt}.`}`]
  const counts = `${number(read ?? 0)} read, ${number(written)} written, ${number(dropped)} dropped`
  return [`● ${name} ${counts}`, ...notes(gaps, skipped)]
}

/** Says how far readings are, each time one of them is further. */
export function sayProgress(screen: Screen): (underWay: readonly SyncReport[]) => void {
  const said = new Map<string, string>()
  return (underWay) => {
    for (const { source, reading } of underWay) {
      const now = sayReading(reading!)
      if (said.get(source) !== now) screen.print(`◔ ${source.padEnd(14)} ${now}`)
      said.set(source, now)
    }
  }
}

function sayReading({ read, progress }: Omit<NonNullable<SourceState['reading']>, 'since'>): string {
  const far =
    progress &&
    `${number(progress.done)}${progress.of === undefined ? '' : ` of ${number(progress.of)}`} ${progress.what}`
  return read || far ? [`${number(read)} read so far`, ...(far ? [far] : [])].join(', ') : 'waits for its turn'
}

function sayQuota({ left, of, renews }: NonNullable<SourceState['quota']>): string {
  const whole = of === undefined ? '' : ` of ${number(of)}`
  return `quota ${number(left)}${whole} left${renews === undefined ? '' : ` until ${renews}`}`
}

function notes(gaps: readonly string[] = [], skipped: readonly Skipped[] = []): string[] {
  const indent = ' '.repeat(17)
  return [
    ...some(gaps, 'parts that could not be read').map((gap) => `${indent}not read: ${gap}`),
    ...some(
      skipped.map(({ reason, count, example }) => `${number(count)} × ${reason}${example ? ` (${example})` : ''}`),
      'reasons',
    ).map((line) => `${indent}passed over: ${line}`),
  ]
}

const some = (lines: readonly string[], what: string): string[] =>
  lines.length > mostPrinted
    ? [...lines.slice(0, mostPrinted), `and for ${lines.length - mostPrinted} more ${what}`]
    : [...lines]
