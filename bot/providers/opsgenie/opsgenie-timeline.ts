import { personRef } from '../../../skills/kit/entity-ids.js'
import type { Duty } from '../../../skills/kit/rotation.js'
import type { Range } from '../../../skills/kit/arguments.js'
import { cut, joinDuties } from '../../../skills/kit/shifts-of.js'
import type { OpsgenieClient } from './opsgenie-client.js'

/** As much of a timeline as is read (docs.opsgenie.com, "Get Schedule Timeline"). */
interface Timeline {
  finalTimeline: {
    rotations: { periods?: { startDate: string; endDate: string; recipient?: { type: string; name: string } }[] }[]
  }
}

const day = 86_400_000

/**
 * Who carries the pager by a schedule of Opsgenie, as its final timeline says: rotations, forwardings and overrides together. Of rotations
 * beside each other each has somebody; they all count.
 */
export async function readTimeline(
  client: OpsgenieClient,
  id: string,
  { from, to }: Range,
  signal?: AbortSignal,
): Promise<Duty[]> {
  // A timeline begins with a day of the schedule's own zone, so it is asked for from the day before on.
  const date = new Date(Date.parse(from) - day).toISOString()
  const interval = String(Math.ceil((Date.parse(to) - Date.parse(from)) / day) + 3)
  const query = { date, interval, intervalUnit: 'days' }
  const { finalTimeline } = await client.get<Timeline>(
    `/v2/schedules/${encodeURIComponent(id)}/timeline`,
    query,
    signal,
  )
  const duties = finalTimeline.rotations.flatMap(({ periods = [] }) =>
    periods.flatMap(({ startDate, endDate, recipient }): Duty[] => {
      // Where nobody is on call the recipient is of the type `none`; a username is a mail address.
      if (recipient?.type !== 'user') return []
      const period = { person: personRef(recipient.name).id, from: iso(startDate), to: iso(endDate) }
      return [cut(period, from, to)].filter((one) => one !== undefined)
    }),
  )
  return joinDuties(duties.sort((a, b) => (a.from < b.from ? -1 : 1)))
}

const iso = (text: string): string => new Date(text).toISOString()
