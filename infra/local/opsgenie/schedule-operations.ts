import type { TenantClock } from '../frame/clock.js'
import type { Handler, Router, VendorRequest } from '../frame/router.js'
import type { State } from '../frame/state.js'
import { cutTo, shiftsBetween, type Shift } from '../rotation/rotation.js'
import { instantOf, plusDays, wallTimeOf } from '../rotation/zoned-time.js'
import type { Account, OverridesOf, Schedule } from './account.js'
import { answer, invalid, momentIn, notFound, numberIn, written } from './answers.js'
import { opsgenieId } from './ids.js'

/** Longest timeline that the stand-in renders, in days. */
const longestTimeline = 400
const unitDays: Record<string, number> = { days: 1, weeks: 7, months: 31 }

/** The schedule that a path names, by id, or by name where the query says so. */
export function scheduleIn(account: Account, { params, query }: VendorRequest): Schedule {
  const by = query.identifiertype ?? query.scheduleidentifiertype ?? 'id'
  if (by !== 'id' && by !== 'name') throw invalid('Identifier type should be one of [id, name]')
  const schedule = account.schedule(params.id!, by)
  if (!schedule) throw notFound('Schedule')
  return schedule
}

/** Schedules: listed, rendered as a timeline, and who is on call at a moment. */
export function scheduleOperations(
  router: Router,
  clock: TenantClock,
  account: Account,
  state: State<OverridesOf>,
): void {
  const nameOf = (schedule: Schedule) => ({
    id: opsgenieId('schedule', schedule.id),
    name: schedule.name,
    enabled: true,
  })
  const recipient = (person: string) => ({
    id: opsgenieId('user', person),
    type: 'user',
    name: account.mail(account.person(person)),
  })
  const shiftsOf = (schedule: Schedule, since: number, until: number): Shift[] =>
    cutTo(shiftsBetween(schedule, state.value[schedule.id] ?? [], since, until), since, until)

  const show = (schedule: Schedule, expand: string | undefined) => {
    const team = account.teams.find(({ id }) => id === schedule.team)!
    const weekly = schedule.turn.days % 7 === 0
    const rotation = {
      id: opsgenieId('rotation', schedule.id),
      name: 'Rota',
      startDate: written(Date.parse(schedule.start)),
      type: weekly ? 'weekly' : 'daily',
      length: weekly ? schedule.turn.days / 7 : schedule.turn.days,
      participants: schedule.people.map((id) => ({
        type: 'user',
        id: opsgenieId('user', id),
        username: account.mail(account.person(id)),
      })),
    }
    return {
      ...nameOf(schedule),
      description: '',
      timezone: schedule.zone,
      ownerTeam: { id: opsgenieId('team', team.id), name: team.name },
      rotations: expand?.split(',').includes('rotation') ? [rotation] : [],
    }
  }

  const timeline: Handler = (request) => {
    const schedule = scheduleIn(account, request)
    const unit = unitDays[request.query.intervalunit ?? 'weeks']
    if (!unit) throw invalid('Interval unit should be one of [days, weeks, months]')
    const days = numberIn(request.query.interval, 1, 'interval', 1, Math.floor(longestTimeline / unit)) * unit
    const asked = request.query.date === undefined ? clock.now().getTime() : momentIn(request.query.date)
    if (asked === undefined) throw invalid('Date should be in ISO 8601 format')
    const first = { ...wallTimeOf(asked, schedule.zone), hour: 0, minute: 0 }
    const since = instantOf(first, schedule.zone)
    const until = instantOf(plusDays(first, days), schedule.zone)
    const now = clock.now().getTime()
    const period = ({ person, start, end, override }: Shift) => ({
      startDate: written(start),
      endDate: written(end),
      type: end <= now ? 'historical' : override ? 'override' : 'default',
      recipient: recipient(person),
    })
    const rotation = {
      id: opsgenieId('rotation', schedule.id),
      name: 'Rota',
      order: 1,
      periods: shiftsOf(schedule, since, until).map(period),
    }
    return answer(request, {
      data: {
        _parent: nameOf(schedule),
        startDate: written(since),
        endDate: written(until),
        finalTimeline: { rotations: [rotation] },
      },
      expandable: ['base', 'forwarding', 'override'],
    })
  }

  const onCallsOf = (schedule: Schedule, request: VendorRequest) => {
    const at = request.query.date === undefined ? clock.now().getTime() : momentIn(request.query.date)
    if (at === undefined) throw invalid('Date should be in ISO 8601 format')
    const people = shiftsOf(schedule, at, at + 1).map(({ person }) => recipient(person))
    return {
      _parent: nameOf(schedule),
      ...(request.query.flat === 'true'
        ? { onCallRecipients: people.map(({ name }) => name) }
        : { onCallParticipants: people }),
    }
  }

  router
    .get('/v2/schedules', (request) =>
      answer(request, {
        data: account.schedules.map((schedule) => show(schedule, request.query.expand)),
        expandable: ['rotation'],
      }),
    )
    .get('/v2/schedules/on-calls', (request) =>
      answer(request, { data: account.schedules.map((schedule) => onCallsOf(schedule, request)) }),
    )
    .get('/v2/schedules/{id}', (request) => answer(request, { data: show(scheduleIn(account, request), 'rotation') }))
    .get('/v2/schedules/{id}/on-calls', (request) =>
      answer(request, { data: onCallsOf(scheduleIn(account, request), request) }),
    )
    .get('/v2/schedules/{id}/timeline', timeline)
}
