import { personRef } from '../../../skills/kit/entity-ids.js'
import { conflict, notFound } from '../../../skills/kit/errors.js'
import type { Entity } from '../../../skills/kit/model.js'
import type { Duty } from '../../../skills/kit/rotation.js'
import type { ScheduleSystem } from '../../../skills/kit/schedules.js'
import { cut } from '../../../skills/kit/shifts-of.js'
import { createPagerDutyClient, PagerDutyRefusal, type PagerDutyOptions } from './pagerduty-client.js'

interface User {
  id: string
  email: string
}
interface Rendered {
  final_schedule: { rendered_schedule_entries: { start: string; end: string; user: { id: string } }[] }
}

/** PagerDuty's error "Requester User Not Found": the From header names nobody of the account. */
const unknownRequester = 1008

/** PagerDuty's schedules, rendered by itself (REST API v2, "Get a schedule": its final schedule has the overrides in it). */
export function pagerDutySchedules(options: PagerDutyOptions): ScheduleSystem {
  const client = createPagerDutyClient(options)
  const users = () => client.list<User>('/users', 'users', {}, new AbortController().signal)

  return {
    source: 'pagerduty',
    async shifts(schedule, { from, to }) {
      const query = new URLSearchParams({ since: from, until: to, time_zone: 'UTC' })
      const [rendered, known] = await Promise.all([
        client.get<Rendered>(`/schedules/${idOf(schedule)}?${query.toString()}`, 'schedule'),
        users(),
      ])
      const people = new Map(known.map(({ id, email }) => [id, personRef(email).id]))
      return rendered.final_schedule.rendered_schedule_entries.flatMap(({ start, end, user }): Duty[] => {
        const person = people.get(user.id)
        if (person === undefined) return []
        const duty = { person, from: new Date(start).toISOString(), to: new Date(end).toISOString() }
        return [cut(duty, from, to)].filter((one) => one !== undefined)
      })
    },
    async override(schedule, { person, from, to }, by) {
      const user = (await users()).find(({ email }) => personRef(email).id === person)
      if (!user) throw conflict(`${person} is not in PagerDuty.`, 'Ask somebody who is, or have them added there.')
      const override = { start: from, end: to, user: { id: user.id, type: 'user_reference' } }
      const send = (as: string) => client.send('POST', `/schedules/${idOf(schedule)}/overrides`, { override }, as)
      try {
        await send(by?.email ?? user.email)
      } catch (error) {
        if (!(error instanceof PagerDutyRefusal)) throw error
        // Whoever asked is not in PagerDuty; who takes the pager is.
        if (error.code !== unknownRequester) throw refused(error)
        await send(user.email)
      }
    },
  }
}

function idOf({ name, props }: Entity): string {
  if (typeof props.pagerDutyId !== 'string') throw notFound(`${name} is no schedule of PagerDuty.`)
  return encodeURIComponent(props.pagerDutyId)
}

const refused = (refusal: PagerDutyRefusal): Error =>
  conflict(`PagerDuty refuses it: ${refusal.reasons[0]?.replace(/\.$/, '') ?? 'no reason given'}.`, undefined, {
    cause: refusal,
  })
