import { randomUUID } from 'node:crypto'
import type { Handler, Router, VendorRequest } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import type { State } from '../frame/state.js'
import type { Organisation } from '../organisation/model.js'
import { field, invalid, listOf, momentOf, notFound, page, wrapped, zoneOf } from './answers.js'
import type { Directory } from './directory.js'
import { pagerDutyId } from './ids.js'
import { coverage } from './on-call.js'
import type { PagerDutyState } from './state.js'
import { cutTo, shiftsBetween, turnsBetween, type Override, type Shift } from '../rotation/rotation.js'
import { isoIn } from '../rotation/zoned-time.js'

type Schedule = Organisation['schedules'][number]
const DAY = 86_400_000
/** The longest range PagerDuty renders. */
const LONGEST_RANGE = 92 * DAY

/** Schedules: listed, rendered between two moments, and their overrides. */
export function scheduleOperations(
  router: Router,
  { clock }: Services,
  directory: Directory,
  state: State<PagerDutyState>,
): void {
  const overridesOf = (schedule: Schedule): Override[] => (state.value.overrides[schedule.id] ??= [])
  const scheduleIn = ({ params }: VendorRequest): Schedule => {
    const schedule = directory.schedule(params.id!)
    if (!schedule) throw notFound()
    return schedule
  }

  const entry = (zone: string) => (shift: Shift) => ({
    start: isoIn(shift.start, zone),
    end: isoIn(shift.end, zone),
    user: directory.userReference(directory.person(shift.person)),
    ...(shift.override && { id: shift.override }),
  })

  const show: Handler = (request) => {
    const schedule = scheduleIn(request)
    const zone = zoneOf(request, schedule.zone)
    const since = momentOf(request, 'since') ?? clock.now().getTime()
    const until = momentOf(request, 'until') ?? since + 14 * DAY
    checkRange(since, until)
    const rendered = (name: string, shifts: Shift[]) => ({
      name,
      rendered_schedule_entries: cutTo(shifts, since, until).map(entry(zone)),
      rendered_coverage_percentage: coverage(shifts, since, until),
    })
    const turns = turnsBetween(schedule, since, until)
    const shifts = shiftsBetween(schedule, overridesOf(schedule), since, until)
    const final = rendered('Final Schedule', shifts)
    return {
      status: 200,
      body: {
        schedule: {
          ...directory.scheduleDocument(schedule),
          schedule_layers: [layer(schedule, rendered('Layer 1', turns), zone)],
          overrides_subschedule: rendered(
            'Overrides',
            shifts.filter(({ override }) => override),
          ),
          final_schedule: final,
        },
      },
    }
  }

  const layer = (schedule: Schedule, rendered: object, zone: string) => {
    const first = turnsBetween(schedule, Date.parse(schedule.start) - DAY, Date.parse(schedule.start) + 2 * DAY)[0]
    const start = isoIn(first?.start ?? Date.parse(schedule.start), zone)
    return {
      id: pagerDutyId('layer', schedule.id),
      start,
      end: null,
      rotation_virtual_start: start,
      rotation_turn_length_seconds: (schedule.turn.days * DAY) / 1000,
      users: schedule.people.map((id) => ({ user: directory.userReference(directory.person(id)) })),
      restrictions: [],
      ...rendered,
    }
  }

  const showOverride = (schedule: Schedule, { id, person, start, end }: Override) => ({
    id,
    start: isoIn(start, schedule.zone),
    end: isoIn(end, schedule.zone),
    user: directory.userReference(directory.person(person)),
  })

  const listOverrides: Handler = (request) => {
    const schedule = scheduleIn(request)
    const [since, until] = [momentOf(request, 'since'), momentOf(request, 'until')]
    if (since === undefined || until === undefined) throw invalid('Since is required', 'Until is required')
    checkRange(since, until)
    const inRange = overridesOf(schedule).filter((override) => override.end > since && override.start < until)
    return { status: 200, body: { overrides: inRange.map((override) => showOverride(schedule, override)) } }
  }

  const readOverride = (value: unknown): Override => {
    const start = Date.parse(String(field(value, 'start')))
    const end = Date.parse(String(field(value, 'end')))
    const user = directory.user(field(field(value, 'user'), 'id'))
    if (Number.isNaN(start) || Number.isNaN(end)) throw invalid('Override must have a start and an end')
    if (end <= start) throw invalid('Override end must be after its start')
    if (end <= clock.now().getTime()) throw invalid('Override must end in the future')
    if (!user) throw invalid('User not found')
    return { id: pagerDutyId('override', randomUUID()), person: user.id, start, end }
  }

  const createOverrides: Handler = (request) => {
    const schedule = scheduleIn(request)
    const many = field(request.body, 'overrides')
    const created = (Array.isArray(many) ? many : [wrapped(request, 'override')]).map(readOverride)
    overridesOf(schedule).push(...created)
    state.changed()
    const shown = created.map((override) => showOverride(schedule, override))
    const body = Array.isArray(many) ? shown.map((override) => ({ status: 201, override })) : { override: shown[0] }
    return { status: 201, body }
  }

  /** One that has begun ends now (200), one to come is removed (204), one that is over stays as it is (400). */
  const deleteOverride: Handler = (request) => {
    const schedule = scheduleIn(request)
    const overrides = overridesOf(schedule)
    const override = overrides.find(({ id }) => id === request.params.override)
    if (!override) throw notFound()
    const now = clock.now().getTime()
    if (override.end <= now) throw invalid('Override has already ended and can not be deleted')
    const begun = override.start <= now
    if (begun) override.end = now
    else overrides.splice(overrides.indexOf(override), 1)
    state.changed()
    return { status: begun ? 200 : 204 }
  }

  const usersOf: Handler = (request) => {
    const schedule = scheduleIn(request)
    const since = momentOf(request, 'since') ?? clock.now().getTime()
    const until = momentOf(request, 'until') ?? since + 14 * DAY
    const people = new Set(shiftsBetween(schedule, overridesOf(schedule), since, until).map(({ person }) => person))
    return { status: 200, body: { users: [...people].map((id) => directory.userDocument(directory.person(id))) } }
  }

  router
    .get('/schedules', (request) => {
      const named = directory.schedules.filter(({ name }) => matches(request, name))
      const teams = listOf(request, 'team_ids')
      const owned = teams.length === 0 ? named : named.filter((s) => teams.includes(pagerDutyId('team', s.team)))
      return page(request, 'schedules', owned, directory.scheduleDocument)
    })
    .get('/schedules/{id}', show)
    .get('/schedules/{id}/users', usersOf)
    .get('/schedules/{id}/overrides', listOverrides)
    .post('/schedules/{id}/overrides', createOverrides)
    .delete('/schedules/{id}/overrides/{override}', deleteOverride)
}

/** Whether a name contains what `query` asks for. */
export const matches = ({ query }: VendorRequest, name: string): boolean =>
  name.toLowerCase().includes((query.query ?? '').toLowerCase())

/** Refuses a range that runs backwards or is longer than PagerDuty renders. */
export function checkRange(since: number, until: number): void {
  if (until < since) throw invalid('Until must be after since')
  if (until - since > LONGEST_RANGE) throw invalid('The requested range is longer than 3 months')
}
