import type { Instant } from '../../skills/kit/model.js'
import type { CatalogRecord } from '../../bot/store/read-model/catalog-record.js'
import type { Differences } from './contoso.js'

const minute = 60_000

const minutesBefore = (now: Instant, minutes: number): Instant =>
  new Date(Date.parse(now) - minutes * minute).toISOString()

/** A source that was read 14 minutes ago and has not answered since. */
export const silent = (source: string, now: Instant): Differences => ({
  sources: (all) =>
    all.map((state) =>
      state.source === source
        ? {
            ...state,
            asOf: minutesBefore(now, 14),
            down: { since: minutesBefore(now, 12), reason: `${state.title} answers with 503.` },
          }
        : state,
    ),
})

/** A source that was never read. */
export const unread = (source: string): Differences => ({
  sources: (all) => all.map((state) => (state.source === source ? { source, title: state.title } : state)),
})

/** Without some of what the sources gave. */
export const without = (left: (record: CatalogRecord) => boolean): Differences => ({
  records: (all) => all.filter((record) => !left(record)),
})

/** Schedules whose next shift begins five hours from now. */
export const gapUntilMorning = (now: Instant): Differences => {
  const morning = minutesBefore(now, -5 * 60)
  return {
    records: (all) =>
      all.map((record) => {
        const pager = record.claims['pagerduty']
        const shifts = pager?.props['shifts'] as { person: string; from: Instant; to: Instant }[] | undefined
        if (record.kind !== 'Schedule' || !pager || !shifts) return record
        const later = shifts
          .filter(({ to }) => to > morning)
          .map((shift) => (shift.from < morning ? { ...shift, from: morning } : shift))
        return {
          ...record,
          claims: { ...record.claims, pagerduty: { ...pager, props: { ...pager.props, shifts: later } } },
        }
      }),
  }
}
