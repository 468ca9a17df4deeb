import type { Gap } from '../../../skills/kit/catalog-source.js'
import type { Ref } from '../../../skills/kit/model.js'
import type { Skipped } from '../../../skills/kit/ports.js'

/** Most reasons, and most gaps, that are told one by one. */
const most = 50
const longestReason = 400

/** Adds what was passed over to what was before; pure. Of very many reasons the rest is one. */
export function addSkipped(before: readonly Skipped[], more: readonly Skipped[]): Skipped[] {
  const byReason = new Map(before.map((one) => [one.reason, one]))
  for (const { reason, count, example } of more) {
    const told = reason.slice(0, longestReason)
    const name = byReason.has(told) || byReason.size < most ? told : 'for other reasons'
    const known = byReason.get(name)
    byReason.set(name, { reason: name, count: (known?.count ?? 0) + count, example: known?.example ?? example })
  }
  return [...byReason.values()].sort((a, b) => b.count - a.count)
}

/** Adds gaps to those of the pages before; pure. Where there are very many, the rest keep all of their kinds. */
export function addGaps(before: readonly Gap[], more: readonly Gap[]): Gap[] {
  const gaps = [...before]
  for (const gap of more) {
    const told = { ...gap, reason: gap.reason.slice(0, longestReason) }
    if (gaps.some((one) => isSame(one, told))) continue
    if (gaps.length < most) gaps.push(told)
    else gaps[most - 1] = together(gaps[most - 1]!, told)
  }
  return gaps
}

const isSame = (a: Gap, b: Gap): boolean => a.reason === b.reason && JSON.stringify(a.keeps) === JSON.stringify(b.keeps)

function together(last: Gap, next: Gap): Gap {
  const kinds = [...new Set([...(last.keeps?.kinds ?? []), ...(next.keeps?.kinds ?? [])])]
  return { reason: 'There is more that could not be read.', ...(kinds.length && { keeps: { kinds, prefix: '' } }) }
}

/** Whether an entity that no page named may be behind a gap: it is then not gone, only unread. */
export const isBehind = (ref: Ref, gaps: readonly Gap[]): boolean =>
  gaps.some(({ keeps }) => keeps && keeps.kinds.includes(ref.kind) && ref.id.startsWith(keeps.prefix))
