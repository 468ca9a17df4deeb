import { sweepOfAll, type CatalogSource } from '../../../skills/kit/catalog-source.js'
import { personRef, plainName, teamRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Instant, Json } from '../../../skills/kit/model.js'
import { createOpsgenieClient, type OpsgenieOptions } from './opsgenie-client.js'
import { readTimeline } from './opsgenie-timeline.js'

interface User {
  id: string
  username: string
  fullName: string
  timeZone?: string
}
interface Schedule {
  id: string
  name: string
  timezone?: string
  enabled: boolean
  ownerTeam?: { id: string; name: string }
}

/** How far ahead shifts are read, so that "next Friday" and a day without Opsgenie are covered. */
const shiftDays = 21
const day = 86_400_000

/** Who carries the pager by Opsgenie: its users, and its schedules with the shifts to come. */
export function opsgenieSource(options: OpsgenieOptions & { clock: { now(): Instant } }): CatalogSource {
  const client = createOpsgenieClient(options)
  return {
    name: 'opsgenie',
    title: 'Opsgenie',
    sweep: sweepOfAll(async (signal) => {
      // Whole days: the same shifts read a minute later are the same claims, so a second sync writes nothing.
      const today = Math.floor(Date.parse(options.clock.now()) / day) * day
      const range = { from: new Date(today).toISOString(), to: new Date(today + shiftDays * day).toISOString() }
      const [users, schedules] = await Promise.all([
        client.list<User>('/v2/users', signal),
        client.get<Schedule[]>('/v2/schedules', {}, signal),
      ])
      const enabled = schedules.filter((schedule) => schedule.enabled)
      const claims = enabled.map(async (schedule) =>
        scheduleClaim(schedule, await readTimeline(client, schedule.id, range, signal)),
      )
      return [...users.map(userClaim), ...(await Promise.all(claims))]
    }),
  }
}

const userClaim = ({ id, username, fullName, timeZone }: User): Claim => ({
  ...personRef(username),
  name: fullName,
  props: { opsgenieId: id, ...(timeZone && { zone: timeZone }) },
})

/** Its id names the source: a schedule of the same name elsewhere is another one, and the two may disagree. */
const scheduleClaim = ({ id, name, timezone, ownerTeam }: Schedule, shifts: readonly unknown[]): Claim => ({
  kind: 'Schedule',
  id: `opsgenie/${plainName(name)}`,
  name,
  props: { opsgenieId: id, ...(timezone && { zone: timezone }), shifts: shifts as Json },
  relations: ownerTeam ? [{ type: 'ownedBy', to: teamRef(ownerTeam.name), why: 'Opsgenie' }] : [],
})
