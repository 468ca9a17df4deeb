import { randomUUID } from 'node:crypto'
import type { TenantClock } from '../frame/clock.js'
import type { Handler, Router, VendorRequest } from '../frame/router.js'
import type { State } from '../frame/state.js'
import type { Override } from '../rotation/rotation.js'
import type { Account, OverridesOf, Schedule } from './account.js'
import { answer, momentIn, notFound, Refusal, unprocessable, written } from './answers.js'
import { opsgenieId } from './ids.js'
import { scheduleIn } from './schedule-operations.js'

const longestAlias = 512

/** Overrides of a schedule: made, listed, shown, changed and deleted by their alias. */
export function overrideOperations(
  router: Router,
  clock: TenantClock,
  account: Account,
  state: State<OverridesOf>,
): void {
  const overridesOf = ({ id }: Schedule): Override[] => (state.value[id] ??= [])
  const show = (schedule: Schedule, { id, person, start, end }: Override) => ({
    _parent: { id: opsgenieId('schedule', schedule.id), name: schedule.name, enabled: true },
    alias: id,
    user: { type: 'user', id: opsgenieId('user', person), username: account.mail(account.person(person)) },
    startDate: written(start),
    endDate: written(end),
    rotations: [{ id: opsgenieId('rotation', schedule.id), name: 'Rota' }],
  })
  const find = (schedule: Schedule, { params }: VendorRequest): Override => {
    const found = overridesOf(schedule).find(({ id }) => id === params.alias)
    if (!found) throw notFound('Override')
    return found
  }

  function read({ body }: VendorRequest, alias: string): Override {
    if (typeof body !== 'object' || body === null) throw unprocessable({ body: 'Request body is missing' })
    const { user, startDate, endDate } = body as Record<string, unknown>
    const { type, id, username } = (user ?? {}) as Record<string, unknown>
    const [start, end] = [momentIn(startDate), momentIn(endDate)]
    const person = account.user(id ?? username)
    const errors = {
      ...(type !== 'user' && { 'user.type': "should be one of [ 'user' ]" }),
      ...(!person && { user: 'User does not exist' }),
      ...(start === undefined && { startDate: 'should be in ISO 8601 format' }),
      ...(end === undefined && { endDate: 'should be in ISO 8601 format' }),
      ...(start !== undefined && end !== undefined && end <= start && { endDate: 'should be after startDate' }),
      ...(end !== undefined && end <= clock.now().getTime() && { endDate: 'should be in the future' }),
    }
    if (Object.keys(errors).length > 0) throw unprocessable(errors)
    return { id: alias, person: person!.id, start: start!, end: end! }
  }

  const create: Handler = (request) => {
    const schedule = scheduleIn(account, request)
    const given = (request.body as { alias?: unknown } | undefined)?.alias
    if (given !== undefined && (typeof given !== 'string' || !given || given.length > longestAlias))
      throw unprocessable({ alias: `should be text of at most ${longestAlias} characters` })
    const override = read(request, given ?? randomUUID())
    if (overridesOf(schedule).some(({ id }) => id === override.id))
      throw new Refusal(409, 'Override with this alias already exists')
    overridesOf(schedule).push(override)
    state.changed()
    return answer(request, { data: { alias: override.id } }, 201)
  }

  const change: Handler = (request) => {
    const schedule = scheduleIn(account, request)
    Object.assign(find(schedule, request), read(request, request.params.alias!))
    state.changed()
    return answer(request, { data: { alias: request.params.alias } })
  }

  const remove: Handler = (request) => {
    const schedule = scheduleIn(account, request)
    const overrides = overridesOf(schedule)
    overrides.splice(overrides.indexOf(find(schedule, request)), 1)
    state.changed()
    return answer(request, { result: 'Deleted' })
  }

  router
    .get('/v2/schedules/{id}/overrides', (request) => {
      const schedule = scheduleIn(account, request)
      return answer(request, { data: overridesOf(schedule).map((override) => show(schedule, override)) })
    })
    .post('/v2/schedules/{id}/overrides', create)
    .get('/v2/schedules/{id}/overrides/{alias}', (request) => {
      const schedule = scheduleIn(account, request)
      return answer(request, { data: show(schedule, find(schedule, request)) })
    })
    .put('/v2/schedules/{id}/overrides/{alias}', change)
    .delete('/v2/schedules/{id}/overrides/{alias}', remove)
}
