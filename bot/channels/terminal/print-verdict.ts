import type { AuditVerdict } from '../../audit-verdict.js'
import type { Screen } from './screen.js'

/** Says whether the audit log holds, and else what is wrong with it; answers the exit status, 0 only where all of it holds. */
export function printVerdict(verdict: AuditVerdict, json: boolean, { print }: Pick<Screen, 'print'>): number {
  if (json) print(JSON.stringify(verdict))
  else wordsOf(verdict).forEach(print)
  return verdict.holds ? 0 : 1
}

function wordsOf({ holds, tenant, entries, anchors, notYetAnchored, findings, more }: AuditVerdict): string[] {
  const { where, count, last } = anchors
  const head = holds
    ? `● The audit log of ${tenant} holds: ${entries} ${entries === 1 ? 'entry' : 'entries'}, each as it was written.`
    : `▲ The audit log of ${tenant} does not hold.`
  const anchored = last
    ? `  ${count} ${count === 1 ? 'anchor' : 'anchors'} in ${where}; the last is of entry ${last.seq}, signed ${last.at}.`
    : `  No anchor that can be believed in ${where}.`
  const open = notYetAnchored
    ? [`  ${notYetAnchored} after it ${notYetAnchored === 1 ? 'is' : 'are'} not anchored yet.`]
    : []
  return [
    head,
    ...findings.map(({ said }) => `▲ ${said}`),
    ...(more ? [`▲ And ${more} more.`] : []),
    anchored,
    ...(last ? open : []),
  ]
}
