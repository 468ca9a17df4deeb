import type { AuditEntry } from '../../../skills/kit/audit.js'
import type { Instant } from '../../../skills/kit/model.js'

/** Counts what came without a sign-in that holds: a line a stretch of time, so that a flood of them does not flood the log. */
export interface RefusedSignIns {
  /** @param where the address that was asked */
  count(where: string): void
  /** What was counted since the last time, as a line of the audit log; undefined where there was nothing. */
  take(): AuditEntry | undefined
}

export function refusedSignIns(now: () => Instant): RefusedSignIns {
  let counted = new Map<string, number>()
  let since: Instant | undefined
  return {
    count(where) {
      since ??= now()
      counted.set(where, (counted.get(where) ?? 0) + 1)
    },
    take() {
      if (since === undefined) return undefined
      const count = [...counted.values()].reduce((sum, one) => sum + one, 0)
      const entry: AuditEntry = {
        action: 'sign-in.failed',
        cause: 'requests whose sign-in does not hold',
        detail: { count, since, until: now(), at: Object.fromEntries(counted) },
      }
      counted = new Map()
      since = undefined
      return entry
    },
  }
}
