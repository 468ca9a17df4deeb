import { numberWords } from './number-words.js'

/** What vendors call the severities, worst first: Azure Monitor's Sev0 to Sev4 with their names, PagerDuty's P1 to P5. */
const names = [
  ['critical', 'crit', 'p1'],
  ['error', 'high', 'major', 'p2'],
  ['warning', 'medium', 'moderate', 'p3'],
  ['informational', 'info', 'low', 'minor', 'p4'],
  ['verbose', 'p5'],
]

/**
 * Reads a severity: "sev 1", "SEV-1", "severity 1", "s1", "critical", "P1".
 * @returns `sev0`, the worst, to `sev4`; undefined where the words are none
 */
export function readSeverity(words: string): string | undefined {
  const said = words
    .toLowerCase()
    .replace(/[\s\-_:]+/g, '')
    .replace(/^(?:sev|severity)(zero|one|two|three|four)$/, (_, number: string) => `sev${numberWords.get(number)!}`)
    .replace(/^(?:sev|severity|s)(\d)s?$/, 'sev$1')
    .replace(/^(?:prio|priority)(?=\d$)/, 'p')
  if (/^sev[0-4]$/.test(said)) return said
  const place = names.findIndex((of) => of.includes(said))
  return place < 0 ? undefined : `sev${place}`
}
